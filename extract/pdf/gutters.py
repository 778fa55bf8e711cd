"""Turns the lines of text in a column of cells into the strips free of text that part it into columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.grid.words import WIDE, Line, Word, has_wide_gap

NARROWEST = 0.35  # sizes; a strip is at least this wide over all lines
SPACES = 1.4  # usual spaces of the lines that it is wide at least (a typewriter's space is 0.6 sizes)
SAME_SIDE = 0.2  # sizes by which the sides of aligned texts may differ
SHARE = 0.5  # of the lines with text on both its sides have a wide gap at a strip, or are aligned at it
FEW_LINES = 4  # with fewer lines with text on both sides a strip must be a wide gap
FILLED = 0.4  # of the parted lines have text in the first column, which may lack a head
EVIDENCE = 4  # gaps that must speak for columns: lines times strips
APART = 0.3  # of the parted lines may have pieces side by side in one column, as heads and titles do
ALIKE = 0.9  # of the texts of a column that are one and the same: a currency, a dash


class Strip(NamedTuple):
    """An upright strip, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """The middle of the strip."""
        return (self.x0 + self.x1) / 2


def gutters(cells: Sequence[Sequence[Line]]) -> list[Strip]:
    """Return the strips between the columns of text in cells that stand below each other, none where it is unclear.

    `cells` are the lines of each cell from top to bottom. A strip is free of text in all cells but for titles: cells
    without a wide gap whose text runs over it. In most lines with text on both sides the gap is a wide one, or the
    texts beside it are aligned. Each column has text in the first cell (its head), but for the first one, which may
    lack a head and is filled in most rows. Blocks of prose side by side are none.
    """
    parted = [line for cell in cells for line in cell if has_wide_gap(line)]
    if len(parted) < 2:
        return []
    strips = _free(parted)
    titles = [cell for cell in cells if not any(map(has_wide_gap, cell)) and _cross(cell, strips)]
    rows = [cell for cell in cells if cell and cell not in titles]
    if len(titles) > len(rows):
        return []
    lines = [line for cell in rows for line in cell]
    strips = [strip for strip in _free(lines) if _is_gutter(strip, lines, parted)]
    strips = _named(strips, rows)
    if sum(_stands_apart(line, strips) for line in parted) > APART * len(parted):
        return []
    if not strips or all(_is_prose(column, rows) for column in columns_of(strips)):
        return []
    filled = _share(columns_of(strips)[0], parted) >= FILLED
    return strips if filled and len(parted) * len(strips) >= EVIDENCE else []


def may_be_columns(cells: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the text of cells below each other may be several columns: it stands in pieces from the first cell on."""
    lines = [line for cell in cells for line in cell]
    parted = [line for line in lines if has_wide_gap(line)]
    colons = sum(any(":" in word.text for word in line) for line in parted)
    first = any(map(has_wide_gap, cells[0])) if cells else False
    return first and len(parted) >= max(FEW_LINES - 1, SHARE * len(lines)) and colons < SHARE * len(parted)


def runs_over(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    """Tell whether a text runs over the middle of a strip."""
    places = [strip.middle for strip in strips]
    return any(
        word.x0 < place < word.x1 or (word.x1 <= place <= following.x0 < word.x1 + NARROWEST * word.size)
        for line in lines
        for word, following in pairwise((*line, line[-1]))
        for place in places
    )


def _stands_apart(line: Line, strips: Sequence[Strip]) -> bool:
    """Tell whether pieces of a line stand apart inside one column."""
    return any(
        _is_gap(left, right) and not any(left.x1 <= strip.middle <= right.x0 for strip in strips)
        for left, right in pairwise(line)
    )


def columns_of(strips: Sequence[Strip]) -> list[Strip]:
    """Return the columns between strips, the outer ones without an end."""
    sides = [float("-inf"), *(strip.middle for strip in strips), float("inf")]
    return [Strip(a, b) for a, b in pairwise(sides)]


def _free(lines: Sequence[Line]) -> list[Strip]:
    """Return the strips that no word of the lines covers, between the first word and the last one."""
    words = sorted(word for line in lines for word in line)
    size = median(word.size for word in words)
    spaces = [b.x0 - a.x1 for line in lines for a, b in pairwise(line) if b.x0 - a.x1 < NARROWEST * size]
    narrowest = max(NARROWEST * size, SPACES * median(spaces) if spaces else 0.0)
    strips, end = [], words[0].x1
    for word in words:
        if word.x0 - end >= narrowest:
            strips.append(Strip(end, word.x0))
        end = max(end, word.x1)
    return strips


def _cross(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    return any(line[0].x0 < strip.x0 and line[-1].x1 > strip.x1 for line in lines for strip in strips)


def _is_gutter(strip: Strip, lines: Sequence[Line], parted: Sequence[Line]) -> bool:
    """Tell whether a strip is the gap between two columns in most lines, and no gap before a colon."""
    sides = [
        (max(left, key=_end), right[0])
        for line in lines
        if (left := [word for word in line if word.x1 <= strip.middle])
        and (right := [word for word in line if word.x0 >= strip.middle])
    ]
    colons = sum(right.text.startswith(":") or left.text.endswith(":") for left, right in sides)
    if len(sides) < max(2, SHARE * len(parted)) or colons >= SHARE * len(sides):
        return False
    if sum(_is_gap(left, right) for left, right in sides) >= max(2, SHARE * len(sides)):
        return True
    near = SAME_SIDE * sides[0][0].size
    aligned = max(
        sum(strip.x1 + near >= right.x0 for _, right in sides),
        sum(strip.x0 - near <= left.x1 for left, _ in sides),
    )
    return len(sides) >= FEW_LINES and aligned >= max(FEW_LINES - 1, SHARE * len(sides))


def _is_gap(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > WIDE * max(left.size, right.size)


def _named(strips: Sequence[Strip], rows: Sequence[Sequence[Line]]) -> list[Strip]:
    """Leave out the strips beside columns without a head, or in which the same stands in every row.

    A head may stand beside the text of its column, where one of them is set in the middle or to the right.
    """
    left = list(strips)
    at = 0
    while left and at <= len(left):
        columns = columns_of(left)
        following = columns[at + 1] if at < len(left) else None
        headless = not _texts(columns[at], rows[0])
        if following and headless and not _has_body(following, rows):
            del left[at]
        elif at and headless and (following is None or not _has_body(columns[at - 1], rows)):
            at -= 1
            del left[at]
        elif following and ((at and headless) or _is_same(columns[at], rows)):
            del left[at]
        else:
            at += 1
    return left


def _has_body(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    return any(_texts(column, row) for row in rows[1:])


def _is_same(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    texts = [text for row in rows if (text := _texts(column, row))]
    return len(texts) > 2 and max(map(texts.count, texts)) >= ALIKE * len(texts)


def _texts(column: Strip, lines: Sequence[Line]) -> str:
    return " ".join(word.text for line in lines for word in line if column.x0 < word.x0 < column.x1)


def _is_prose(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the text of a column goes on in small letters from most lines to the next."""
    texts = [[text for line in row if (text := _texts(column, [line]))] for row in rows]
    pairs = [pair for lines in texts for pair in pairwise(lines)]
    return len(pairs) >= EVIDENCE and 2 * sum(below[:1].islower() for _, below in pairs) > len(pairs)


def _share(column: Strip, lines: Sequence[Line]) -> float:
    return sum(bool(_texts(column, [line])) for line in lines) / len(lines)


def _end(word: Word) -> float:
    return word.x1
