"""The maps of a roughly level page turned into the courses of its long rulings and lines of print."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Points

HALF = 128  # an even chance
RULING, PRINT = 0.75, 1.0  # inches: shorter ones tell little of a bend
STEP, TEXT_STEP = (
    0.08,
    0.25,
)  # inches between two measured places of a ruling; of a line, where a few letters even out
Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Courses:
    """Places (n, 2) on the middle of rulings, in continuous pixels of the map, and each one's ruling."""

    places: Points
    owner: Whole
    count: int


def ruling_courses(level: Grey, dpi: float) -> Courses:
    """Follow the rulings of a map that run from left to right."""
    return _courses(level, round(RULING * dpi), max(1, round(STEP * dpi)))


def upended_courses(upright: Grey, dpi: float) -> Courses:
    """Follow the rulings of a map that run from top to bottom."""
    found = ruling_courses(np.ascontiguousarray(upright.T), dpi)
    return Courses(np.ascontiguousarray(found.places[:, ::-1]), found.owner, found.count)


def text_courses(printed: Grey, dpi: float) -> Courses:
    """Follow the lines of print; coarser than rulings, but there are many."""
    return _courses(printed, round(PRINT * dpi), max(1, round(TEXT_STEP * dpi)))


def _courses(chances: Grey, least: int, step: int) -> Courses:
    """Return the middles of all pieces at least so many pixels wide, one for each `step` pixels along them."""
    labels, stats, _ = pieces_of((chances >= HALF).astype(np.uint8))
    kept = stats[:, 2] >= np.maximum(least, 3 * stats[:, 3])
    kept[0] = False
    y, x = np.nonzero(kept[labels])
    owner = (np.cumsum(kept) - 1)[labels[y, x]]
    count, across = int(kept.sum()), chances.shape[1] // step + 1
    key = owner * across + x // step
    weight = chances[y, x].astype(np.float64)
    total = np.bincount(key, weight, count * across)
    columns = np.bincount(key, minlength=count * across)
    full = np.flatnonzero(columns >= step)
    middles = [np.bincount(key, weight * (at + 0.5), count * across)[full] / total[full] for at in (x, y)]
    return Courses(np.column_stack(middles), full // across, count)
