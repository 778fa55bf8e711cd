"""Turns the shapes of a page into the tables that a person reads there: set upright, their unruled cells parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Chars, Flags
from extract.grid.lattice import Shape, is_large, shape_of
from extract.grid.rulings import Box, Reach, lattices
from extract.pdf.cell_boxes import text_cells, with_columns
from extract.pdf.charts import is_chart
from extract.pdf.horizontal_tables import has_aligned_columns, level_shapes, with_rows_around
from extract.pdf.outer_headers import text_beside, with_head, with_names
from extract.pdf.page_content import PageContent
from extract.pdf.sideways_tables import Frame, turn_of, turned_grid
from extract.pdf.unruled_cells import Parting, part
from extract.types import Grid

MOST_AROUND = 2  # rows of text above a table of level rulings, and below it, that may belong to it


class Columns(NamedTuple):
    """The edges of a table's columns in points, and those of them at which text alone parts cells."""

    edges: tuple[float, ...] = ()
    unruled: tuple[float, ...] = ()


NO_COLUMNS = Columns()


def _begins(shape: Shape) -> dict[float, int]:
    """Return for each edge of columns how many cells begin there."""
    counts = Counter(span.column for span in shape.spans)
    return {x: counts[n] for n, x in enumerate(shape.column_edges)}


class SeenTable(NamedTuple):
    """A shape in points of the page and what became of it: `frame` sets it upright, `parting` is in that frame.

    `ruled` is the shape as its rulings alone draw it, in points of the page. `beside` is the box of text that stands level with its rows outside it.
    """

    shape: Shape
    frame: Frame
    parting: Parting
    ruled: Shape
    beside: Box | None = None

    def read(self, grid: Grid) -> Grid:
        """Return the grid of the shape with its rows and columns as they are read."""
        return turned_grid(grid, self.parting.shape, self.frame) if self.frame.degrees else grid

    @property
    def is_changed(self) -> bool:
        """Whether it was turned or parted."""
        return self.parting.parted or self.frame.degrees != 0

    @property
    def columns(self) -> Columns:
        """Its columns, none where it was turned."""
        if self.frame.degrees:
            return NO_COLUMNS
        begins = _begins(self.parting.shape)
        by_rulings = _begins(self.ruled)
        return Columns(tuple(begins), tuple(x for x, count in begins.items() if count > by_rulings.get(x, 0)))

    @property
    def doubts(self) -> tuple[tuple[str, Box], ...]:
        """The codes and the boxes on the page of cells that perhaps hold several columns or rows."""
        back = self.frame.back()
        found = [("columns-not-ruled", box) for box in self.parting.columns]
        found += [("rows-not-ruled", box) for box in self.parting.rows]
        found += [("text-beside-table", self.beside)] if self.beside else []
        return tuple((code, _box(back, box)) for code, box in found)


class PageTables(NamedTuple):
    """The tables of a page from top to bottom, those inside cells of them, and what may be others.

    `unclear` are the boxes of text between level rulings alone whose columns are not clear.
    """

    tables: tuple[SeenTable, ...]
    inner: tuple[SeenTable, ...]
    unclear: tuple[Box, ...]


def page_tables(
    content: PageContent, chars: Chars, reach: Reach, *, every: bool, before: Columns = NO_COLUMNS
) -> PageTables:
    """Find the tables of a page; one inside another one's cell is part of that, and one of `inner` besides.

    `every` takes also those that are smaller than a plan's table, see `extract.grid.lattice.is_large`. Rows in a
    frame without upright rulings, and level rulings alone, are a table where its columns are clear. `before` are the
    columns of the last table on the page before, which may go on here without its head.
    """
    size = (content.width, content.height)
    parts = lattices(content.horizontal, content.vertical, reach)
    shapes = [s for part in parts if (s := shape_of(part, chars)) and not is_chart(s, chars, content)]
    known: dict[Shape, tuple[float, ...]] = {}
    top = min(shapes, key=_top, default=None)
    wider = _going_on(top, before, chars, reach) if top and before.unruled else None
    if top and wider:
        shapes[shapes.index(top)] = wider
        known[wider] = tuple(set(wider.column_edges) - set(top.column_edges))
    outer = _outer(shape for shape in shapes if every or is_large(shape))
    inner = [shape for shape in shapes if shape not in outer]
    boxes = [_around(shape) for shape in inner]

    def seen(shape: Shape, *, level: bool = False) -> SeenTable:
        others = [box for box in boxes if box != _around(shape)]
        return seen_table(shape, chars, size, level=level, closed=others, known=known.get(shape, ()))

    tables = [seen(shape) for shape in outer]
    if every:
        free = np.ones(len(chars), dtype=np.bool_)
        for table in tables:
            free &= ~_inside(table, chars)
        tables = [_with_text_around(table, chars, free) for table in tables]
    few = (s for s in inner if len(s.column_edges) == 2 or s in known)
    narrow = [s for s in few if not any(_lie_over(s, o) for o in outer)]
    tables += [table for shape in narrow if is_large((table := seen(shape)).parting.shape)]
    unclear: list[Box] = []
    for shape in level_shapes(content, [table.shape for table in tables], reach):
        table = _grown(seen(shape, level=True), shape, chars, lambda wider: seen(wider, level=True))
        if is_large(table.parting.shape) and has_aligned_columns(table.parting.shape, chars):
            tables.append(table)
        else:
            unclear.append(_around(shape))
    tables.sort(key=lambda table: (table.shape.row_edges[0], table.shape.column_edges[0]))
    inside = [seen(shape) for shape in inner] if every else []
    return PageTables(tuple(tables), tuple(inside), tuple(unclear))


def _top(shape: Shape) -> float:
    return shape.row_edges[0]


def _going_on(shape: Shape, before: Columns, chars: Chars, reach: Reach) -> Shape | None:
    """Return a shape with the columns of the table on the page before, where its text stands in them.

    It is as wide as that table and has its columns, but for some of those at which only text parted cells there: there
    is no head here that would draw them.
    """
    edges = shape.column_edges
    pairs = [min(before.edges, key=lambda place: abs(place - x)) for x in edges]
    same = all(abs(place - x) <= reach.snap for place, x in zip(pairs, edges, strict=True))
    missing = set(before.edges) - set(pairs)
    if not same or not missing or not missing <= set(before.unruled):
        return None
    new = {
        column: [x for x in before.edges if low < x < high and x in missing]
        for column, (low, high) in enumerate(pairwise(edges))
    }
    wider = with_columns(shape, new, set(shape.spans))
    parting = part(wider, chars, known=tuple(x for found in new.values() for x in found))
    return wider if parting.parted and not parting.columns else None


def _inside(table: SeenTable, chars: Chars) -> Flags:
    """Tell which characters stand in the cells of a table."""
    inside = np.zeros(len(chars), dtype=np.bool_)
    for own in text_cells(table.shape, chars).values():
        inside[own] = True
    return inside


def _with_text_around(table: SeenTable, chars: Chars, free: Flags) -> SeenTable:
    """Return a table with the names of its columns above it and those of its rows beside it.

    They are among the `free` characters, which stand in no table.
    """
    if table.frame.degrees:
        return table
    shape = with_head(table.shape, chars[_inside(table, chars) | free]) or table.shape
    shape = with_names(shape, chars[free]) or shape
    if shape is table.shape:
        return table._replace(beside=text_beside(shape, chars[free]))
    return table._replace(shape=shape, parting=table.parting._replace(shape=shape, parted=True))


def _grown(table: SeenTable, shape: Shape, chars: Chars, seen: Callable[[Shape], SeenTable]) -> SeenTable:
    """Return the table of level rulings with the rows of text around it that stand in its columns, two a side at most."""
    for _ in range(2 * MOST_AROUND):
        for wider in with_rows_around(shape, chars):
            found = seen(wider)
            same = len(found.shape.column_edges) >= len(table.shape.column_edges)
            if same and is_large(found.parting.shape):
                table, shape = found, wider
                break
        else:
            break
    return table


def _outer(shapes: Iterable[Shape]) -> list[Shape]:
    """Return the shapes that lie in no larger one."""
    outer: list[Shape] = []
    for shape in sorted(shapes, key=_area, reverse=True):
        if not any(_lies_in(shape, other) for other in outer):
            outer.append(shape)
    return outer


def _area(shape: Shape) -> float:
    return (shape.column_edges[-1] - shape.column_edges[0]) * (shape.row_edges[-1] - shape.row_edges[0])


def _lies_in(shape: Shape, other: Shape) -> bool:
    box = _around(shape)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    left, top, right, bottom = _around(other)
    return left <= x <= right and top <= y <= bottom


def _lie_over(one: Shape, other: Shape) -> bool:
    return _lies_in(one, other) or _lies_in(other, one)


def _around(shape: Shape) -> Box:
    return shape.column_edges[0], shape.row_edges[0], shape.column_edges[-1], shape.row_edges[-1]


def seen_table(
    shape: Shape,
    chars: Chars,
    size: tuple[float, float],
    *,
    level: bool = False,
    closed: Sequence[Box] = (),
    known: Collection[float] = (),
) -> SeenTable:
    """Return the table of a shape; `size` is the page's, `closed` are boxes in cells that are not parted.

    `known` are edges of its columns that the page before tells of, see `extract.pdf.unruled_cells.part`.
    """
    frame = Frame(*size, turn_of(shape, chars))
    if not frame.degrees:
        parting = part(shape, chars, level=level, closed=closed, known=known)
        return SeenTable(parting.shape, frame, parting, shape)
    parting = part(
        frame.shape(shape), frame.chars(chars), level=level, closed=[_box(frame, box) for box in closed]
    )
    return SeenTable(frame.back().shape(parting.shape), frame, parting, shape)


def _box(frame: Frame, box: Box) -> Box:
    corners = (frame.place(box[0], box[1]), frame.place(box[2], box[3]))
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
