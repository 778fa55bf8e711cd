"""Tells how far the letters of spread words are set apart, so that the room between them is no space."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extract.grid.chars import Chars, Floats

TRACKED = 0.08  # of the size: letters further apart than this in a whole line are spread
WIDEST = 1.2  # sizes between two letters of one word at most
FEWEST = 3  # gaps that tell how far the letters of a line are spread
SHARE = 20  # percent of a line's gaps that are no wider than its letters are spread


def with_tracking(chars: Chars) -> Chars:
    """Return the characters, those of spread text with how far they are set apart.

    A font gives a letter's width without the room that is added between letters. It is told by the line, over all
    columns: where nearly no two neighbours of a line and size stand close, the narrower gaps are those between letters.
    """
    level = np.flatnonzero(chars.turn == 0)
    base, size = np.round(chars.origin_y[level], 1), np.round(chars.size[level], 1)
    order = np.lexsort((chars.x0[level], size, base))
    members, base, size = level[order], base[order], size[order]
    breaks = np.flatnonzero((np.diff(base) != 0) | (np.diff(size) != 0)) + 1
    gaps = chars.x0[members][1:] - chars.x1[members][:-1]
    printed = chars.printed[members]
    counted = printed[1:] & printed[:-1] & (gaps < WIDEST * chars.size[members][:-1])
    tracking = np.zeros(len(chars))
    for first, last in pairwise([0, *breaks.tolist(), len(members)]):
        if last - first <= FEWEST:
            continue
        own = gaps[first : last - 1][counted[first : last - 1]]
        if len(own) >= FEWEST:
            tracking[members[first:last]] = _room(own, float(chars.size[members[first]]))
    return chars.with_tracking(tracking) if tracking.any() else chars


def _room(gaps: Floats, size: float) -> float:
    """Return how far the letters of a line are spread, 0 where they are not."""
    room = float(np.sort(gaps)[len(gaps) * SHARE // 100])
    return room if room > TRACKED * size else 0.0
