"""Turns a reduced, roughly level page into the courses of its long rulings, to a fraction of a pixel."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Points

LONG = 0.75  # inches: shorter runs are no rulings to measure by
RUN = 0.2  # inches of unbroken ink that a piece of ruling has: short, for rulings may slope by 2 degrees
FAINT = 212  # grey below this may be a thin ruling, whose ink two pixels share
THICK = 0.06  # inches at most
STEP = 0.08  # inches between two measured places of a ruling
Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Courses:
    """Places (n, 2) on the middle of rulings, in continuous pixels of the reduced page, and each one's ruling."""

    places: Points
    owner: Whole
    count: int


def level_courses(low: Grey, dpi: float) -> Courses:
    """Follow the rulings that run from left to right."""
    ink = 255 - low
    thick = cv2.dilate((low < FAINT).astype(np.uint8), np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(RUN * dpi)), np.uint8))
    labels, stats, _ = pieces_of(runs)
    wide = stats[:, cv2.CC_STAT_WIDTH]
    thickness = stats[:, cv2.CC_STAT_AREA] / np.maximum(wide, 1) - 2
    kept = (wide >= LONG * dpi) & (thickness <= THICK * dpi)
    kept[0] = False
    found = cv2.findNonZero(runs)
    if found is None:
        return Courses(np.zeros((0, 2)), np.zeros(0, dtype=np.intp), 0)
    x, y = found.reshape(-1, 2).T
    owner = np.where(kept, np.cumsum(kept), 0)[labels[y, x]] - 1
    held = owner >= 0
    return _measured(ink, x[held], y[held], owner[held], max(1, round(STEP * dpi)))


def upended_courses(low: Grey, dpi: float) -> Courses:
    """Follow the rulings that run from top to bottom."""
    found = level_courses(np.ascontiguousarray(low.T), dpi)
    return Courses(np.ascontiguousarray(found.places[:, ::-1]), found.owner, found.count)


def _measured(ink: Grey, x: Whole, y: Whole, owner: Whole, step: int) -> Courses:
    """Return the centre of ink of each piece of `step` pixels of each ruling."""
    count, across = int(owner.max(initial=-1)) + 1, ink.shape[1] // step + 1
    weight = ink[y, x].astype(np.float64)
    key = owner * across + x // step
    size = count * across
    total = np.bincount(key, weight, size)
    pixels = np.bincount(key, minlength=size)
    full = np.flatnonzero((total > 0) & (pixels >= 2 * step))
    middle_x = np.bincount(key, weight * (x + 0.5), size)[full] / total[full]
    middle_y = np.bincount(key, weight * (y + 0.5), size)[full] / total[full]
    return Courses(np.column_stack([middle_x, middle_y]), full // across, count)
