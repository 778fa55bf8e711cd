"""Coloured ink over print turned into the print alone: what is dark in every channel lies below the colour."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.model import Colour, Grey, Mask

COLOURED = 22  # levels between strongest and weakest channel from which on foreign ink can be subtracted
SLACK = 1.12  # times the darkness that a colour's strength explains
OPAQUE = 0.6  # share of the print's darkness from which on an ink hides what is below it


def unveil(darkness: Grey, colour: Colour, foreign: Mask, contrast: float) -> tuple[Mask, Mask]:
    """Take coloured foreign ink off `darkness`, in place; return where it hides print, and what stays foreign.

    An ink darkens all three channels in fixed proportion to its strength. The strength shows in the spread
    of the channels, to which black print adds nothing; so the least dark channel less its share of the
    ink is the print's own darkness. Arrays are the same part of the page, (height, width).
    """
    zone = cv2.dilate(foreign.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.bool_)
    ys, xs = np.flatnonzero(zone.any(axis=1)), np.flatnonzero(zone.any(axis=0))
    part = (slice(int(ys[0]), int(ys[-1]) + 1), slice(int(xs[0]), int(xs[-1]) + 1))
    high, spread = _channels(np.ascontiguousarray(colour[part]))
    coloured = foreign[part] & (spread > COLOURED)
    veil, blocked = np.zeros(foreign.shape, dtype=np.bool_), foreign.copy()
    if not coloured.any():
        return veil, blocked
    least = 255.0 - high
    ratio = float(np.percentile(least[coloured] / spread[coloured], 65))
    own = SLACK * ratio * cv2.dilate(spread.astype(np.float32), np.ones((3, 3), np.uint8)) + 6.0
    below = np.clip(least - own, 0.0, 255.0).astype(np.uint8)
    near = cv2.dilate(coloured.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.bool_)
    darkness[part] = np.where(near, np.minimum(darkness[part], below), darkness[part])
    veil[part] = coloured & (own > OPAQUE * contrast)
    blocked[part] &= ~near
    return veil, blocked


def _channels(colour: Colour) -> tuple[Grey, Grey]:
    """Return the strongest channel and the spread of the channels of each pixel."""
    red, green, blue = cv2.split(colour)
    high = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(high, cv2.min(cv2.min(red, green), blue))
    return high, cv2.blur(spread, (3, 3))
