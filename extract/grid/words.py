"""Turns placed characters into words that stand on level lines: what the parting of cells looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.chars import ORIGIN_Y, SIZE, X0, X1, Char, Chars, Flags, Ints

SAME_LINE = 0.6  # of the smaller size: baselines closer than this are one line
SPACE = 0.25  # sizes; a wider gap between two glyphs parts words
SPACES = 0.5  # sizes; two spaces
WIDE = 1.5  # sizes; a wider gap parts pieces of text that stand in two columns


class Word(NamedTuple):
    """A word: its sides and baseline in points, its size and its text."""

    x0: float
    x1: float
    base: float
    size: float
    text: str


Line = tuple[Word, ...]


def text_lines(chars: Iterable[Char]) -> list[Line]:
    """Return the words of level characters line by line, each line from left to right."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=_by_baseline):
        if lines and char.origin_y - lines[-1][0].origin_y <= SAME_LINE * min(char.size, lines[-1][0].size):
            lines[-1].append(char)
        else:
            lines.append([char])
    found = (tuple(_words(sorted(line, key=_by_place))) for line in lines)
    return [line for line in found if line]


def has_wide_gap(line: Sequence[Word]) -> bool:
    """Tell whether a line is pieces of text that stand apart."""
    return len(pieces_of(line)) > 1


def may_stand_apart(chars: Chars, cells: Ints, count: int) -> Flags:
    """Tell of each of `count` cells whether a line of its characters may have a wide gap.

    `cells` (N) are the numbers of the cells in which the characters lie, -1 for none; they are compared in the order
    in which they are drawn.
    """
    chosen = np.flatnonzero(chars.printed & (cells >= 0))
    chosen = chosen[np.argsort(cells[chosen], kind="stable")]
    places, cell = chars.places[chosen], cells[chosen]
    last, char = places[:-1], places[1:]
    rise, near = last[:, ORIGIN_Y] - char[:, ORIGIN_Y], SAME_LINE * char[:, SIZE]
    follows = (last[:, X0] <= char[:, X0]) & (char[:, X0] <= last[:, X1] + WIDE * char[:, SIZE])
    apart = (cell[1:] == cell[:-1]) & ((rise > near) | ((rise >= -near) & ~follows))
    found = np.zeros(count, dtype=np.bool_)
    found[cell[1:][apart]] = True
    return found


def may_be_figures(chars: Chars) -> bool:
    """Tell whether characters may be several lines of figures; cheap, in the order in which they are drawn."""
    if not len(chars) or abs(chars.origin_y[-1] - chars.origin_y[0]) <= SAME_LINE * chars.size[0]:
        return False
    letters = sum(map(str.isalpha, chars.texts))
    return letters <= 2 * sum(map(str.isdigit, chars.texts))


def pieces_of(line: Sequence[Word], edges: Sequence[float] = ()) -> list[Word]:
    """Return the pieces of a line, words that follow each other made one.

    Where one of the `edges` (points) of columns lies in it, a gap of two spaces parts two pieces.
    """
    pieces: list[Word] = []
    for word in line:
        last = pieces[-1] if pieces else None
        if last is not None and not _is_apart(last, word, edges):
            pieces[-1] = last._replace(x1=max(word.x1, last.x1), text=f"{last.text} {word.text}")
        else:
            pieces.append(word)
    return pieces


def _is_apart(last: Word, word: Word, edges: Sequence[float]) -> bool:
    gap, size = word.x0 - last.x1, max(word.size, last.size)
    return gap > WIDE * size or (gap >= SPACES * size and any(last.x1 <= x <= word.x0 for x in edges))


def _words(line: list[Char]) -> Iterable[Word]:
    word: list[Char] = []
    end = 0.0
    for char in line:
        if word and (char.text.isspace() or char.x0 - end > SPACE * char.size):
            yield _word(word)
            word = []
        if not char.text.isspace():
            end = max(end, char.x1) if word else char.x1
            word.append(char)
    if word:
        yield _word(word)


def _word(chars: list[Char]) -> Word:
    return Word(
        min(char.x0 for char in chars),
        max(char.x1 for char in chars),
        chars[0].origin_y,
        max(char.size for char in chars),
        "".join(char.text for char in chars),
    )


def _by_baseline(char: Char) -> float:
    return char.origin_y


def _by_place(char: Char) -> float:
    return char.x0
