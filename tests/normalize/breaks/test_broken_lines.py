"""A row that a line feed broke is put together again with a finding, or asks for a review: never read silently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schema.plan import Plan

Read = Callable[[str], Plan]
TEAM = "TIM MANAJEMEN PERUBAHAN"


def broken(row: list[str], column: int, times: int = 1) -> list[str]:
    """Return the row with the first spaces of one cell turned into line feeds."""
    return [*row[:column], row[column].replace(" ", "\n", times), *row[column + 1 :]]


def codes(plan: Plan) -> set[str]:
    return {f.code for f in plan.findings}


@pytest.mark.parametrize("column", [2, 3, 4, 5])
@pytest.mark.parametrize("times", [1, 2])
def test_a_row_broken_inside_a_text_is_joined_and_names_its_lines(
    column: int, times: int, plan_of: Read, write: Any
) -> None:
    whole = write.page(
        write.first(3, 6, 9, 12), write.row(2, 8, numeral="ii.", name="Dokumen Rencana Kerja ZI")
    )
    plan = plan_of(
        write.page(
            write.first(3, 6, 9, 12),
            broken(write.row(2, 8, numeral="ii.", name="Dokumen Rencana Kerja ZI"), column, times),
        )
    )
    joined = [f for f in plan.findings if f.code == "row-joined"]
    read, wanted = list(plan.placed())[1], list(plan_of(whole).placed())[1]
    assert [(f.action_id, f.raw) for f in joined] == [
        ("L1.ii.1", ", ".join(str(n) for n in range(6, 7 + times)))
    ]
    assert read.component.name.text == wanted.component.name.text
    assert read.action.schedule.planned() == (2, 8)
    for name in ("indicator", "action", "evidence", "responsible"):
        assert getattr(read.action, name).text == getattr(wanted.action, name).text
    assert "\n" in (read.component.name if column == 2 else getattr(read.action, name_of(column))).printed
    assert not read.action.needs_review


@pytest.mark.parametrize("items", ["1) Daftar hadir;\n2)\nmodul", "a. Daftar hadir;\nb. modul"])
def test_a_list_that_is_broken_before_an_item_goes_on(items: str, plan_of: Read, write: Any) -> None:
    row = write.row(2, 8, numeral="ii.", name="Dokumen Rencana Kerja ZI")
    plan = plan_of(write.page(write.first(3, 6, 9, 12), [*row[:5], items, *row[6:]]))
    read = list(plan.placed())
    assert [row.action.schedule.planned() for row in read] == [(3, 6, 9, 12), (2, 8)]
    assert read[1].action.evidence.text.split() == items.split()
    assert "row-joined" in codes(plan)


def name_of(column: int) -> str:
    return {3: "indicator", 4: "action", 5: "evidence"}[column]


def test_a_line_below_the_team_may_be_its_rest_and_asks_for_a_review(plan_of: Read, write: Any) -> None:
    row = write.first(1, team="TIM PENGAWAS\nINTERN")
    plan = plan_of(write.page(row))
    asked = [f for f in plan.findings if f.code == "row-join-doubtful"]
    assert [(f.action_id, f.field, f.raw) for f in asked] == [
        ("L1.i.1", "responsible", "TIM PENGAWAS | INTERN")
    ]
    assert asked[0].alternatives == ("TIM PENGAWAS", "TIM PENGAWAS INTERN")
    assert next(plan.placed()).action.needs_review


def test_a_break_in_two_cells_leaves_nothing_silent(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(broken(broken(write.first(1, team="TIM PENGAWAS INTERN"), 18), 4)))
    assert {"row-joined", "row-join-doubtful"} <= codes(plan)
    assert [row.action.schedule.planned() for row in plan.placed()] == [(1,)]


def test_a_break_before_the_first_word_asks_for_a_review(plan_of: Read, write: Any) -> None:
    row = write.first(1)
    row[5] = "\n" + row[5]
    plan = plan_of(write.page(row))
    assert "row-joined" in codes(plan) or all(r.action.needs_review for r in plan.placed())


def test_whole_rows_are_never_joined(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1), write.row(2, team="SEKRETARIS")))
    assert not codes(plan) & {"row-joined", "row-join-doubtful"}
    assert [r.action.line for r in plan.placed()] == [5, 6, 7]


def test_lines_whose_empty_cells_at_the_end_were_cut_off_read_the_same(plan_of: Read, write: Any) -> None:
    text = write.page(
        write.first(3, 6, 9, 12), write.row(1), write.row(2, 11, numeral="ii.", name="Agen Perubahan")
    )
    cut = "\n".join(line.rstrip("\t") for line in text.split("\n"))
    read = [(r.area.number, r.action.schedule, r.action.responsible.text) for r in plan_of(cut).placed()]
    wanted = [(r.area.number, r.action.schedule, r.action.responsible.text) for r in plan_of(text).placed()]
    assert [(a, s.planned(), s.state, t) for a, s, t in read] == [
        (a, s.planned(), s.state, t) for a, s, t in wanted
    ]


def test_a_line_right_below_a_table_that_is_no_row_stays_loose_text(plan_of: Read, write: Any) -> None:
    stray = "Catatan dari panitia arsip kabupaten"
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1)).rstrip("\n") + f"\n{stray}\n")
    assert stray in {f.raw for f in plan.findings if f.code == "text-unplaced"}
    assert len(list(plan.placed())) == 2
