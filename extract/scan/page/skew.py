"""Turns the ink of a reduced page into the axis its text runs along and the angle by which it is askew."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Floats, Grey, Mask
from extract.scan.page.settings import LIGHT, ORIENTATION
from extract.scan.pixels import pieces_of


def letters_of(low: Grey, dpi: float) -> Mask:
    """Return the ink of an upright or turned page that has the size of letters and words: no rulings, no specks."""
    pieces = pieces_of(low < LIGHT.ink)
    wide, high = pieces.widths / dpi, pieces.heights / dpi
    longest, shortest = np.maximum(wide, high), np.minimum(wide, high)
    least, most = ORIENTATION.letter
    kept = (longest >= least) & (shortest <= most) & (longest <= 4 * most)
    kept &= (longest < 0.25) | (longest < 14 * shortest)  # a piece of a broken ruling is long and thin
    return pieces.only(kept)


def horizontal_share(letters: Mask, dpi: float) -> float:
    """Return how much better the letters line up across than down, 0 to 1; above a half text is horizontal.

    Smeared along its lines text keeps the contrast of line and gap, smeared across them it loses it.
    """
    half = cv2.resize(letters.astype(np.float32), None, fx=1 / 2, fy=1 / 2, interpolation=cv2.INTER_AREA)
    run = round(ORIENTATION.run * dpi / 2) | 1
    across, down = (
        float(np.square(cv2.blur(half, size, borderType=cv2.BORDER_CONSTANT)).sum())
        for size in ((run, 1), (1, run))
    )
    return across / (across + down) if across + down > 0 else 1 / 2


def skew_of(ink: Mask, near: float | None = None) -> float:
    """Return the angle in degrees by which horizontal lines fall to the right (clockwise), between -6 and 6.

    The sharpest profile of the ink over y wins (Postl's method): first in coarse steps, then in fine ones. With `near` only
    angles within 0.3 degrees of it are tried.
    """
    found = cv2.findNonZero(ink.view(np.uint8))
    if found is None or len(found) < ORIENTATION.least_places:
        return near or 0.0
    x, y = found.reshape(-1, 2)[:: max(1, len(found) // ORIENTATION.most_places)].astype(np.float32).T
    if near is None:
        coarse = np.arange(
            -ORIENTATION.most_skew, ORIENTATION.most_skew + ORIENTATION.coarse, ORIENTATION.coarse
        )
        near = float(coarse[np.argmax(_sharpness(x[::4], y[::4], coarse, 1 / 2))])
    fine = np.arange(near - 1.5 * ORIENTATION.coarse, near + 1.5 * ORIENTATION.coarse, ORIENTATION.fine)
    return _peak(fine, _sharpness(x, y, fine, 1.0))


def _sharpness(x: NDArray[np.float32], y: NDArray[np.float32], degrees: Floats, scale: float) -> Floats:
    """Return for each angle the sum of squares of the ink's profile, with `scale` bins per pixel."""
    reach = float(x.max()) * np.tan(np.radians(ORIENTATION.most_skew + 1))
    bins = int((float(y.max()) + 2 * reach) * scale) + 2
    lifted = (y + np.float32(reach)) * np.float32(scale)
    found = np.empty(len(degrees))
    for index, angle in enumerate(degrees):
        slope = np.float32(scale * np.tan(np.radians(angle)))
        rows = (lifted - x * slope).astype(np.int32)
        found[index] = np.square(np.bincount(rows, minlength=bins).astype(np.float64)).sum()
    return found


def _peak(degrees: Floats, heights: Floats) -> float:
    """Return the middle of the highest peak, weighted over its top."""
    highest = degrees[np.argmax(heights)]
    base = float(heights.max()) / 2 + float(np.median(heights)) / 2
    weight = np.clip(heights - base, 0, None) * (np.abs(degrees - highest) <= 4 * ORIENTATION.fine)
    total = weight.sum()
    return float((degrees * weight).sum() / total) if total > 0 else float(highest)
