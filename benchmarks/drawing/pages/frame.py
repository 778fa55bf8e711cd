"""Turns places of a page into coordinates under a matrix, as different programs write them."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.drawing.pages.tables import PAPER

Box = tuple[float, float, float, float]  # x0, y0, x1, y1, origin lower left


@dataclass(frozen=True, slots=True)
class Frame:
    """A coordinate system of a page's content.

    `scale` units are a point, with `down` y grows downward from the page's upper edge, `right` and `up` are the
    shift of its origin in points.
    """

    scale: float = 1.0
    down: bool = False
    right: float = 0.0
    up: float = 0.0

    @property
    def prefix(self) -> str:
        """The operators that set the matrix."""
        if self == Frame():
            return ""
        unit, base = 1 / self.scale, PAPER[1] if self.down else 0.0
        return f"{unit:.6f} 0 0 {-unit if self.down else unit:.6f} {self.right:.3f} {base + self.up:.3f} cm"

    def at(self, x: float, y: float) -> str:
        """Return a point as operands."""
        across, along = x - self.right, y - self.up
        along = PAPER[1] - along if self.down else along
        return f"{across * self.scale:.3f} {along * self.scale:.3f}"

    def long(self, length: float) -> str:
        """Return a length as an operand."""
        return f"{length * self.scale:.4f}"

    def box(self, box: Box) -> str:
        """Return a box as operands of `re`."""
        x0, y0, x1, y1 = box
        return f"{self.at(x0, y1 if self.down else y0)} {self.long(x1 - x0)} {self.long(y1 - y0)}"

    @property
    def text_matrix(self) -> str:
        """The first four operands of a matrix that sets text upright."""
        return "1 0 0 -1" if self.down else "1 0 0 1"


FRAMES = {
    "plain": Frame(),
    "browser": Frame(scale=1 / 0.24, down=True),
    "cairo": Frame(down=True),
    "twips": Frame(scale=20.0),
    "shifted": Frame(right=37.0, up=-21.0),
    "large": Frame(scale=0.01),
    "thousandths": Frame(scale=1000.0, down=True, right=-5.0),
}
