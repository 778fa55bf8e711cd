"""Turns the lines of text in a row of cells into the places where one row of data ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from extract.pdf.view import Box
from extract.pdf.words import Line

LEVEL = 0.4  # sizes by which the baselines of one row may differ
ROOM = 0.3  # sizes left free at the right side of a cell
FILLED = 0.6  # of the rows have text in most columns
FEWEST = 3  # rows that one column of figures speaks for; two columns do for two
FIGURE = re.compile(
    r"[^\w]*\d[\d.,:/%()\s–-]*|[-–—]|[^\w]*[A-Za-z]{1,3}\.?\s?\d[\d.,]*[-,–]*"
)  # 1.200, 4 %, Rp 3.000,-
MARKER = re.compile(r"\(?(\d{1,2}|[a-z])[.)]|[-•*–▪‣◦]")

Verdict = Literal["row", "wrap", "unclear"]


class _Entry(NamedTuple):
    """A line of a cell: the number of its level, its text and whether the next line's first word would fit on it."""

    level: int
    text: str
    has_room: bool


def row_edges(cells: Sequence[Sequence[Line]], boxes: Sequence[Box], *, level: bool) -> list[float] | None:
    """Return the places (points) between rows of data in one ruled row; `None` where it may hold several.

    `cells` are the lines of each cell, `boxes` the cells' boxes. Lines at one level are one row, unless they are text
    that wraps: what goes on in small letters or where the next word had no room. Without a column of figures, which
    do not wrap, a row is not parted (nothing is returned) unless `level` tells that no row is ruled.
    """
    bases = _levels(cells)
    if len(bases) < 2:
        return []
    columns = [_entries(lines, box, bases) for lines, box in zip(cells, boxes, strict=True)]
    columns = [column for column in columns if column]
    figures = [column for column in columns if len(column) > 1 and _is_figures(column)]
    if len(columns) < 2 or (not figures and not level):
        return []
    verdicts = [_verdict(n, columns, figures) for n in range(len(bases) - 1)]
    starts = [0, *(n + 1 for n, verdict in enumerate(verdicts) if verdict == "row")]
    if len(starts) < 2 or (not level and len(figures) < 2 and len(starts) < FEWEST):
        return []
    if "unclear" in verdicts or not _is_filled(columns, starts):
        return None
    tops = _tops(cells, bases)
    return [(bases[n - 1] + DESCENT * tops[n - 1] + bases[n] - ASCENT * tops[n]) / 2 for n in starts[1:]]


DESCENT, ASCENT = 0.21, 0.79  # of the size: a line of text below and above its baseline


def _levels(cells: Sequence[Sequence[Line]]) -> list[float]:
    """Return the baselines of the lines of all cells; those that hardly differ are one."""
    groups: list[list[float]] = []
    for base, size in sorted((line[0].base, line[0].size) for lines in cells for line in lines):
        if groups and base - groups[-1][0] <= LEVEL * size:
            groups[-1].append(base)
        else:
            groups.append([base])
    return [median(group) for group in groups]


def _tops(cells: Sequence[Sequence[Line]], bases: Sequence[float]) -> list[float]:
    """Return the largest size of the text at each level."""
    sizes = [0.0] * len(bases)
    for line in (line for lines in cells for line in lines):
        at = min(range(len(bases)), key=lambda n: abs(bases[n] - line[0].base))
        sizes[at] = max(sizes[at], *(word.size for word in line))
    return sizes


def _entries(lines: Sequence[Line], box: Box, bases: Sequence[float]) -> list[_Entry]:
    if not lines:
        return []
    inset = min(line[0].x0 for line in lines) - box[0]
    end = box[2] - min(inset, ROOM * lines[0][0].size)
    found = []
    for line, below in pairwise((*lines, lines[-1])):
        room = end - line[-1].x1 - 0.25 * line[-1].size
        at = min(range(len(bases)), key=lambda n: abs(bases[n] - line[0].base))
        found.append(_Entry(at, " ".join(word.text for word in line), room >= below[0].x1 - below[0].x0))
    return found


def _is_figures(column: Sequence[_Entry]) -> bool:
    return all(FIGURE.fullmatch(entry.text.strip()) for entry in column)


def _verdict(at: int, columns: Sequence[Sequence[_Entry]], figures: Sequence[Sequence[_Entry]]) -> Verdict:
    """Tell whether a row begins at the level below another one, or its text goes on."""
    pairs = [(here, below, column in figures) for column in columns for here, below in _both(at, column)]
    wraps = [goes_on(here, below) for here, below, figure in pairs if not figure]
    marked = sum(MARKER.match(below.text) is not None for _, below, figure in pairs if not figure)
    if any(figure for *_, figure in pairs):
        full = [
            here for here, below, figure in pairs if not figure and not here.has_room and goes_on(here, below)
        ]
        return "unclear" if full or marked > 1 else "row"
    if wraps and all(wraps):
        return "wrap"
    if sum(not wrap for wrap in wraps) > 1:
        return "unclear" if marked > 1 else "row"
    return "unclear"


def _both(at: int, column: Sequence[_Entry]) -> list[tuple[_Entry, _Entry]]:
    return [(a, b) for a, b in pairwise(column) if a.level == at and b.level == at + 1]


def goes_on(here: _Entry, below: _Entry) -> bool:
    """Tell whether the text of a line goes on in the next one."""
    small = below.text[:1].islower() and here.text.rstrip()[-1:] not in ".:;"
    return small or not here.has_room


def _is_filled(columns: Sequence[Sequence[_Entry]], starts: Sequence[int]) -> bool:
    """Tell whether most columns have text in most rows."""
    rows = len(starts)
    filled = [
        len({sum(start <= entry.level for start in starts) for entry in column}) / rows for column in columns
    ]
    return sum(share >= FILLED for share in filled) > len(filled) / 2
