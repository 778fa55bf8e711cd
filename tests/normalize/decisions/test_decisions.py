"""Decisions on rows of a draft: values, periods, rows that are one or several, and which row is meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Cell
from normalize.decisions.anchors import RowView, anchors_of, reading_of
from normalize.decisions.matching import Rows, is_same_place
from normalize.decisions.preamble import part_of, with_part
from normalize.decisions.rows import joined_rows, split_rows
from normalize.decisions.schedules import period_type_of, periods_in, with_planned
from normalize.decisions.values import decided_field
from normalize.draft import Row
from schema.decisions import Decision, Place
from schema.decree import Clause, DecreeHead, Field
from schema.geometry import BBox
from schema.periods import PER_YEAR
from schema.plan import Period, PeriodType, Schedule
from schema.provenance import SourceRef
from schema.roles import FieldName

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = st.sampled_from(sorted(PER_YEAR))


def ref(line: int, sha256: str = "a") -> SourceRef:
    return SourceRef(sha256=sha256, line=line, cell=1, reader="transcript")


def text(value: str, line: int, **more: Any) -> Field:
    return Field(printed=value, text=value.replace("\n", " "), refs=(ref(line),), **more)


def row(line: int, schedule: Schedule | None = None, **texts: str) -> Row:
    cell = Cell(row=0, column=0, row_span=1, column_span=1, text=" ".join(texts.values()), ref=ref(line))
    names: dict[FieldName, Field] = {name: text(value, line) for name, value in texts.items()}  # type: ignore[misc]
    return Row(grid=0, chunk=0, cells=(cell,), exact=False, fields=names, schedule=schedule)


def decision(**more: Any) -> Decision:
    given = {"sha256": "a", "subject": "row", "field": "action", "verdict": "value", "value": "x", "at": NOW}
    return Decision(**{**given, **more})


def months(*planned: int, open_: tuple[int, ...] = ()) -> Schedule:
    states = {
        n: "planned" if n in planned else "covered" if n in open_ else "not-planned" for n in range(1, 13)
    }
    periods = tuple(Period(period_type="month", period=n, state=state) for n, state in states.items())  # type: ignore[arg-type]
    return Schedule(state="partial" if open_ else "marked", periods=periods, printed="v")


@given(KINDS, st.data())
def test_what_is_decided_is_what_is_planned(kind: PeriodType, data: st.DataObject) -> None:
    chosen = data.draw(st.frozensets(st.integers(1, PER_YEAR[kind])))
    schedule = with_planned(Schedule(state="unknown", printed="√"), kind, chosen)
    assert schedule.planned(kind) == tuple(sorted(chosen))
    assert schedule.state == ("marked" if chosen else "none")
    assert schedule.printed == "√"
    assert with_planned(schedule, kind, chosen) == schedule
    value = ";".join(map(str, sorted(chosen))) or "-"
    assert periods_in(value, kind) == chosen


@pytest.mark.parametrize("value", ["", "0", "13", "3;x", "3..6", "III", "3 6", "1.0", "²"])
def test_what_names_no_months_is_none(value: str) -> None:
    assert periods_in(value, "month") is None


def test_periods_of_another_type_stay_open() -> None:
    quarter = Period(period_type="quarter", period=1, state="unknown")
    schedule = months(1).replace(periods=(*months(1).periods, quarter))
    decided = with_planned(schedule, "month", frozenset({2}))
    assert (decided.planned(), decided.state) == ((2,), "partial")
    assert quarter in decided.periods


def test_a_schedule_is_decided_in_its_own_periods_else_in_those_of_the_form() -> None:
    assert period_type_of(months(1), ["quarter"]) == "month"
    assert period_type_of(Schedule(state="unknown"), ["text", "quarter"]) == "quarter"
    assert period_type_of(Schedule(state="unknown"), ["text"]) == "month"


def test_a_decided_text_keeps_its_print_and_loses_the_programs_certainty() -> None:
    value = Field(printed="rnonev", text="rnonev", status="uncertain", confidence=0.4, refs=(ref(1),))
    decided = decided_field(value, decision(value="monev"))
    assert decided == value.replace(text="monev", status="decided", confidence=None)
    assert decided_field(value, decision(verdict="as-read", value=None)).text == "rnonev"
    unread = decided_field(value, decision(verdict="unreadable", value=None))
    assert (unread.text, unread.status) == ("rnonev", "uncertain")


def test_two_rows_become_one_with_all_that_both_show() -> None:
    joined = decision(subject="join", verdict="joined", value=None)
    above = row(1, months(1, open_=(3,)), action="Menyusun laporan", evidence="Laporan", responsible="TIM A")
    below = row(2, months(6), action="setiap bulan", responsible="TIM A")
    below = Row(**{**vars_of(below), "decided": (joined,)})
    (one,) = joined_rows([above, below])
    assert one.get("action").text == "Menyusun laporan setiap bulan"
    assert one.get("action").printed == "Menyusun laporan\nsetiap bulan"
    assert one.get("evidence").text == "Laporan"
    assert one.schedule is not None
    assert (one.schedule.planned(), one.schedule.state) == ((1, 6), "partial")
    assert one.decided == (joined,)
    assert len(joined_rows([above, row(2, action="lain")])) == 2


def test_a_row_becomes_as_many_as_it_has_lines() -> None:
    split = decision(subject="join", verdict="split", value=None)
    whole = row(1, months(1), action="Satu\nDua\nTiga", evidence="A\nB\nC", responsible="TIM")
    rows = split_rows([Row(**{**vars_of(whole), "decided": (split,)})])
    assert [r.get("action").text for r in rows] == ["Satu", "Dua", "Tiga"]
    assert [r.get("evidence").text for r in rows] == ["A", "B", "C"]
    assert [len(r.decided) for r in rows] == [1, 0, 0]
    assert rows[0].get("responsible").text == "TIM"


def vars_of(value: Row) -> dict[str, Any]:
    return {name: getattr(value, name) for name in Row.__dataclass_fields__}


ROWS = [
    row(10, months(1), action="Menyusun rencana kerja", evidence="Rencana", responsible="TIM A"),
    row(11, months(2), action="Menyusun laporan kerja", evidence="Laporan", responsible="TIM A"),
    row(12, months(3), action="Menetapkan tim kerja", evidence="Surat", responsible="TIM B"),
]
VIEWS = [RowView.of_row(one) for one in ROWS]


def about(n: int, **more: Any) -> Decision:
    anchor = anchors_of(VIEWS)[n]
    printed = VIEWS[n].printed("schedule")
    return decision(field="schedule", row=anchor, printed=printed, place=anchor.place, value="9", **more)


@pytest.mark.parametrize("n", range(3))
def test_a_row_is_found_by_its_place_in_the_same_file(n: int) -> None:
    assert Rows(VIEWS, "a").of(about(n)) == n


@pytest.mark.parametrize("n", range(3))
def test_a_row_is_found_by_its_texts_in_another_file(n: int) -> None:
    moved = [RowView.of_row(row(50 + k, one.schedule, **said(one))) for k, one in enumerate(ROWS)]
    assert Rows(moved, "b").of(about(n)) == n


def said(one: Row) -> dict[str, str]:
    return {name: value.text for name, value in one.fields.items()}


def test_a_row_that_is_gone_is_nobodys() -> None:
    assert Rows([VIEWS[2]], "b").of(about(0)) is None
    assert Rows([], "b").of(about(0)) is None
    assert Rows([VIEWS[2]], "a").of(about(0)) is None


def test_a_value_that_reads_otherwise_now_is_not_decided() -> None:
    other = row(60, months(7), **said(ROWS[0]))
    assert Rows([RowView.of_row(other), *VIEWS[1:]], "b").of(about(0)) is None


def test_rows_that_are_equal_are_told_apart_by_those_around_or_not_at_all() -> None:
    twin = row(70, months(1), **said(ROWS[0]))
    views = [*VIEWS, RowView.of_row(twin), VIEWS[1]]
    assert Rows(views, "b").of(about(0)) == 0
    assert Rows([VIEWS[0], VIEWS[1], VIEWS[1], VIEWS[1], VIEWS[2]], "b").of(about(1)) is None


def test_places_on_a_page_are_the_same_where_they_overlap() -> None:
    def at(page: int, top: float, bottom: float, x0: float = 0) -> Place:
        return Place(page=page, bbox=BBox(x0=x0, top=top, x1=x0 + 50, bottom=bottom))

    assert is_same_place(at(1, 100, 140), at(1, 104, 138))
    assert not is_same_place(at(1, 100, 140), at(2, 100, 140))
    assert not is_same_place(at(1, 100, 140), at(1, 130, 170))
    assert not is_same_place(at(1, 100, 140), at(1, 100, 140, x0=60))
    assert is_same_place(Place(line=3, cell=1), Place(line=3, cell=2))
    assert not is_same_place(Place(line=3), Place(page=3))


def test_a_part_of_the_preamble_is_decided_by_its_name() -> None:
    clauses = tuple(Clause(label=str(n), field=text(f"Undang-Undang {n}", n)) for n in (1, 2))
    head = DecreeHead(number=text("8,1", 1), legal_basis=clauses, date_text=text("3 Januarl 2025", 2))
    named = with_part(head, decision(subject="preamble", field="number", value="8.1"))
    assert named is not None
    assert (named.number.text, named.number.printed) == ("8.1", "8,1")
    second = with_part(
        head, decision(subject="preamble", field="legal_basis.2", value="Undang-Undang Nomor 2")
    )
    assert second is not None
    assert [c.field.text for c in second.legal_basis] == ["Undang-Undang 1", "Undang-Undang Nomor 2"]
    dated = with_part(head, decision(subject="preamble", field="date", value="3 Januari 2025"))
    assert dated is not None
    assert str(dated.date) == "2025-01-03"
    assert with_part(head, decision(subject="preamble", field="dictum.KESATU")) is None
    assert part_of(head, "nothing") is None
    assert part_of(head, "signatory.name") is None


def test_what_a_schedule_shows_is_told_with_its_doubts() -> None:
    assert reading_of(months(1, 5, open_=(6, 7))) == "1;5;6?;7? v"
    assert reading_of(None) == ""
