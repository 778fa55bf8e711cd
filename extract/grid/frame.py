"""Turns a page by quarter turns: places, boxes, characters and grids of the page as they are on the turned page."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box, rows_of
from extract.grid.chars import Chars, Floats
from extract.grid.lattice import Shape, Span
from extract.types import FULL_TURN, QUARTER_TURN


class Frame(NamedTuple):
    """A page's width and height in points before it is turned clockwise by some degrees (0, 90, 180, 270)."""

    width: float
    height: float
    degrees: int

    @property
    def quarters(self) -> int:
        """The number of its quarter turns, 0 to 3."""
        return self.degrees // QUARTER_TURN

    def back(self) -> Frame:
        """Return the frame that turns a turned page back."""
        width, height = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        return Frame(width, height, -self.degrees % FULL_TURN)

    def places(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where places of the page are on the turned page."""
        if self.quarters == 1:
            return self.height - y, x
        if self.quarters == 2:
            return self.width - x, self.height - y
        return (x, y) if self.quarters == 0 else (y, self.width - x)

    def boxes(self, boxes: Floats) -> Floats:
        """Return boxes of the page (N x 4, any two opposite corners) on the turned page."""
        (ax, ay), (bx, by) = self.places(*boxes[:, :2].T), self.places(*boxes[:, 2:].T)
        low, high = (np.minimum(ax, bx), np.minimum(ay, by)), (np.maximum(ax, bx), np.maximum(ay, by))
        return np.stack([*low, *high], axis=1)

    def box(self, box: Box) -> Box:
        """Return a box of the page on the turned page."""
        return Box(*self.boxes(rows_of([box]))[0].tolist())

    def chars(self, chars: Chars) -> Chars:
        """Return characters of the page on the turned page."""
        if not self.degrees:
            return chars
        origins = self.places(chars.origin_x, chars.origin_y)
        places = np.column_stack([self.boxes(chars.boxes), *origins, chars.size, chars.tracking])
        turn = (chars.turn - self.degrees) % FULL_TURN
        return Chars(chars.texts, places, turn, chars.flags, chars.source)

    def shape(self, shape: Shape) -> Shape:
        """Return a grid of the page on the turned page."""
        if not self.degrees:
            return shape
        xs, ys = self.places(*np.meshgrid(shape.column_edges, shape.row_edges))
        columns, rows = (tuple(np.unique(places).tolist()) for places in (xs, ys))
        spans = tuple(sorted(self.span(span, shape) for span in shape.spans))
        return shape._replace(column_edges=columns, row_edges=rows, spans=spans)

    def span(self, span: Span, shape: Shape) -> Span:
        """Return a cell of a grid of the page on the turned page."""
        from_right = shape.columns - span.column - span.columns
        from_foot = shape.rows - span.row - span.rows
        if self.quarters == 1:
            return Span(span.column, from_foot, span.columns, span.rows)
        if self.quarters == 2:
            return Span(from_foot, from_right, span.rows, span.columns)
        return span if self.quarters == 0 else Span(from_right, span.row, span.columns, span.rows)
