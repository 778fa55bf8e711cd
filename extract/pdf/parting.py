"""Turns a ruled grid and its text into the grid that a person sees: columns and rows that no ruling parts are parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.pdf.chars import Chars
from extract.pdf.gutters import gutters, may_be_columns, runs_over
from extract.pdf.lattice import Shape, Span
from extract.pdf.row_gaps import row_edges
from extract.pdf.shaping import cells_of, text_cells, with_columns, with_rows
from extract.pdf.view import Box
from extract.pdf.words import Line, Word, has_wide_gap, may_be_figures, may_stand_apart, pieces_of, text_lines

REACH_OVER = 0.1  # sizes by which a text may run over the edge of its column
SAME_PLACE = 0.5  # sizes by which the sides or the middles of the texts of a column may differ
FEW_ROWS = 3  # that all hold two words beside a column that holds its head alone
SEVERAL = 3  # pieces of text side by side in one cell that ask, where they fit no columns


NOTHING = np.zeros(0, dtype=np.int64)


class Parting(NamedTuple):
    """A grid after its parting: `parted` tells that cells were parted.

    `columns` and `rows` are the boxes (points) of cells that perhaps hold several columns or rows.
    """

    shape: Shape
    parted: bool = False
    columns: tuple[Box, ...] = ()
    rows: tuple[Box, ...] = ()


class _Cells:
    """The cells of a shape with the lines of words in each; text that is not level is not looked into.

    The cells in which one of the `closed` boxes stands are not looked into at all.
    """

    def __init__(self, shape: Shape, chars: Chars, closed: Sequence[Box]) -> None:
        self.shape = shape
        self._closed = closed
        self._every = chars
        self._lines: dict[Span, list[Line]] = {}
        self._numbers = text_cells(shape, chars)
        apart = may_stand_apart(chars, cells_of(shape, chars), len(shape.spans))
        self._apart = {span for span, flag in zip(shape.spans, apart.tolist(), strict=True) if flag}
        self.shut = (
            {s for s, own in self._numbers.items() if chars.turn[own].all()} if chars.turn.any() else set()
        )
        self.shut |= {s for s in shape.spans if any(_lies_in(box, shape.box(s)) for box in closed)}

    def chars(self, span: Span) -> Chars:
        """Return the characters of a cell that holds printed ones."""
        return self._every[self._numbers.get(span, NOTHING)]

    def lines(self, span: Span) -> list[Line]:
        """Return the level lines of a cell."""
        if span not in self._lines:
            own = self._numbers.get(span, NOTHING) if span not in self.shut else NOTHING
            self._lines[span] = text_lines(self._every[own[self._every.turn[own] == 0]]) if len(own) else []
        return self._lines[span]

    def has_pieces(self, span: Span) -> bool:
        """Tell whether pieces of text stand side by side in a cell."""
        return span in self._apart and any(map(has_wide_gap, self.lines(span)))

    def in_column(self, column: int) -> list[Span]:
        """Return the cells of one column that hold text, from top to bottom."""
        return [s for s in self.shape.spans if s.column == column and s.columns == 1 and s in self._numbers]

    def in_row(self, row: int) -> list[Span]:
        """Return the cells of one row from left to right."""
        return [s for s in self.shape.spans if s.row == row and s.rows == 1]

    def moved(self, shape: Shape) -> _Cells:
        """Return the same text in the cells of a finer shape."""
        return _Cells(shape, self._every, self._closed)


def part(shape: Shape, chars: Chars, *, level: bool = False, closed: Sequence[Box] = ()) -> Parting:
    """Part the cells of a grid where their text stands in columns or rows of its own.

    A cell over several columns is parted at their edges where each piece of its text stands in one column as the
    other texts of that column do; a column is parted where a strip without text runs through its cells; a row where
    lines stand level in its columns and are no wrapped text. `level` tells that the grid has level rulings alone;
    cells with one of the `closed` boxes in them stay whole.
    """
    cells = _Cells(shape, chars, closed)
    cells, doubtful = _columns_parted(cells)
    cells, unclear = _wide_cells_parted(cells)
    cells, perhaps_rows = _rows_parted(cells, level=level)
    found = cells.shape
    return Parting(found, found.spans != shape.spans, (*doubtful, *unclear), perhaps_rows)


def _lies_in(box: Box, outer: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


# ---------------------------------------------------------------------------------------- columns


def _columns_parted(cells: _Cells) -> tuple[_Cells, list[Box]]:
    edges: dict[int, list[float]] = {}
    whole = set(cells.shut)
    doubtful: list[Box] = []
    for column in range(len(cells.shape.column_edges) - 1):
        spans = [span for span in cells.in_column(column) if span not in cells.shut]
        if not any(map(cells.has_pieces, spans)):
            continue
        texts = [cells.lines(span) for span in spans]
        strips = gutters(texts)
        if not strips and may_be_columns(texts):
            doubtful.append(cells.shape.box(spans[0]))
        elif strips:
            edges[column] = [strip.middle for strip in strips]
            over = [span for span in spans if runs_over(cells.lines(span), strips)]
            whole |= set(over)
            doubtful += [cells.shape.box(span) for span in over if cells.has_pieces(span)]
    if not edges:
        return cells, doubtful
    parted = cells.moved(with_columns(cells.shape, edges, whole))
    new = {edge for found in edges.values() for edge in found}
    for span in parted.shape.spans:
        is_new = span.columns == 1 and new & set(parted.shape.column_edges[span.column : span.column + 2])
        if is_new and (parted.has_pieces(span) or _stands_alone(span, parted)):
            doubtful.append(parted.shape.box(span))
    return parted, doubtful


def _stands_alone(head: Span, cells: _Cells) -> bool:
    """Tell whether a column holds its head alone, and one beside it two words or more in each row: perhaps its own."""
    if cells.in_column(head.column) != [head]:
        return False
    beside = [[s for s in cells.in_column(head.column + n) if s.row > head.row] for n in (-1, 1)]
    words = [[sum(map(len, cells.lines(span))) for span in spans] for spans in beside]
    return any(len(found) >= FEW_ROWS and min(found) > 1 for found in words)


# ---------------------------------------------------------------------------------------- cells over columns


def _wide_cells_parted(cells: _Cells) -> tuple[_Cells, list[Box]]:
    spans: list[Span] = []
    doubtful: list[Box] = []
    for span in cells.shape.spans:
        found = [span]
        if span.columns > 1 and span not in cells.shut and cells.has_pieces(span):
            found = _split(span, cells)
            if len(found) == 1 and _asks(cells.lines(span)):
                doubtful.append(cells.shape.box(span))
        spans += found
    if len(spans) == len(cells.shape.spans):
        return cells, doubtful
    return cells.moved(cells.shape._replace(spans=tuple(sorted(spans)))), doubtful


def _split(span: Span, cells: _Cells) -> list[Span]:
    """Return the cells that a cell over several columns is, itself where its text does not stand in them."""
    blocks = _blocks(span, cells)
    alone = [block for block in blocks if block[0] == block[1]]
    if len(blocks) < 2 or not alone or len(alone) < len(blocks) - 1:
        return [span]
    if len(blocks) == 2 and span.columns > 2:
        return [span]
    if not all(_stands_as_others(block, cells, span) for block in alone):
        return [span]
    return list(_parts(span, blocks))


def _blocks(span: Span, cells: _Cells) -> list[tuple[int, int, tuple[Word, ...]]]:
    """Return first and last column of the texts of a cell that stand apart, with their pieces."""
    edges = cells.shape.column_edges
    inner = range(span.column, span.column + span.columns)
    found: list[tuple[int, int, tuple[Word, ...]]] = []
    places = [edges[n] for n in inner[1:]]
    for piece in sorted(piece for line in cells.lines(span) for piece in pieces_of(line, places)):
        slack = REACH_OVER * piece.size
        first = max((n for n in inner if edges[n] <= piece.x0 + slack), default=inner[0])
        last = max((n for n in inner if edges[n] < piece.x1 - slack), default=first)
        if found and first <= found[-1][1]:
            begin, end, own = found[-1]
            found[-1] = (begin, max(end, last), (*own, piece))
        else:
            found.append((first, max(first, last), (piece,)))
    return found


def _stands_as_others(block: tuple[int, int, tuple[Word, ...]], cells: _Cells, span: Span) -> bool:
    """Tell whether a text stands in its column as another text there, or in the middle of it or beside its edge."""
    column, _, pieces = block
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    near = SAME_PLACE * pieces[0].size
    left, right = cells.shape.column_edges[column : column + 2]
    others = [
        (min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines))
        for other in cells.in_column(column)
        if other != span and (lines := cells.lines(other))
    ]
    beside = min(x0 - left, right - x1) <= 2 * near
    return (
        beside
        or abs(x0 + x1 - left - right) <= 2 * near
        or any(
            abs(x0 - a) <= near or abs(x1 - b) <= near or abs(x0 + x1 - a - b) <= 2 * near for a, b in others
        )
    )


def _parts(span: Span, blocks: Sequence[tuple[int, int, tuple[Word, ...]]]) -> Iterator[Span]:
    at = span.column
    for first, last, _ in blocks:
        yield from (Span(span.row, column, span.rows, 1) for column in range(at, first))
        yield Span(span.row, first, span.rows, last - first + 1)
        at = last + 1
    yield from (Span(span.row, column, span.rows, 1) for column in range(at, span.column + span.columns))


def _asks(lines: Sequence[Line]) -> bool:
    return any(len(pieces_of(line)) >= SEVERAL for line in lines)


# ---------------------------------------------------------------------------------------- rows


def _rows_parted(cells: _Cells, *, level: bool) -> tuple[_Cells, tuple[Box, ...]]:
    edges: dict[int, list[float]] = {}
    doubtful: list[Box] = []
    for row in range(len(cells.shape.row_edges) - 1):
        spans = [span for span in cells.in_row(row) if span not in cells.shut]
        if not level and not any(may_be_figures(cells.chars(span)) for span in spans):
            continue
        boxes = [cells.shape.box(span) for span in spans]
        found = row_edges([cells.lines(span) for span in spans], boxes, level=level)
        if found is None:
            doubtful.append(next(cells.shape.box(span) for span in spans if cells.lines(span)))
        elif found:
            edges[row] = found
    if not edges:
        return cells, tuple(doubtful)
    return cells.moved(with_rows(cells.shape, edges, cells.shut)), tuple(doubtful)
