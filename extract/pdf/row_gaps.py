"""Turns the lines of text in a row of cells into the places where one row of data ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from extract.grid.boxes import Box
from extract.grid.groups import grouped
from extract.grid.settings import WORDS
from extract.grid.words import Line
from extract.pdf.settings import ROWS

FIGURE = re.compile(
    r"[^\w]*\d[\d.,:/%()\s–-]*|[-–—]|[^\w]*[A-Za-z]{1,3}\.?\s?\d[\d.,]*[-,–]*"
)  # 1.200, 4 %, Rp 3.000,-
MARKER = re.compile(r"\(?(\d{1,2}|[a-z])[.)]\s|[-•*–▪‣◦]")

Verdict = Literal["row", "wrap", "unclear"]


class _Entry(NamedTuple):
    """A line of a cell: the index of its baseline, its text and whether the next line's first word would fit on it."""

    base: int
    text: str
    has_room: bool

    def goes_on(self, below: _Entry) -> bool:
        """Tell whether its text goes on in the next line."""
        small = below.text[:1].islower() and self.text.rstrip()[-1:] not in ".:;"
        return small or not self.has_room

    def runs_on(self, below: _Entry) -> bool:
        """Tell whether a paragraph goes on from its full line in small letters."""
        return not self.has_room and " " in self.text and below.text[:1].islower()


class _Column(NamedTuple):
    """The lines of one cell; figures do not wrap."""

    entries: tuple[_Entry, ...]
    figures: bool

    def at(self, bases: range) -> list[_Entry]:
        return [entry for entry in self.entries if entry.base in bases]


def row_edges(
    cells: Sequence[Sequence[Line]], boxes: Sequence[Box], *, horizontal_only: bool
) -> list[float] | None:
    """Return the places (points) between rows of data in one ruled row; `None` where it may hold several.

    `cells` are the lines of each cell, `boxes` the cells' boxes. Lines on one baseline are one row, unless they are
    text that wraps: what goes on in small letters or where the next word had no room. Without a column of figures,
    which do not wrap, a row is not split (nothing is returned) unless `horizontal_only` tells that no row is ruled.
    """
    bases = _bases(cells)
    if len(bases) < 2:
        return []
    columns = [_column(lines, box, bases) for lines, box in zip(cells, boxes, strict=True) if lines]
    figures = sum(column.figures for column in columns)
    if len(columns) < 2 or not (figures or horizontal_only):
        return []
    size = max(word.size for lines in cells for line in lines for word in line)
    starts, clear = _starts(columns, bases, size)
    if len(starts) < 2 or (not horizontal_only and figures < 2 and len(starts) < ROWS.fewest):
        return []
    rows = ({sum(start <= entry.base for start in starts) for entry in column.entries} for column in columns)
    filled = sum(len(found) >= ROWS.filled * len(starts) for found in rows)
    if filled < 2:
        return []
    if not clear or filled <= len(columns) / 2:
        return None
    sizes = _sizes(cells, bases)
    feet = [base + WORDS.descent * own for base, own in zip(bases, sizes, strict=True)]
    tops = [base - WORDS.ascent * own for base, own in zip(bases, sizes, strict=True)]
    return [(feet[n - 1] + tops[n]) / 2 for n in starts[1:]]


def _bases(cells: Sequence[Sequence[Line]]) -> list[float]:
    lines = sorted((line[0].base, line[0].size) for lines in cells for line in lines)
    groups = grouped(lines, lambda group, line: line[0] - group[0][0] <= ROWS.same_base * line[1])
    return [median(base for base, _ in group) for group in groups]


def _nearest(line: Line, bases: Sequence[float]) -> int:
    return min(range(len(bases)), key=lambda n: abs(bases[n] - line[0].base))


def _sizes(cells: Sequence[Sequence[Line]], bases: Sequence[float]) -> list[float]:
    sizes = [0.0] * len(bases)
    for line in (line for lines in cells for line in lines):
        at = _nearest(line, bases)
        sizes[at] = max(sizes[at], *(word.size for word in line))
    return sizes


def _column(lines: Sequence[Line], box: Box, bases: Sequence[float]) -> _Column:
    found = []
    for line, below in pairwise((*lines, lines[-1])):
        room = box.width - (line[-1].x1 - line[0].x0) - ROWS.room * line[0].size
        text = " ".join(word.text for word in line)
        found.append(_Entry(_nearest(line, bases), text, room >= below[0].x1 - below[0].x0))
    figures = len(found) > 1 and all(FIGURE.fullmatch(entry.text.strip()) for entry in found)
    return _Column(tuple(found), figures)


def _starts(columns: Sequence[_Column], bases: Sequence[float], size: float) -> tuple[list[int], bool]:
    starts, clear = [0], True
    for n, (above, base) in enumerate(pairwise(bases), start=1):
        verdict = _verdict(columns, range(starts[-1], n), n, near=base - above <= ROWS.close * size)
        clear &= verdict != "unclear"
        if verdict != "wrap":
            starts.append(n)
    return starts, clear


def _verdict(columns: Sequence[_Column], row: range, base: int, *, near: bool) -> Verdict:
    """Tell whether a row begins on a baseline below the row so far, or its text goes on."""
    new = range(base, base + 1)
    pairs = [
        (column, above[-1], here[0])
        for column in columns
        if (above := column.at(row)) and (here := column.at(new))
    ]
    texts = [(above, here) for column, above, here in pairs if not column.figures]
    others = [here for above, here in texts if not above.goes_on(here)]
    # Lists that go on in two cells side by side are not rows.
    lists = sum(MARKER.match(entry.text) is not None for entry in others) > 1
    if len(texts) < len(pairs):
        return "unclear" if lists or any(above.runs_on(here) for above, here in texts) else "row"
    if not pairs:
        return "wrap" if near else "unclear"
    if not others:
        return "wrap"
    fewest = min(sum(bool(column.at(bases)) for column in columns) for bases in (row, new))
    return "row" if (len(others) > 1 or fewest >= len(columns) / 2) and not lists else "unclear"
