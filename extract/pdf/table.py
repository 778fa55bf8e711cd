"""Turns a shape of a page into the table that a person reads there: set upright, its unruled cells parted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.pdf.lattice import Shape
from extract.pdf.parting import Parting, part
from extract.pdf.seam import Char
from extract.pdf.turning import Frame, turn_of, turned_grid
from extract.pdf.view import Box
from extract.types import Grid


class SeenTable(NamedTuple):
    """A shape in points of the page and what became of it: `frame` sets it upright, `parting` is in that frame."""

    shape: Shape
    frame: Frame
    parting: Parting

    def read(self, grid: Grid) -> Grid:
        """Return the grid of the shape with its rows and columns as they are read."""
        return turned_grid(grid, self.parting.shape, self.frame) if self.frame.degrees else grid

    @property
    def doubts(self) -> tuple[tuple[str, Box], ...]:
        """The codes and the boxes on the page of cells that perhaps hold several columns or rows."""
        back = self.frame.back()
        found = [("columns-not-ruled", box) for box in self.parting.columns]
        found += [("rows-not-ruled", box) for box in self.parting.rows]
        return tuple((code, _box(back, box)) for code, box in found)


def seen_table(
    shape: Shape,
    chars: Sequence[Char],
    size: tuple[float, float],
    *,
    level: bool = False,
    closed: Sequence[Box] = (),
) -> SeenTable:
    """Return the table of a shape; `size` is the page's, `closed` are boxes in cells that are not parted."""
    frame = Frame(*size, turn_of(shape, chars))
    if not frame.degrees:
        parting = part(shape, chars, level=level, closed=closed)
        return SeenTable(parting.shape, frame, parting)
    upright = [frame.char(char) for char in chars]
    parting = part(frame.shape(shape), upright, level=level, closed=[_box(frame, box) for box in closed])
    return SeenTable(frame.back().shape(parting.shape), frame, parting)


def _box(frame: Frame, box: Box) -> Box:
    corners = (frame.place(box[0], box[1]), frame.place(box[2], box[3]))
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
