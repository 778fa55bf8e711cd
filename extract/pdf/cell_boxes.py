"""Turns the shape of a grid into one with further columns or rows, and characters into the cells that hold them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

import numpy as np

from extract.grid.boxes import middles
from extract.grid.chars import Chars, Floats, Ints
from extract.grid.lattice import Shape, Span


def with_columns(shape: Shape, edges: Mapping[int, Sequence[float]], whole: Collection[Span]) -> Shape:
    """Return a shape with further edges (points) in some of its columns.

    `edges` are those to add by the number of the column. A cell of such a column is split at them, but not one of the
    `whole` ones; a cell over several columns stays one.
    """
    before = [0, *accumulate(len(edges.get(column, ())) for column in range(shape.columns))]
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
    return _transposed(with_columns(_transposed(shape), edges, {span.transposed() for span in whole}))


def text_cells(shape: Shape, chars: Chars) -> dict[Span, Ints]:
    """Return the indexes of the characters in each cell that holds printed ones, see `cells_at`."""
    return indexes_by_cell(shape, chars, cells_at(shape, chars.boxes))


def indexes_by_cell(shape: Shape, chars: Chars, owner: Ints) -> dict[Span, Ints]:
    """Return the same where the cell of each character is known: `owner` (N), -1 for none."""
    filled = np.zeros(len(shape.spans) + 1, dtype=np.bool_)
    filled[owner[chars.printed]] = True
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(shape.spans) + 1))
    return {shape.spans[n]: order[starts[n] : starts[n + 1]] for n in np.flatnonzero(filled[:-1])}


def cells_at(shape: Shape, boxes: Floats) -> Ints:
    """Return the index of the cell that holds the middle of each box (N x 4, points), -1 for one outside the shape."""
    if not len(boxes):
        return np.zeros(0, dtype=np.int64)
    # One more row and column for what is outside: index -1 leads there as well.
    owner = np.full((shape.rows + 1, shape.columns + 1), -1, dtype=np.int64)
    owner[:-1, :-1] = shape.owners()
    x, y = middles(boxes)
    column = np.searchsorted(shape.column_edges, x, side="right") - 1
    row = np.searchsorted(shape.row_edges, y, side="right") - 1
    return np.asarray(owner[row, column])


def _transposed(shape: Shape) -> Shape:
    spans = tuple(sorted(span.transposed() for span in shape.spans))
    return shape._replace(column_edges=shape.row_edges, row_edges=shape.column_edges, spans=spans)
