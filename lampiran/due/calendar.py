"""A DueList -> the bytes of an iCalendar file (RFC 5545): an all-day event for each action and period.

The day of an event is the last one of its period. Its UID is made of the decree, the action's id and the period, so that
a result made anew replaces the events of the one before. Nothing in the file tells when it was made.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lampiran.due.months import first_day
from lampiran.publish.labels import label
from lampiran.publish.periods import period_field
from schema.choices import Language
from schema.due import DueAction, DueDecree, DueList, DuePeriod
from schema.errors import UsageError

PRODUCT = "-//lampiran//lampiran due//ID"
_MOST_OCTETS = 75  # of a line, without its end (RFC 5545, section 3.1)
_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})  # Unicode categories: control characters and ends of lines
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(found: DueList, language: Language) -> bytes:
    """Return the calendar as UTF-8 bytes; what is perhaps due is tentative.

    An action that several months of one period ask for is one event. Raises `UsageError` for a decree whose year is not
    known, since its periods have no days.
    """
    decrees = {decree.decree_id: decree for decree in found.decrees if decree.counted}
    for decree in decrees.values():
        if decree.year is None:
            raise UsageError(
                id=f"{decree.file}: tahun rencananya tidak terbaca, sehingga tanggalnya tidak diketahui; berikan --year.",
                en=f"{decree.file}: the year of its plan was not read, so that it has no dates; give --year.",
            )
    events = {
        event.uid: event
        for row in (*found.due, *found.perhaps)
        for event in _events(row, decrees[row.decree_id])
    }
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += [line for event in events.values() for line in event.lines(language)]
    return "".join(_folded(line) for line in (*lines, "END:VCALENDAR")).encode("utf-8")


def is_calendar_of_ours(content: bytes) -> bool:
    """Tell whether a file is a calendar that `calendar` made."""
    return content.startswith(b"BEGIN:VCALENDAR\r\n") and f"\r\nPRODID:{PRODUCT}\r\n".encode() in content


@dataclass(frozen=True, slots=True)
class _Event:
    """An action in one of its periods."""

    row: DueAction
    decree: DueDecree
    period: DuePeriod

    @property
    def uid(self) -> str:
        """What names the event in this file and the next."""
        field = period_field(self.period.period_type, self.period.period)
        return f"{self.decree.decree_id}/{self.decree.year}/{field}/{self.row.action_id}@lampiran"

    def lines(self, language: Language) -> Iterator[str]:
        """Yield the event's lines, not yet folded."""
        certain = not self.row.waits_for
        day = self.period.last or datetime.date.max  # a year that is not known was refused
        stamp = self.decree.date or first_day(day.year, 1)
        summary = _one_line(f"{self.row.action_id} {self.row.action}")
        maybe = label("due", "perhaps").text(language)
        yield "BEGIN:VEVENT"
        yield f"UID:{_text(self.uid)}"
        yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(summary if certain else f'{maybe}: {summary}')}"
        yield f"DESCRIPTION:{_text(_description(self, language))}"
        names = [name for name in (self.row.responsible, self.row.area) if name.strip()]
        if names:
            yield f"CATEGORIES:{','.join(_text(' '.join(name.split())) for name in names)}"
        yield f"STATUS:{'CONFIRMED' if certain else 'TENTATIVE'}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _events(row: DueAction, decree: DueDecree) -> Iterator[_Event]:
    """Yield an event for each period; a row that names none has one for the month that was asked about."""
    yield from (_Event(row, decree, period) for period in row.periods)
    if not row.periods and decree.year:
        last = first_day(decree.year, row.month + 1) - datetime.timedelta(days=1)
        first = first_day(decree.year, row.month)
        month = DuePeriod(period_type="month", period=row.month, state="unknown", first=first, last=last)
        yield _Event(row, decree, month)


def _description(event: _Event, language: Language) -> str:
    """Return what stands in the event, one item a line."""
    row, period = event.row, event.period
    said: Mapping[str, str] = {
        "period": f"{label(period.period_type, period.period).text(language)} {event.decree.year}",
        "team": row.responsible,
        "area": f"{row.area_no} {row.area}",
        "component": f"{row.component_no} {row.component}",
        "indicator": row.indicator,
    }
    lines = [
        f"{label('due', key).text(language)}: {_one_line(text)}" for key, text in said.items() if text.strip()
    ]
    if row.documents:
        lines += [
            f"{label('due', 'documents').text(language)}:",
            *(f"- {one}" for one in plain(row.documents)),
        ]
    lines += [label("due", f"waits_{what}").text(language) for what in row.waits_for]
    return "\n".join((*lines, f"{label('due', 'decree').text(language)}: {_named(event.decree)}"))


def plain(documents: Iterable[str]) -> list[str]:
    """Return documents of evidence on one line each, without the list's own signs."""
    return [_one_line(document).lstrip("-–•* ") or document for document in documents]


def _named(decree: DueDecree) -> str:
    return " ".join(part for part in (decree.office, decree.number, decree.decree_id) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text(value: str) -> str:
    """Return a value of the type TEXT: no control characters, and its own signs escaped (RFC 5545, section 3.3.11)."""
    shown = (sign for sign in value if sign == "\n" or unicodedata.category(sign) not in _UNWANTED)
    return "".join(shown).translate(_ESCAPES)


def _folded(line: str) -> str:
    """Return a line with its end, folded so that no part is longer than 75 octets; no character is cut."""
    parts, room = [""], _MOST_OCTETS
    for sign in line:
        size = len(sign.encode("utf-8"))
        if size > room:
            parts.append("")
            room = _MOST_OCTETS - 1  # the space that a folded part begins with
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts) + "\r\n"
