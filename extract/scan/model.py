"""The values of the scan reader: a straightened page as pixels, and the way back to the page as delivered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from schema.geometry import BBox

Grey = NDArray[np.uint8]  # (height, width), 0 black
Colour = NDArray[np.uint8]  # (height, width, 3), RGB
Mask = NDArray[np.bool_]  # (height, width)
Points = NDArray[np.float64]  # (n, 2), x and y
MarkState = Literal["marked", "empty", "unknown", "covered"]
Glyph = Literal["tick", "cross", "letter", "filled", "dash", "blob", "other", "none"]


@dataclass(frozen=True, slots=True)
class PageMap:
    """The way from pixels of a straightened page back to points of the page as delivered.

    `forward` turns (n, 2) pixel places (x right, y down, origin top left of the straightened picture) into
    points of the page as a reader sees it: after /Rotate and after the quarter turns in `Sheet.turn`.
    """

    forward: Callable[[Points], Points]

    def box(self, x0: float, top: float, x1: float, bottom: float) -> BBox:
        """Return the smallest upright box in points that holds a box of pixels."""
        (found,) = self.boxes([(x0, top, x1, bottom)])
        return found

    def boxes(self, pixels: Sequence[tuple[float, float, float, float]]) -> list[BBox]:
        """Return the same for many boxes (x0, top, x1, bottom) at once, which is far faster than one by one."""
        edges = np.array(pixels, dtype=np.float64).reshape(-1, 4)
        corners = edges[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 2)
        places = self.forward(corners).reshape(-1, 4, 2)
        ends = np.concatenate([places.min(axis=1), places.max(axis=1)], axis=1)
        return [
            BBox(x0=round(left, 2), top=round(high, 2), x1=round(right, 2), bottom=round(low, 2))
            for left, high, right, low in ends.tolist()
        ]


@dataclass(frozen=True, slots=True)
class PageMaps:
    """Chances of 0 to 255 for each pixel at `dpi`: that it is a table's level or upright ruling, print, foreign ink.

    `printed` is filled between the letters of a line, from the height of an x down to the foot of the letters.
    """

    level: Grey
    upright: Grey
    printed: Grey
    foreign: Grey
    dpi: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, upright and straight.

    `grey` is evened out (paper near 255, ink dark), `colour` the same page in colour (`None` for a grey
    scan). `dpi` is the resolution of both. `turn` is the clockwise turn (0, 90, 180, 270) that was given to the
    page beyond its /Rotate; `width` and `height` are the page's size in points after that turn. `maps` tell what its ink is.
    """

    number: int
    grey: Grey
    colour: Colour | None
    dpi: float
    turn: int
    width: float
    height: float
    place: PageMap
    maps: PageMaps


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A box in pixels of the straightened page, half open: `x0 <= x < x1`, `top <= y < bottom`."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class WordReading:
    """One word of a line with its box, the reader's confidence (0 to 1) and what else it may have seen there, with chances."""

    text: str
    box: PixelBox
    confidence: float
    choices: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line of text as the first reader saw it.

    `second` holds the words of the second reader with its confidence; `agreed` tells that it saw the same (`None`: only
    one read). `confidence` is that of the text, 0 to 1.
    """

    text: str
    box: PixelBox
    confidence: float
    words: tuple[WordReading, ...] = ()
    second: tuple[tuple[str, float], ...] = ()
    agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class MarkReading:
    """What the ink of a small cell says: its state, how sure that is (0 to 1), and the dark share of the cell.

    `glyph` is what the ink looks like: `dash` is a printed "none" (state `empty`), `letter` a v, `blob` a
    bullet, square or asterisk, `filled` a fill of the whole cell, `other` ink that is no known mark.
    """

    state: MarkState
    confidence: float
    ink: float
    glyph: Glyph = "none"
