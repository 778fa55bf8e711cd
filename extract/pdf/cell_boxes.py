"""Turns the shape of a grid into one with further columns or rows, or with its columns and rows exchanged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

import numpy as np

from extract.grid.chars import Chars, Floats, Ints
from extract.grid.lattice import Shape, Span


def with_columns(shape: Shape, edges: Mapping[int, Sequence[float]], whole: Collection[Span]) -> Shape:
    """Return a shape with further edges (points) in some of its columns.

    `edges` are those to add by the number of the column. A cell of such a column is parted at them, but not one of the
    `whole` ones; a cell over several columns stays one.
    """
    added = [len(edges.get(column, ())) for column in range(len(shape.column_edges) - 1)]
    before = [0, *accumulate(added)]
    spans: list[Span] = []
    for span in shape.spans:
        first, last = span.column, span.column + span.columns
        moved = Span(span.row, first + before[first], span.rows, span.columns + before[last] - before[first])
        if span.columns == 1 and moved.columns > 1 and span not in whole:
            spans += [Span(moved.row, moved.column + n, moved.rows, 1) for n in range(moved.columns)]
        else:
            spans.append(moved)
    every = sorted([*shape.column_edges, *(edge for found in edges.values() for edge in found)])
    return shape._replace(column_edges=tuple(every), spans=tuple(sorted(spans)))


def with_rows(shape: Shape, edges: Mapping[int, Sequence[float]], whole: Collection[Span]) -> Shape:
    """Return a shape with further edges (points) in some of its rows, see `with_columns`."""
    return transposed(with_columns(transposed(shape), edges, {_exchanged(span) for span in whole}))


def text_cells(shape: Shape, chars: Chars) -> dict[Span, Ints]:
    """Return the numbers of the characters in each cell that holds printed ones, see `cells_of`."""
    owner = cells_of(shape, chars)
    filled = np.zeros(len(shape.spans) + 1, dtype=np.bool_)
    filled[owner[chars.printed]] = True
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(shape.spans) + 1))
    return {shape.spans[n]: order[starts[n] : starts[n + 1]] for n in np.flatnonzero(filled[:-1])}


def cells_of(shape: Shape, chars: Chars) -> Ints:
    """Return the number of the cell that each character's middle lies in, -1 for one outside the shape."""
    return cells_at(shape, (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2)


def cells_at(shape: Shape, x: Floats, y: Floats) -> Ints:
    """Return the number of the cell in which each place (points) lies, -1 for one outside the shape."""
    rows, columns = len(shape.row_edges) - 1, len(shape.column_edges) - 1
    owner = np.full(
        (rows + 1, columns + 1), -1, dtype=np.int64
    )  # -1 also in the last row and column: outside
    for number, span in enumerate(shape.spans):
        owner[span.row : span.row + span.rows, span.column : span.column + span.columns] = number
    column = np.searchsorted(shape.column_edges, x, side="right") - 1
    row = np.searchsorted(shape.row_edges, y, side="right") - 1
    found: Ints = owner[row, column]
    return found


def transposed(shape: Shape) -> Shape:
    """Return a shape with its columns and rows exchanged."""
    spans = tuple(sorted(_exchanged(span) for span in shape.spans))
    return shape._replace(column_edges=shape.row_edges, row_edges=shape.column_edges, spans=spans)


def _exchanged(span: Span) -> Span:
    return Span(span.column, span.row, span.columns, span.rows)
