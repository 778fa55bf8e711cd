"""Places on a page: boxes in PDF points, origin top left of the page as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from schema.base import Frozen


class BBox(Frozen):
    """A box in PDF points (1/72 inch), origin top left after /Rotate; `x0 <= x1`, `top <= bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float

    def brief(self) -> Iterator[str]:
        """Yield the four edges."""
        yield from (f"{edge:.5g}" for edge in (self.x0, self.top, self.x1, self.bottom))

    @staticmethod
    def around(boxes: Iterable[BBox]) -> BBox:
        """Return the smallest box that holds all boxes; raises `TypeError` if there are none."""
        return reduce(BBox.union, boxes)

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Area in square points."""
        return self.width * self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The x and y of its centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point is in the box or on its edge."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def union(self, other: BBox) -> BBox:
        """Return the smallest box that holds both."""
        return BBox(
            x0=min(self.x0, other.x0),
            top=min(self.top, other.top),
            x1=max(self.x1, other.x1),
            bottom=max(self.bottom, other.bottom),
        )

    def overlap(self, other: BBox) -> float:
        """Return the area that both boxes cover, in square points."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)
