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
# letter sizes: white between two digits, or that no reader took for a space, parts words from here on; what one
# reader took for it is one from there on
WIDE, SEEN = 0.8, 0.4
STOPS = frozenset(".,;:")
SURE = 0.9  # confidence of a space that the picture put in


class White(NamedTuple):
    """A stretch without ink: its middle as a share of the crop's width, its width in pixels."""

    middle: float
    wide: float


def spaced(reading: RawReading, line: InkLine, crop: Crop, other: RawReading | None = None) -> RawReading:
    """Return the reading with the spaces that the picture shows, each one once, none at the ends.

    A space that `other`, a second reader, saw in the same place stays; where it saw none either, only wide white
    parts two words.
    """
    chars = _single(reading.chars)
    if not chars:
        return RawReading()
    width = crop.picture.shape[1]
    near = NEAR * line.size / width
    white = _white(line, crop)
    spaces = [(_widest_near(char.place, white, near), char.place) for char in chars if char.text == " "]
    usual = _usual([wide for wide, _ in spaces], line.size)
    shared = _shared(chars, other)
    kept = [
        char
        for at, char in enumerate(chars)
        if char.text != " "
        or _widest_near(char.place, white, near) >= MADE_UP * usual
        or (shared is not None and _before(chars, at) in shared)
    ]
    printed = [char.place for char in chars if char.text != " "]
    least = min(LOST * usual, _clear(white, line.size))
    lost = [
        gap
        for gap in white
        if gap.wide >= min(least, SEEN * line.size)
        and all(abs(place - gap.middle) > near for _, place in spaces)
        and all(abs(place - gap.middle) * width > FILLED * gap.wide for place in printed)
    ]
    for gap in lost:
        at = _place_of(kept, gap.middle, CLOSE * line.size / width)
        if at is not None and _parts(kept, at, gap.wide, (least, WIDE * line.size), shared):
            kept = [*kept[:at], RawChar(" ", SURE, gap.middle), *kept[at:]]
    return RawReading(tuple(kept))


def _shared(chars: Sequence[RawChar], other: RawReading | None) -> frozenset[int] | None:
    """Return after how many printed signs the second reader saw spaces; `None` where it saw other signs."""
    theirs = _single(other.chars) if other is not None else []
    if sum(char.text != " " for char in theirs) != sum(char.text != " " for char in chars):
        return None
    return frozenset(_before(theirs, at) for at, char in enumerate(theirs) if char.text == " ")


def _before(chars: Sequence[RawChar], at: int) -> int:
    return sum(char.text != " " for char in chars[:at])


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


def _place_of(chars: Sequence[RawChar], middle: float, close: float) -> int | None:
    """Return before which character a space at a place goes, if the middle of the two around it lies close to it."""
    after = next((index for index, char in enumerate(chars) if char.place > middle), 0)
    options = [index for index in (after - 1, after, after + 1) if 0 < index < len(chars)]
    if not options:
        return None
    best = min(options, key=lambda index: abs((chars[index - 1].place + chars[index].place) / 2 - middle))
    off = abs((chars[best - 1].place + chars[best].place) / 2 - middle)
    return None if off > close or " " in {chars[best - 1].text, chars[best].text} else best


def _parts(
    chars: Sequence[RawChar], at: int, wide: float, least: tuple[float, float], shared: frozenset[int] | None
) -> bool:
    """Tell whether white parts two words; `least` is what a usual space has, and what no word has in it."""
    if shared is not None and _before(chars, at) in shared:
        return True
    dashed = "-" in {chars[at - 1].text, chars[at].text}
    if (shared is not None and not dashed) or _is_one(chars, at):
        return wide >= least[1]
    return wide >= least[0]


def _is_one(chars: Sequence[RawChar], at: int) -> bool:
    """Tell whether the characters before and at a place go together: two digits, or a stop and what it ends."""
    before, after = chars[at - 1].text, chars[at].text
    return (before.isdigit() and after.isdigit()) or after in STOPS
