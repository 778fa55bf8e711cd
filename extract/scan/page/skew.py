"""Turns the ink of a reduced page into the axis its text runs along and the angle at which it lies askew."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask
from extract.scan.page.illumination import INK

MOST_SKEW = 6.0  # degrees looked through to either side
COARSE, FINE = 0.2, 0.02  # degrees
LEAST_PLACES = 50
MOST_PLACES = 40_000  # ink pixels that are enough to see an angle
LETTER = (0.03, 0.45)  # inches: least and largest side of letters and words
RUN = 0.5  # inches over which lines of text stay lines


def letters_of(low: Grey, dpi: float) -> Mask:
    """Return the ink of an upright or turned page that has the size of letters and words: no rulings, no specks."""
    labels, stats, _ = pieces_of((low < INK).astype(np.uint8))
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / dpi
    longest, shortest = sides.max(axis=1), sides.min(axis=1)
    kept = (longest >= LETTER[0]) & (shortest <= LETTER[1]) & (longest <= 4 * LETTER[1])
    kept &= (longest < 0.25) | (longest < 14 * shortest)  # a piece of a broken ruling is long and thin
    kept[0] = False
    letters: Mask = kept[labels]
    return letters


def level_share(letters: Mask, dpi: float) -> float:
    """Return how much better the letters line up across than down, 0 to 1; above a half text is level.

    Smeared along its lines text keeps the contrast of line and gap, smeared across them it loses it.
    """
    half = cv2.resize(letters.astype(np.float32), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    run = round(RUN * dpi / 2) | 1
    across = float(np.square(cv2.blur(half, (run, 1), borderType=cv2.BORDER_CONSTANT)).sum())
    down = float(np.square(cv2.blur(half, (1, run), borderType=cv2.BORDER_CONSTANT)).sum())
    return across / (across + down) if across + down > 0 else 0.5


def skew_of(ink: Mask, near: float | None = None) -> float:
    """Return the angle in degrees by which level lines fall to the right (clockwise), between -6 and 6.

    The sharpest profile of the ink over y wins (Postl's method): first over 0.2 degrees, then over 0.02. With
    `near` only angles within 0.3 degrees of it are looked at.
    """
    found = cv2.findNonZero(ink.view(np.uint8))
    if found is None or len(found) < LEAST_PLACES:
        return near or 0.0
    x, y = found.reshape(-1, 2)[:: max(1, len(found) // MOST_PLACES)].astype(np.float32).T
    if near is None:
        coarse = np.arange(-MOST_SKEW, MOST_SKEW + COARSE, COARSE)
        near = float(coarse[np.argmax(_sharpness(x[::4], y[::4], coarse, 0.5))])
    fine = np.arange(near - 1.5 * COARSE, near + 1.5 * COARSE, FINE)
    return _peak(fine, _sharpness(x, y, fine, 1.0))


def _sharpness(
    x: NDArray[np.float32], y: NDArray[np.float32], degrees: NDArray[np.float64], scale: float
) -> NDArray[np.float64]:
    """Return for each angle the sum of squares of the ink's profile, `scale` bins a pixel."""
    reach = float(x.max()) * np.tan(np.radians(MOST_SKEW + 1))
    bins = int((float(y.max()) + 2 * reach) * scale) + 2
    lifted = (y + np.float32(reach)) * np.float32(scale)
    found = np.empty(len(degrees))
    for index, angle in enumerate(degrees):
        slope = np.float32(scale * np.tan(np.radians(angle)))
        rows = (lifted - x * slope).astype(np.int32)
        counts = np.bincount(rows, minlength=bins).astype(np.float64)
        found[index] = np.square(counts).sum()
    return found


def _peak(degrees: NDArray[np.float64], heights: NDArray[np.float64]) -> float:
    """Return the middle of the highest peak, weighted over its top."""
    best = float(heights.max())
    weight = np.clip(heights - (0.5 * best + 0.5 * float(np.median(heights))), 0, None)
    near = np.abs(degrees - degrees[int(np.argmax(heights))]) <= 4 * FINE
    weight = weight * near
    return (
        float((degrees * weight).sum() / weight.sum())
        if weight.sum() > 0
        else float(degrees[np.argmax(heights)])
    )
