"""Coloured ink over print turned into the print alone: what is dark in every channel lies below the colour."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.model import WHITE, Colour, Grey, Mask, PixelBox
from extract.scan.pixels import dilated
from extract.scan.stamps.settings import STAMPS


def unveil(darkness: Grey, colour: Colour, foreign: Mask, contrast: float) -> tuple[Mask, Mask]:
    """Take coloured foreign ink off `darkness`, in place; return where it hides print, and what stays foreign.

    An ink darkens all three channels in fixed proportion to its strength. The strength shows in the spread
    of the channels, to which black print adds nothing; so the least dark channel less its share of the
    ink is the print's own darkness. Arrays are the same part of the page, (height, width).
    """
    zone = cv2.boundingRect(dilated(foreign, 5).view(np.uint8))
    part = PixelBox.of_size(*zone).part
    high, spread = channels(np.ascontiguousarray(colour[part]))
    spread = cv2.blur(spread, (3, 3))
    coloured = foreign[part] & (spread > STAMPS.coloured)
    veil, blocked = np.zeros(foreign.shape, dtype=np.bool_), foreign.copy()
    if not coloured.any():
        return veil, blocked
    least = WHITE - high.astype(np.float64)
    ratio = float(np.percentile(least[coloured] / spread[coloured], 65))
    own = STAMPS.slack * ratio * dilated(spread).astype(np.float32) + 6.0
    below = np.clip(least - own, 0, WHITE).astype(np.uint8)
    near = dilated(coloured, 5)
    darkness[part] = np.where(near, np.minimum(darkness[part], below), darkness[part])
    veil[part] = coloured & (own > STAMPS.opaque * contrast)
    blocked[part] &= ~near
    return veil, blocked


def channels(colour: Colour) -> tuple[Grey, Grey]:
    """Return the strongest channel of each pixel, and by how much it is stronger than the weakest."""
    red, green, blue = cv2.split(colour)
    high = cv2.max(cv2.max(red, green), blue)
    return high, cv2.subtract(high, cv2.min(cv2.min(red, green), blue))
