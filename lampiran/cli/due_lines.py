"""A DueList -> its lines for the terminal, and sentences about what it does not hold."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from lampiran.cli.texts import Texts
from lampiran.due.calendar import plain
from lampiran.due.settings import LINES
from lampiran.publish.labels import label
from schema.due import DueAction, DueDecree, DueList
from schema.periods import month_names

_INDENT = " " * 4


def due_lines(found: DueList, texts: Texts) -> Iterator[str]:
    """Yield a part for each month: what is due by decree and area, then what perhaps is."""
    decrees = {decree.decree_id: decree for decree in found.decrees}
    for number, month in enumerate(found.months):
        sure, perhaps = ([row for row in rows if row.month == month] for rows in (found.due, found.perhaps))
        if number:
            yield ""
        yield _title(found, month, len(sure), len(perhaps), texts)
        yield from _rows(sure, decrees, texts)
        if perhaps:
            yield f"\n{texts.say('due_perhaps')}"
            yield from _rows(perhaps, decrees, texts)


def notes(found: DueList, now: datetime.date | None, texts: Texts) -> Iterator[str]:
    """Yield sentences on decrees that are not counted, not whole, or of another year than the one it is `now`."""
    for decree in found.decrees:
        if not decree.counted:
            yield texts.say("due_other_year", decree=decree.decree_id, year=decree.year)
        elif now and found.year is None and decree.year not in {None, now.year}:
            month = f"{month_name(now.month, texts)} {now.year}"
            yield texts.say("due_now", decree=decree.decree_id, year=decree.year, month=month)
        if decree.counted and decree.partly_read:
            numbers = ", ".join(map(str, decree.pages_not_read))
            pages = texts.say("due_pages", pages=numbers) if numbers else ""
            yield texts.say("due_partly_read", decree=decree.decree_id, pages=pages)


def month_name(month: int, texts: Texts) -> str:
    """Return a month's whole name in the user's language."""
    return month_names(texts.language)[month][0]


def _title(found: DueList, month: int, due: int, perhaps: int, texts: Texts) -> str:
    years = {decree.year for decree in found.decrees if decree.counted}
    year = str(years.pop() or "") if len(years) == 1 else ""
    named = f"{month_name(month, texts)} {year}".strip()
    key = "due_title" if due else "due_none_certain" if perhaps else "due_none"
    return texts.say(key, month=named, due=due, perhaps=perhaps)


def _rows(rows: Sequence[DueAction], decrees: dict[str, DueDecree], texts: Texts) -> Iterator[str]:
    """Yield the rows under their decree (where there are several), area and component."""
    for decree_id, of_decree in groupby(rows, key=lambda row: row.decree_id):
        if len(decrees) > 1:
            yield f"\n{texts.say('due_decree', decree=decree_id, file=decrees[decree_id].file)}"
        for (number, area), of_area in groupby(of_decree, key=lambda row: (row.area_no, row.area)):
            yield f"\n{number} {area}".rstrip()
            for (part, component), own in groupby(of_area, key=lambda row: (row.component_no, row.component)):
                yield from _wrapped(f"{part} {component}".strip() or "-", "  ", "    ")
                for row in own:
                    yield from _row(row, texts)


def _row(row: DueAction, texts: Texts) -> Iterator[str]:
    """Yield an action with its team, its notes and a box for each document of evidence."""
    yield from _wrapped(f"{row.action_id}  {row.action}", _INDENT, _INDENT * 2)
    longer = [period for period in row.periods if period.period_type != "month"]
    named = ", ".join(label(one.period_type, one.period).text(texts.language) for one in longer)
    said = [row.responsible or texts.say("due_no_team")]
    said += [texts.say("due_by", periods=named)] if named else []
    said += [texts.say(f"due_waits_{what}") for what in row.waits_for]
    said += [texts.say("due_review")] if row.needs_review and not row.waits_for else []
    yield from _wrapped("; ".join(said), _INDENT * 2, _INDENT * 2)
    for document in plain(row.documents):
        yield from _wrapped(f"[ ] {document}", _INDENT * 2, _INDENT * 3)
    if not row.documents:
        yield f"{_INDENT * 2}{texts.say('due_no_documents')}"


def _wrapped(text: str, first: str, further: str) -> list[str]:
    width = min(max(shutil.get_terminal_size().columns, LINES.narrowest), LINES.widest)
    line = " ".join(text.split())
    return textwrap.wrap(line, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
