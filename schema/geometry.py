"""Places on a page: boxes in PDF points, origin top left of the page as a reader sees it."""

from __future__ import annotations

from schema.base import Frozen


class BBox(Frozen):
    """A box in PDF points (1/72 inch), origin top left after /Rotate; `x0 <= x1`, `top <= bottom`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    def contains(self, x: float, y: float) -> bool:
        """Tell whether the point lies in the box, its edges included."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def union(self, other: BBox) -> BBox:
        """Return the smallest box that holds both."""
        return BBox(
            x0=min(self.x0, other.x0),
            top=min(self.top, other.top),
            x1=max(self.x1, other.x1),
            bottom=max(self.bottom, other.bottom),
        )
