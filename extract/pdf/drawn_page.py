"""A page drawn twice, whole and without its text: what of its text and of its drawing a person can see."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.grid.rulings import Box

Pixels = npt.NDArray[np.uint8]

SEEN = 10  # grey levels of 255 by which text must change the page to be seen; white on 96 % white changes it by less
DARK = 64  # grey levels against its surroundings from which on drawn ink is a stroke of a pen or of a mark
COLOUR_SCALE = 1.0  # pixels a point; a fill is wider than that
FAINT = 20  # the same from which on it is seen at all


class PixelPool:
    """Arrays for the pixels of one page after another: fresh memory for each costs more than what is done in it.

    What it gave out is valid until `reset`.
    """

    def __init__(self) -> None:
        self._slots: list[Pixels] = []
        self._taken = 0

    def reset(self) -> None:
        """Let all arrays be given out again."""
        self._taken = 0

    def array(self, shape: tuple[int, ...], kind: npt.DTypeLike = np.uint8) -> npt.NDArray[Any]:
        """Return an array whose values are not set."""
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        if self._taken == len(self._slots):
            self._slots.append(np.empty(size, dtype=np.uint8))
        elif self._slots[self._taken].size < size:
            self._slots[self._taken] = np.empty(size, dtype=np.uint8)
        slot = self._slots[self._taken][:size]
        self._taken += 1
        return slot.view(kind).reshape(shape)


class PageView:
    """A page's picture and the same without its text, in grey; boxes are in points, origin top left.

    `whole` is the page as a person sees it, `drawing` the page without any of its text, both H x W.
    Their difference is the ink of the text that can be seen: text that is white, clear, clipped, covered,
    switched off or drawn in an invisible mode makes none, whatever hides it. `size` is the page's width and height
    in points; `colours` draws the page without its text in colour at a scale in pixels a point. What is worked out
    of them takes its arrays from `pool`: with that of a reader a view lasts until its next page.
    """

    def __init__(
        self,
        whole: Pixels,
        drawing: Pixels,
        size: tuple[float, float],
        colours: Callable[[float], Pixels],
        pool: PixelPool | None = None,
    ) -> None:
        self.pool = pool or PixelPool()
        self.whole = whole
        self.drawing = drawing
        self.x_scale: float = whole.shape[1] / max(size[0], 1.0)
        self.y_scale: float = whole.shape[0] / max(size[1], 1.0)
        self._draw_colours = colours

    @property
    def scale(self) -> float:
        """Pixels a point."""
        return self.y_scale

    @cached_property
    def text_ink(self) -> Pixels:
        """Where text is seen: 1 on each pixel that text changes, 0 elsewhere."""
        ink = self.pool.array(self.whole.shape)
        cv2.absdiff(self.whole, self.drawing, ink)
        cv2.threshold(ink, SEEN, 1, cv2.THRESH_BINARY, ink)
        return ink

    @cached_property
    def _text_sums(self) -> npt.NDArray[np.int32]:
        height, width = self.text_ink.shape
        sums = self.pool.array((height + 1, width + 1), np.int32)
        cv2.integral(self.text_ink, sums)
        return sums

    def text_pixels(self, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
        """Return the number of pixels of text ink in each of N boxes (N x 4: x0, top, x1, bottom)."""
        height, width = self.text_ink.shape
        x0 = np.clip(np.floor(boxes[:, 0] * self.x_scale), 0, width).astype(np.intp)
        y0 = np.clip(np.floor(boxes[:, 1] * self.y_scale), 0, height).astype(np.intp)
        x1 = np.clip(np.ceil(boxes[:, 2] * self.x_scale), 0, width).astype(np.intp)
        y1 = np.clip(np.ceil(boxes[:, 3] * self.y_scale), 0, height).astype(np.intp)
        sums = self._text_sums
        found: npt.NDArray[np.int32] = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        return found

    def has_text(self, box: Box) -> bool:
        """Tell whether any ink of text is seen in a box."""
        return bool(self.text_pixels(np.array([box]))[0] > 0)

    def part(self, box: Box, inset: float = 0.0, *, with_text: bool = False) -> Pixels:
        """Return the drawing inside a box, `inset` points from its edges, with the text in it or without."""
        x0, top, x1, bottom = box
        rows = slice(_pixel(top + inset, self.y_scale), _pixel(bottom - inset, self.y_scale))
        columns = slice(_pixel(x0 + inset, self.x_scale), _pixel(x1 - inset, self.x_scale))
        return (self.whole if with_text else self.drawing)[rows, columns]

    def colour(self, box: Box, inset: float) -> str | None:
        """Return the colour as `#rrggbb` that most of a box's inside has, `None` where that is white.

        White is what differs from it by less than is seen.
        """
        part = self.part(box, inset)
        if part.size == 0 or 2 * np.count_nonzero(part >= 255 - SEEN // 2) >= part.size:
            return None
        drawn = self._coloured
        shares = (drawn.shape[0] / self.drawing.shape[0], drawn.shape[1] / self.drawing.shape[1])
        rows = _inner(box[1] + inset, box[3] - inset, self.y_scale * shares[0])
        columns = _inner(box[0] + inset, box[2] - inset, self.x_scale * shares[1])
        inside = drawn[rows, columns].reshape(-1, 3).astype(np.uint32)
        packed = (inside[:, 0] << 16) | (inside[:, 1] << 8) | inside[:, 2]
        if packed.min() == packed.max():
            return f"#{int(packed[0]):06x}"
        values, counts = np.unique(packed, return_counts=True)
        return f"#{int(values[counts.argmax()]):06x}"

    @cached_property
    def _coloured(self) -> Pixels:
        return self._draw_colours(min(self.scale, COLOUR_SCALE))


def _pixel(place: float, scale: float) -> int:
    return max(round(place * scale), 0)


def _inner(low: float, high: float, scale: float) -> slice:
    """Return the pixels between two places, at least one."""
    first = _pixel(low, scale)
    return slice(first, max(_pixel(high, scale), first + 1))
