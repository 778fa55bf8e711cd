"""Puts back spaces a recogniser lost and takes out those it made up, by the white between the letters' ink."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.scan.text.crops import Crop
from extract.scan.text.ink import X0, X1
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

USUAL = 0.5  # letter sizes: the white of a space where the line has too few to tell
FEW = 2  # spaces that tell their width
LOST = 0.8  # of a space's usual white: letters further apart are two words
MADE_UP = 0.35  # of a space's usual white: letters closer together are one word
SURE = 0.9  # confidence of a space that the picture put in


def spaced(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with the spaces that the picture shows."""
    printed = [index for index, char in enumerate(reading.chars) if char.text != " "]
    if not printed:
        return RawReading()
    white = _white(line, crop)
    gaps = [_gap(reading.chars[a], reading.chars[b], white) for a, b in zip(printed, printed[1:], strict=False)]
    read = [b - a > 1 for a, b in zip(printed, printed[1:], strict=False)]
    usual = _usual([gap for gap, space in zip(gaps, read, strict=True) if space], line.size)
    chars = [reading.chars[printed[0]]]
    for index, (gap, space) in enumerate(zip(gaps, read, strict=True)):
        after = reading.chars[printed[index + 1]]
        if gap >= LOST * usual or (space and gap >= MADE_UP * usual):
            chance = reading.chars[printed[index] + 1].confidence if space else SURE
            chars.append(RawChar(" ", chance, (chars[-1].place + after.place) / 2))
        chars.append(after)
    return RawReading(tuple(chars))


def _usual(gaps: Sequence[float], size: float) -> float:
    seen = [gap for gap in gaps if gap > 0]
    return median(seen) if len(seen) >= FEW else USUAL * size


def _white(line: InkLine, crop: Crop) -> list[tuple[float, float, float]]:
    """Return the white stretches between the line's pieces: middle as a share of the crop's width, and the pixels."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    width = crop.picture.shape[1]
    found: list[tuple[float, float, float]] = []
    end = int(pieces[0, X1])
    for x0, x1 in zip(pieces[1:, X0].tolist(), pieces[1:, X1].tolist(), strict=True):
        if x0 > end:
            found.append(((end - crop.x0) / width, (x0 - crop.x0) / width, float(x0 - end)))
        end = max(end, x1)
    return found


def _gap(before: RawChar, after: RawChar, white: Sequence[tuple[float, float, float]]) -> float:
    """Return the widest white whose middle lies between two characters, in pixels."""
    inside = [wide for left, right, wide in white if before.place < (left + right) / 2 < after.place]
    return max(inside, default=0.0)
