"""Turns the shapes of a page into the tables that a person reads there: turned upright, their unruled cells split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Chars, Flags
from extract.grid.frame import Frame
from extract.grid.lattice import Shape, is_large, shape_of
from extract.grid.rulings import lattices
from extract.grid.settings import BOXES, Reach
from extract.pdf.cell_boxes import text_cells, with_columns
from extract.pdf.charts import is_chart
from extract.pdf.horizontal_tables import has_aligned_columns, horizontal_shapes, with_rows_around
from extract.pdf.outer_headers import text_beside, with_header, with_names
from extract.pdf.page_content import PageContent
from extract.pdf.settings import HORIZONTAL, PAGE
from extract.pdf.unruled_cells import SplitGrid, split_cells
from extract.types import Cell, Grid


class Columns(NamedTuple):
    """The edges of a table's columns in points, and those of them at which only text separates cells."""

    edges: tuple[float, ...] = ()
    unruled: tuple[float, ...] = ()


NO_COLUMNS = Columns()


class SeenTable(NamedTuple):
    """A shape in points of the page and what became of it: `frame` turns it upright, `split` is in that frame.

    `ruled` is the shape as its rulings alone draw it, in points of the page. `beside` is the box of text outside it
    that is beside its rows.
    """

    shape: Shape
    frame: Frame
    split: SplitGrid
    ruled: Shape
    beside: Box | None = None

    def read(self, grid: Grid) -> Grid:
        """Return the grid of the shape with its rows and columns as they are read."""
        return _turned_grid(grid, self.split.shape, self.frame) if self.frame.degrees else grid

    @property
    def is_changed(self) -> bool:
        """Whether it was turned or its cells were split."""
        return self.split.is_split or self.frame.degrees != 0

    @property
    def columns(self) -> Columns:
        """Its columns, none where it was turned."""
        if self.frame.degrees:
            return NO_COLUMNS
        begins, ruled = _begins(self.split.shape), _begins(self.ruled)
        return Columns(tuple(begins), tuple(x for x, count in begins.items() if count > ruled.get(x, 0)))

    @property
    def doubts(self) -> tuple[tuple[str, Box], ...]:
        """The codes and the boxes on the page of cells that perhaps hold several columns or rows."""
        back = self.frame.back()
        found = [("columns-not-ruled", box) for box in self.split.columns]
        found += [("rows-not-ruled", box) for box in self.split.rows]
        found += [("text-beside-table", self.beside)] if self.beside else []
        return tuple((code, back.box(box)) for code, box in found)


class PageTables(NamedTuple):
    """The tables of a page from top to bottom, those inside cells of them, and what may be others.

    `unclear` are the boxes of text between horizontal rulings whose columns are not clear.
    """

    tables: tuple[SeenTable, ...]
    inner: tuple[SeenTable, ...]
    unclear: tuple[Box, ...]


def page_tables(
    content: PageContent, chars: Chars, reach: Reach, *, every: bool, before: Columns = NO_COLUMNS
) -> PageTables:
    """Find the tables of a page; one inside another one's cell is part of that, and one of `inner` besides.

    `every` takes also those that are smaller than a plan's table, see `extract.grid.lattice.is_large`. Rows in a
    frame without vertical rulings, and horizontal rulings alone, are a table where its columns are clear. `before` are
    the columns of the last table on the page before, which may go on here without its header.
    """
    parts = lattices(content.horizontal, content.vertical, reach)
    shapes = [s for part in parts if (s := shape_of(part, chars)) and not is_chart(s, chars, content)]
    known: dict[Shape, tuple[float, ...]] = {}
    first = min(shapes, key=lambda shape: shape.row_edges[0], default=None)
    wider = _continued(first, before, chars, reach) if first and before.unruled else None
    if first and wider:
        shapes[shapes.index(first)] = wider
        known[wider] = tuple(set(wider.column_edges) - set(first.column_edges))
    outer = _outer(shape for shape in shapes if every or is_large(shape))
    inner = [shape for shape in shapes if shape not in outer]
    boxes = [shape.bounds for shape in inner]
    seen = partial(_seen_table, chars=chars, content=content, boxes=boxes, known=known)
    tables = [seen(shape) for shape in outer]
    if every:
        free = np.ones(len(chars), dtype=np.bool_)
        for table in tables:
            free &= ~_inside(table, chars)
        tables = [_with_text_around(table, chars, free) for table in tables]
    few = [shape for shape in inner if shape.columns == 1 or shape in known]
    narrow = [s for s in few if not any(s.bounds.holds(o.bounds) or o.bounds.holds(s.bounds) for o in outer)]
    tables += [table for shape in narrow if is_large((table := seen(shape)).split.shape)]
    unclear: list[Box] = []
    for shape in horizontal_shapes(content, [table.shape for table in tables], reach):
        table = _grown(shape, chars, partial(seen, horizontal_only=True))
        if is_large(table.split.shape) and has_aligned_columns(table.split.shape, chars):
            tables.append(table)
        else:
            unclear.append(shape.bounds)
    tables.sort(key=lambda table: (table.shape.bounds.top, table.shape.bounds.x0))
    inside = [seen(shape) for shape in inner] if every else []
    return PageTables(tuple(tables), tuple(inside), tuple(unclear))


def _begins(shape: Shape) -> dict[float, int]:
    counts = Counter(span.column for span in shape.spans)
    return {x: counts[n] for n, x in enumerate(shape.column_edges)}


def _continued(shape: Shape, before: Columns, chars: Chars, reach: Reach) -> Shape | None:
    """Return a shape with the columns of the table on the page before, where its text is in them.

    It must have those columns but for some that only text separated there: no header here would draw them.
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
    split = split_cells(wider, chars, known=tuple(x for found in new.values() for x in found))
    return wider if split.is_split and not split.columns else None


def _inside(table: SeenTable, chars: Chars) -> Flags:
    inside = np.zeros(len(chars), dtype=np.bool_)
    for own in text_cells(table.shape, chars).values():
        inside[own] = True
    return inside


def _with_text_around(table: SeenTable, chars: Chars, free: Flags) -> SeenTable:
    """Return a table with the names of its columns and rows among the `free` characters, which are in no table."""
    if table.frame.degrees:
        return table
    shape = with_header(table.shape, chars[_inside(table, chars) | free]) or table.shape
    shape = with_names(shape, chars[free]) or shape
    if shape is table.shape:
        return table._replace(beside=text_beside(shape, chars[free]))
    return table._replace(shape=shape, split=table.split._replace(shape=shape, is_split=True))


def _grown(shape: Shape, chars: Chars, seen: Callable[[Shape], SeenTable]) -> SeenTable:
    """Return the table of horizontal rulings with the few rows of text around it that are in its columns."""
    table = seen(shape)
    for _ in range(2 * HORIZONTAL.most_around):
        for wider in with_rows_around(shape, chars):
            found = seen(wider)
            if found.shape.columns >= table.shape.columns and is_large(found.split.shape):
                table, shape = found, wider
                break
        else:
            break
    return table


def _outer(shapes: Iterable[Shape]) -> list[Shape]:
    outer: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: shape.bounds.area, reverse=True):
        if not any(other.bounds.holds(shape.bounds) for other in outer):
            outer.append(shape)
    return outer


def _seen_table(
    shape: Shape,
    chars: Chars,
    content: PageContent,
    boxes: Sequence[Box],
    known: Mapping[Shape, Collection[float]],
    *,
    horizontal_only: bool = False,
) -> SeenTable:
    """Return the table of a shape; the `boxes` of others stay whole, `known` are edges as in `split_cells`."""
    frame = Frame(content.width, content.height, _turn_of(shape, chars))
    split = split_cells(
        frame.shape(shape),
        frame.chars(chars),
        horizontal_only=horizontal_only,
        closed=[frame.box(box) for box in boxes if box != shape.bounds],
        known=() if frame.degrees else known.get(shape, ()),
    )
    return SeenTable(frame.back().shape(split.shape), frame, split, shape)


def _turn_of(shape: Shape, chars: Chars) -> int:
    """Return the clockwise degrees by which the page must be turned to read a grid: 0 where its text is horizontal.

    It is turned where the text of most cells runs the same way, in several rows and columns.
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
    lines = min(len({span.row for span in spans}), len({span.column for span in spans}))
    return turn if lines >= PAGE.turned_lines and count >= PAGE.turned * len(turns) else 0


def _turned_grid(grid: Grid, shape: Shape, frame: Frame) -> Grid:
    """Return a grid of the page with rows and columns as they are read, `shape` on the turned page; its places stay."""
    page = frame.back().shape(shape)
    moved = {(s.row, s.column): frame.span(s, page) for s in page.spans}

    def placed(cell: Cell) -> Cell:
        row, column, rows, columns = moved[cell.row, cell.column]
        place = {"row": row, "column": column, "row_span": rows, "column_span": columns}
        return cell.replace(**place)

    return grid.replace(
        turn=frame.degrees,
        column_edges=tuple(round(x, BOXES.places) for x in shape.column_edges),
        row_edges=tuple(round(y, BOXES.places) for y in shape.row_edges),
        row_count=shape.rows,
        column_count=shape.columns,
        cells=tuple(sorted(map(placed, grid.cells), key=lambda cell: (cell.row, cell.column))),
    )
