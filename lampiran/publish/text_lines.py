"""A text and the width of its column -> the lines that it wraps into, and with its neighbours the height of their row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pdfminer.fontmetrics import FONT_METRICS

from lampiran.publish.settings import SHEETS

_EM = 1000  # units of a font's metrics


def row_height(cells: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """Return the height in points in which every cell of a row is shown whole, at most what a spreadsheet allows.

    `cells` are texts with the widths of their columns in characters.
    """
    lines = max((lines_of(text, room(width), bold=bold) for text, width in cells), default=1)
    return min(lines * SHEETS.line_height + SHEETS.row_padding, SHEETS.tallest)


def width_for(text: str, width: float, widest: float) -> float:
    """Return the width in characters, from `width` to `widest`, in which a text fits into the tallest row."""
    most = int((SHEETS.tallest - SHEETS.row_padding) / SHEETS.line_height)
    while width < widest and lines_of(text, room(width)) > most:
        width = min(widest, width * SHEETS.widening)
    return width


def room(width: float) -> float:
    """Return the points that a text has in a column of a width in characters."""
    return width * SHEETS.character - SHEETS.cell_padding


def lines_of(text: str, points: float, *, bold: bool = False) -> int:
    """Return into how many lines a text wraps in a width of so many points; a word too long for a line is broken.

    Breaks at spaces alone: a program that breaks behind hyphens and slashes as well needs no more lines.
    """
    return sum(_wrapped(line, points, bold=bold) for line in text.splitlines() or [""])


def _wrapped(line: str, points: float, *, bold: bool) -> int:
    count, at = 1, 0.0
    space = _width(" ", bold=bold)
    for word in line.split(" "):
        length = _width(word, bold=bold)
        if at and at + length > points:
            count, at = count + 1, 0.0
        if length > points:
            breaks, length = _broken(word, points, bold=bold)
            count += breaks
        at += length + space
    return count


def _broken(word: str, points: float, *, bold: bool) -> tuple[int, float]:
    """Return how often a word is broken between its letters, and the length of its last part."""
    breaks, at = 0, 0.0
    for letter in word:
        length = _width(letter, bold=bold)
        if at and at + length > points:
            breaks, at = breaks + 1, 0.0
        at += length
    return breaks, at


def _width(text: str, *, bold: bool) -> float:
    """Return the width of a text in points; a letter that the font's metrics do not hold counts as a square."""
    widths = _letters(bold=bold)
    return sum(widths.get(letter, _EM) for letter in text) * SHEETS.font_size * SHEETS.slack / _EM


@cache
def _letters(*, bold: bool) -> dict[str, int]:
    return dict(FONT_METRICS[f"{SHEETS.font},Bold" if bold else SHEETS.font][1])
