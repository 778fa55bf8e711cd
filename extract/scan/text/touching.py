"""Puts back the strokes of letters that were whitened with the ruling they touch or cross."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask

INK = 160  # grey level below which a pixel is ink
THICK = 0.03  # inches: most width of a whitened ruling
GAP = 2  # pixels of rim between a stroke and what was whitened
WIDE = 0.12  # inches: a run of that length beside a ruling is a part of it, no end of a letter
SMALL = 0.03  # inches: ink no larger than a square of this side is dirt or the grain of a fill


def with_touching(clean: Grey, grey: Grey, rulings: Mask, dpi: float) -> Grey:
    """Return the whitened page `clean` with the strokes that end on a ruling going on over it, as `grey` shows them.

    A letter's foot on a ruling is so long as the ruling is thick; what crosses a ruling is whole again.
    """
    zone = cv2.dilate(rulings.view(np.uint8), np.ones((2 * GAP + 1, 2 * GAP + 1), np.uint8))
    lost = zone & (clean > INK) & (grey < INK)
    reach, wide = round(THICK * dpi) + GAP, round(WIDE * dpi) | 1
    beside = cv2.dilate(lost, np.ones((2 * GAP + 1, 2 * GAP + 1), np.uint8))
    labels, stats, _ = pieces_of((clean < INK).view(np.uint8))
    large = stats[:, cv2.CC_STAT_AREA] >= (SMALL * dpi) ** 2
    large[0] = False
    strokes = large[labels].view(np.uint8)
    found: Grey = np.zeros_like(lost)
    for along, across in (((1, wide), (2 * reach + 1, 1)), ((wide, 1), (1, 2 * reach + 1))):
        ruled = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones(along, np.uint8))
        ends = strokes & ~ruled & beside
        found |= cv2.dilate(ends, np.ones(across, np.uint8)) & lost
    return np.where(found > 0, grey, clean)
