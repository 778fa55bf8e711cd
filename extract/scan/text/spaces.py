"""Puts back spaces a recogniser lost and takes out those it made up, by the white between the letters' ink."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from extract.scan.text.crops import Crop
from extract.scan.text.ink import X0, X1
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

USUAL = 0.7  # letter sizes: the white of a space where the line has too few to tell
FEW = 2  # spaces that tell their width
LOST = 0.85  # of a space's usual white: letters further apart are two words
MADE_UP = 0.35  # of a space's usual white: letters closer together are one word
NEAR = 1.2  # letter sizes: how far from its white a recogniser may place a space
CLOSE = (
    0.5  # letter sizes: how far from lost white the two letters' middle may lie for a space to be put there
)
FILLED = 0.25  # of a white's width: a letter read this near to its middle fills it
WORDS, STANDS_OUT = 0.5, 2.0  # letter sizes, and times the white between letters: less never parts words
SURE = 0.9  # confidence of a space that the picture put in


class White(NamedTuple):
    """A stretch without ink: its middle as a share of the crop's width, its width in pixels."""

    middle: float
    wide: float


def spaced(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with the spaces that the picture shows, each one once, none at the ends."""
    chars = _single(reading.chars)
    if not chars:
        return RawReading()
    near = NEAR * line.size / crop.picture.shape[1]
    white = _white(line, crop)
    spaces = [(_widest_near(char.place, white, near), char.place) for char in chars if char.text == " "]
    usual = _usual([wide for wide, _ in spaces], line.size)
    kept = [
        char for char in chars if char.text != " " or _widest_near(char.place, white, near) >= MADE_UP * usual
    ]
    least = min(LOST * usual, _clear(white, line.size))
    printed = [char.place for char in chars if char.text != " "]
    width = crop.picture.shape[1]
    lost = [
        gap
        for gap in white
        if gap.wide >= least
        and all(abs(place - gap.middle) > near for _, place in spaces)
        and all(abs(place - gap.middle) * width > FILLED * gap.wide for place in printed)
    ]
    for gap in lost:
        kept = _with_space(kept, gap.middle, CLOSE * line.size / crop.picture.shape[1])
    return RawReading(tuple(kept))


def _single(chars: Sequence[RawChar]) -> list[RawChar]:
    kept: list[RawChar] = []
    for char in chars:
        if char.text != " " or (kept and kept[-1].text != " "):
            kept.append(char)
    while kept and kept[-1].text == " ":
        kept.pop()
    return kept


def _usual(wide: Sequence[float], size: float) -> float:
    seen = [each for each in wide if each > 0]
    return median(seen) if len(seen) >= FEW else USUAL * size


def _clear(white: Sequence[White], size: float) -> float:
    """Return the least width of white that stands out from the white between the letters of the line."""
    narrow = sorted(gap.wide for gap in white if gap.wide < WORDS * size)
    between = narrow[int(0.9 * (len(narrow) - 1))] if narrow else 0.0
    return max(WORDS * size, STANDS_OUT * between)


def _widest_near(place: float, white: Sequence[White], near: float) -> float:
    return max((gap.wide for gap in white if abs(gap.middle - place) <= near), default=0.0)


def _white(line: InkLine, crop: Crop) -> list[White]:
    """Return the white between the line's pieces from left to right."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    width = crop.picture.shape[1]
    found: list[White] = []
    end = int(pieces[0, X1])
    for x0, x1 in zip(pieces[1:, X0].tolist(), pieces[1:, X1].tolist(), strict=True):
        if x0 > end:
            found.append(White(((end + x0) / 2 - crop.x0) / width, float(x0 - end)))
        end = max(end, x1)
    return found


def _with_space(chars: list[RawChar], middle: float, close: float) -> list[RawChar]:
    """Put a space between the two characters around a place, if their middle lies close to it."""
    after = next((index for index, char in enumerate(chars) if char.place > middle), 0)
    options = [index for index in (after - 1, after, after + 1) if 0 < index < len(chars)]
    if not options:
        return chars
    best = min(options, key=lambda index: abs((chars[index - 1].place + chars[index].place) / 2 - middle))
    off = abs((chars[best - 1].place + chars[best].place) / 2 - middle)
    if off > close or " " in {chars[best - 1].text, chars[best].text}:
        return chars
    return [*chars[:best], RawChar(" ", SURE, middle), *chars[best:]]
