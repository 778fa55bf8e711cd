"""Puts into a reading what a recogniser lost: spaces, by the white between the ink, and characters for ink that it passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.chars import UNKNOWN
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, heights, middles, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.settings import SIGNS

STOPS = frozenset(".,;:")
BROAD = frozenset("mwMW%&@")
DASHES = frozenset("-–—•▪")


class _White(NamedTuple):
    """A stretch without ink: its middle as a share of the crop's width, its width in pixels."""

    middle: float
    width: float


def spaced(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with a space in each wide white where none was read."""
    chars = list(reading.chars)
    near = SIGNS.place_slack * line.size / crop.picture.shape[1]
    spaces = [char.place for char in chars if char.text == " "]
    for white in _whites(line, crop):
        known = any(abs(place - white.middle) < near for place in spaces)
        if white.width < SIGNS.white * line.size or known:
            continue
        at = next((n for n, char in enumerate(chars) if char.place > white.middle), 0)
        if at and _may_be_parted(chars, at):
            chars.insert(at, RawChar(" ", SIGNS.space_sure, white.middle))
    return RawReading(tuple(chars), reading.lattice)


def _whites(line: InkLine, crop: Crop) -> Iterator[_White]:
    """Yield the white between the line's pieces, and the ink that it shares, from left to right."""
    shared = np.array(crop.shared, dtype=np.int32).reshape(-1, 2)
    extents = np.concatenate([line.pieces[:, [X0, X1]], shared])
    extents = extents[extents[:, 0].argsort()]
    ends = np.maximum.accumulate(extents[:, 1])
    for end, start in zip(ends[:-1].tolist(), extents[1:, 0].tolist(), strict=True):
        if start > end:
            yield _White(((end + start) / 2 - crop.x0) / crop.picture.shape[1], float(start - end))


def _may_be_parted(chars: Sequence[RawChar], at: int) -> bool:
    """Tell whether there can be a space before a character: not between two digits, and not before a stop."""
    before, after = chars[at - 1].text, chars[at].text
    one = (before.isdigit() and after.isdigit()) or after in STOPS or " " in {before, after}
    return not one


def with_unread(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    """Return a reading with a dash where there is one before all that was read, and an unknown character where a letter's ink is."""
    return _with_letters(_with_dash(reading, line, cut), line, cut)


def _with_dash(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    first = next((char for char in reading.chars if char.text != " "), None)
    if first is None or first.text in DASHES:
        return reading
    high, wide, size = heights(line.pieces), widths(line.pieces), line.size
    aside = np.abs((line.pieces[:, TOP] + line.pieces[:, BOTTOM]) / 2 - line.middle)
    flat = (high <= SIGNS.flat * size) & (aside <= SIGNS.beside * size)
    flat &= (wide >= SIGNS.long * high) & (wide >= SIGNS.shortest * size) & (wide <= size)
    width = cut.picture.shape[1]
    places = middles(line.pieces) - cut.x0
    before = flat & (places <= first.place * width - SIGNS.apart * size)
    if np.count_nonzero(before) != 1 or line.pieces[:, X0].min() < line.pieces[before, X0][0]:
        return reading
    place = float(places[before][0]) / width
    dash = RawChar("-", SIGNS.seen, place)
    space = RawChar(" ", SIGNS.seen, (place + first.place) / 2)
    return RawReading((dash, space, *reading.chars), reading.lattice)


def _with_letters(reading: RawReading, line: InkLine, cut: Crop) -> RawReading:
    chars = list(reading.chars)
    signs = [char.text for char in chars if char.text != " "]
    places = np.array([char.place for char in chars if char.text != " "])
    if len(places) < 2:
        return reading
    least, most = (each * line.size for each in SIGNS.high)
    high, wide = heights(line.pieces), widths(line.pieces)
    letters = line.pieces[(high >= least) & (high <= most) & (wide <= SIGNS.wide * line.size)]
    width = cut.picture.shape[1]
    pitch = float(np.median(np.diff(places)))
    for middle in np.sort((middles(letters) - cut.x0) / width).tolist():
        nearest = int(np.abs(places - middle).argmin())
        far = SIGNS.far + (SIGNS.more if signs[nearest] in BROAD else 0.0)
        if abs(places[nearest] - middle) * width >= far * line.size and _has_room(chars, middle, pitch):
            _insert(chars, middle)
            places, signs = np.append(places, middle), [*signs, UNKNOWN]
    return RawReading(tuple(chars), reading.lattice)


def _has_room(chars: Sequence[RawChar], middle: float, pitch: float) -> bool:
    """Tell whether the characters read on both sides of a place are further apart than neighbours are."""
    before = [char.place for char in chars if char.place <= middle and char.text != " "]
    behind = [char.place for char in chars if char.place > middle and char.text != " "]
    if not before or not behind:
        return True
    first, last = before[-1], behind[0]
    spaced = any(char.text == " " and first < char.place < last for char in chars)
    return last - first >= (SIGNS.room_at_space if spaced else SIGNS.room) * pitch


def _insert(chars: list[RawChar], middle: float) -> None:
    """Put an unknown character in: a word of its own where there is a space."""
    at = next((n for n, char in enumerate(chars) if char.place > middle), len(chars))
    sign, space = RawChar(UNKNOWN, 0.0, middle), RawChar(" ", 1.0, middle)
    if at and chars[at - 1].text == " ":
        chars[at:at] = [sign, space] if at < len(chars) else [sign]
    elif at < len(chars) and chars[at].text == " ":
        chars[at:at] = [space, sign]
    else:
        chars.insert(at, sign)
