"""On a digital page an empty cell is empty, a merged one holds for all its rows, and print is never corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.types import Extraction
from schema.findings import Finding
from schema.plan import Action, Plan

Build = Callable[[Extraction], Plan]
TEAM = "TIM MANAJEMEN PERUBAHAN"
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "CATATAN MUTU", "PENANGGUNG JAWAB")
TITLE = ("1.", ("MANAJEMEN PERUBAHAN", {"column_span": 7}), None, None, None, None, None, None)
ROW = (
    "i.",
    "Penyusunan Tim Kerja",
    "Tim kerja telah dibentuk",
    "Menyusun keputusan",
    "Keputusan",
    "Maret, Juni",
    "baik",
    TEAM,
)
FIELDS = {"indicator": 2, "action": 3, "evidence": 4, "time": 5, "extra": 6, "responsible": 7}


def row(**texts: Any) -> tuple[Any, ...]:
    """Return a row of the same component with some cells changed; `None` is covered by a span."""
    cells: list[Any] = ["", "", *ROW[2:]]
    for name, text in texts.items():
        cells[FIELDS[name]] = text
    return tuple(cells)


def only(plan: Plan, code: str) -> Finding:
    found = [f for f in plan.findings if f.code == code]
    assert len(found) == 1, [f.code for f in plan.findings]
    return found[0]


def actions(plan: Plan) -> list[Action]:
    return [placed.action for placed in plan.placed()]


def cell_of(finding: Finding) -> tuple[int, int]:
    """Return row and column of the cell that a finding points at."""
    assert finding.ref is not None
    assert finding.ref.bbox is not None
    return round(finding.ref.bbox.top / 20), round(finding.ref.bbox.x0 / 50)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("responsible", "missing-responsible"),
        ("evidence", "missing-evidence"),
        ("action", "missing-action"),
    ],
)
def test_an_empty_cell_is_a_notice_about_the_decree(
    name: str, code: str, plan_from: Build, draw: Any
) -> None:
    other = row() if name != "responsible" else row(responsible="SEKRETARIS")
    plan = plan_from(draw.grid(HEAD, TITLE, ROW, other, ("2.", *TITLE[1:]), ("i.", *row(**{name: ""})[1:])))
    missing = only(plan, code)
    assert (missing.severity, missing.origin, missing.field) == ("notice", "decree", name)
    assert missing.action_id == actions(plan)[2].action_id
    assert getattr(actions(plan)[2], name).text == ""


def test_a_schedule_in_words_that_nobody_understands_is_kept_and_unknown(plan_from: Build, draw: Any) -> None:
    plan = plan_from(draw.grid(HEAD, TITLE, row(time="menyesuaikan keadaan")))
    asked = only(plan, "schedule-text-unknown")
    schedule = actions(plan)[0].schedule
    assert (asked.raw, asked.value, cell_of(asked)) == ("menyesuaikan keadaan", None, (2, 5))
    assert (schedule.state, schedule.text.text, schedule.periods) == ("unknown", "menyesuaikan keadaan", ())
    assert actions(plan)[0].needs_review


def test_a_cell_merged_over_rows_holds_for_each_of_them(plan_from: Build, draw: Any) -> None:
    indicator = ("Tim kerja telah dibentuk", {"row_span": 2})
    team = (TEAM, {"row_span": 2})
    plan = plan_from(
        draw.grid(
            HEAD, TITLE, row(indicator=indicator, responsible=team), row(indicator=None, responsible=None)
        )
    )
    filled, named = only(plan, "cell-filled"), only(plan, "responsible-filled")
    second = actions(plan)[1]
    assert (filled.field, filled.value, cell_of(filled)) == ("indicator", indicator[0], (2, 2))
    assert (named.value, cell_of(named)) == (TEAM, (2, 7))
    assert filled.action_id == named.action_id == second.action_id
    assert (second.indicator.text, second.indicator.status) == (indicator[0], "filled")
    assert second.responsible.text == TEAM


def test_a_misprint_is_told_and_left_as_printed(plan_from: Build, draw: Any) -> None:
    plan = plan_from(draw.grid(HEAD, TITLE, row(action="Melakukan rnonitoring kegiatan")))
    suspect = only(plan, "print-suspect")
    assert (suspect.severity, suspect.origin) == ("notice", "decree")
    assert (suspect.raw, suspect.value) == ("rnonitoring", None)
    assert "monitoring" in suspect.alternatives
    assert cell_of(suspect) == (2, 3)
    assert actions(plan)[0].action.text == "Melakukan rnonitoring kegiatan"


def test_a_hyphen_at_a_line_s_end_that_nobody_can_explain_asks_for_a_review(
    plan_from: Build, draw: Any
) -> None:
    plan = plan_from(draw.grid(HEAD, TITLE, row(evidence="Keputusan xqzv-\nwqtr tim")))
    doubt = only(plan, "line-join-ambiguous")
    assert (doubt.field, doubt.raw, cell_of(doubt)) == ("evidence", "Keputusan xqzv-\nwqtr tim", (2, 4))
    assert (doubt.value, doubt.alternatives) == ("Keputusan xqzv-wqtr tim", ("Keputusan xqzvwqtr tim",))
    assert actions(plan)[0].needs_review


def test_a_column_without_a_known_role_is_kept_as_it_is(plan_from: Build, draw: Any) -> None:
    plan = plan_from(draw.grid(HEAD, TITLE, row(extra="baik sekali")))
    assert only(plan, "column-unknown").raw == "CATATAN MUTU"
    assert [(e.column, e.field.text) for e in actions(plan)[0].extra] == [("CATATAN MUTU", "baik sekali")]


def test_a_table_of_another_kind_after_the_plan_is_told(plan_from: Build, draw: Any) -> None:
    extraction = draw.grid(HEAD, TITLE, ROW)
    other = draw.grid(("Nama", "Pangkat"), ("satu", "dua")).grids[0]
    plan = plan_from(extraction.model_copy(update={"grids": (*extraction.grids, other)}))
    told = [f.raw for f in plan.findings if f.code == "text-unplaced"]
    assert "Nama" in told
    assert len(actions(plan)) == 1


def test_a_tick_a_fill_and_an_empty_cell_are_planned_and_not_planned(plan_from: Build, draw: Any) -> None:
    head = ("INDIKATOR", "LANGKAH AKSI", "BUKTI", "PENANGGUNG JAWAB", ("TRIWULAN", {"column_span": 4}), None, None, None)  # fmt: skip
    labels = ("", "", "", "", "I", "II", "III", "IV")
    title = (("1. MANAJEMEN PERUBAHAN", {"column_span": 8}), *[None] * 7)
    texts = ("Tim kerja telah dibentuk", "Menyusun keputusan", "Keputusan", TEAM)
    plan = plan_from(
        draw.grid(head, labels, title, (*texts, "√", ("", {"fill": "#92d050"}), "-", ("", {"ink": 0.2})))
    )
    schedule = actions(plan)[0].schedule
    assert [p.state for p in schedule.periods] == ["planned", "planned", "not-planned", "unknown"]
    assert (schedule.planned("quarter"), schedule.planned("month")) == ((1, 2), ())
    assert (only(plan, "mark-unclear").value, schedule.state) == ("4", "partial")


def test_rows_that_share_a_doubtful_time_cell_ask_once_and_both_wait(plan_from: Build, draw: Any) -> None:
    head = ("INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", "PENANGGUNG JAWAB", ("WAKTU", {"column_span": 4}))
    labels = ("", "", "", "", "I", "II", "III", "IV")
    title = (("1. MANAJEMEN PERUBAHAN", {"column_span": 8}), *[None] * 7)
    first = ("Tim dibentuk", "Menyusun keputusan", "Keputusan", TEAM, "√", "", "", ("√", {"row_span": 2}))
    second = ("Tim bekerja", "Menyusun laporan", "Laporan", TEAM, "√", "", "", None)
    plan = plan_from(draw.grid((*head, None, None, None), labels, title, first, second))
    assert only(plan, "mark-unclear").value == "4"
    assert [action.needs_review for action in actions(plan)] == [True, True]
