"""Recognised rows of words are no heads, and a lone name of a month makes no grid of periods."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan
from normalize.form import split_headers
from normalize.form.periods import label_periods
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import RowOf, extraction_of, line, page_of

NAMES = ("No.", "Komponen", "Indikator", "Kegiatan", "Bukti Fisik", "Jadwal", "PJ")
FIRST = ("i", "Penyusunan Tim", "Tim telah dibentuk", "Menyusun surat keputusan", "SK Tim", "Mar, Jun")
# Each of its cells has a line that begins as the name of a column does, and two hold the name of a period.
ROW = (
    "ii",
    "Dokumen\nRencana",
    "Dokumen Rencana\nAksi telah disusun",
    "Penyusunan dokumen\nrencana aksi pembangunan",
    "Dokumen rencana aksi\ndipublikasikan",
    "Januari",
    "Tim\nManajemen",
)


def pages() -> tuple[RowOf, ...]:
    return (
        RowOf([*FIRST, "Tim\nManajemen"]),
        RowOf([*ROW]),
        RowOf(["iii", "Pemantauan", "Rapat telah dilakukan", "Melaksanakan rapat", "Notula", "Juni", "Tim"]),
    )


def plan_of(resources: Resources) -> Plan:
    grid = page_of(pages(), names=NAMES)
    cells = tuple(
        cell.model_copy(update={"lines": tuple(map(line, cell.text.split("\n"))) if cell.text else ()})
        for cell in grid.cells
        if cell.column < len(NAMES)
    )
    cells = tuple(cell.model_copy(update={"mark": None, "border": 1.0}) for cell in cells)
    return build_plan(extraction_of(grid.model_copy(update={"cells": cells})), resources)


def test_a_row_whose_lines_begin_as_names_of_columns_do_is_no_head(resources: Resources) -> None:
    plan = plan_of(resources)
    placed = list(plan.placed())
    assert [p.component.number.text for p in placed] == ["i", "ii", "iii"]
    assert [p.action.schedule.planned() for p in placed] == [(3, 6), (1,), (6,)]
    assert len(plan.forms) == 1


def test_the_row_makes_no_stretch_of_its_own(resources: Resources) -> None:
    grid = page_of(pages(), names=NAMES)
    assert len(split_headers(grid, resources.form)) == 1


def test_a_lone_label_makes_no_grid_of_periods(resources: Resources) -> None:
    assert label_periods([["Jadwal", "Januari"]], resources.form) == ("month", [None])


@pytest.mark.parametrize("labels", [("1", "II", "", "IV"), ("I", "II", "■", "IV"), ("l", "II", "III", "IV")])
def test_quarters_of_which_a_label_was_misread_are_known_by_their_place(
    labels: tuple[str, ...], resources: Resources
) -> None:
    stacks = [["Jadwal", label] for label in labels]
    assert label_periods(stacks, resources.form, recognised=True) == ("quarter", [1, 2, 3, 4])


def test_four_months_by_name_are_no_quarters(resources: Resources) -> None:
    stacks = [["Jadwal", label] for label in ("I", "II", "Mar", "IV")]
    assert label_periods(stacks, resources.form, recognised=True)[0] == "month"
