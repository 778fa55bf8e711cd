"""Turns the lines of text in a column of cells into the strips free of text that part it into columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.pdf.words import WIDE, Line, Word, has_wide_gap

NARROWEST = 0.5  # sizes; a strip is at least this wide over all lines
SHARE = 0.5  # of the lines with text on both its sides have a wide gap at a strip
FILLED = 0.4  # of the parted lines have text in the first column, which may lack a head
EVIDENCE = 4  # gaps that must speak for columns: lines times strips
ALIKE = 0.9  # of the texts of a column that are one and the same: a currency, a dash


class Strip(NamedTuple):
    """An upright strip without text, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """The middle of the strip."""
        return (self.x0 + self.x1) / 2


def gutters(cells: Sequence[Sequence[Line]]) -> list[Strip]:
    """Return the strips between the columns of text in cells that stand below each other, none where it is unclear.

    `cells` are the lines of each cell from top to bottom. A strip is free of text in all cells but for titles: cells
    without a wide gap whose text runs over it. Most lines with text on both sides have a wide gap there, each column
    has text in the first cell (its head), but for the first one, which may lack a head and is filled in most rows.
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
    strips = [strip for strip in _free(lines) if _is_wide(strip, lines, parted)]
    strips = _named(strips, rows)
    if strips and all(_is_prose(column, rows) for column in _columns(strips)):
        return []
    filled = _share(_columns(strips)[0], parted) >= FILLED
    return strips if filled and len(parted) * len(strips) >= EVIDENCE else []


def runs_over(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    """Tell whether a text runs over the middle of a strip."""
    places = [strip.middle for strip in strips]
    return any(
        left.x1 >= place >= left.x0 or (left.x0 <= place <= right.x1 and not _is_gap(left, right))
        for line in lines
        for left, right in pairwise((*line, line[-1]))
        for place in places
    )


def _free(lines: Sequence[Line]) -> list[Strip]:
    """Return the strips that no word of the lines covers, between the first word and the last one."""
    words = sorted(word for line in lines for word in line)
    size = median(word.size for word in words)
    strips, end = [], words[0].x1
    for word in words:
        if word.x0 - end >= NARROWEST * size:
            strips.append(Strip(end, word.x0))
        end = max(end, word.x1)
    return strips


def _cross(lines: Sequence[Line], strips: Sequence[Strip]) -> bool:
    return any(line[0].x0 < strip.x0 and line[-1].x1 > strip.x1 for line in lines for strip in strips)


def _is_wide(strip: Strip, lines: Sequence[Line], parted: Sequence[Line]) -> bool:
    """Tell whether a strip is the gap between two columns in most lines, and no gap before a colon."""
    sides = [
        (max(left, key=_end), right[0])
        for line in lines
        if (left := [word for word in line if word.x1 <= strip.middle])
        and (right := [word for word in line if word.x0 >= strip.middle])
    ]
    wide = sum(_is_gap(left, right) for left, right in sides)
    colons = sum(right.text.startswith(":") or left.text.endswith(":") for left, right in sides)
    return wide >= max(2, SHARE * len(sides), SHARE * len(parted)) and colons < SHARE * len(sides)


def _is_gap(left: Word, right: Word) -> bool:
    return right.x0 - left.x1 > WIDE * max(left.size, right.size)


def _named(strips: Sequence[Strip], rows: Sequence[Sequence[Line]]) -> list[Strip]:
    """Leave out the strips beside columns without a head, or in which the same stands in every row."""
    left = list(strips)
    for strip in strips:
        edges = _columns(left)
        at = left.index(strip)
        inner = edges[at] if at > 0 else None  # the first column may lack a head
        if (inner and not _texts(inner, rows[0])) or _is_same(edges[at], rows):
            left.remove(strip)
    while left and not _texts(_columns(left)[-1], rows[0]):
        left.pop()
    return left


def _is_same(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    texts = [text for row in rows if (text := _texts(column, row))]
    return len(texts) > 2 and max(map(texts.count, texts)) >= ALIKE * len(texts)


def _columns(strips: Sequence[Strip]) -> list[Strip]:
    sides = [float("-inf"), *(strip.middle for strip in strips), float("inf")]
    return [Strip(a, b) for a, b in pairwise(sides)]


def _texts(column: Strip, lines: Sequence[Line]) -> str:
    return " ".join(word.text for line in lines for word in line if column.x0 < word.x0 < column.x1)


def _is_prose(column: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the text of a column goes on in small letters from most lines to the next: blocks side by side."""
    texts = [[text for line in row if (text := _texts(column, [line]))] for row in rows]
    pairs = [pair for lines in texts for pair in pairwise(lines)]
    return len(pairs) >= EVIDENCE and 2 * sum(below[:1].islower() for _, below in pairs) > len(pairs)


def _share(column: Strip, lines: Sequence[Line]) -> float:
    return sum(bool(_texts(column, [line])) for line in lines) / len(lines)


def _end(word: Word) -> float:
    return word.x1
