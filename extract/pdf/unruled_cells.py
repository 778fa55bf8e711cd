"""Turns a ruled grid and its text into the grid that a person sees: columns and rows that no ruling separates are split."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Chars
from extract.grid.groups import stretches
from extract.grid.header_levels import Level, at_edges, first_level
from extract.grid.lattice import Shape, Span
from extract.grid.settings import HEADERS, WORDS
from extract.grid.words import (
    Line,
    Word,
    has_wide_gap,
    may_be_figures,
    may_have_wide_gap,
    pieces_of,
    text_lines,
)
from extract.pdf.cell_boxes import cells_at, indexes_by_cell, with_columns, with_rows
from extract.pdf.gutters import gutters, may_be_columns, runs_over
from extract.pdf.row_gaps import row_edges
from extract.pdf.settings import COLUMNS, ROWS

NOTHING = np.zeros(0, dtype=np.int64)


class SplitGrid(NamedTuple):
    """A grid after its cells were split; `columns` and `rows` are the boxes (points) of cells that perhaps hold several."""

    shape: Shape
    is_split: bool = False
    columns: tuple[Box, ...] = ()
    rows: tuple[Box, ...] = ()


class _Block(NamedTuple):
    """A text in a cell over several columns: the first and last column that it is in, and its pieces."""

    first: int
    last: int
    pieces: tuple[Word, ...]


class _Cells:
    """The cells of a shape with the lines of words in each; text that is not horizontal is not looked into.

    The cells that hold one of the `closed` boxes are not looked into at all.
    """

    def __init__(self, shape: Shape, chars: Chars, closed: Sequence[Box], known: Collection[float]) -> None:
        self.shape = shape
        self.known = known
        self._closed = closed
        self._every = chars
        self._lines: dict[Span, list[Line]] = {}
        owner = cells_at(shape, chars.boxes)
        self._indexes = indexes_by_cell(shape, chars, owner)
        apart = may_have_wide_gap(chars, owner, len(shape.spans))
        self._apart = {span for span, flag in zip(shape.spans, apart.tolist(), strict=True) if flag}
        turned = (span for span, own in self._indexes.items() if chars.turn[own].all())
        self.shut = set(turned) if chars.turn.any() else set()
        if closed:
            self.shut |= {span for span in shape.spans if any(map(shape.box(span).holds, closed))}

    def chars(self, span: Span) -> Chars:
        """Return the characters of a cell that holds printed ones."""
        return self._every[self._indexes.get(span, NOTHING)]

    def may_be_figures(self, span: Span) -> bool:
        """Tell whether a cell may hold several lines of figures."""
        return may_be_figures(self._every, self._indexes.get(span, NOTHING))

    def has_text(self, span: Span) -> bool:
        """Tell whether a cell holds printed characters."""
        return span in self._indexes

    def lines(self, span: Span) -> list[Line]:
        """Return the horizontal lines of a cell."""
        if span not in self._lines:
            own = self._indexes.get(span, NOTHING) if span not in self.shut else NOTHING
            self._lines[span] = text_lines(self._every[own[self._every.turn[own] == 0]])
        return self._lines[span]

    def drawn(self, span: Span) -> list[Line]:
        """Return the horizontal lines of a cell, each stretch of text that was drawn in one go a separate line."""
        if span in self.shut:
            return []
        return [line for run in _runs(self.chars(span)) for line in text_lines(run)]

    def has_pieces(self, span: Span) -> bool:
        """Tell whether pieces of text are side by side in a cell."""
        return span in self._apart and any(map(has_wide_gap, self.lines(span)))

    def in_column(self, column: int) -> list[Span]:
        """Return the cells of one column that hold text, from top to bottom."""
        return [s for s in self.shape.spans if s.column == column and s.columns == 1 and s in self._indexes]

    def in_row(self, row: int) -> list[Span]:
        """Return the cells of one row from left to right."""
        return [s for s in self.shape.spans if s.row == row and s.rows == 1]

    def moved(self, shape: Shape) -> _Cells:
        """Return the same text in the cells of a finer shape."""
        return _Cells(shape, self._every, self._closed, self.known)

    def boxes(self, spans: Iterable[Span]) -> list[Box]:
        """Return the boxes of cells."""
        return [self.shape.box(span) for span in spans]

    @cached_property
    def of_one_row(self) -> Mapping[int, Sequence[Span]]:
        """The cells of each row, from left to right, that hold text and are no higher."""
        found: dict[int, list[Span]] = {}
        for span in self.shape.spans:
            if span.rows == 1 and span in self._indexes:
                found.setdefault(span.row, []).append(span)
        return found

    @cached_property
    def unruled_edges(self) -> set[int]:
        """The edges of columns that are between two texts in a header and have hardly any ruling in the body."""
        shape = self.shape
        named = [{span.column, span.column + span.columns} for span in shape.spans if self.has_text(span)]
        sides = Counter(edge for pair in named for edge in pair)
        unruled = {n for n, x in enumerate(shape.column_edges) if x in shape.unruled and sides[n] > 1}
        return unruled | self.known_edges

    @cached_property
    def known_edges(self) -> set[int]:
        """The edges of columns that the page before tells of."""
        return {n for n, x in enumerate(self.shape.column_edges) if x in self.known}


def _runs(chars: Chars) -> Iterator[Chars]:
    """Yield the horizontal characters drawn one right after the other: texts of two cells may touch."""
    near = COLUMNS.same_run * chars.size[1:]
    apart = (np.abs(chars.x0[1:] - chars.x1[:-1]) > near) | (np.abs(np.diff(chars.origin_y)) > near)
    for stretch in stretches(apart):
        run = chars[stretch]
        yield run[run.turn == 0] if run.turn.any() else run


def split_cells(
    shape: Shape,
    chars: Chars,
    *,
    horizontal_only: bool = False,
    closed: Sequence[Box] = (),
    known: Collection[float] = (),
) -> SplitGrid:
    """Split the cells of a grid where their text is in separate columns or rows.

    The first row is a header, whose names may be over those of several columns, in levels. A cell over several
    columns is split at their edges where each piece of its text is placed as the other texts of its column; a
    column where a strip without text runs through its cells; a row where lines are beside each other and are not
    wrapped text. `horizontal_only`: the grid has no vertical rulings. Cells that hold one of the `closed` boxes
    stay whole. `known` are edges of columns (points) that a page before tells of, which has the header.
    """
    cells = _Cells(shape, chars, closed, known)
    cells = cells if known else _with_header_split(cells)
    cells, doubtful = _with_columns_split(cells)
    cells, unclear = _with_wide_cells_split(cells)
    cells, rows = _with_rows_split(cells, horizontal_only=horizontal_only)
    found = cells.shape
    return SplitGrid(found, found.spans != shape.spans, (*doubtful, *unclear), tuple(rows))


def _with_header_split(cells: _Cells) -> _Cells:
    """Split the wide cells of a header into its levels, as where white letters on black hide its rulings."""
    row, names, level = 0, set[Span](), _level_of(cells, 0)
    while level is not None:
        names |= _names(*level)
        cells = cells.moved(_with_level(cells.shape, *level))
        row += 1
        level = _level_of(cells, row)
    return _with_wide_cells_split(cells, range(row + 1), names)[0] if row else cells


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
    """Return the shape with the row of a header split below the names in one of its cells."""
    names = _names(span, level)
    ends = [(-1, -1), *level.groups, (span.columns, span.columns)]
    between = [
        Span(span.row, span.column + last + 1, 1, first - last - 1)
        for (_, last), (first, _) in pairwise(ends)
        if first > last + 1
    ]
    whole = {other for other in shape.spans if other != span} | set(between)
    return with_rows(
        shape._replace(spans=tuple(sorted(whole | names))), {span.row: [level.edge]}, whole - names
    )


def _with_columns_split(cells: _Cells) -> tuple[_Cells, list[Box]]:
    edges: dict[int, list[float]] = {}
    whole = set(cells.shut)
    doubtful: list[Box] = []
    for column in range(cells.shape.columns):
        spans = [span for span in cells.in_column(column) if span not in cells.shut]
        if not any(map(cells.has_pieces, spans)):
            continue
        texts = [cells.lines(span) for span in spans]
        strips = gutters(texts)
        if strips:
            edges[column] = [strip.middle for strip in strips]
            over = [span for span in spans if runs_over(cells.lines(span), strips)]
            whole |= set(over)
            doubtful += cells.boxes(filter(cells.has_pieces, over))
        elif may_be_columns(texts):
            doubtful += cells.boxes(spans[:1])
    if not edges:
        return cells, doubtful
    split = cells.moved(with_columns(cells.shape, edges, whole))
    new = {edge for found in edges.values() for edge in found}
    for span in split.shape.spans:
        is_new = span.columns == 1 and new & set(split.shape.column_edges[span.column : span.column + 2])
        if is_new and (split.has_pieces(span) or _is_alone(span, split)):
            doubtful.append(split.shape.box(span))
    return split, doubtful


def _is_alone(header: Span, cells: _Cells) -> bool:
    """Tell whether a column holds only its header, and one beside it two words or more in each row: perhaps its text."""
    if cells.in_column(header.column) != [header]:
        return False
    beside = [[s for s in cells.in_column(header.column + n) if s.row > header.row] for n in (-1, 1)]
    words = [[sum(map(len, cells.lines(span))) for span in spans] for spans in beside]
    return any(len(found) >= COLUMNS.few_rows and min(found) > 1 for found in words)


def _with_wide_cells_split(
    cells: _Cells, header: range | None = None, whole: Collection[Span] = ()
) -> tuple[_Cells, list[Box]]:
    """Split cells over several columns, but not the `whole` ones; of a `header` without rulings only its rows."""
    wide = [
        span
        for span in cells.shape.spans
        if span.columns > 1 and span not in {*cells.shut, *whole} and (header is None or span.row in header)
    ]
    # The cells in which any gap separates texts, since no ruling of the body does.
    free = {
        s for s in wide if header is not None or _inner(s) <= cells.unruled_edges or _shows_columns(s, cells)
    }
    texts = {s: _blocks(s, cells, free=s in free) for s in wide if s in free or cells.has_pieces(s)}
    split = {span: _split(span, blocks, cells, free=span in free) for span, blocks in texts.items()}
    proven = _proven({span: texts[span] for span in free if len(split[span]) > 1}) | cells.known_edges
    spans: list[Span] = []
    doubtful: list[Box] = []
    for span in cells.shape.spans:
        found = split.get(span, [span])
        is_lone = span in free and len(texts[span]) < 2
        if (is_lone and not _inner(span) & proven) or _is_title(span, texts.get(span, ()), cells):
            found = [span]
        if span in texts and len(found) == 1:
            several = any(len(pieces_of(line)) >= COLUMNS.several for line in cells.lines(span))
            doubtful += [cells.shape.box(span)] if several else []
        spans += found
    if len(spans) == len(cells.shape.spans):
        return cells, doubtful
    return cells.moved(cells.shape._replace(spans=tuple(sorted(spans)))), doubtful


def _shows_columns(span: Span, cells: _Cells) -> bool:
    """Tell whether two lines of a cell or more are split at the edges of its columns, or begin beside one of them."""
    places = [cells.shape.column_edges[edge] for edge in sorted(_inner(span))]
    parts = [list(at_edges(line, places)) for line in cells.drawn(span)]
    slack = HEADERS.reach_over * max((line[0][0].size for line in parts), default=0.0)
    beside = {line[-1][0].base for line in parts if line[-1][0].x0 >= places[0] - slack}
    return len(beside) > 1 and any(line[0][0].x0 < places[0] - slack for line in parts)


def _proven(texts: Mapping[Span, Sequence[_Block]]) -> set[int]:
    """Return the edges at which even a cell with one text is split: another row has texts in more of these columns."""
    places: dict[tuple[int, int], set[int]] = {}
    for span, blocks in texts.items():
        places.setdefault((span.column, span.columns), set()).update(block.first for block in blocks)
    return {edge for span in texts if len(places[span.column, span.columns]) > 1 for edge in _inner(span)}


def _inner(span: Span) -> set[int]:
    return set(range(span.column + 1, span.column + span.columns))


def _is_title(span: Span, blocks: Sequence[_Block], cells: _Cells) -> bool:
    """Tell whether a cell over the whole width of a grid holds one text that begins in its first column."""
    if span.columns < cells.shape.columns or len(blocks) >= COLUMNS.several or cells.has_pieces(span):
        return False
    return all(block.first == 0 for block in blocks[:1])


def _split(span: Span, blocks: Sequence[_Block], cells: _Cells, *, free: bool) -> list[Span]:
    """Return the cells that a cell over columns is; if they are `free` of rulings a single text in one of them will do."""
    in_one = [block for block in blocks if block.first == block.last]
    few = len(blocks) < 2 or (len(blocks) == 2 and span.columns > 2)
    if not in_one or len(in_one) < len(blocks) - 1 or (few and not free):
        return [span]
    if not all(_is_placed_as_others(block, cells, span) for block in in_one):
        return [span]
    return list(_parts(span, blocks))


def _blocks(span: Span, cells: _Cells, *, free: bool) -> list[_Block]:
    """Return the texts of a cell that are apart: by a gap at an edge, of two spaces unless columns are `free` of rulings."""
    edges = cells.shape.column_edges
    inner = range(span.column, span.column + span.columns)
    found: list[_Block] = []
    places = [edges[n] for n in inner[1:]]
    lines = cells.lines(span)
    if free:
        lines = [part for line in cells.drawn(span) for part in at_edges(line, places)]
    for piece in sorted(piece for line in lines for piece in pieces_of(line, places)):
        slack = HEADERS.reach_over * piece.size
        first = max((n for n in inner if edges[n] <= piece.x0 + slack), default=inner[0])
        last = max((n for n in inner if edges[n] < piece.x1 - slack), default=first)
        if found and first <= found[-1].last:
            before = found[-1]
            found[-1] = _Block(before.first, max(before.last, last), (*before.pieces, piece))
        else:
            found.append(_Block(first, max(first, last), (piece,)))
    return found


def _is_placed_as_others(block: _Block, cells: _Cells, span: Span) -> bool:
    """Tell whether a text is in its column as another text there, or in the middle of it or beside its edge."""
    x0, x1 = min(piece.x0 for piece in block.pieces), max(piece.x1 for piece in block.pieces)
    near = WORDS.same_place * block.pieces[0].size
    left, right = cells.shape.column_edges[block.first : block.first + 2]
    if min(x0 - left, right - x1) <= 2 * near or abs(x0 + x1 - left - right) <= 2 * near:
        return True
    others = [
        (min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines))
        for other in cells.in_column(block.first)
        if other != span and (lines := cells.lines(other))
    ]
    return any(
        abs(x0 - a) <= near or abs(x1 - b) <= near or abs(x0 + x1 - a - b) <= 2 * near for a, b in others
    )


def _parts(span: Span, blocks: Sequence[_Block]) -> Iterator[Span]:
    at = span.column
    for first, last, _ in blocks:
        yield from (Span(span.row, column, span.rows, 1) for column in range(at, first))
        yield Span(span.row, first, span.rows, last - first + 1)
        at = last + 1
    yield from (Span(span.row, column, span.rows, 1) for column in range(at, span.column + span.columns))


def _with_rows_split(cells: _Cells, *, horizontal_only: bool) -> tuple[_Cells, list[Box]]:
    edges: dict[int, list[float]] = {}
    doubtful: list[Box] = []
    for row in range(cells.shape.rows):
        spans = [span for span in cells.in_row(row) if span not in cells.shut]
        if not horizontal_only and not any(map(cells.may_be_figures, spans)):
            continue
        lines = [cells.lines(span) for span in spans]
        found = row_edges(lines, cells.boxes(spans), horizontal_only=horizontal_only)
        if found is None:
            doubtful += cells.boxes(span for span in spans if cells.lines(span))[:1]
        elif found:
            edges[row] = found
    doubtful += cells.boxes(span for span in cells.shape.spans if _is_of_rows(span, cells))
    return cells.moved(with_rows(cells.shape, edges, cells.shut)) if edges else cells, doubtful


def _is_of_rows(span: Span, cells: _Cells) -> bool:
    """Tell whether a cell over several rows holds a text of each: a ruling between them was left out.

    Its lines are further apart than those of one text, each in another row and on the baseline of all texts there.
    """
    lines = cells.lines(span) if span.rows > 1 and span.columns == 1 else []
    if len(lines) < 2 or any(b[0].base - a[0].base <= ROWS.close * a[0].size for a, b in pairwise(lines)):
        return False
    inside = cells.shape.row_edges[span.row + 1 : span.row + span.rows]
    rows = [span.row + bisect(inside, line[0].base) for line in lines]
    if len(set(rows)) < len(rows):
        return False
    for row, line in zip(rows, lines, strict=True):
        beside = [own for other in cells.of_one_row.get(row, ()) if (own := cells.lines(other))]
        near = ROWS.same_base * line[0].size
        if len(beside) < 2 or any(abs(one[0].base - line[0].base) > near for own in beside for one in own):
            return False
    return True
