"""A line above a table of its own is the title of its area; other lines there stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.types import Cell, Extraction, TextLine
from normalize import Resources
from normalize.rows.headings import heading_title
from schema.geometry import BBox
from schema.plan import Plan

Build = Callable[[Extraction], Plan]
Read = Callable[[str], Plan]
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "PIC")
ROW = ("", "i. Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan", "", "TIM KERJA")
TOP = 100.0


def lowered(cell: Cell) -> Cell:
    box = cell.ref.bbox
    assert box is not None
    below = BBox(x0=box.x0, top=box.top + TOP, x1=box.x1, bottom=box.bottom + TOP)
    return cell.model_copy(update={"ref": cell.ref.model_copy(update={"bbox": below})})


def page_of(draw: Any, *texts: str) -> Extraction:
    """A page with lines right above its table, each ten points high."""
    extraction = draw.grid(HEAD, ROW)
    grid = extraction.grids[0]
    cells = tuple(lowered(cell) for cell in grid.cells)
    box = BBox(x0=0, top=TOP, x1=350, bottom=TOP + 40)
    grid = grid.model_copy(update={"bbox": box, "cells": cells})
    lines = tuple(
        TextLine(text=text, page=1, bbox=BBox(x0=0, top=TOP - 4 - 12 * n, x1=200, bottom=TOP + 6 - 12 * n))
        for n, text in zip(range(len(texts), 0, -1), texts, strict=True)
    )
    return extraction.model_copy(update={"grids": (grid,), "lines": lines})


def areas(plan: Plan) -> list[tuple[int, str, str]]:
    return [(area.number, area.label.text, area.name.text) for area in plan.areas]


@pytest.mark.parametrize(
    ("lines", "area"),
    [
        (["A. MANAJEMEN PERUBAHAN"], (1, "A", "MANAJEMEN PERUBAHAN")),
        (["II. PENATAAN TATA LAKSANA"], (2, "II", "PENATAAN TATA LAKSANA")),
        (["AREA I: MANAJEMEN PERUBAHAN"], (1, "I", "MANAJEMEN PERUBAHAN")),
        (["PILAR 4 - Penguatan Akuntabilitas"], (4, "4", "Penguatan Akuntabilitas")),
        (["Manajemen Perubahan"], (1, "", "Manajemen Perubahan")),
        (["F. PENINGKATAN KUALITAS", "PELAYANAN PUBLIK"], (6, "F", "PENINGKATAN KUALITAS PELAYANAN PUBLIK")),
        (["B. TATA LAKSANA (Lanjutan)"], (2, "B", "TATA LAKSANA")),
        (["C. PELAYANAN KHUSUS PEMILIH"], (3, "C", "PELAYANAN KHUSUS PEMILIH")),
    ],
)
def test_a_heading_names_the_area_of_its_table(
    lines: list[str], area: tuple[int, str, str], plan_from: Build, draw: Any
) -> None:
    plan = plan_from(page_of(draw, *lines))
    assert areas(plan) == [area]
    assert plan.forms[0].areas == "headings"
    assert {"text-unplaced", "area-missing"}.isdisjoint(f.code for f in plan.findings)


@pytest.mark.parametrize(
    "line", ["- 2 -", "RENCANA AKSI TAHUN 2025", "2 dari 10", "3 Januari 2025", "jdih.example"]
)
def test_other_lines_above_a_table_are_no_headings(line: str, plan_from: Build, draw: Any) -> None:
    assert areas(plan_from(page_of(draw, line))) == [(0, "", "")]


def test_a_heading_far_above_a_table_is_none_of_it(plan_from: Build, draw: Any) -> None:
    extraction = page_of(draw, "A. MANAJEMEN PERUBAHAN")
    far = extraction.lines[0].model_copy(update={"bbox": BBox(x0=0, top=10, x1=200, bottom=20)})
    plan = plan_from(extraction.model_copy(update={"lines": (far,)}))
    assert areas(plan) == [(0, "", "")]
    assert "A. MANAJEMEN PERUBAHAN" in {f.raw for f in plan.findings if f.code == "text-unplaced"}


def test_the_letters_of_a_watermark_beside_a_heading_are_none_of_it(plan_from: Build, draw: Any) -> None:
    extraction = page_of(draw, "BADAN CONTOH", "A. MANAJEMEN PERUBAHAN")
    letters = TextLine(text="AN", page=1, bbox=BBox(x0=120, top=TOP - 80, x1=220, bottom=TOP - 2))
    plan = plan_from(extraction.model_copy(update={"lines": (*extraction.lines, letters)}))
    assert areas(plan) == [(1, "A", "MANAJEMEN PERUBAHAN")]


def test_a_heading_above_a_transcribed_table_names_its_area(plan_of: Read, write: Any) -> None:
    pages = [
        "A. MANAJEMEN PERUBAHAN\n\n" + write.page(write.first(3, 6, 9, 12), title=None),
        "B. TATA LAKSANA\n\n" + write.page(write.first(1, name="Standar Layanan"), title=None),
    ]
    plan = plan_of("\n".join(pages))
    assert areas(plan) == [(1, "A", "MANAJEMEN PERUBAHAN"), (2, "B", "TATA LAKSANA")]
    assert "area-missing" not in {f.code for f in plan.findings}


def test_a_word_for_an_area_alone_is_no_title(resources: Resources) -> None:
    assert heading_title("AREA PERUBAHAN", resources) is None
