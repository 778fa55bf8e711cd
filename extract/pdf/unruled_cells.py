"""Turns a ruled grid and its text into the grid that a person sees: columns and rows that no ruling parts are parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Chars
from extract.grid.header_levels import REACH_OVER, Level, at_edges, first_level
from extract.grid.lattice import Shape, Span
from extract.grid.rulings import Box
from extract.grid.words import (
    Line,
    Word,
    has_wide_gap,
    may_be_figures,
    may_stand_apart,
    pieces_of,
    text_lines,
)
from extract.pdf.cell_boxes import cells_of, text_cells, with_columns, with_rows
from extract.pdf.gutters import gutters, may_be_columns, runs_over
from extract.pdf.row_gaps import row_edges

SAME_RUN = 0.5  # sizes between two characters of one stretch of text, along its line and across
SAME_PLACE = 0.5  # sizes by which the sides or the middles of the texts of a column may differ
FEW_ROWS = 3  # that all hold two words beside a column that holds its head alone
FEWEST_BESIDE = 2  # lines with text in a later column that show that a cell is several
SEVERAL = 3  # pieces of text side by side in one cell that ask, where they fit no columns


NOTHING = np.zeros(0, dtype=np.int64)

# First and last column of a text in a cell, and its pieces.
_Block = tuple[int, int, tuple[Word, ...]]


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

    def __init__(self, shape: Shape, chars: Chars, closed: Sequence[Box], known: Collection[float]) -> None:
        self.shape = shape
        self.known = known
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

    def has_text(self, span: Span) -> bool:
        """Tell whether a cell holds printed characters."""
        return span in self._numbers

    def lines(self, span: Span) -> list[Line]:
        """Return the level lines of a cell."""
        if span not in self._lines:
            own = self._numbers.get(span, NOTHING) if span not in self.shut else NOTHING
            self._lines[span] = text_lines(self._every[own[self._every.turn[own] == 0]]) if len(own) else []
        return self._lines[span]

    def drawn(self, span: Span) -> list[Line]:
        """Return the level lines of a cell, each stretch of text that was drawn in one go a line of its own."""
        if span in self.shut:
            return []
        return [line for run in _runs(self.chars(span)) for line in text_lines(run)]

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
        return _Cells(shape, self._every, self._closed, self.known)


def _runs(chars: Chars) -> Iterator[Chars]:
    """Yield the level characters that are drawn one right behind the other.

    Texts of two cells may touch; they are drawn one after the other, each with all its lines.
    """
    near = SAME_RUN * chars.size[1:]
    apart = (np.abs(chars.x0[1:] - chars.x1[:-1]) > near) | (np.abs(np.diff(chars.origin_y)) > near)
    for first, last in pairwise([0, *(np.flatnonzero(apart) + 1).tolist(), len(chars)]):
        run = chars[first:last]
        yield run[run.turn == 0]


def part(
    shape: Shape,
    chars: Chars,
    *,
    level: bool = False,
    closed: Sequence[Box] = (),
    known: Collection[float] = (),
) -> Parting:
    """Part the cells of a grid where their text stands in columns or rows of its own.

    The first row is a head, whose names may stand over those of several columns on levels of their own.
    A cell over several columns is parted at their edges where each piece of its text stands in one column as the
    other texts of that column do; a column is parted where a strip without text runs through its cells; a row where
    lines stand level in its columns and are no wrapped text. `level` tells that the grid has level rulings alone;
    cells with one of the `closed` boxes in them stay whole. `known` are edges of columns (points) that a page before
    tells of: that page has the head.
    """
    cells = _Cells(shape, chars, closed, known)
    cells = cells if known else _head_parted(cells)
    cells, doubtful = _columns_parted(cells)
    cells, unclear = _wide_cells_parted(cells)
    cells, perhaps_rows = _rows_parted(cells, level=level)
    found = cells.shape
    return Parting(found, found.spans != shape.spans, (*doubtful, *unclear), perhaps_rows)


def _lies_in(box: Box, outer: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


# ---------------------------------------------------------------------------------------- head


def _head_parted(cells: _Cells) -> _Cells:
    """Part the wide cells of a head into its levels, as where white letters on black hide its rulings."""
    row, names, level = 0, set[Span](), _level_of(cells, 0)
    while level is not None:
        names |= _names(*level)
        cells = cells.moved(_with_level(cells.shape, *level))
        row += 1
        level = _level_of(cells, row)
    return _wide_cells_parted(cells, range(row + 1), names)[0] if row else cells


def _level_of(cells: _Cells, row: int) -> tuple[Span, Level] | None:
    for span in cells.in_row(row):
        if span.columns > 1 and cells.has_text(span) and span not in cells.shut:
            edges = cells.shape.column_edges[span.column : span.column + span.columns + 1]
            level = first_level(cells.lines(span), edges, cells.shape.box(span))
            if level is not None:
                return span, level
    return None


def _names(span: Span, level: Level) -> set[Span]:
    return {Span(span.row, span.column + first, 1, last - first + 1) for first, last in level.groups}


def _with_level(shape: Shape, span: Span, level: Level) -> Shape:
    """Return the shape with the row of a head parted below the names in one of its cells."""
    names = _names(span, level)
    between: list[Span] = []
    at = span.column
    for first, last in (*level.groups, (span.columns, span.columns)):
        start = span.column + first
        between += [Span(span.row, at, 1, start - at)] if start > at else []
        at = span.column + last + 1
    spans = (*(other for other in shape.spans if other != span), *names, *between)
    whole = {other for other in spans if other not in names}
    return with_rows(shape._replace(spans=tuple(sorted(spans))), {span.row: [level.edge]}, whole)


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


def _wide_cells_parted(
    cells: _Cells, head: range | None = None, whole: Collection[Span] = ()
) -> tuple[_Cells, list[Box]]:
    """Part cells over several columns, but for the `whole` ones.

    Where the rows of a `head` without rulings are given, only cells that begin in these are parted.
    """
    wide = [
        span
        for span in cells.shape.spans
        if span.columns > 1 and span not in {*cells.shut, *whole} and (head is None or span.row in head)
    ]
    unruled = _unruled_edges(cells)
    free = {s for s in wide if head is not None or _inner(s) <= unruled or _shows_columns(s, cells)}
    texts = {
        span: _blocks(span, cells, unruled=span in free)
        for span in wide
        if span in free or cells.has_pieces(span)
    }
    parted = {span: _split(span, blocks, cells, unruled=span in free) for span, blocks in texts.items()}
    proven = _proven({span: texts[span] for span in free if len(parted[span]) > 1})
    proven |= {n for n, x in enumerate(cells.shape.column_edges) if x in cells.known}
    spans: list[Span] = []
    doubtful: list[Box] = []
    for span in cells.shape.spans:
        found = parted.get(span, [span])
        is_lone = span in free and len(texts[span]) < 2
        if (is_lone and not _inner(span) & proven) or _is_title(span, texts.get(span, ()), cells):
            found = [span]
        if span in texts and len(found) == 1 and _asks(cells.lines(span)):
            doubtful.append(cells.shape.box(span))
        spans += found
    if len(spans) == len(cells.shape.spans):
        return cells, doubtful
    return cells.moved(cells.shape._replace(spans=tuple(sorted(spans)))), doubtful


def _shows_columns(span: Span, cells: _Cells) -> bool:
    """Tell whether two lines of a cell or more are parted at the edges of its columns, or begin beside one of them."""
    places = [cells.shape.column_edges[edge] for edge in sorted(_inner(span))]
    parts = [list(at_edges(line, places)) for line in cells.drawn(span)]
    slack = REACH_OVER * max((line[0][0].size for line in parts), default=0.0)
    beside = {line[-1][0].base for line in parts if line[-1][0].x0 >= places[0] - slack}
    return len(beside) >= FEWEST_BESIDE and any(line[0][0].x0 < places[0] - slack for line in parts)


def _proven(texts: Mapping[Span, Sequence[_Block]]) -> set[int]:
    """Return the edges at which cells over several columns are parted even if a single text stands in them.

    Another row has a text in several of these columns, or a single one in another of them.
    """
    places: dict[tuple[int, int], set[int]] = {}
    for span, blocks in texts.items():
        places.setdefault((span.column, span.columns), set()).update(column for column, _, _ in blocks)
    return {edge for span in texts if len(places[span.column, span.columns]) > 1 for edge in _inner(span)}


def _inner(span: Span) -> set[int]:
    """Return the edges of columns that run through a cell."""
    return set(range(span.column + 1, span.column + span.columns))


def _unruled_edges(cells: _Cells) -> set[int]:
    """Return the edges of columns that stand between two texts in a head and have hardly any ruling in the body."""
    shape = cells.shape
    named = [{span.column, span.column + span.columns} for span in shape.spans if cells.has_text(span)]
    sides = Counter(edge for pair in named for edge in pair)
    return {
        n
        for n, x in enumerate(shape.column_edges)
        if x in cells.known or (x in shape.unruled and sides[n] > 1)
    }


def _is_title(span: Span, blocks: Sequence[_Block], cells: _Cells) -> bool:
    """Tell whether a cell over the whole width of a grid holds one text that begins in its first column."""
    whole = span.columns == len(cells.shape.column_edges) - 1
    one = len(blocks) < SEVERAL and not cells.has_pieces(span)
    return whole and one and all(block[0] == 0 for block in blocks[:1])


def _split(span: Span, blocks: Sequence[_Block], cells: _Cells, *, unruled: bool) -> list[Span]:
    """Return the cells that a cell over several columns is, itself where its texts do not stand in them.

    `unruled` tells that no row of the body has rulings between these columns: a single text in one of them will do.
    """
    alone = [block for block in blocks if block[0] == block[1]]
    if not alone or len(alone) < len(blocks) - 1:
        return [span]
    if not unruled and (len(blocks) < 2 or (len(blocks) == 2 and span.columns > 2)):
        return [span]
    if not all(_stands_as_others(block, cells, span) for block in alone):
        return [span]
    return list(_parts(span, blocks))


def _blocks(span: Span, cells: _Cells, *, unruled: bool) -> list[_Block]:
    """Return first and last column of the texts of a cell that stand apart, with their pieces.

    Where no ruling parts the columns of a body, as elsewhere a gap of two spaces does, any gap at an edge parts them.
    """
    edges = cells.shape.column_edges
    inner = range(span.column, span.column + span.columns)
    found: list[_Block] = []
    places = [edges[n] for n in inner[1:]]
    lines = cells.lines(span)
    if unruled:
        lines = [part for line in cells.drawn(span) for part in at_edges(line, places)]
    for piece in sorted(piece for line in lines for piece in pieces_of(line, places)):
        slack = REACH_OVER * piece.size
        first = max((n for n in inner if edges[n] <= piece.x0 + slack), default=inner[0])
        last = max((n for n in inner if edges[n] < piece.x1 - slack), default=first)
        if found and first <= found[-1][1]:
            begin, end, own = found[-1]
            found[-1] = (begin, max(end, last), (*own, piece))
        else:
            found.append((first, max(first, last), (piece,)))
    return found


def _stands_as_others(block: _Block, cells: _Cells, span: Span) -> bool:
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


def _parts(span: Span, blocks: Sequence[_Block]) -> Iterator[Span]:
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
