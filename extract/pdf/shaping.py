"""Turns the shape of a grid into one with further columns or rows, or with its columns and rows exchanged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from extract.pdf.lattice import Shape, Span
from extract.pdf.seam import Char


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


def text_cells(shape: Shape, chars: Iterable[Char]) -> dict[Span, list[Char]]:
    """Return the characters in each cell that holds printed ones, each in the cell its middle lies in."""
    owner = owners(shape)
    found: dict[Span, list[Char]] = {}
    for char in chars:
        column = bisect_right(shape.column_edges, (char.x0 + char.x1) / 2) - 1
        row = bisect_right(shape.row_edges, (char.top + char.bottom) / 2) - 1
        span = owner.get((row, column))
        if span is not None:
            found.setdefault(span, []).append(char)
    return {span: own for span, own in found.items() if any(not char.text.isspace() for char in own)}


def owners(shape: Shape) -> dict[tuple[int, int], Span]:
    """Return the cell that covers each place (row, column) of a shape."""
    return {
        (row, column): span
        for span in shape.spans
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    }


def transposed(shape: Shape) -> Shape:
    """Return a shape with its columns and rows exchanged."""
    spans = tuple(sorted(_exchanged(span) for span in shape.spans))
    return shape._replace(column_edges=shape.row_edges, row_edges=shape.column_edges, spans=spans)


def _exchanged(span: Span) -> Span:
    return Span(span.column, span.row, span.columns, span.rows)
