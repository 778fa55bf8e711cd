"""Turns placed characters into lines of text, spaces and trailing spaces as the page has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Chars, Flags, Floats, Ints
from extract.grid.settings import WORDS
from extract.pdf.settings import LINES
from extract.types import TextLine

RIGHT_TO_LEFT = "\u0590"  # the first of the signs that may run from right to left
SPREAD_LETTERS = re.compile(rf"(?<!\S)(?:[^\W\d_] ){{{LINES.spread_letters - 1},}}[^\W\d_](?!\S)")
FROM_RIGHT = {"R", "AL"}
FROM_RIGHT_RUN = re.compile(
    r"([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[ ,.]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*)"
)
RAISED_SIGNS = dict(zip("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", strict=True))


def lines_of(chars: Chars, page: int, *, cut_at_gaps: bool = False) -> tuple[TextLine, ...]:
    """Return the lines of the characters from top to bottom, those of turned text after the horizontal ones.

    A gap that is seen is a space, whether it holds a space character or not. Raised figures become the signs for
    them. Lines of nothing but spaces are left out. `cut_at_gaps` cuts a line at each wide gap between printed glyphs, as
    between blocks side by side; the pieces follow each other from left to right, without the spaces in the gap.
    """
    return lines_by_cell(chars, np.zeros(len(chars), dtype=np.int64), 1, page, cut_at_gaps=cut_at_gaps)[0]


def lines_by_cell(
    chars: Chars, cells: Ints, count: int, page: int, *, cut_at_gaps: bool = False
) -> list[tuple[TextLine, ...]]:
    """Return the lines of each of `count` cells, see `lines_of`; `cells` (N): the cell of each character, -1 for none."""
    found: list[list[TextLine]] = [[] for _ in range(count)]
    glyphs = _without_overprint(_with_raised(_glyphs(chars, cells)))
    if cut_at_gaps:
        glyphs = _cut_at_gaps(glyphs)
    if len(glyphs.number):
        for cell, line in _text_lines(glyphs, page):
            found[cell].append(line)
    return [tuple(lines) for lines in found]


class _Glyphs(NamedTuple):
    """Characters line after line, those of a line in reading direction, as if all were horizontal.

    `number` are their indexes in `chars`; `base` is the baseline downwards, `start` to `end` the reading direction;
    `line` numbers their lines from 0 without gaps, those of one cell and turn from top to bottom.
    """

    chars: Chars
    number: Ints
    cell: Ints
    line: Ints
    base: Floats
    start: Floats
    end: Floats
    size: Floats
    printed: Flags

    def at(self, index: Ints | Flags) -> _Glyphs:
        """Return some of the glyphs, their lines numbered anew."""
        chars, *columns = self
        chosen = _Glyphs._make([chars, *(column[index] for column in columns)])
        return chosen._replace(line=np.cumsum(_breaks(chosen.line)) - 1)

    def starts(self) -> Ints:
        """Return the index of the first glyph of each line."""
        return np.flatnonzero(_breaks(self.line))

    def in_order(self) -> _Glyphs:
        """Return the glyphs of each line in reading direction."""
        return self.at(np.lexsort((self.start, self.line)))


def _breaks(*columns: Ints | Floats) -> Flags:
    """Tell of each row of some columns whether it is the first or differs from the one before."""
    breaks = np.ones(len(columns[0]), dtype=np.bool_)
    breaks[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return breaks


def _glyphs(chars: Chars, cells: Ints) -> _Glyphs:
    base, start, end = _directed(chars)
    order = np.lexsort((base, chars.turn, cells))
    order = order[np.searchsorted(cells[order], 0) :]
    line = _lines(cells[order], chars.turn[order], base[order], chars.size[order])
    columns = (base, start, end, chars.size, chars.printed)
    own = (column[order] for column in columns)
    return _Glyphs._make([chars, order, cells[order], line, *own]).in_order()


def _directed(chars: Chars) -> tuple[Floats, Floats, Floats]:
    """Return the baselines downwards, and where each character begins and ends in reading direction."""
    base, start, end = chars.origin_y, chars.x0, chars.x1 + chars.tracking
    if not chars.turn.any():
        return base, start, end
    turns = [chars.turn == turn for turn in (0, 90, 180)]
    return (
        np.select(turns, [base, chars.origin_x, -base], -chars.origin_x),
        np.select(turns, [start, -chars.bottom, -chars.x1], chars.top),
        np.select(turns, [end, -chars.top, -chars.x0], chars.bottom),
    )


def _lines(cell: Ints, turn: Ints, base: Floats, size: Floats) -> Ints:
    """Number the lines of glyphs sorted by cell, turn and baseline: a line is what is near the baseline of its first."""
    begins = _breaks(cell, turn)
    changes = np.flatnonzero(begins | _breaks(base, size))
    new = np.zeros(len(base), dtype=np.bool_)
    start = first = 0.0
    rows = zip(*(column[changes].tolist() for column in (begins, base, size)), strict=True)
    for index, (begin, own_base, own_size) in zip(changes.tolist(), rows, strict=True):
        if begin or own_base - start > WORDS.same_line * min(first, own_size):
            new[index] = True
            start, first = own_base, own_size
    return np.cumsum(new) - 1


def _with_raised(glyphs: _Glyphs) -> _Glyphs:
    """Put small signs that are high behind a glyph of the next line into that line."""
    starts = glyphs.starts()
    if len(starts) < 2:
        return glyphs
    sizes = np.maximum.reduceat(np.where(glyphs.printed, glyphs.size, 0.0), starts)
    largest = np.maximum.reduceat(glyphs.size, starts)
    turn = glyphs.chars.turn[glyphs.number[starts]]
    beside = ~_breaks(glyphs.cell[starts], turn)[1:]
    small = np.flatnonzero(beside & (sizes[:-1] <= LINES.raised_size * largest[1:]))
    if not len(small):
        return glyphs
    line = glyphs.line.copy()
    for upper in small.tolist():
        raised, below = np.flatnonzero(line == upper), np.flatnonzero(line == upper + 1)
        if all(_is_raised_on(glyphs, n, below) for n in raised[glyphs.printed[raised]]):
            line[raised] = upper + 1
    order = np.argsort(line, kind="stable")
    return glyphs._replace(line=line).at(order).in_order()


def _is_raised_on(glyphs: _Glyphs, sign: int, line: Ints) -> bool:
    before = line[glyphs.start[line] < glyphs.start[sign]]
    if not len(before):
        return False
    last = before[np.argmax(glyphs.end[before])]
    size = glyphs.size[last]
    return bool(
        glyphs.size[sign] <= LINES.raised_size * size
        and glyphs.base[last] - glyphs.base[sign] < WORDS.same_line * size
        and abs(glyphs.start[sign] - glyphs.end[last]) <= LINES.raised_gap * size
    )


def _without_overprint(glyphs: _Glyphs) -> _Glyphs:
    codes = glyphs.chars.codes[glyphs.number]
    suspect = np.zeros(len(codes), dtype=np.bool_)
    for back in range(1, LINES.overprints + 1):
        one, other = slice(back, None), slice(None, -back)
        suspect[one] |= (codes[one] == codes[other]) & _is_over(glyphs, one, other)
    if not suspect.any():
        return glyphs
    gone = np.zeros(len(codes), dtype=np.bool_)
    for line in np.unique(glyphs.line[suspect]):
        kept: list[int] = []
        for n in np.flatnonzero(glyphs.line == line).tolist():
            near = np.array(kept[-LINES.overprints :], dtype=np.int64)
            gone[n] = bool(((codes[near] == codes[n]) & _is_over(glyphs, np.full(len(near), n), near)).any())
            kept += [] if gone[n] else [n]
    return glyphs.at(~gone)


def _is_over(glyphs: _Glyphs, one: slice | Ints, other: slice | Ints) -> Flags:
    near = LINES.overprint * (glyphs.end[one] - glyphs.start[one])
    same = (glyphs.line[one] == glyphs.line[other]) & (
        np.abs(glyphs.start[one] - glyphs.start[other]) <= near
    )
    rise = np.abs(glyphs.base[one] - glyphs.base[other])
    return np.asarray(same & (rise <= LINES.overprint * glyphs.size[one]))


def _cut_at_gaps(glyphs: _Glyphs) -> _Glyphs:
    """Cut lines at their wide gaps; spaces at the ends of lines stay, those in the gaps go."""
    printed = np.flatnonzero(glyphs.printed)
    if not len(printed):
        return glyphs
    own = glyphs.at(printed)
    end = _reached(own.end, own.line)
    wide = (np.diff(own.line) == 0) & (own.start[1:] - end[:-1] > WORDS.wide * own.size[1:])
    if not wide.any():
        return glyphs
    cut = np.zeros(len(glyphs.line), dtype=np.int64)
    cut[printed[1:][wide]] = 1
    kept = np.ones(len(cut), dtype=np.bool_)
    for before, after in zip(printed[:-1][wide].tolist(), printed[1:][wide].tolist(), strict=True):
        kept[before + 1 : after] = False
    return glyphs._replace(line=glyphs.line + np.cumsum(cut)).at(kept)


def _reached(end: Floats, line: Ints) -> Floats:
    """Return how far each line of glyphs reaches up to each of them."""
    offset = LINES.far * line
    return np.asarray(np.maximum.accumulate(end + offset) - offset)


def _text_lines(glyphs: _Glyphs, page: int) -> Iterator[tuple[int, TextLine]]:
    starts = glyphs.starts()
    boxes = glyphs.chars.boxes[glyphs.number]
    lows = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    highs = np.maximum.reduceat(boxes[:, 2:], starts, axis=0)
    counts = np.diff([*starts, len(glyphs.line)])
    bold = 2 * np.add.reduceat(glyphs.chars.bold[glyphs.number].astype(np.int64), starts) > counts
    any_printed = np.logical_or.reduceat(glyphs.printed, starts)
    columns = (glyphs.cell[starts], np.hstack([lows, highs]), bold, any_printed)
    rows = zip(*(column.tolist() for column in columns), _spelled(glyphs, starts), strict=True)
    for cell, box, is_bold, is_printed, text in rows:
        if is_printed:
            bbox = Box(*box).published()
            yield cell, TextLine.unchecked(text=text, page=page, bbox=bbox, line=None, bold=is_bold)


def _spelled(glyphs: _Glyphs, starts: Ints) -> list[str]:
    """Return the text of each line with its spaces as they are seen, and one at its end if the page has it."""
    every = glyphs.chars.texts
    texts = [every[n] for n in glyphs.number.tolist()]
    blank = glyphs.chars.codes[glyphs.number] == ord(" ")
    for index in np.flatnonzero(_raised(glyphs, starts)).tolist():
        texts[index] = RAISED_SIGNS.get(texts[index], texts[index])
    ends = np.array([*starts[1:], len(texts)])
    spaces = _seen_spaces(glyphs, blank)
    spaces[np.repeat(_are_evenly_spread(glyphs, starts), ends - starts)] = False
    pieces = [
        "" if is_blank else (" " + text if space else text)
        for text, is_blank, space in zip(texts, blank.tolist(), spaces.tolist(), strict=True)
    ]
    # Letters that are separated by spaces are one word.
    lines = (
        SPREAD_LETTERS.sub(lambda match: match[0].replace(" ", ""), "".join(pieces[first:last]))
        for first, last in pairwise([0, *ends.tolist()])
    )
    return [
        _in_reading_order(line) + (" " if trailing else "")
        for line, trailing in zip(lines, blank[ends - 1].tolist(), strict=True)
    ]


def _seen_spaces(glyphs: _Glyphs, blank: Flags) -> Flags:
    """Tell before which glyphs a space is seen: a gap in the line, narrower if it holds a space character."""
    shown = np.flatnonzero(~blank)
    found = np.zeros(len(blank), dtype=np.bool_)
    if len(shown) < 2:
        return found
    own = glyphs.at(shown)
    reached = _reached(own.end, own.line)
    leads = _breaks(own.line)
    leads[1:] |= own.end[1:] >= reached[:-1] - LINES.rounding
    last = np.maximum.accumulate(np.where(leads, np.arange(len(shown)), 0))[:-1]
    size = np.maximum(np.minimum(own.size[1:], own.size[last]), LINES.least_size)
    gap = (own.start[1:] - own.end[last]) / size
    least = np.where(np.diff(shown) > 1, LINES.gap_with_space, LINES.gap)
    found[shown[1:]] = (np.diff(own.line) == 0) & (gap > least)
    return found


def _are_evenly_spread(glyphs: _Glyphs, starts: Ints) -> Flags:
    """Tell which lines without space characters are one word whose letters are all spread alike.

    Figures and signs are no word (`2 4 6`, `3 + 1`), nor is one letter again and again (`v v v`).
    """
    counts = np.diff([*starts, len(glyphs.line)])
    even = (counts >= LINES.fewest_even) & np.logical_and.reduceat(glyphs.printed, starts)
    if not even.any():
        return even
    gaps = np.full(len(glyphs.line), np.nan)
    gaps[1:] = (glyphs.start[1:] - glyphs.end[:-1]) / np.maximum(glyphs.size[:-1], LINES.least_size)
    gaps[starts] = np.nan
    narrowest, widest = np.fmin.reduceat(gaps, starts), np.fmax.reduceat(gaps, starts)
    even &= (narrowest > LINES.gap) & (widest - narrowest < LINES.even)
    for line in np.flatnonzero(even).tolist():
        own = glyphs.number[starts[line] : starts[line] + counts[line]].tolist()
        letters = [glyphs.chars.texts[n] for n in own]
        even[line] = len(set(letters)) > 1 and all(map(str.isalpha, letters))
    return np.asarray(even)


def _raised(glyphs: _Glyphs, starts: Ints) -> Flags:
    size = np.maximum.reduceat(np.where(glyphs.printed, glyphs.size, 0.0), starts)[glyphs.line]
    small = glyphs.printed & (glyphs.size <= LINES.raised_size * size)
    if not small.any():
        return small
    base = np.where(glyphs.printed & ~small, glyphs.base, -LINES.far)
    lowest = np.maximum.reduceat(base, starts)[glyphs.line]
    return np.asarray(small & (lowest - glyphs.base >= LINES.raised * size))


def _in_reading_order(text: str) -> str:
    """Return a text that was put together from left to right with its right-to-left words as they are read."""
    if not text or max(text) < RIGHT_TO_LEFT:
        return text
    if not any(unicodedata.bidirectional(sign) in FROM_RIGHT for sign in text):
        return text
    pieces = FROM_RIGHT_RUN.split(text)
    return "".join(piece[::-1] if n % 2 else piece for n, piece in enumerate(pieces))
