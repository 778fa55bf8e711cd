"""The calendar as RFC 5545 has it: lines, folds, escapes, identifiers; and what a calendar program reads in it."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lampiran
from lampiran.due.calendar import calendar, is_calendar_of_ours
from schema.due import DueAction, DueDecree, DueList, DuePeriod
from schema.errors import UsageError
from schema.plan import Plan

DAY = datetime.date(2025, 1, 3)
NAME = re.compile(r"[A-Z][A-Z0-9-]*")
# A line of content: its name, its parameters, its value (RFC 5545, section 3.1).
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)
NEEDED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"}


def unfolded(content: bytes) -> list[str]:
    """Return the lines of content, after a check of their ends, sizes and bytes."""
    assert content.endswith(b"\r\n")
    for line in content[:-2].split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")  # no character is cut by a fold
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    return content[:-2].replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def parsed(content: bytes) -> list[dict[str, str]]:
    """Return the events by the names of their properties, after a check against the grammar."""
    lines = [LINE.fullmatch(line) for line in unfolded(content)]
    assert all(lines)
    pairs = [(line[1], line[3]) for line in lines if line]
    assert pairs[0] == ("BEGIN", "VCALENDAR")
    assert pairs[-1] == ("END", "VCALENDAR")
    assert {("VERSION", "2.0"), ("CALSCALE", "GREGORIAN")} <= set(pairs)
    events: list[dict[str, str]] = []
    inside = False
    for name, value in pairs[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert not inside
            events.append({})
            inside = True
        elif (name, value) == ("END", "VEVENT"):
            assert events[-1].keys() >= NEEDED
            inside = False
        elif inside:
            assert name not in events[-1], f"{name} may stand once"
            events[-1][name] = value
    assert not inside
    return events


def text_of(value: str) -> str:
    """Return what an escaped text says; an escape that there is not is an error."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    assert not re.search(r"\\(?![\\;,nN])", value.replace("\\\\", ""))
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def row(**values: object) -> DueAction:
    period = DuePeriod(
        period_type="month",
        period=3,
        state="planned",
        first=datetime.date(2025, 3, 1),
        last=datetime.date(2025, 3, 31),
    )
    blank: dict[str, object] = {
        "decree_id": "a-1-2025",
        "action_id": "L1.i.1",
        "month": 3,
        "area_no": 1,
        "area": "AREA",
        "component_no": "i",
        "component": "Komponen",
        "indicator": "Indikator",
        "action": "Menyusun laporan",
        "responsible": "TIM A",
        "documents": ("Laporan",),
        "periods": (period,),
        "waits_for": (),
        "needs_review": False,
        "page": 1,
        "line": None,
    }
    return DueAction.model_validate(blank | values)


def found(*rows: DueAction, date: datetime.date | None = DAY, year: int | None = 2025) -> DueList:
    decree = DueDecree(
        decree_id="a-1-2025",
        number="1",
        title="RENCANA",
        office="KANTOR",
        date=date,
        year=year,
        file="a.pdf",
        counted=True,
        partly_read=False,
        pages_not_read=(),
    )
    due = tuple(one for one in rows if not one.waits_for)
    perhaps = tuple(one for one in rows if one.waits_for)
    return DueList(months=(3,), year=None, team=None, area=None, decrees=(decree,), due=due, perhaps=perhaps)


def test_an_action_is_an_event_on_the_last_day_of_its_period() -> None:
    (event,) = parsed(calendar(found(row()), "id"))
    assert (event["DTSTART"], event["DTEND"]) == ("20250331", "20250401")
    assert event["DTSTAMP"] == "20250103T000000Z"
    assert event["STATUS"] == "CONFIRMED"
    assert text_of(event["SUMMARY"]) == "L1.i.1 Menyusun laporan"
    assert "- Laporan" in text_of(event["DESCRIPTION"]).split("\n")
    assert "Penanggung jawab: TIM A" in text_of(event["DESCRIPTION"])


def test_the_year_ends_in_the_next_one() -> None:
    last = DuePeriod(
        period_type="quarter",
        period=4,
        state="planned",
        first=datetime.date(2025, 10, 1),
        last=datetime.date(2025, 12, 31),
    )
    (event,) = parsed(calendar(found(row(month=11, periods=(last,))), "en"))
    assert (event["DTSTART"], event["DTEND"]) == ("20251231", "20260101")
    assert "Due: Q4 2025" in text_of(event["DESCRIPTION"])


def test_the_same_action_and_period_has_the_same_uid_whatever_its_texts_became() -> None:
    before = parsed(calendar(found(row()), "id"))[0]["UID"]
    other = row(action="Menyusun laporan tahunan", responsible="TIM B", waits_for=("schedule",), periods=())
    assert parsed(calendar(found(other, date=None), "en"))[0]["UID"] == before
    assert parsed(calendar(found(row(action_id="L1.i.2")), "id"))[0]["UID"] != before


def test_one_event_for_a_quarter_that_several_months_ask_for() -> None:
    quarter = row().periods[0].replace(period_type="quarter", period=1)
    rows = [row(month=month, periods=(quarter,)) for month in (1, 2, 3)]
    assert len(parsed(calendar(found(*rows), "id"))) == 1


def test_what_is_perhaps_due_is_tentative_and_says_so() -> None:
    (event,) = parsed(calendar(found(row(waits_for=("schedule",))), "id"))
    assert event["STATUS"] == "TENTATIVE"
    assert text_of(event["SUMMARY"]).startswith("Mungkin: ")
    assert "menunggu keputusan orang" in event["DESCRIPTION"]


def test_without_a_date_of_the_decree_the_stamp_is_the_first_day_of_the_year() -> None:
    (event,) = parsed(calendar(found(row(), date=None), "id"))
    assert event["DTSTAMP"] == "20250101T000000Z"


def test_without_a_year_there_is_no_calendar() -> None:
    with pytest.raises(UsageError, match="--year"):
        calendar(found(row(), year=None), "en")


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_comes_back_as_it_was(action: str, team: str, documents: list[str]) -> None:
    content = calendar(found(row(action=action, responsible=team, documents=tuple(documents))), "en")
    (event,) = parsed(content)
    said = "".join(text_of(event["SUMMARY"]).removeprefix("L1.i.1").split())
    kept = "".join(sign for sign in "".join(action.split()) if sign.isprintable())
    assert "".join(sign for sign in said if sign.isprintable()) == kept
    assert is_calendar_of_ours(content)


@pytest.fixture(scope="module")
def plan(samples: object) -> Plan:
    return lampiran.read(f"{samples}/kpu-batang-2025.transcript.txt").plan


def test_a_whole_year_of_a_sample(plan: Plan) -> None:
    events = parsed(calendar(lampiran.due(plan, month="all"), "id"))
    marks = sum(
        len(action.schedule.planned()) for action in plan.actions if action.schedule.state != "unknown"
    )
    assert sum(event["STATUS"] == "CONFIRMED" for event in events) == marks > 200
    assert len({event["UID"] for event in events}) == len(events)
    assert {event["DTSTAMP"] for event in events} == {"20250103T000000Z"}
    assert calendar(lampiran.due(plan, month="all"), "id") == calendar(lampiran.due(plan, month="all"), "id")


def test_a_calendar_program_reads_what_was_written(plan: Plan) -> None:
    icalendar = pytest.importorskip("icalendar")
    due = lampiran.due(plan, month=3)
    read = icalendar.Calendar.from_ical(calendar(due, "id"))
    events = read.walk("VEVENT")
    assert len(events) == len(due.due) + len(due.perhaps)
    for event, one in zip(events, (*due.due, *due.perhaps), strict=True):
        assert not event.errors
        assert event.decoded("DTSTART") == datetime.date(2025, 3, 31)
        assert str(event["SUMMARY"]).endswith(" ".join(f"{one.action_id} {one.action}".split()))
        assert event["CATEGORIES"].to_ical()
