"""Turns placed characters into words on horizontal lines: what is looked at where cells are split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Char, Chars, Flags, Ints
from extract.grid.groups import grouped
from extract.grid.settings import WORDS


class Word(NamedTuple):
    """A word: its sides and baseline in points, its size and its text."""

    x0: float
    x1: float
    base: float
    size: float
    text: str

    @property
    def top(self) -> float:
        """The upper edge of its line of text."""
        return self.base - WORDS.ascent * self.size

    @property
    def foot(self) -> float:
        """The lower edge of its line of text."""
        return self.base + WORDS.descent * self.size

    def is_centred(self, left: float, right: float) -> bool:
        """Tell whether it is in the middle between two places (points)."""
        return abs(left + right - (self.x0 + self.x1)) <= 2 * WORDS.same_place * self.size


Line = tuple[Word, ...]


def text_lines(chars: Iterable[Char]) -> list[Line]:
    """Return the words of horizontal characters line by line, each line from left to right."""

    def is_beside(line: list[Char], char: Char) -> bool:
        return char.origin_y - line[0].origin_y <= WORDS.same_line * min(char.size, line[0].size)

    lines = grouped(sorted(chars, key=attrgetter("origin_y")), is_beside)
    found = (tuple(_words(sorted(line, key=attrgetter("x0")))) for line in lines)
    return [line for line in found if line]


def has_wide_gap(line: Sequence[Word]) -> bool:
    """Tell whether a line consists of pieces of text that are far apart."""
    return len(pieces_of(line)) > 1


def may_have_wide_gap(chars: Chars, cells: Ints, count: int) -> Flags:
    """Tell for each of `count` cells whether a line of its characters may have a wide gap.

    `cells` (N) are the cells of the characters, -1 for none; they are compared in the order in which they are
    drawn.
    """
    chosen = np.flatnonzero(chars.printed & (cells >= 0))
    chosen = chosen[np.argsort(cells[chosen], kind="stable")]
    columns = (chars.x0, chars.x1, chars.origin_y, chars.size, cells)
    x0, x1, base, size, cell = (column[chosen] for column in columns)
    rise, near = base[:-1] - base[1:], WORDS.same_line * size[1:]
    follows = (x0[:-1] <= x0[1:]) & (x0[1:] <= x1[:-1] + WORDS.wide * size[1:])
    apart = (cell[1:] == cell[:-1]) & ((rise > near) | ((rise >= -near) & ~follows))
    found = np.zeros(count, dtype=np.bool_)
    found[cell[1:][apart]] = True
    return found


def may_be_figures(chars: Chars, chosen: Ints) -> bool:
    """Tell whether the `chosen` characters, in the order in which they are drawn, may be several lines of figures."""
    if not len(chosen):
        return False
    first, last = chosen[0], chosen[-1]
    if abs(chars.origin_y[last] - chars.origin_y[first]) <= WORDS.same_line * chars.size[first]:
        return False
    texts = [chars.texts[n] for n in chosen.tolist()]
    return sum(map(str.isalpha, texts)) <= 2 * sum(map(str.isdigit, texts))


def pieces_of(line: Sequence[Word], edges: Sequence[float] = ()) -> list[Word]:
    """Return the pieces of a line, at one of the `edges` (points) of columns separated by a gap of two spaces already."""
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
    return gap > WORDS.wide * size or (
        gap >= WORDS.spaces * size and any(last.x1 <= x <= word.x0 for x in edges)
    )


def _words(line: list[Char]) -> Iterator[Word]:
    word: list[Char] = []
    end = 0.0
    for char in line:
        is_blank = char.text.isspace()
        if word and (is_blank or char.x0 - end > WORDS.space * char.size):
            yield _word(word)
            word = []
        if not is_blank:
            end = max(end, char.x1) if word else char.x1
            word.append(char)
    if word:
        yield _word(word)


def _word(chars: list[Char]) -> Word:
    x0, x1 = min(char.x0 for char in chars), max(char.x1 for char in chars)
    size = max(char.size for char in chars)
    return Word(x0, x1, chars[0].origin_y, size, "".join(char.text for char in chars))
