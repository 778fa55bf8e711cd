"""Marks set a little off their cells, dashed rulings that stop short, and ligatures: nothing is lost or doubled."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from extract.grid.rulings import Segment, merge, reach_of
from extract.pdf.pdfium_chars import _parted_ligatures

XS, YS = (50, 70, 90, 110, 130), (40, 60, 80, 100)


def tick() -> ImageReader:
    picture = Image.new("RGB", (48, 48), "white")
    ImageDraw.Draw(picture).line((6, 24, 18, 38, 42, 8), fill="black", width=6)
    return ImageReader(picture)


def test_a_tick_that_lies_over_a_ruling_marks_the_cell_it_lies_in_most(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.drawImage(tick(), 82, sheet.height - 74, 10, 10)

    (grid,) = read(draw(paint)).grids
    assert len(grid.cells) == 12
    assert {(cell.row, cell.column): cell.mark for cell in grid.cells if cell.mark is not None} == {
        (1, 1): "marked"
    }


def test_drawn_strokes_over_a_ruling_mark_no_second_cell(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.setLineWidth(1)
        sheet.line(79, 70, 83, 75)
        sheet.line(83, 75, 93.5, 63)

    (grid,) = read(draw(paint)).grids
    states = {(cell.row, cell.column): cell.mark for cell in grid.cells if cell.mark is not None}
    assert set(states) == {(1, 1)}


def test_a_dashed_ruling_that_ends_two_gaps_before_another_one_meets_it() -> None:
    dashes = [Segment(50.0, 10.0 + 8 * n, 16.0 + 8 * n) for n in range(9)]
    assert merge(dashes, reach_of(10.0)) == [Segment(50.0, 6.0, 84.0)]
    few = [dash for dash in dashes if dash.start not in {26.0, 50.0}]
    assert [(s.start, s.end) for s in merge(few, reach_of(10.0))] == [(6.0, 28.0), (30.0, 52.0), (54.0, 84.0)]
    assert merge(dashes[:3], reach_of(10.0)) == [Segment(50.0, 10.0, 32.0)], "two gaps are no dashes"
    abutting = [Segment(50.0, 10.0 + 8 * n, 17.5 + 8 * n) for n in range(9)]
    assert merge(abutting, reach_of(10.0)) == [Segment(50.0, 10.0, 81.5)], "joints of boxes are no gaps"


def test_each_letter_of_a_ligature_has_its_part_of_the_box() -> None:
    boxes = np.array([[0, 9, 4, 0], [4, 9, 10, 0], [4, 9, 10, 0], [10, 9, 14, 0]], dtype=np.float64)
    parted = _parted_ligatures(boxes.copy(), [1, 1, 1, 1])
    assert parted[:, [0, 2]].tolist() == [[0, 4], [4, 7], [7, 10], [10, 14]]
    assert _parted_ligatures(boxes.copy(), [1, 1, 2, 2]).tolist() == boxes.tolist()
