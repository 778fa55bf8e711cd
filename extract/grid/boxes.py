"""Boxes on a page, as single values and as rows of an array: their middles, and how they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Floats
from extract.grid.settings import BOXES
from schema.geometry import BBox


class Box(NamedTuple):
    """A box in points, origin top left of the page as a reader sees it."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def holds(self, other: Box) -> bool:
        """Tell whether the middle of another box is in this one or on its edge."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def published(self) -> BBox:
        """Return the box with rounded coordinates, as results hold it."""
        (x0, top, x1, bottom), places = self, BOXES.places  # some tens of thousands for each document
        return BBox.unchecked(
            x0=round(x0, places), top=round(top, places), x1=round(x1, places), bottom=round(bottom, places)
        )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all boxes, of which there is at least one."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


def rows_of(boxes: Iterable[Box]) -> Floats:
    """Return boxes as an array, N x 4: x0, top, x1, bottom."""
    return np.array(list(boxes), dtype=np.float64).reshape(-1, len(Box._fields))


def middles(boxes: Floats) -> tuple[Floats, Floats]:
    """Return the x and the y of the middle of each box (N x 4)."""
    x0, top, x1, bottom = boxes.T
    return (x0 + x1) / 2, (top + bottom) / 2


def shared(ones: Floats, others: Floats) -> Floats:
    """Return what each pair of boxes (N x 4) has in common as a share of the smaller one, 0 to 1."""
    low = np.maximum(ones[..., :2], others[..., :2])
    high = np.minimum(ones[..., 2:], others[..., 2:])
    one, other = ((boxes[..., 2:] - boxes[..., :2]).prod(axis=-1) for boxes in (ones, others))
    common = np.maximum(high - low, 0.0).prod(axis=-1)
    return np.asarray(common / np.maximum(np.minimum(one, other), BOXES.least_area))
