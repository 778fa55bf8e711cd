"""What one part of a merged cell prints belongs to all its rows, over a page's end too; an empty cell is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extract.types import Cell, Extraction
from schema.geometry import BBox
from schema.plan import Plan

Make = Callable[[Extraction], Plan]
Item = str | tuple[str, dict[str, Any]] | None
Pages = Callable[..., Plan]
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", "WAKTU", "PENANGGUNG JAWAB")
TITLE = ("1. MANAJEMEN PERUBAHAN", *[""] * 6)
TEAM = "Tim Manajemen Perubahan"


def row(n: int, *, name: Item = "", time: Item = "Maret", team: Item = "") -> tuple[Item, ...]:
    return ("", name, f"Indikator nomor {n} ada", f"Menyusun bahan {n}", f"Bahan {n}", time, team)


def spanning(text: str, rows: int) -> Item:
    return (text, {"row_span": rows})


def placed(cell: Cell, page: int) -> Cell:
    """Put a cell on a page; its lines leave half of its width."""
    box = cell.ref.bbox
    assert box is not None
    tops = (box.top + 5 * n for n in range(len(cell.lines)))
    boxes = (BBox(x0=box.x0, top=top, x1=box.x0 + box.width / 2, bottom=top + 5) for top in tops)
    lines = (line.model_copy(update={"bbox": own}) for line, own in zip(cell.lines, boxes, strict=False))
    ref = cell.ref.model_copy(update={"page": page})
    return cell.model_copy(update={"ref": ref, "lines": tuple(lines)})


@pytest.fixture
def read(draw: Any, plan_from: Make) -> Pages:
    """Read pages made by hand, each under its head."""

    def read_pages(*pages: Sequence[tuple[Item, ...]], head: Sequence[str] = HEAD) -> Plan:
        whole: Extraction = draw.grid(head, *pages[0])
        grids = []
        for number, rows in enumerate(pages, 1):
            grid = draw.grid(head, *rows).grids[0]
            cells = (placed(cell, number) for cell in grid.cells)
            grids.append(grid.model_copy(update={"page": number, "cells": tuple(cells)}))
        sheets = tuple(whole.pages[0].model_copy(update={"number": n}) for n in range(1, len(pages) + 1))
        return plan_from(whole.model_copy(update={"pages": sheets, "grids": tuple(grids)}))

    return read_pages


def teams(plan: Plan) -> list[str]:
    return [item.action.responsible.text for item in plan.placed()]


def codes(plan: Plan) -> set[str]:
    return {f.code for f in plan.findings if f.severity == "review" and f.code != "head-field-missing"}


FIRST = row(1, name="i. Tim Kerja", team=TEAM)


def test_empty_cells_below_a_team_are_empty(read: Pages) -> None:
    plan = read([TITLE, FIRST, row(2), row(3)])
    assert teams(plan) == [TEAM, "", ""]
    assert not codes(plan)


def test_empty_cells_below_a_pages_end_are_empty_where_others_are_too(read: Pages) -> None:
    plan = read([TITLE, FIRST, row(2), row(3, name="ii. Rencana", team="Subbagian Umum")], [row(4), row(5)])
    assert teams(plan) == [TEAM, "", "Subbagian Umum", "", ""]
    assert not codes(plan)


def test_a_merged_team_goes_on_on_the_next_page(read: Pages) -> None:
    above = [TITLE, row(1, name="i. Tim Kerja", team=spanning(TEAM, 2)), row(2, team=None)]
    plan = read(above, [row(3, team=spanning("", 2)), row(4, team=None), row(5, team="Subbagian Umum")])
    assert teams(plan) == [TEAM] * 4 + ["Subbagian Umum"]
    assert not codes(plan)
    assert [f.raw or f.value for f in plan.findings if f.code == "responsible-filled"].count(TEAM) >= 3


def test_a_team_goes_on_over_a_whole_page_and_a_cut_row(read: Pages) -> None:
    above = [TITLE, row(1, name="i. Tim Kerja", team=spanning(TEAM, 2)), row(2, team=None)]
    middle = [row(3, team=spanning("", 2)), row(4, team=None)]
    rest = ("", "", "dan disahkan", "", "", "", spanning("", 2))
    plan = read(above, middle, [rest, row(5, team=None)])
    assert teams(plan) == [TEAM] * 5
    assert list(plan.placed())[3].action.indicator.text.endswith("ada dan disahkan")


def test_a_merged_team_that_may_go_on_into_an_empty_cell_asks_once(read: Pages) -> None:
    above = [
        TITLE,
        row(1, name="i. Tim Kerja", team="Subbagian Umum"),
        row(2),
        row(3, team=spanning(TEAM, 2)),
        row(4, team=None),
    ]
    plan = read(above, [row(5), row(6)])
    assert teams(plan)[4:] == ["", ""]
    (asked,) = [f for f in plan.findings if f.code == "responsible-ambiguous"]
    assert asked.alternatives == (TEAM,)
    assert [item.action.needs_review for item in plan.placed()] == [False] * 4 + [True, False]


def test_a_team_does_not_go_on_into_another_area(read: Pages) -> None:
    above = [TITLE, row(1, name="i. Tim Kerja", team=spanning(TEAM, 2)), row(2, team=None)]
    below = [("2. PENATAAN TATA LAKSANA", *[""] * 6), row(3, name="i. Prosedur", team=spanning("", 2))]
    plan = read(above, [*below, row(4, team=None)])
    assert teams(plan) == [TEAM, TEAM, "", ""]


def test_labels_on_a_later_pages_part_belong_to_the_rows_above(read: Pages) -> None:
    first = row(1, name="i. Tim Kerja", team=TEAM)
    cut = row(2, name=spanning("", 2), team=spanning("", 2))
    below = row(4, name=spanning("ii. Rencana Kerja", 2), team=spanning("Subbagian Umum", 2))
    rest = row(5, name=None, team=None)
    plan = read([TITLE, first, cut, row(3, name=None, team=None)], [below, rest])
    components = [item.component for item in plan.placed()]
    assert [component.name.text for component in components] == ["Tim Kerja", *["Rencana Kerja"] * 4]
    assert [component.number.text for component in components] == ["i", *["ii"] * 4]
    assert teams(plan) == [TEAM, *["Subbagian Umum"] * 4]
    assert not codes(plan)


def test_a_time_in_words_goes_on_with_its_merged_cell(read: Pages) -> None:
    above = [
        TITLE,
        row(1, name="i. Tim Kerja", time=spanning("Januari dan Juni", 2), team=TEAM),
        row(2, time=None, team=TEAM),
    ]
    plan = read(above, [row(3, time=spanning("", 2), team=TEAM), row(4, time=None, team=TEAM)])
    assert [item.action.schedule.planned() for item in plan.placed()] == [(1, 6)] * 4
    assert not codes(plan)


def test_a_time_that_may_go_on_is_unknown_and_asks(read: Pages) -> None:
    above = [
        TITLE,
        row(1, name="i. Tim Kerja", time="", team=TEAM),
        row(2, time=spanning("Juni", 2), team=TEAM),
        row(3, time=None, team=TEAM),
    ]
    plan = read(above, [row(4, time="", team=TEAM), row(5, team=TEAM)])
    (asked,) = [f for f in plan.findings if f.code == "schedule-cell-doubtful"]
    assert (asked.value, asked.severity) == ("Juni", "review")
    assert list(plan.placed())[3].action.schedule.state == "unknown"


def test_a_time_cell_over_several_rows_that_nobody_understands_asks_once(read: Pages) -> None:
    text = "Maret\nMeningkatnya komitmen pimpinan\nMenurunnya risiko kegagalan"
    rows = [row(n, time=None, team=TEAM) for n in (2, 3)]
    plan = read([TITLE, row(1, name="i. Tim Kerja", time=spanning(text, 3), team=TEAM), *rows])
    assert [f.code for f in plan.findings if f.code == "schedule-text-unknown"] == ["schedule-text-unknown"]
    assert [item.action.needs_review for item in plan.placed()] == [True] * 3
    assert [item.action.schedule.planned() for item in plan.placed()] == [(3,)] * 3


@pytest.mark.parametrize("letters", ["abcd", "cdef"])
def test_lettered_rows_are_siblings_over_a_pages_end(letters: str, read: Pages) -> None:
    def lettered(n: int, **values: Item) -> tuple[Item, ...]:
        cells = row(n, team=TEAM, **values)
        return (*cells[:2], f"{letters[n]}. {cells[2]}", *cells[3:])

    plan = read([TITLE, lettered(0, name="i. Tim Kerja"), lettered(1)], [lettered(2), lettered(3)])
    assert len(list(plan.placed())) == 4
    assert not codes(plan)


@pytest.mark.parametrize("fill", [None, "#ddebf7"])
def test_the_rest_of_a_cell_below_a_box_in_it_is_no_row(read: Pages, fill: str | None) -> None:
    """A box drawn inside a cell parts that cell alone; what is left of it has the colour of its row."""
    shaded = [(text, {"row_span": 2, "fill": fill}) for text in FIRST[:-1]]
    plan = read([TITLE, (*shaded, (TEAM, {"fill": fill})), (*[None] * 6, ("", {"fill": fill}))])
    assert teams(plan) == [TEAM]


@pytest.mark.parametrize("number", ["5. ", "V. "])
def test_the_name_of_an_area_that_a_pages_end_cuts_is_one(read: Pages, number: str) -> None:
    def beside(area: Item, n: int) -> tuple[Item, ...]:
        return (area, *row(n, name=f"{'i' * n}. Komponen {n}", team=TEAM)[1:])

    plan = read(
        [beside(spanning(f"{number}PENGUATAN", 2), 1), beside(None, 2)],
        [beside("PENGAWASAN", 3)],
        head=("AREA PERUBAHAN", *HEAD[1:]),
    )
    assert [(area.number, area.name.text) for area in plan.areas] == [(5, "PENGUATAN PENGAWASAN")]
    assert len(list(plan.placed())) == 3
