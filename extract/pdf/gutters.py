"""Turns the lines of text in a column of cells into the strips free of text that separate its columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from extract.grid.settings import WORDS
from extract.grid.words import Line, Word, has_wide_gap
from extract.pdf.settings import COLUMNS


class Strip(NamedTuple):
    """A vertical strip, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """The middle of the strip."""
        return (self.x0 + self.x1) / 2

    def is_crossed(self, line: Line) -> bool:
        """Tell whether a line begins before the strip and ends after it."""
        return line[0].x0 < self.x0 and line[-1].x1 > self.x1

    def texts(self, lines: Sequence[Line]) -> str:
        """Return the words of lines that begin in the strip."""
        return " ".join(word.text for line in lines for word in line if self.x0 < word.x0 < self.x1)


def gutters(cells: Sequence[Sequence[Line]]) -> list[Strip]:
    """Return the strips between the columns of text in cells below each other, none where it is unclear.

    `cells` are the lines of each cell from top to bottom. A strip is free of text in all cells but for titles,
    which run over it. In most lines with text on both sides the gap is wide, or the texts beside it are aligned.
    Each column has text in the first cell (its header); the first one may lack it but is filled in most rows. Prose
    is not columns.
    """
    in_pieces = [line for cell in cells for line in cell if has_wide_gap(line)]
    if len(in_pieces) < 2:
        return []
    strips = _free(in_pieces)
    plain = (cell for cell in cells if not any(map(has_wide_gap, cell)))
    titles = [cell for cell in plain if any(strip.is_crossed(line) for line in cell for strip in strips)]
    rows = [cell for cell in cells if cell and cell not in titles]
    if len(titles) > len(rows):
        return []
    lines = [line for cell in rows for line in cell]
    strips = _named([strip for strip in _free(lines) if _is_gutter(strip, lines, in_pieces)], rows)
    if sum(_has_inner_gap(line, strips) for line in in_pieces) > COLUMNS.apart * len(in_pieces):
        return []
    columns = columns_of(strips)
    if not strips or all(_is_prose(column, rows) for column in columns):
        return []
    filled = sum(bool(columns[0].texts([line])) for line in in_pieces) / len(in_pieces) >= COLUMNS.filled
    return strips if filled and len(in_pieces) * len(strips) >= COLUMNS.evidence else []


def may_be_columns(cells: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the text of cells below each other may be several columns: it is in pieces from the first cell on."""
    lines = [line for cell in cells for line in cell]
    in_pieces = [line for line in lines if has_wide_gap(line)]
    colons = sum(any(":" in word.text for word in line) for line in in_pieces)
    first = any(map(has_wide_gap, cells[0])) if cells else False
    enough = max(COLUMNS.few_lines - 1, COLUMNS.share * len(lines))
    return first and len(in_pieces) >= enough and colons < COLUMNS.share * len(in_pieces)


def runs_over(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    """Tell whether a text runs over the middle of a strip."""
    return any(
        word.x0 < strip.middle < word.x1
        or (word.x1 <= strip.middle <= following.x0 < word.x1 + COLUMNS.narrowest * word.size)
        for line in lines
        for word, following in pairwise((*line, line[-1]))
        for strip in strips
    )


def columns_of(strips: Sequence[Strip]) -> list[Strip]:
    """Return the columns between strips, the outer ones without an end."""
    sides = [float("-inf"), *(strip.middle for strip in strips), float("inf")]
    return [Strip(a, b) for a, b in pairwise(sides)]


def _has_inner_gap(line: Line, strips: Sequence[Strip]) -> bool:
    return any(
        _is_gap(left, right) and not any(left.x1 <= strip.middle <= right.x0 for strip in strips)
        for left, right in pairwise(line)
    )


def _free(lines: Sequence[Line]) -> list[Strip]:
    """Return the strips that no word of the lines covers, between the first word and the last one."""
    words = sorted(word for line in lines for word in line)
    size = median(word.size for word in words)
    narrowest = COLUMNS.narrowest * size
    gaps = [b.x0 - a.x1 for line in lines for a, b in pairwise(line)]
    spaces = [gap for gap in gaps if gap < narrowest]
    narrowest = max(narrowest, COLUMNS.spaces * median(spaces) if spaces else 0.0)
    strips, end = [], words[0].x1
    for word in words:
        if word.x0 - end >= narrowest:
            strips.append(Strip(end, word.x0))
        end = max(end, word.x1)
    return strips


def _is_gutter(strip: Strip, lines: Sequence[Line], in_pieces: Sequence[Line]) -> bool:
    """Tell whether a strip is the gap between two columns in most lines, and not a gap before a colon."""
    sides = [
        (max(left, key=attrgetter("x1")), right[0])
        for line in lines
        if (left := [word for word in line if word.x1 <= strip.middle])
        and (right := [word for word in line if word.x0 >= strip.middle])
    ]
    half = COLUMNS.share * len(sides)
    colons = sum(right.text.startswith(":") or left.text.endswith(":") for left, right in sides)
    if len(sides) < max(2, COLUMNS.share * len(in_pieces)) or colons >= half:
        return False
    if sum(_is_gap(left, right) for left, right in sides) >= max(2, half):
        return True
    near = COLUMNS.same_side * sides[0][0].size
    aligned = max(
        sum(strip.x1 + near >= right.x0 for _, right in sides),
        sum(strip.x0 - near <= left.x1 for left, _ in sides),
    )
    return len(sides) >= COLUMNS.few_lines and aligned >= max(COLUMNS.few_lines - 1, half)


def _is_gap(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > WORDS.wide * max(left.size, right.size)


def _named(strips: Sequence[Strip], rows: Sequence[Sequence[Line]]) -> list[Strip]:
    """Leave out the strips beside columns without a header, or in which the same text is in every row.

    A header may be beside the text of its column, where one of them is centred or set to the right.
    """
    left = list(strips)
    at = 0
    while left and at <= len(left):
        columns = columns_of(left)
        following = columns[at + 1] if at < len(left) else None
        headless = not columns[at].texts(rows[0])
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
    return any(map(column.texts, rows[1:]))


def _is_same(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    texts = list(filter(None, map(column.texts, rows)))
    return len(texts) > 2 and max(map(texts.count, texts)) >= COLUMNS.alike * len(texts)


def _is_prose(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the text of a column goes on in small letters from most lines to the next."""
    texts = [[text for line in row if (text := column.texts([line]))] for row in rows]
    below = [text for lines in texts for text in lines[1:]]
    return len(below) >= COLUMNS.evidence and 2 * sum(text[:1].islower() for text in below) > len(below)
