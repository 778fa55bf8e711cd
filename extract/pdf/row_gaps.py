"""Turns the lines of text in a row of cells into the places where one row of data ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from extract.grid.rulings import Box
from extract.grid.words import Line

LEVEL = 0.4  # sizes by which the baselines of one row may differ
ROOM = 0.8  # sizes of a cell's width that its text leaves free: the room at its sides and a space
CLOSE = 1.3  # sizes between the baselines of lines that stand as close as those of one text
FILLED = 0.6  # of the rows have text in most columns
FEWEST = 3  # rows that one column of figures speaks for; two columns do for two
DESCENT, ASCENT = 0.21, 0.79  # of the size: a line of text below and above its baseline
FIGURE = re.compile(
    r"[^\w]*\d[\d.,:/%()\s–-]*|[-–—]|[^\w]*[A-Za-z]{1,3}\.?\s?\d[\d.,]*[-,–]*"
)  # 1.200, 4 %, Rp 3.000,-
MARKER = re.compile(r"\(?(\d{1,2}|[a-z])[.)]\s|[-•*–▪‣◦]")

Verdict = Literal["row", "wrap", "unclear"]


class _Entry(NamedTuple):
    """A line of a cell: the number of its level, its text and whether the next line's first word would fit on it."""

    level: int
    text: str
    has_room: bool


class _Column(NamedTuple):
    """The lines of one cell; figures do not wrap."""

    entries: tuple[_Entry, ...]
    figures: bool

    def at(self, levels: range) -> list[_Entry]:
        return [entry for entry in self.entries if entry.level in levels]


def row_edges(cells: Sequence[Sequence[Line]], boxes: Sequence[Box], *, level: bool) -> list[float] | None:
    """Return the places (points) between rows of data in one ruled row; `None` where it may hold several.

    `cells` are the lines of each cell, `boxes` the cells' boxes. Lines at one level are one row, unless they are text
    that wraps: what goes on in small letters or where the next word had no room. Without a column of figures, which
    do not wrap, a row is not parted (nothing is returned) unless `level` tells that no row is ruled.
    """
    bases = _levels(cells)
    if len(bases) < 2:
        return []
    columns = [_column(lines, box, bases) for lines, box in zip(cells, boxes, strict=True) if lines]
    figures = sum(column.figures for column in columns)
    if len(columns) < 2 or (not figures and not level):
        return []
    starts, clear = _starts(
        columns, bases, max(word.size for lines in cells for line in lines for word in line)
    )
    if len(starts) < 2 or (not level and figures < 2 and len(starts) < FEWEST):
        return []
    filled = _filled_columns(columns, starts)
    if filled < 2:
        return []
    if not clear or filled <= len(columns) / 2:
        return None
    sizes = _sizes(cells, bases)
    return [(bases[n - 1] + DESCENT * sizes[n - 1] + bases[n] - ASCENT * sizes[n]) / 2 for n in starts[1:]]


def _levels(cells: Sequence[Sequence[Line]]) -> list[float]:
    """Return the baselines of the lines of all cells; those that hardly differ are one."""
    groups: list[list[float]] = []
    for base, size in sorted((line[0].base, line[0].size) for lines in cells for line in lines):
        if groups and base - groups[-1][0] <= LEVEL * size:
            groups[-1].append(base)
        else:
            groups.append([base])
    return [median(group) for group in groups]


def _sizes(cells: Sequence[Sequence[Line]], bases: Sequence[float]) -> list[float]:
    """Return the largest size of the text at each level."""
    sizes = [0.0] * len(bases)
    for line in (line for lines in cells for line in lines):
        at = min(range(len(bases)), key=lambda n: abs(bases[n] - line[0].base))
        sizes[at] = max(sizes[at], *(word.size for word in line))
    return sizes


def _column(lines: Sequence[Line], box: Box, bases: Sequence[float]) -> _Column:
    found = []
    for line, below in pairwise((*lines, lines[-1])):
        room = box[2] - box[0] - (line[-1].x1 - line[0].x0) - ROOM * line[0].size
        at = min(range(len(bases)), key=lambda n: abs(bases[n] - line[0].base))
        found.append(_Entry(at, " ".join(word.text for word in line), room >= below[0].x1 - below[0].x0))
    figures = len(found) > 1 and all(FIGURE.fullmatch(entry.text.strip()) for entry in found)
    return _Column(tuple(found), figures)


def _starts(columns: Sequence[_Column], bases: Sequence[float], size: float) -> tuple[list[int], bool]:
    """Return the levels at which rows begin, and whether that is clear."""
    starts, clear = [0], True
    for n in range(1, len(bases)):
        near = bases[n] - bases[n - 1] <= CLOSE * size
        verdict = _verdict(columns, range(starts[-1], n), n, near=near)
        clear &= verdict != "unclear"
        if verdict != "wrap":
            starts.append(n)
    return starts, clear


def _verdict(columns: Sequence[_Column], row: range, level: int, *, near: bool) -> Verdict:
    """Tell whether a row begins at a level below the row so far, or its text goes on."""
    pairs = [
        (column, above[-1], here[0])
        for column in columns
        if (above := column.at(row)) and (here := column.at(range(level, level + 1)))
    ]
    texts = [(above, here) for column, above, here in pairs if not column.figures]
    others = [here for above, here in texts if not _goes_on(above, here)]
    if len(texts) < len(pairs):
        return "unclear" if _several_lists(others) or any(map(_runs_on, texts)) else "row"
    if not pairs:
        return "wrap" if near else "unclear"
    if not others:
        return "wrap"
    half = len(columns) / 2
    enough = min(_filled(columns, row), _filled(columns, range(level, level + 1))) >= half
    return "row" if (len(others) > 1 or enough) and not _several_lists(others) else "unclear"


def _filled(columns: Sequence[_Column], levels: range) -> int:
    return sum(bool(column.at(levels)) for column in columns)


def _several_lists(entries: Sequence[_Entry]) -> bool:
    """Tell whether lists go on in two cells side by side: they are no rows."""
    return sum(MARKER.match(entry.text) is not None for entry in entries) > 1


def _goes_on(above: _Entry, below: _Entry) -> bool:
    """Tell whether the text of a line goes on in the next one."""
    small = below.text[:1].islower() and above.text.rstrip()[-1:] not in ".:;"
    return small or not above.has_room


def _runs_on(pair: tuple[_Entry, _Entry]) -> bool:
    """Tell whether a paragraph goes on from a full line in small letters."""
    above, below = pair
    return not above.has_room and " " in above.text and below.text[:1].islower()


def _filled_columns(columns: Sequence[_Column], starts: Sequence[int]) -> int:
    """Return how many columns have text in most rows."""
    rows = [{sum(start <= entry.level for start in starts) for entry in column.entries} for column in columns]
    return sum(len(found) >= FILLED * len(starts) for found in rows)
