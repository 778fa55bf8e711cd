"""Finds the strokes of a page that belong to its text: those under it, and those that strike it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.pdf.chars import ORIGIN_Y, SIZE, X0, X1, Chars, Floats
from extract.pdf.seam import Segment

LOW, HIGH = 0.1, 0.65  # of the size above the baseline: a line between them goes through the letters
UNDER = 0.35  # of the size below the baseline: a line above that belongs to the letters
END, UNDER_END = 0.6, 0.25  # sizes by which a stroke through text, or one under it, may pass it at each end
FILLED = 0.5  # share of a stroke's length along which it has text


class TextStrokes(NamedTuple):
    """The level strokes of a page that are rulings, the characters that stand and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: Chars
    struck: Chars


def part_by_strokes(chars: Chars, level: Sequence[Segment]) -> TextStrokes:
    """Part strokes that begin and end with the text they go through or stand under from the other ones.

    A stroke that runs on past its text is a ruling: text that lies over it is not struck out.
    """
    struck = np.zeros(len(chars), dtype=np.bool_)
    rulings: list[Segment] = []
    printed = np.flatnonzero((chars.turn == 0) & chars.printed)
    printed = printed[np.argsort(chars.origin_y[printed], kind="stable")]
    places = chars.places[printed]
    base, size = places[:, ORIGIN_Y], np.maximum(places[:, SIZE], 0.01)
    middle = (places[:, X0] + places[:, X1]) / 2
    largest = float(size.max(initial=0.0))
    for segment in level:
        near = slice(
            *np.searchsorted(base, (segment.position - UNDER * largest, segment.position + HIGH * largest))
        )
        heights = (base[near] - segment.position) / size[near]
        along = (segment.start < middle[near]) & (middle[near] < segment.end)
        through = along & (heights > LOW) & (heights < HIGH)
        above = along & (heights <= LOW) & (heights > -UNDER)
        if _fits(segment, places[near][through], END):
            struck[printed[near][through]] = True
        elif not _fits(segment, places[near][above], UNDER_END):
            rulings.append(segment)
    if not struck.any():
        return TextStrokes(tuple(rulings), chars, chars[struck])
    return TextStrokes(tuple(rulings), chars[~struck], chars[struck])


def _fits(segment: Segment, printed: Floats, end: float) -> bool:
    """Tell whether a stroke begins and ends with some text (the places of its characters)."""
    if not len(printed):
        return False
    room = end * printed[:, SIZE].max()
    x0, x1 = printed[:, X0], printed[:, X1]
    return bool(
        segment.start >= x0.min() - room
        and segment.end <= x1.max() + room
        and (x1 - x0).sum() >= FILLED * (segment.end - segment.start)
    )
