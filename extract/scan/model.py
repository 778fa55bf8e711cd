"""The values of the scan reader: a straightened page as pixels, and the way back to the page as delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schema.geometry import BBox

Grey = NDArray[np.uint8]  # (height, width), 0 black
Colour = NDArray[np.uint8]  # (height, width, 3), RGB
Mask = NDArray[np.bool_]  # (height, width)
Points = NDArray[np.float64]  # (n, 2), x and y
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Indices = NDArray[np.intp]
MarkState = Literal["marked", "empty", "unknown", "covered"]
Glyph = Literal["tick", "cross", "letter", "filled", "dash", "blob", "other", "none"]

WHITE = 255  # grey level of paper
DARK = 128  # grey level below which a pixel is dark, whatever the page's print is like
EVEN_CHANCE = 128  # of the page's maps, whose chances run from 0 to 255
HALF_PIXEL = 0.5  # from the edge of a pixel to its middle
POINTS_PER_INCH = 72.0
QUARTER_TURN = 90  # degrees


class PixelBox(NamedTuple):
    """A box in pixels of the straightened page, half open: `x0 <= x < x1`, `top <= y < bottom`."""

    x0: int
    top: int
    x1: int
    bottom: int

    @classmethod
    def of_size(cls, x0: int, top: int, width: int, height: int) -> PixelBox:
        """Return the box with this corner and size."""
        return cls(x0, top, x0 + width, top + height)

    @classmethod
    def rounded(cls, places: Iterable[float]) -> PixelBox:
        """Return the box whose x0, top, x1 and bottom are the pixels nearest to these places."""
        return cls(*map(round, places))

    @classmethod
    def around(cls, boxes: Iterable[PixelBox]) -> PixelBox:
        """Return the smallest box that holds all of these boxes, of which there is at least one."""
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return cls(min(x0), min(top), max(x1), max(bottom))

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def part(self) -> tuple[slice, slice]:
        """The rows and columns of a page that lie in the box, as an index into its pictures."""
        return slice(max(0, self.top), self.bottom), slice(max(0, self.x0), self.x1)

    def grown(self, by: int) -> PixelBox:
        """Return the box with so many more pixels on each side; fewer where the number is negative."""
        return PixelBox(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    def moved(self, right: int, down: int) -> PixelBox:
        """Return the box so many pixels further right and down."""
        return PixelBox(self.x0 + right, self.top + down, self.x1 + right, self.bottom + down)

    def within(self, other: PixelBox) -> PixelBox:
        """Return the part of the box that lies in another one."""
        return PixelBox(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )

    def has_middle_of(self, other: PixelBox) -> bool:
        """Tell whether the middle of another box lies in this one."""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x < self.x1 and self.top <= y < self.bottom


class PageMap(NamedTuple):
    """The way from pixels of a straightened page back to points of the page as delivered.

    `forward` turns (n, 2) pixel places (x right, y down, origin top left of the straightened picture) into
    points of the page as a reader sees it: after /Rotate and after the quarter turns in `Sheet.turn`.
    """

    forward: Callable[[Points], Points]

    def box(self, x0: float, top: float, x1: float, bottom: float) -> BBox:
        """Return the smallest box in points that holds a box of pixels."""
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


class PageMaps(NamedTuple):
    """For each pixel at `dpi` the chances (0 to 255) of a horizontal ruling, a vertical one, print, and foreign ink.

    `printed` is filled between the letters of a line, from the top of an x down to the baseline. Foreign ink is that of
    stamps and pens.
    """

    dpi: float
    horizontal: Grey
    vertical: Grey
    printed: Grey
    foreign: Grey

    @property
    def ruled(self) -> Grey:
        """The chances of a ruling of either direction."""
        return np.asarray(np.maximum(self.horizontal, self.vertical), dtype=np.uint8)


class Sheet(NamedTuple):
    """One page, upright and straight.

    `grey` is evenly lit (paper near 255, ink dark), `colour` the same page in colour (`None` for a grey scan); `dpi` is
    the resolution of both. `turn` is the clockwise turn (0, 90, 180, 270) that was given to the page beyond its
    /Rotate; `width` and `height` are the page's size in points after that turn. `maps` tell what its ink is.
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


class WordReading(NamedTuple):
    """One word of a line with its box.

    `confidence` is, here as everywhere in the scan reader, the estimated chance (0 to 1) that what is said is right.
    `choices` are other texts that the reader may have seen there, each with its chance.
    """

    text: str
    box: PixelBox
    confidence: float
    choices: tuple[tuple[str, float], ...] = ()


class LineReading(NamedTuple):
    """One line of text as the first reader saw it.

    `second` holds the words of the second reader with their confidences; `agreed` tells whether it saw the same
    (`None`: only one reader was asked).
    """

    text: str
    box: PixelBox
    confidence: float
    words: tuple[WordReading, ...] = ()
    second: tuple[tuple[str, float], ...] = ()
    agreed: bool | None = None


class MarkReading(NamedTuple):
    """What the ink of a small cell says: its state with the confidence in it, and the dark share of the cell.

    `glyph` is what the ink looks like: `dash` is a printed "none" (state `empty`), `letter` a v, `blob` a bullet, square
    or asterisk, `filled` a fill of the whole cell, `other` ink that is not a known mark.
    """

    state: MarkState
    confidence: float
    ink: float
    glyph: Glyph = "none"
