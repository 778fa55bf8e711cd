"""Running heads, feet and catchwords are known by repeating; a heading at a page's foot is the next table's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extract.types import Extraction, TextLine
from normalize.running_text import RunningLines
from schema.geometry import BBox
from schema.plan import Plan

Make = Callable[[Extraction], Plan]
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "PIC")
ROWS = (
    ("", "i. Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan", "Maret", "TIM KERJA"),
    ("", "i. Prosedur", "Prosedur ada", "Menyusun prosedur", "Prosedur", "Juni", "TIM TATA LAKSANA"),
)
TITLES = ("1. MANAJEMEN PERUBAHAN", "2. PENATAAN TATA LAKSANA")


def line(text: str, page: int, top: float) -> TextLine:
    return TextLine(text=text, page=page, bbox=BBox(x0=0, top=top, x1=200, bottom=top + 10))


def pages_of(draw: Any, bodies: Sequence[Sequence[Any]], *lines: TextLine) -> Extraction:
    """Pages with a table 200 points below the top, and lines around them."""
    whole = draw.grid(HEAD, *bodies[0])
    grids = []
    for number, rows in enumerate(bodies, 1):
        grid = draw.grid(HEAD, *rows).grids[0]
        cells = []
        for cell in grid.cells:
            box = cell.ref.bbox
            below = BBox(x0=box.x0, top=box.top + 200, x1=box.x1, bottom=box.bottom + 200)
            ref = cell.ref.model_copy(update={"bbox": below, "page": number})
            cells.append(cell.model_copy(update={"ref": ref}))
        box = BBox(x0=0, top=200, x1=350, bottom=200 + 20 * grid.row_count)
        grids.append(grid.model_copy(update={"page": number, "bbox": box, "cells": tuple(cells)}))
    sheets = tuple(whole.pages[0].model_copy(update={"number": n}) for n in range(1, len(bodies) + 1))
    return whole.model_copy(update={"pages": sheets, "grids": tuple(grids), "lines": lines})


def test_a_heading_at_a_pages_foot_is_that_of_the_table_on_the_next(draw: Any, plan_from: Make) -> None:
    lines = [line(TITLES[0], 1, 185), line(TITLES[1], 1, 420), line("jdih.contoh.go.id", 1, 580)]
    lines += [line("jdih.contoh.go.id", 2, 580)]
    plan = plan_from(pages_of(draw, [ROWS[:1], ROWS[1:]], *lines))
    assert [(area.number, area.name.text) for area in plan.areas] == [
        (1, "MANAJEMEN PERUBAHAN"),
        (2, "PENATAAN TATA LAKSANA"),
    ]


def test_a_catchword_is_no_heading_and_no_text_that_was_left_over(draw: Any, plan_from: Make) -> None:
    title = (TITLES[1], *[""] * 6)
    lines = [line(TITLES[0], 1, 185), line("2. Penataan Tata...", 1, 420)]
    extraction = pages_of(draw, [ROWS[:1], [title, ROWS[1]]], *lines)
    assert RunningLines(extraction).is_catchword(lines[1])
    plan = plan_from(extraction)
    assert [area.number for area in plan.areas] == [1, 2]
    assert [f.raw for f in plan.findings if f.code == "running-text-dropped"] == ["2. Penataan Tata..."]
    assert not [f for f in plan.findings if f.code == "text-unplaced"]


def test_a_text_below_a_table_that_the_next_page_does_not_begin_with_is_kept(draw: Any) -> None:
    lines = [line("Catatan: diisi oleh tim", 1, 420)]
    assert not RunningLines(pages_of(draw, [ROWS[:1], ROWS[1:]], *lines)).is_catchword(lines[0])


def test_a_line_of_each_page_is_told_once(draw: Any, plan_from: Make) -> None:
    lines = [line(TITLES[0], 1, 185), line("Dokumen terkendali", 1, 560), line("Dokumen terkendali", 2, 560)]
    plan = plan_from(pages_of(draw, [ROWS[:1], ROWS[:1]], *lines))
    assert [f.raw for f in plan.findings if f.code == "running-text-dropped"] == ["Dokumen terkendali"]
    assert [f.raw for f in plan.findings if f.code == "text-unplaced"] == ["Dokumen terkendali"]


def test_a_catchword_before_a_running_foot_is_one(draw: Any) -> None:
    title = (TITLES[1], *[""] * 6)
    both, foot = line("2. Penataan... jdih.contoh.go.id", 1, 560), line("jdih.contoh.go.id", 2, 560)
    running = RunningLines(pages_of(draw, [ROWS[:1], [title, ROWS[1]]], both, foot))
    assert running.runs(both)
    assert running.runs(foot)
    other = line("2. Penataan... disusun oleh tim", 1, 560)
    assert not RunningLines(pages_of(draw, [ROWS[:1], [title, ROWS[1]]], other, foot)).runs(other)
