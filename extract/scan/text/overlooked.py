"""Puts back what a recogniser passed over: the dash before an item of a list, strokes of a numeral that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, Ints, heights, letters, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

WIDTH = (0.3, 1.1)  # letter sizes: least and most width of a dash
HIGH = 0.35  # letter sizes: its most height
FLAT = 1.6  # times its height, a dash is wide at least
APART = 0.25  # letter sizes of white behind it, at least
LEVEL = (0.15, 0.85)  # letter sizes over the foot of the line: where its middle may lie
FEWEST = 3  # letters from which on a line is an item's
MARKS = frozenset("-–—~•·*»=")  # what such a dash is read as
LONE = 0.95  # confidence of a dash that is all a cell holds
SURE = 0.8  # confidence of a sign that the picture put in
BARS = frozenset("IlL|1")  # what the strokes of a capital numeral are read as
SMALL = frozenset("i")  # the same of a small one
STROKE = 0.55  # letter sizes: most width of one stroke, serifs too
NARROW = 0.33  # letter sizes: the same of one without serifs, narrower than a 1 with its flag
TALLEST, SMALLEST = 1.1, 0.75  # letter sizes: least height of one, and of a small one without its dot
FEWEST_STROKES, MOST = 2, 3  # strokes side by side in a numeral where nothing was read, and in any
BEHIND = frozenset(".,;:)")
EVEN = 0.2  # letter sizes by which the strokes of a numeral differ in height and place at most
SPACE = 0.45  # letter sizes of white between two words


def bulleted(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with a dash before it where the line's first ink is one and nothing was read there."""
    printed = [char for char in reading.chars if char.text != " "]
    place = _dash(line, crop)
    if place is None or len(printed) < FEWEST or printed[0].text in MARKS or printed[0].place <= place[1]:
        return reading
    middle, end = place
    return RawReading((RawChar("-", SURE, middle), RawChar(" ", SURE, end), *reading.chars))


def dashed(reading: RawReading, line: InkLine) -> RawReading:
    """Return a dash where nothing was read and the line's only ink is one: it stands alone in its cell for none."""
    if reading.text.strip() or len(line.pieces) != 1:
        return reading
    wide, high = int(widths(line.pieces)[0]), int(heights(line.pieces)[0])
    fits = WIDTH[0] * line.size <= wide <= WIDTH[1] * line.size and high <= HIGH * line.size
    return RawReading((RawChar("-", LONE, 0.5),)) if fits and wide >= FLAT * high else reading


def numbered(reading: RawReading, line: InkLine) -> RawReading:
    """Return a numeral (II, III) where nothing was read and the line's only ink is upright strokes of one height.

    One stroke alone may as well be what is left of a ruling, and wider ones a number (11).
    """
    count, size = len(line.pieces), line.size
    if reading.text.strip() or not FEWEST_STROKES <= count <= MOST:
        return reading
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    tall, gaps = heights(pieces), pieces[1:, X0] - pieces[:-1, X1]
    even = int(np.ptp(tall)) <= EVEN * size and int(np.ptp(pieces[:, TOP])) <= EVEN * size
    strokes = tall.min() >= TALLEST * size and widths(pieces).max() <= NARROW * size
    if not (even and strokes and gaps.min() > 0 and gaps.max() <= SPACE * size):
        return reading
    return RawReading(tuple(RawChar("I", SURE, (at + 0.5) / count) for at in range(count)))


def _dash(line: InkLine, crop: Crop) -> tuple[float, float] | None:
    """Return middle and end of the dash that a line begins with, as shares of the crop's width."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    chosen = pieces[letters(pieces, line.size)]
    if len(pieces) < 2 or len(chosen) < FEWEST:
        return None
    x0, top, x1, bottom = (int(pieces[0][at]) for at in (X0, TOP, X1, BOTTOM))
    wide, high = x1 - x0, bottom - top
    over = float(np.median(chosen[:, BOTTOM])) - (top + bottom) / 2
    fits = WIDTH[0] * line.size <= wide <= WIDTH[1] * line.size and high <= HIGH * line.size
    fits &= wide >= FLAT * high and int(pieces[1][X0]) - x1 >= APART * line.size
    if not fits or not LEVEL[0] * line.size <= over <= LEVEL[1] * line.size:
        return None
    width = crop.picture.shape[1]
    return ((x0 + x1) / 2 - crop.x0) / width, (x1 - crop.x0) / width


def barred(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with as many strokes in its numerals as the picture shows (`III` read as `II`).

    The network takes a step each eight pixels and drops equal letters that are nearer to each other.
    """
    words = _words(reading.chars)
    if not any(_is_numeral(word) for word in words):
        return reading
    groups = _groups(line, crop)
    kept: list[RawChar] = []
    for word in words:
        kept += _with_strokes(word, groups, line, crop) if _is_numeral(word) else word
    return RawReading(tuple(kept))


def _words(chars: Sequence[RawChar]) -> list[list[RawChar]]:
    """Part characters at spaces; a space is a word by itself."""
    words: list[list[RawChar]] = []
    for char in chars:
        if words and char.text != " " and words[-1][-1].text != " ":
            words[-1].append(char)
        else:
            words.append([char])
    return words


def _is_numeral(word: Sequence[RawChar]) -> bool:
    letters = {char.text for char in word if char.text not in BEHIND}
    return bool(letters) and (letters <= BARS or letters <= SMALL)


def _groups(line: InkLine, crop: Crop) -> list[Ints]:
    """Part a line's ink at white as wide as a space."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    ends = np.maximum.accumulate(pieces[:-1, X1]) if len(pieces) > 1 else pieces[:0, X1]
    gaps = np.flatnonzero(pieces[1:, X0] - ends >= SPACE * line.size) + 1
    return np.split(pieces - np.array([crop.x0, 0, crop.x0, 0, *[0] * (pieces.shape[1] - 4)]), gaps)


def _with_strokes(word: list[RawChar], groups: Sequence[Ints], line: InkLine, crop: Crop) -> list[RawChar]:
    """Return a numeral with the strokes of the group of ink in its place, if that holds nothing but strokes."""
    bars = [char for char in word if char.text not in BEHIND]
    middle = sum(char.place for char in bars) / len(bars) * crop.picture.shape[1]
    group = min(groups, key=lambda g: max(g[:, X0].min() - middle, middle - g[:, X1].max(), 0.0))
    least = SMALLEST if bars[0].text in SMALL else TALLEST
    tall = group[heights(group) >= least * line.size]
    count = len(tall) - sum(char.text == ")" for char in word)
    if not len(tall) or widths(tall).max() > STROKE * line.size or not len(bars) < count <= MOST:
        return word
    first = bars[0]
    behind = [char for char in word if char.text in BEHIND]
    return [*(replace(first, confidence=min(SURE, first.confidence)) for _ in range(count)), *behind]
