"""Turns what is printed sideways on an upright page: shapes and characters set upright, and grids read so."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Chars, Floats
from extract.grid.lattice import Shape, Span
from extract.pdf.cell_boxes import text_cells
from extract.pdf.lines import PLACES
from extract.types import Grid

TURNED = 0.8  # of the cells with text: a grid with more of them turned one way is read so
LINES = 2  # rows and columns that turned text stands in: the heads of narrow columns stand in one row


class Frame(NamedTuple):
    """A page's width and height in points before it is turned clockwise by some degrees (0, 90, 180, 270)."""

    width: float
    height: float
    degrees: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the page lies when the page is turned."""
        across, down = self.places(np.array(x), np.array(y))
        return float(across), float(down)

    def back(self) -> Frame:
        """Return the frame that turns a turned page back."""
        upright = self.degrees in {0, 180}
        width, height = (self.width, self.height) if upright else (self.height, self.width)
        return Frame(width, height, -self.degrees % 360)

    def places(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where places of the page lie when the page is turned."""
        if self.degrees == 90:
            return self.height - y, x
        if self.degrees == 180:
            return self.width - x, self.height - y
        return (y, self.width - x) if self.degrees == 270 else (x, y)

    def chars(self, chars: Chars) -> Chars:
        """Return characters of the page when the page is turned."""
        (ax, ay), (bx, by) = self.places(chars.x0, chars.top), self.places(chars.x1, chars.bottom)
        low, high = (np.minimum(ax, bx), np.minimum(ay, by)), (np.maximum(ax, bx), np.maximum(ay, by))
        columns = (*low, *high, *self.places(chars.origin_x, chars.origin_y), chars.size, chars.tracking)
        flags = (chars.bold, chars.known, chars.slanted)
        turn = (chars.turn - self.degrees) % 360
        return Chars(chars.texts, np.stack(columns, axis=1), turn, flags, chars.source)

    def shape(self, shape: Shape) -> Shape:
        """Return a shape of the page when the page is turned."""
        if self.degrees == 0:
            return shape
        corners = [self.place(x, y) for x in shape.column_edges for y in shape.row_edges]
        xs, ys = sorted({x for x, _ in corners}), sorted({y for _, y in corners})
        spans = tuple(sorted(self.span(span, shape) for span in shape.spans))
        return shape._replace(column_edges=tuple(xs), row_edges=tuple(ys), spans=spans)

    def span(self, span: Span, shape: Shape) -> Span:
        """Return a cell of a shape of the page when the page is turned."""
        from_right = len(shape.column_edges) - 1 - span.column - span.columns
        from_foot = len(shape.row_edges) - 1 - span.row - span.rows
        if self.degrees == 90:
            return Span(span.column, from_foot, span.columns, span.rows)
        if self.degrees == 180:
            return Span(from_foot, from_right, span.rows, span.columns)
        return Span(from_right, span.row, span.columns, span.rows)


def turn_of(shape: Shape, chars: Chars) -> int:
    """Return by how many degrees clockwise the page must be turned to read a grid: 0 where its text is level.

    It is turned where the text of most cells runs the same way, in several rows and columns of the grid.
    """
    if not chars.turn.any():
        return 0
    turns = {
        span: Counter(chars.turn[own][chars.printed[own]].tolist()).most_common(1)[0][0]
        for span, own in text_cells(shape, chars).items()
    }
    if not turns:
        return 0
    turn, count = Counter(turns.values()).most_common(1)[0]
    spans = [span for span, own in turns.items() if own == turn]
    wide = min(len({span.row for span in spans}), len({span.column for span in spans})) >= LINES
    return turn if wide and count >= TURNED * len(turns) else 0


def turned_grid(grid: Grid, upright: Shape, frame: Frame) -> Grid:
    """Return a grid of the page with its rows and columns as they are read; places of cells stay those of the page."""
    page = frame.back().shape(upright)
    moved = {(s.row, s.column): frame.span(s, page) for s in page.spans}
    cells = []
    for cell in grid.cells:
        span = moved[cell.row, cell.column]
        cells.append(
            cell.model_copy(
                update={
                    "row": span.row,
                    "column": span.column,
                    "row_span": span.rows,
                    "column_span": span.columns,
                }
            )
        )
    return grid.model_copy(
        update={
            "turn": frame.degrees,
            "column_edges": tuple(round(x, PLACES) for x in upright.column_edges),
            "row_edges": tuple(round(y, PLACES) for y in upright.row_edges),
            "row_count": grid.column_count if frame.degrees in {90, 270} else grid.row_count,
            "column_count": grid.row_count if frame.degrees in {90, 270} else grid.column_count,
            "cells": tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        }
    )
