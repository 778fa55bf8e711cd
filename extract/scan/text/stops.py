"""Tells full stops from dirt read as a stop, by the page's own stops: their distance from the letter and their ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from extract.scan.model import Grey
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, Ints, letters
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

CERTAIN = 0.97  # chance from which on a stop tells what the page's stops are like
FEW = 4  # stops that tell it
# Shares by which the letter sizes, and the weights (bold or not), of lines that are compared may differ.
LIKE_SIZE, LIKE_WEIGHT = 0.3, 0.3
INK = 0.5  # letter sizes: most width of a sign, and how high over the foot its top lies
NEAR = 0.6  # letter sizes: how far from its step a sign's ink may lie
FOOT = 0.3  # letter sizes: the ink of a sign ends no higher over the foot of the line
AWAY = (
    4.0  # spreads: a stop so much further from its letter, or paler, or both together, is none of the page's
)
SHARP = 3.5  # spreads: ink so much darker than its amount explains was never blurred by printing
# spreads: a stop with so much more ink than the page's, where MANY tell what they are like, is dirt
MANY, LARGE = 8, 3.0
# Spreads within which a stop's distance and darkness, and its ink below and above, are like the page's: no dirt is, and
# no comma, of which more ink lies over the foot. MIDDLING stops tell.
MIDDLING, LIKE, LIKE_INK = 5, 2.0, (-1.5, 1.2)
INKED = 100  # darkness from which on a pixel counts for the weight of a line's strokes
# least spread of distance (letter sizes), darkness (grey levels), ink (black pixels)
SPREADS = (0.07, 14.0, 0.5)
BLACK = 255
DOUBTED = 0.6  # confidence at most of a stop unlike the page's
WEAK = 0.7  # chance below which readers' agreement makes no sign sure: they take the same dirt for it
SMALL = frozenset(".,:;'\"`*^~-•°")  # signs that dirt is read as
QUOTES = frozenset("'\"`")


class Stop(NamedTuple):
    """How far the ink of a stop is from the letter before (letter sizes), its darkest grey, its ink.

    `size` is the letter size of its line, `weight` the width of the line's strokes, both in pixels.
    """

    gap: float
    dark: float
    ink: float
    size: float
    weight: float


def stops_of(readings: Sequence[RawReading], lines: Sequence[InkLine], crops: Sequence[Crop]) -> list[Stop]:
    """Return what the certain stops of a page are like."""
    return [
        stop
        for reading, line, cut in zip(readings, lines, crops, strict=True)
        for char in reading.chars
        if char.text == "." and char.confidence >= CERTAIN and (stop := _stop(char, line, cut)) is not None
    ]


def doubted(reading: RawReading, line: InkLine, cut: Crop, known: Sequence[Stop]) -> RawReading:
    """Return the reading with those signs doubted that may be dirt: no agreement of readers makes them sure.

    A stop that is like the page's others is told to be borne out.
    """
    lone = {sign for sign in QUOTES if reading.text.count(sign) == 1}
    chars = list(reading.chars)
    for at, char in enumerate(chars):
        if char.text not in SMALL:
            continue
        off = _off(_stop(char, line, cut), known) if char.text == "." else None
        unlike = off is not None and off.is_unlike
        chars[at] = replace(char, borne=off is not None and off.is_like and char.confidence >= CERTAIN)
        if unlike or char.text in lone or char.confidence < WEAK:
            least = min(char.confidence, DOUBTED)
            chars[at] = replace(chars[at], confidence=least, contradicted=True, dirt=unlike)
    return RawReading(tuple(chars))


class _Off(NamedTuple):
    """By how many spreads a stop's distance, darkness and ink differ from those of `others`."""

    gap: float
    dark: float
    ink: float
    others: int

    @property
    def is_unlike(self) -> bool:
        pale = max(0.0, self.gap) - min(0.0, self.ink) > AWAY
        sharp = self.dark - max(-2.0, self.ink) / 2 > SHARP
        return pale or sharp or (self.others >= MANY and self.ink > LARGE)

    @property
    def is_like(self) -> bool:
        least, most = LIKE_INK
        near = max(abs(self.gap), abs(self.dark)) <= LIKE and least <= self.ink <= most
        return near and self.others >= MIDDLING


def _off(stop: Stop | None, known: Sequence[Stop]) -> _Off | None:
    """Compare a stop with the page's other ones in lines of its size and weight; `None` where too few are."""
    if stop is None:
        return None
    same = [each for each in known if each is not stop and _is_comparable(each, stop)]
    if len(same) < FEW:
        return None
    gap, dark, ink = _spreads(stop, np.array(same))
    return _Off(gap, dark, ink, len(same))


def _is_comparable(one: Stop, other: Stop) -> bool:
    return abs(one.size / other.size - 1) < LIKE_SIZE and abs(one.weight / other.weight - 1) < LIKE_WEIGHT


def _spreads(stop: Stop, same: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Iterator[float]:
    """Yield by how many spreads a stop's distance, darkness and ink differ from those of others."""
    for at, least in enumerate(SPREADS):
        middle = float(np.median(same[:, at]))
        spread = max(least, 1.48 * float(np.median(np.abs(same[:, at] - middle))))
        yield (stop[at] - middle) / spread


def _weight(picture: Grey) -> float:
    """Return about how wide a line's strokes are in pixels: their ink over the edges where they begin, across and down."""
    dark = BLACK - picture.astype(np.float64)
    inked = np.pad(dark > INKED, 1)
    begun = sum(int((np.diff(inked.astype(np.int8), axis=axis) > 0).sum()) for axis in (0, 1))
    return max(0.01, float(dark[inked[1:-1, 1:-1]].sum()) / BLACK / max(1, begun))


def _stop(char: RawChar, line: InkLine, cut: Crop) -> Stop | None:
    piece = sign_piece(line, cut, char.place * cut.picture.shape[1])
    if piece is None:
        return None
    tall = line.pieces[letters(line.pieces, line.size)]
    before = tall[tall[:, X1] <= piece[X0] + 1]
    if not len(before):
        return None
    x0, top = max(0, int(piece[X0]) - cut.x0 - 1), max(0, int(piece[TOP]) - cut.top - 1)
    part = cut.picture[top : int(piece[BOTTOM]) - cut.top + 1, x0 : int(piece[X1]) - cut.x0 + 1]
    if not part.size:
        return None
    dark = BLACK - part.astype(np.float64)
    gap = float(piece[X0] - before[:, X1].max()) / line.size
    return Stop(gap, float(dark.max()), float(dark.sum()) / BLACK, line.size, _weight(cut.picture))


def sign_piece(line: InkLine, crop: Crop, middle: float) -> Ints | None:
    """Return the small ink at the foot of a line that a sign's step points at; `middle` in columns of the crop."""
    pieces, size = line.pieces, line.size
    tall = pieces[letters(pieces, size)]
    if not len(tall):
        return None
    foot = float(np.median(tall[:, BOTTOM]))
    low = (pieces[:, BOTTOM] > foot - FOOT * size) & (pieces[:, TOP] > foot - INK * size - 1)
    small = pieces[low & (pieces[:, X1] - pieces[:, X0] < INK * size)]
    off = np.abs((small[:, X0] + small[:, X1]) / 2 - crop.x0 - middle)
    return np.asarray(small[off.argmin()]) if len(small) and off.min() <= NEAR * size else None
