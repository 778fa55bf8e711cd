"""Turns a reduced, roughly level page into the courses of its long rulings and lines of text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.evening import FAINT
from extract.scan.model import Grey, Mask, Points
from extract.scan.skew import letters_of

LONG = 0.75  # inches: shorter runs are no rulings to measure by
RUN = 0.2  # inches of unbroken ink that a piece of ruling has: short, for rulings may slope by 2 degrees
THICK = 0.06  # inches at most
STEP = 0.08  # inches between two measured places of a ruling
TEXT_STEP = 0.25  # the same of a line of text: a few letters even out
TEXT_LONG, TEXT_HIGH = 1.0, 0.24  # inches: least length and greatest height of a level line of text
TEXT_GAP = 0.18  # inches between words
PALE = 12  # grey levels that a hairline of 0.3 points still is darker than its paper, at half of 150 dpi
SLOPE = 0.03  # of its length, that a line may still fall or rise
Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Courses:
    """Places (n, 2) on the middle of rulings, in continuous pixels of the reduced page, and each one's ruling."""

    places: Points
    owner: Whole
    count: int


def level_courses(low: Grey, dpi: float) -> Courses:
    """Follow the rulings that run from left to right, in fills too, and hairlines much paler than ink."""
    depth = _depth(low, dpi)
    letters = cv2.dilate(letters_of(low, dpi).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return _courses((depth > PALE) & ((low < FAINT) | ~letters), depth, dpi)


def _depth(low: Grey, dpi: float) -> Grey:
    """Return how much darker each pixel is than what lies above and below it: nothing inside a fill, or at its rim."""
    across = np.ones((2 * round(THICK * dpi) + 1, 1), np.uint8)
    depth: Grey = cv2.morphologyEx(low, cv2.MORPH_BLACKHAT, across)
    return depth


def _courses(inked: Mask, ink: Grey, dpi: float) -> Courses:
    thick = cv2.dilate(inked.view(np.uint8), np.ones((3, 1), np.uint8))
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
    return _measured(ink, x[held], y[held], owner[held], max(1, round(STEP * dpi)), 2)


def upended_courses(low: Grey, dpi: float) -> Courses:
    """Follow the rulings that run from top to bottom."""
    found = level_courses(np.ascontiguousarray(low.T), dpi)
    return Courses(np.ascontiguousarray(found.places[:, ::-1]), found.owner, found.count)


def text_courses(low: Grey, dpi: float) -> Courses:
    """Follow the lines of text, each by the middle of its ink; coarser than rulings, but there are many."""
    letters = letters_of(low, dpi)
    joined = cv2.morphologyEx(
        letters.view(np.uint8),
        cv2.MORPH_CLOSE,
        np.ones((1, round(TEXT_GAP * dpi) | 1), np.uint8),
        borderType=cv2.BORDER_CONSTANT,
    )
    labels, stats, _ = pieces_of(joined)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = (wide >= TEXT_LONG * dpi) & (high <= TEXT_HIGH * dpi + SLOPE * wide)
    kept[0] = False
    y, x = np.nonzero(letters)
    owner = np.where(kept, np.cumsum(kept), 0)[labels[y, x]] - 1
    held = owner >= 0
    return _measured(255 - low, x[held], y[held], owner[held], max(1, round(TEXT_STEP * dpi)), 1.5)


def _measured(ink: Grey, x: Whole, y: Whole, owner: Whole, step: int, least: float) -> Courses:
    """Return the centre of ink of each piece of `step` pixels of each line with `least` pixels a column."""
    count, across = int(owner.max(initial=-1)) + 1, ink.shape[1] // step + 1
    weight = ink[y, x].astype(np.float64)
    key = owner * across + x // step
    size = count * across
    total = np.bincount(key, weight, size)
    pixels = np.bincount(key, minlength=size)
    full = np.flatnonzero((total > 0) & (pixels >= least * step))
    middle_x = np.bincount(key, weight * (x + 0.5), size)[full] / total[full]
    middle_y = np.bincount(key, weight * (y + 0.5), size)[full] / total[full]
    return Courses(np.column_stack([middle_x, middle_y]), full // across, count)
