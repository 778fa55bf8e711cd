"""Rulings from whatever is seen as a straight edge, and none from what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.colors import Color, white

XS, YS = (50, 120, 200, 300), (40, 60, 80, 100)
CELLS = [(r, c) for r in range(3) for c in range(3)]


def boxes(sheet: Any) -> list[tuple[float, float, float, float]]:
    """The boxes of all cells: x0, y0, x1, y1 in reportlab's points, origin bottom left."""
    return [
        (XS[column], sheet.height - YS[row + 1], XS[column + 1], sheet.height - YS[row])
        for row, column in CELLS
    ]


def rings(sheet: Any) -> None:
    for x0, y0, x1, y1 in boxes(sheet):
        path = sheet.canvas.beginPath()
        path.rect(x0, y0, x1 - x0, y1 - y0)
        path.moveTo(x0 + 0.7, y0 + 0.7)
        for x, y in ((x0 + 0.7, y1 - 0.7), (x1 - 0.7, y1 - 0.7), (x1 - 0.7, y0 + 0.7)):
            path.lineTo(x, y)
        path.close()
        sheet.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def trapezoids(sheet: Any) -> None:
    for x0, y0, x1, y1 in boxes(sheet):
        for corners in (
            ((x0, y0), (x1, y0), (x1 - 0.8, y0 + 0.8), (x0 + 0.8, y0 + 0.8)),
            ((x0, y1), (x1, y1), (x1 - 0.8, y1 - 0.8), (x0 + 0.8, y1 - 0.8)),
            ((x0, y0), (x0, y1), (x0 + 0.8, y1 - 0.8), (x0 + 0.8, y0 + 0.8)),
            ((x1, y0), (x1, y1), (x1 - 0.8, y1 - 0.8), (x1 - 0.8, y0 + 0.8)),
        ):
            path = sheet.canvas.beginPath()
            path.moveTo(*corners[0])
            for corner in corners[1:]:
                path.lineTo(*corner)
            sheet.canvas.drawPath(path, stroke=0, fill=1)


def boxes_apart(sheet: Any) -> None:
    for x0, y0, x1, y1 in boxes(sheet):
        sheet.canvas.rect(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2)


def tints(sheet: Any) -> None:
    for number, (x0, y0, x1, y1) in enumerate(boxes(sheet)):
        sheet.canvas.setFillColor(Color(0.8, 0.9, 1) if number % 2 else Color(1, 0.9, 0.8))
        sheet.canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)


def white_lines(sheet: Any) -> None:
    sheet.canvas.setFillColor(Color(0.7, 0.8, 0.9))
    sheet.canvas.rect(XS[0], sheet.height - YS[-1], XS[-1] - XS[0], YS[-1] - YS[0], stroke=0, fill=1)
    sheet.canvas.setStrokeColor(white)
    sheet.grid(XS, YS)


def thick_strokes(sheet: Any) -> None:
    sheet.canvas.setLineWidth(4)
    sheet.grid(XS, YS)


def hairlines(sheet: Any) -> None:
    sheet.canvas.setLineWidth(0)
    sheet.grid(XS, YS)


def dots(sheet: Any) -> None:
    sheet.canvas.setDash(1, 1.5)
    sheet.grid(XS, YS)


def crossing_dots(sheet: Any) -> None:
    """Dots of which a crossing ruling makes one out of two, or two out of one."""
    sheet.canvas.setLineWidth(0.5)
    sheet.canvas.setDash(1, 1)
    sheet.grid([x + 0.1 for x in XS], [y + 0.1 for y in YS])


def pieces(sheet: Any) -> None:
    for x0, y0, x1, y1 in boxes(sheet):
        for n in range(10):
            width = (x1 - x0) / 10
            sheet.canvas.line(x0 + n * width, y0, x0 + (n + 1) * width, y0)
            sheet.canvas.line(x0 + n * width, y1, x0 + (n + 1) * width, y1)
        sheet.canvas.line(x0, y0, x0, y1)
        sheet.canvas.line(x1, y0, x1, y1)


@pytest.mark.parametrize(
    "rule",
    [
        rings,
        trapezoids,
        boxes_apart,
        tints,
        white_lines,
        thick_strokes,
        hairlines,
        dots,
        crossing_dots,
        pieces,
    ],
)
def test_every_straight_edge_that_is_seen_rules_a_table(
    draw: Any, read: Any, rule: Callable[[Any], None]
) -> None:
    def paint(sheet: Any) -> None:
        rule(sheet)
        sheet.canvas.setFillColor(Color(0, 0, 0))
        for row, column in CELLS:
            sheet.text(XS[column] + 6, YS[row] + 13, f"{row}{column}")

    (grid,) = read(draw(paint)).grids
    assert [[cell.text for cell in row] for row in grid.rows()] == [
        [f"{r}{c}" for c in range(3)] for r in range(3)
    ]
    assert grid.column_edges == pytest.approx(XS, abs=1.5)


@pytest.mark.parametrize("colour", [white, Color(0, 0, 0, alpha=0), Color(0.99, 0.99, 0.99)])
def test_lines_that_cannot_be_seen_rule_nothing(draw: Any, read: Any, colour: Color) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, (40, 100))
        sheet.canvas.setStrokeColor(colour)
        sheet.line(XS[0], 70, XS[-1], 70)
        sheet.text(XS[0] + 6, 60, "atas bawah")

    (grid,) = read(draw(paint), every_table=True).grids
    assert grid.row_count == 1


def test_a_seam_between_two_fills_of_one_tint_is_no_ruling(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setFillColor(Color(0.7, 0.7, 0.7))
        for left, right in ((50, 160.3), (160.3, 300)):
            sheet.canvas.rect(left, sheet.height - 60, right - left, 20, stroke=0, fill=1)
        sheet.canvas.setFillColor(Color(0, 0, 0))
        sheet.grid((50, 200, 300), (40, 60, 80))

    (grid,) = read(draw(paint)).grids
    assert grid.column_count == 2


def test_drawn_ticks_are_marks_and_dashes_are_none(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.setLineWidth(1)
        for x, y in ((80, 50), (160, 70)):
            sheet.line(x - 3, y, x, y + 4)
            sheet.line(x, y + 4, x + 6, y - 5)
        sheet.line(245, 90, 252, 90)

    (grid,) = read(draw(paint)).grids
    marks = {(cell.row, cell.column): cell.mark for cell in grid.cells}
    assert [place for place, mark in marks.items() if mark == "marked"] == [(0, 0), (1, 1)]
    assert marks[2, 2] == "empty"
    assert marks[0, 2] is None
    assert {(cell.row, cell.column): cell.text for cell in grid.cells if cell.text} == {
        (0, 0): "√",
        (1, 1): "√",
    }
