"""The maps of a roughly level page turned into the courses of its long rulings and lines of print."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.scan.model import EVEN_CHANCE, HALF_PIXEL, Grey, Indices, Points
from extract.scan.page.settings import WARP
from extract.scan.pixels import pieces_of


class Courses(NamedTuple):
    """Places (n, 2) on the middle of rulings, in continuous pixels of the map, and the number of the ruling of each."""

    places: Points
    owner: Indices


def ruling_courses(horizontal: Grey, dpi: float) -> Courses:
    """Follow the rulings of a map that run from left to right."""
    return _courses(horizontal, round(WARP.ruling * dpi), max(1, round(WARP.ruling_step * dpi)))


def vertical_courses(vertical: Grey, dpi: float) -> Courses:
    """Follow the rulings of a map that run from top to bottom."""
    found = ruling_courses(np.ascontiguousarray(vertical.T), dpi)
    return Courses(np.ascontiguousarray(found.places[:, ::-1]), found.owner)


def text_courses(printed: Grey, dpi: float) -> Courses:
    """Follow the lines of print; they are coarser than rulings, but there are many."""
    return _courses(printed, round(WARP.line * dpi), max(1, round(WARP.line_step * dpi)))


def _courses(chances: Grey, least: int, step: int) -> Courses:
    """Return the middles of all pieces at least so many pixels wide, one for each `step` pixels along them."""
    pieces = pieces_of(chances >= EVEN_CHANCE)
    kept = pieces.widths >= np.maximum(least, 3 * pieces.heights)
    y, x = np.nonzero(pieces.only(kept))
    owner = (np.cumsum(kept) - 1)[pieces.labels[y, x]]
    count, across = int(kept.sum()), chances.shape[1] // step + 1
    key = owner * across + x // step
    weight = chances[y, x].astype(np.float64)
    total = np.bincount(key, weight, count * across)
    columns = np.bincount(key, minlength=count * across)
    full = np.flatnonzero(columns >= step)
    middles = [
        np.bincount(key, weight * (at + HALF_PIXEL), count * across)[full] / total[full] for at in (x, y)
    ]
    return Courses(np.column_stack(middles), full // across)
