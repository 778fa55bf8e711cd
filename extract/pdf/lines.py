"""Turns placed characters into lines of text, spaces and trailing spaces as the page has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from extract.grid.chars import (
    BOTTOM,
    ORIGIN_X,
    ORIGIN_Y,
    TOP,
    TRACKING,
    X0,
    X1,
    Chars,
    Flags,
    Floats,
    Ints,
)
from extract.types import TextLine
from schema.geometry import BBox

BASELINE = 0.6  # of the smaller size: baselines closer than this are one line (raised and lowered signs)
OVERPRINT = 0.35  # of a glyph's width: the same glyph printed again this close is fake bold
OVERPRINTS = 3  # glyphs before one that it is held against for that
GAP = 0.18  # sizes; a wider gap between two glyphs is a space (a space is about 0.25 wide)
LEAST_GAP = 0.09  # sizes; a space character in a narrower gap is not seen
PART_GAP = 1.5  # sizes; printed glyphs further apart than this are pieces of two columns, not one text
FEWEST_SPREAD = 3  # letters of a spread word that tell it by their even distances
EVEN = 0.08  # sizes by which those distances may differ
SPREAD = 4  # single letters with a space between each two from which on they are one spread word
NEXT = 0.3  # sizes between a raised sign and the glyph before it at most
RAISED, SMALLER = 0.15, 0.8  # of the line's size: a smaller sign this far above its baseline is raised
PLACES = 2  # decimals of a coordinate
FAR = 1e6  # points; no page is as large
RIGHT_TO_LEFT = "\u0590"  # the first of the signs that may run from right to left
SPREAD_LETTERS = re.compile(rf"(?<!\S)(?:[^\W\d_] ){{{SPREAD - 1},}}[^\W\d_](?!\S)")
FROM_RIGHT = {"R", "AL"}
FROM_RIGHT_RUN = re.compile(
    r"([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[ ,.]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*)"
)
RAISED_SIGNS = dict(zip("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", strict=True))


def lines_of(chars: Chars, page: int, *, parted: bool = False) -> tuple[TextLine, ...]:
    """Return the lines of the characters from top to bottom, those of turned text after the level ones.

    A gap that is seen is a space, whether a space character stands in it or not. Raised figures become the signs
    for them. Lines of nothing but spaces are left out. With `parted` a line is cut at each gap between printed glyphs that
    is wider than 1.5 of their sizes: blocks that stand side by side come as lines of their own, and so do
    the hanging columns of a list. The pieces of a line follow each other from left to right; spaces in the
    gap belong to none of them.
    """
    return lines_by_cell(chars, np.zeros(len(chars), dtype=np.int64), 1, page, parted=parted)[0]


def lines_by_cell(
    chars: Chars, cells: Ints, count: int, page: int, *, parted: bool = False
) -> list[tuple[TextLine, ...]]:
    """Return the lines of each of `count` cells, see `lines_of`; `cells` (N) is the number of each character's cell, -1 for none."""
    found: list[list[TextLine]] = [[] for _ in range(count)]
    glyphs = _glyphs(chars, cells)
    glyphs = _without_overprint(_with_raised(glyphs))
    if parted:
        glyphs = _parted(glyphs)
    if len(glyphs.number):
        for cell, line in _text_lines(glyphs, page):
            found[cell].append(line)
    return [tuple(lines) for lines in found]


class _Glyphs(NamedTuple):
    """Characters turned upright, line after line and in each in reading direction.

    `number` are their numbers in `chars`; `v` is the baseline downwards, `u0` to `u1` the reading direction;
    `line` numbers the line that each stands in, from 0 without gaps, those of one cell and turn from top to bottom.
    """

    chars: Chars
    number: Ints
    cell: Ints
    line: Ints
    v: Floats
    u0: Floats
    u1: Floats
    size: Floats
    printed: Flags

    def at(self, index: Ints | Flags) -> _Glyphs:
        """Return some of the glyphs, their lines numbered anew."""
        return _Glyphs(
            self.chars,
            self.number[index],
            self.cell[index],
            _numbered(self.line[index]),
            self.v[index],
            self.u0[index],
            self.u1[index],
            self.size[index],
            self.printed[index],
        )

    def starts(self) -> Ints:
        """Return where each line starts."""
        return np.flatnonzero(np.concatenate([[True], np.diff(self.line) != 0])[: len(self.line)])

    def in_order(self) -> _Glyphs:
        """Return the glyphs of each line in reading direction."""
        return self.at(np.lexsort((self.u0, self.line)))


def _numbered(values: Ints) -> Ints:
    """Return sorted numbers as 0, 1, 2, ... without gaps."""
    return np.concatenate([[0], np.cumsum(np.diff(values) != 0)])[: len(values)].astype(np.int64)


def _glyphs(chars: Chars, cells: Ints) -> _Glyphs:
    v, u0, u1 = _upright(chars)
    order = np.lexsort((v, chars.turn, cells))
    order = order[np.searchsorted(cells[order], 0) :]
    size = chars.size[order]
    line = _lines(cells[order], chars.turn[order], v[order], size)
    columns = (v[order], u0[order], u1[order], size, chars.printed[order])
    return _Glyphs(chars, order, cells[order], line, *columns).in_order()


def _upright(chars: Chars) -> tuple[Floats, Floats, Floats]:
    """Return the baselines downwards, and where each character begins and ends in reading direction."""
    places = chars.places.T
    v, u0, u1 = places[ORIGIN_Y], places[X0], places[X1] + places[TRACKING]
    if not chars.turn.any():
        return v, u0, u1
    turns = [chars.turn == turn for turn in (0, 90, 180)]
    return (
        np.select(turns, [v, places[ORIGIN_X], -v], -places[ORIGIN_X]),
        np.select(turns, [u0, -places[BOTTOM], -places[X1]], places[TOP]),
        np.select(turns, [u1, -places[TOP], -places[X0]], places[BOTTOM]),
    )


def _lines(cell: Ints, turn: Ints, v: Floats, size: Floats) -> Ints:
    """Number the lines of glyphs that are sorted by cell, turn and baseline.

    A glyph whose baseline is near that of its line's first one stands in that line.
    """
    if not len(v):
        return np.zeros(0, dtype=np.int64)
    other = (cell[1:] != cell[:-1]) | (turn[1:] != turn[:-1])
    level = np.concatenate([[0], np.flatnonzero(other | (np.diff(v) != 0) | (np.diff(size) != 0)) + 1])
    new = np.zeros(len(v), dtype=np.bool_)
    begins = np.concatenate([[True], other])[level].tolist()
    start = first = 0.0
    for index, anew, base, own in zip(
        level.tolist(), begins, v[level].tolist(), size[level].tolist(), strict=True
    ):
        if anew or base - start > BASELINE * min(first, own):
            new[index] = True
            start, first = base, own
    return np.cumsum(new) - 1


def _with_raised(glyphs: _Glyphs) -> _Glyphs:
    """Put small signs that stand high behind a glyph of the next line into that line."""
    starts = glyphs.starts()
    if len(starts) < 2:
        return glyphs
    sizes = np.maximum.reduceat(np.where(glyphs.printed, glyphs.size, 0.0), starts)
    largest = np.maximum.reduceat(glyphs.size, starts)
    turn = glyphs.chars.turn[glyphs.number[starts]]
    beside = (np.diff(glyphs.cell[starts]) == 0) & (np.diff(turn) == 0)
    small = np.flatnonzero(beside & (sizes[:-1] <= SMALLER * largest[1:]))
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
    before = line[glyphs.u0[line] < glyphs.u0[sign]]
    if not len(before):
        return False
    last = before[np.argmax(glyphs.u1[before])]
    size = glyphs.size[last]
    return bool(
        glyphs.size[sign] <= SMALLER * size
        and glyphs.v[last] - glyphs.v[sign] < BASELINE * size
        and abs(glyphs.u0[sign] - glyphs.u1[last]) <= NEXT * size
    )


def _without_overprint(glyphs: _Glyphs) -> _Glyphs:
    """Leave out glyphs that are printed again for boldness."""
    codes = glyphs.chars.codes[glyphs.number]
    suspect = np.zeros(len(codes), dtype=np.bool_)
    for back in range(1, OVERPRINTS + 1):
        one, other = slice(back, None), slice(None, -back)
        suspect[one] |= (codes[one] == codes[other]) & _is_over(glyphs, one, other)
    if not suspect.any():
        return glyphs
    gone = np.zeros(len(codes), dtype=np.bool_)
    for line in np.unique(glyphs.line[suspect]):
        kept: list[int] = []
        for n in np.flatnonzero(glyphs.line == line).tolist():
            near = np.array(kept[-OVERPRINTS:], dtype=np.int64)
            gone[n] = bool(((codes[near] == codes[n]) & _is_over(glyphs, np.full(len(near), n), near)).any())
            kept += [] if gone[n] else [n]
    return glyphs.at(~gone)


def _is_over(glyphs: _Glyphs, one: slice | Ints, other: slice | Ints) -> Flags:
    """Tell which of some glyphs lie over others of their lines."""
    near = OVERPRINT * (glyphs.u1[one] - glyphs.u0[one])
    same = (glyphs.line[one] == glyphs.line[other]) & (np.abs(glyphs.u0[one] - glyphs.u0[other]) <= near)
    over: Flags = same & (np.abs(glyphs.v[one] - glyphs.v[other]) <= OVERPRINT * glyphs.size[one])
    return over


def _parted(glyphs: _Glyphs) -> _Glyphs:
    """Cut lines at their wide gaps; the spaces at their own ends stay, those in the gaps go."""
    printed = np.flatnonzero(glyphs.printed)
    if not len(printed):
        return glyphs
    line = glyphs.line[printed]
    end = _reached(glyphs.u1[printed], line)
    wide = (np.diff(line) == 0) & (glyphs.u0[printed][1:] - end[:-1] > PART_GAP * glyphs.size[printed][1:])
    if not wide.any():
        return glyphs
    cut = np.zeros(len(glyphs.line), dtype=np.int64)
    cut[printed[1:][wide]] = 1
    kept = np.ones(len(cut), dtype=np.bool_)
    for before, after in zip(printed[:-1][wide].tolist(), printed[1:][wide].tolist(), strict=True):
        kept[before + 1 : after] = False
    return glyphs._replace(line=glyphs.line + np.cumsum(cut)).at(kept)


def _reached(u1: Floats, line: Ints) -> Floats:
    """Return how far each line of glyphs reaches up to each of them."""
    offset = FAR * line
    reached: Floats = np.maximum.accumulate(u1 + offset) - offset
    return reached


def _text_lines(glyphs: _Glyphs, page: int) -> Iterator[tuple[int, TextLine]]:
    """Yield each line with the number of its cell."""
    starts = glyphs.starts()
    places = glyphs.chars.places[glyphs.number]
    lows = np.minimum.reduceat(places[:, [X0, TOP]], starts, axis=0).tolist()
    highs = np.maximum.reduceat(places[:, [X1, BOTTOM]], starts, axis=0).tolist()
    counts = np.diff([*starts, len(glyphs.line)])
    bold = 2 * np.add.reduceat(glyphs.chars.bold[glyphs.number].astype(np.int64), starts) > counts
    any_printed = np.logical_or.reduceat(glyphs.printed, starts)
    rows = zip(
        glyphs.cell[starts].tolist(),
        _spelled(glyphs, starts),
        lows,
        highs,
        bold.tolist(),
        any_printed.tolist(),
        strict=True,
    )
    for cell, text, (x0, top), (x1, bottom), is_bold, is_printed in rows:
        if is_printed:
            box = BBox.unchecked(
                x0=round(x0, PLACES),
                top=round(top, PLACES),
                x1=round(x1, PLACES),
                bottom=round(bottom, PLACES),
            )
            yield cell, TextLine.unchecked(text=text, page=page, bbox=box, line=None, bold=is_bold)


def _spelled(glyphs: _Glyphs, starts: Ints) -> list[str]:
    """Return the text of each line with its spaces as they are seen, and one at its end if the page has it."""
    every = glyphs.chars.texts
    texts = [every[n] for n in glyphs.number.tolist()]
    blank = glyphs.chars.codes[glyphs.number] == ord(" ")
    for index in np.flatnonzero(_raised(glyphs, starts)).tolist():
        texts[index] = RAISED_SIGNS.get(texts[index], texts[index])
    spaces = _seen_spaces(glyphs, blank)
    even = _are_evenly_spread(glyphs, starts)
    spaces[np.repeat(even, np.diff([*starts, len(blank)]))] = False
    pieces = [
        "" if is_blank else (" " + text if space else text)
        for text, is_blank, space in zip(texts, blank.tolist(), spaces.tolist(), strict=True)
    ]
    ends = [*starts[1:].tolist(), len(pieces)]
    found = []
    for first, last, trailing in zip(starts.tolist(), ends, blank[np.array(ends) - 1].tolist(), strict=True):
        found.append(_in_reading_order(_unspread("".join(pieces[first:last]))) + (" " if trailing else ""))
    return found


def _seen_spaces(glyphs: _Glyphs, blank: Flags) -> Flags:
    """Tell before which glyphs a space is seen: the gap to the text before it in its line is wide.

    A gap in which a space character stands need not be as wide as one without.
    """
    shown = np.flatnonzero(~blank)
    found = np.zeros(len(blank), dtype=np.bool_)
    if len(shown) < 2:
        return found
    line, u0, u1, size = glyphs.line[shown], glyphs.u0[shown], glyphs.u1[shown], glyphs.size[shown]
    reached = _reached(u1, line)
    leads = np.concatenate([[True], (np.diff(line) != 0) | (u1[1:] >= reached[:-1] - 1e-6)])
    last = np.maximum.accumulate(np.where(leads, np.arange(len(shown)), 0))[:-1]
    gap = (u0[1:] - u1[last]) / np.maximum(np.minimum(size[1:], size[last]), 0.01)
    least = np.where(np.diff(shown) > 1, LEAST_GAP, GAP)
    found[shown[1:]] = (np.diff(line) == 0) & (gap > least)
    return found


def _are_evenly_spread(glyphs: _Glyphs, starts: Ints) -> Flags:
    """Tell which lines without space characters are one word whose letters are all set apart alike."""
    counts = np.diff([*starts, len(glyphs.line)])
    even = (counts >= FEWEST_SPREAD) & np.logical_and.reduceat(glyphs.printed, starts)
    if not even.any():
        return even
    gaps = np.full(len(glyphs.line), np.nan)
    gaps[1:] = (glyphs.u0[1:] - glyphs.u1[:-1]) / np.maximum(glyphs.size[:-1], 0.01)
    gaps[starts] = np.nan
    narrowest, widest = np.fmin.reduceat(gaps, starts), np.fmax.reduceat(gaps, starts)
    spread: Flags = even & (narrowest > GAP) & (widest - narrowest < EVEN)
    return spread


def _raised(glyphs: _Glyphs, starts: Ints) -> Flags:
    """Tell which glyphs are set smaller and higher than those of their lines."""
    size = np.maximum.reduceat(np.where(glyphs.printed, glyphs.size, 0.0), starts)[glyphs.line]
    small = glyphs.printed & (glyphs.size <= SMALLER * size)
    if not small.any():
        return small
    base = np.maximum.reduceat(np.where(glyphs.printed & ~small, glyphs.v, -FAR), starts)[glyphs.line]
    raised: Flags = small & (base - glyphs.v >= RAISED * size)
    return raised


def _in_reading_order(text: str) -> str:
    """Return a text that was put together from left to right with its right-to-left words as they are read."""
    if (
        not text
        or max(text) < RIGHT_TO_LEFT
        or not any(unicodedata.bidirectional(sign) in FROM_RIGHT for sign in text)
    ):
        return text
    pieces = FROM_RIGHT_RUN.split(text)
    return "".join(piece[::-1] if n % 2 else piece for n, piece in enumerate(pieces))


def _unspread(text: str) -> str:
    """Return a text with letters that are set apart by spaces as the words they are."""
    return SPREAD_LETTERS.sub(lambda match: match[0].replace(" ", ""), text)
