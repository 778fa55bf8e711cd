"""Puts in the spaces that a recogniser lost, by the white between the letters' ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import X0, X1
from extract.scan.text.lines import InkLine
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.settings import SIGNS

STOPS = frozenset(".,;:")


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
