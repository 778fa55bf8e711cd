"""Puts back what a recogniser passed over: the dash before an item of a list, strokes of a numeral that stands alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, heights, letters, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

WIDTH = (0.3, 1.1)  # letter sizes: least and most width of a dash
HIGH = 0.35  # letter sizes: its most height
FLAT = 1.6  # times its height, a dash is wide at least
APART = 0.25  # letter sizes of white behind it, at least
LEVEL = (0.15, 0.85)  # letter sizes over the foot of the line: where its middle may lie
FEWEST = 3  # letters from which on a line is an item's
MARKS = frozenset("-–—~•·*»=")  # what such a dash is read as
SURE = 0.8  # confidence of a sign that the picture put in
BARS = frozenset("IlL|1")  # what the strokes of a capital numeral are read as
STROKE = 0.55  # letter sizes: most width of one stroke, serifs too
TALLEST = 1.1  # letter sizes: least height of one
MOST = 3  # strokes side by side in a numeral


def bulleted(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with a dash before it where the line's first ink is one and nothing was read there."""
    printed = [char for char in reading.chars if char.text != " "]
    place = _dash(line, crop)
    if place is None or len(printed) < FEWEST or printed[0].text in MARKS or printed[0].place <= place[1]:
        return reading
    middle, end = place
    return RawReading((RawChar("-", SURE, middle), RawChar(" ", SURE, end), *reading.chars))


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


def barred(reading: RawReading, line: InkLine) -> RawReading:
    """Return a reading of nothing but upright strokes with as many of them as the picture shows (`II` read as `I`).

    The network takes a step each eight pixels and drops equal letters that are nearer to each other. Only for a line
    that holds a numeral and at most a sign behind it.
    """
    chars = [char for char in reading.chars if char.text != " "]
    bars = [char for char in chars if char.text in BARS]
    high, wide = heights(line.pieces), widths(line.pieces)
    tall = line.pieces[high >= TALLEST * line.size]
    narrow = tall[(tall[:, X1] - tall[:, X0]) <= STROKE * line.size]
    if not bars or any(char.text not in BARS and char.text not in ".)" for char in chars):
        return reading
    count = len(narrow) - sum(char.text == ")" for char in chars)
    if len(narrow) != len(tall) or not len(bars) < count <= MOST or wide.max() > STROKE * line.size:
        return reading
    first = bars[0]
    kept = [char for char in chars if char not in bars]
    strokes = [replace(first, confidence=min(SURE, first.confidence)) for _ in range(count)]
    return RawReading((*strokes, *kept))
