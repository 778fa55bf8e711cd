"""Puts in the slashes that a recogniser passed over, by the slanted stroke that the picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.scan.model import Grey
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, heights, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

LOWEST = 1.15  # letter sizes: a slash is taller than an x
WIDTH = (0.25, 0.95)  # letter sizes: least and most width of its box
WHITE = 255
SLANT = -0.85  # correlation of x with y (downwards) in the ink of a slash, at most
LEAN = (0.18, 0.75)  # least and most run of its middle line to the left for each pixel down
THICK = 0.13  # letter sizes: most mean deviation of its ink from the middle line
NEAR = 0.3  # letter sizes: a sign this near to the stroke is the stroke
TAKEN = 0.35  # letter sizes: a letter this near to the stroke's middle is the stroke
SURE = 0.75  # confidence of a slash that the picture put in
SIGNS = frozenset(" .,:;'`´\"|!)(^~-_")


class Stroke(NamedTuple):
    """A slanted stroke, as shares of the crop's width."""

    first: float
    middle: float
    last: float


def slashed(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with a slash wherever a slash-like stroke was read as nothing, a space or small signs."""
    if not reading.chars:
        return reading
    chars = list(reading.chars)
    unit = line.size / crop.picture.shape[1]
    for stroke in strokes(line, crop):
        chars = _with_slash(chars, stroke, unit)
    return RawReading(tuple(chars))


def strokes(line: InkLine, crop: Crop) -> Iterator[Stroke]:
    """Yield the thin strokes of a line that lean to the right, from left to right."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    high, wide = heights(pieces), widths(pieces)
    fits = (high >= LOWEST * line.size) & (wide >= WIDTH[0] * line.size) & (wide <= WIDTH[1] * line.size)
    width = crop.picture.shape[1]
    for piece in pieces[fits]:
        x0, x1 = int(piece[X0]) - crop.x0, int(piece[X1]) - crop.x0
        part = crop.picture[
            max(0, int(piece[TOP]) - crop.top) : int(piece[BOTTOM]) - crop.top, max(0, x0) : x1
        ]
        if part.size and _is_slanted(part, line.size):
            yield Stroke(x0 / width, (x0 + x1) / 2 / width, x1 / width)


def _is_slanted(part: Grey, size: float) -> bool:
    """Tell whether the ink of a picture is one thin line from its lower left to its upper right."""
    weight = (WHITE - part).astype(np.float64)
    weight[weight < 0.25 * weight.max()] = 0.0
    total = weight.sum()
    rows, columns = np.indices(part.shape)
    x, y = (float((weight * at).sum() / total) for at in (columns, rows))
    across, down = columns - x, rows - y
    spread_x = float((weight * across**2).sum() / total)
    spread_y = float((weight * down**2).sum() / total)
    shared = float((weight * across * down).sum() / total)
    if spread_x <= 0 or spread_y <= 0:
        return False
    lean = -shared / spread_y
    apart = float((weight * np.abs(across + lean * down)).sum() / total)
    slanted = shared / np.sqrt(spread_x * spread_y) <= SLANT and LEAN[0] <= lean <= LEAN[1]
    return bool(slanted and apart <= THICK * size)


def _with_slash(chars: Sequence[RawChar], stroke: Stroke, unit: float) -> list[RawChar]:
    """Put a slash in a stroke's place unless a letter, a digit or a slash was read there."""
    beside = NEAR * unit
    for char in chars:
        if char.text not in SIGNS and abs(char.place - stroke.middle) <= TAKEN * unit:
            return list(chars)
        if char.text == "/" and stroke.first - beside <= char.place <= stroke.last + beside:
            return list(chars)
    kept = [
        char
        for char in chars
        if char.text not in SIGNS or not stroke.first - beside <= char.place <= stroke.last + beside
    ]
    at = next((n for n, char in enumerate(kept) if char.place > stroke.middle), len(kept))
    return [*kept[:at], RawChar("/", SURE, stroke.middle), *kept[at:]]
