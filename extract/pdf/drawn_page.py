"""A page drawn twice, whole and without its text: what of its text and of its drawing a person can see."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extract.grid.boxes import Box
from extract.pdf.settings import DRAWING

Pixels = npt.NDArray[np.uint8]
WHITE = 255


class PixelPool:
    """Arrays that pages use one after the other, each until `reset`: fresh memory costs more than what is done in it."""

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

    `whole` is the page as a person sees it, `drawing` the page without any of its text, both H x W. Their
    difference is the ink of the text that can be seen, whatever hides the rest. `size` is the page's width and
    height in points; `colours` draws the page without its text in colour at a scale in pixels per point. Derived
    arrays come from `pool`: with that of a reader a view lasts until its next page.
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

    @cached_property
    def text_ink(self) -> Pixels:
        """Where text is seen: 1 on each pixel that text changes, 0 elsewhere."""
        ink = self.pool.array(self.whole.shape)
        cv2.absdiff(self.whole, self.drawing, ink)
        cv2.threshold(ink, DRAWING.seen, 1, cv2.THRESH_BINARY, ink)
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
        scales = (self.x_scale, self.y_scale)
        low = np.clip(np.floor(boxes[:, :2] * scales), 0, (width, height)).astype(np.intp)
        high = np.clip(np.ceil(boxes[:, 2:] * scales), 0, (width, height)).astype(np.intp)
        (x0, top), (x1, bottom) = low.T, high.T
        sums = self._text_sums
        return np.asarray(sums[bottom, x1] - sums[top, x1] - sums[bottom, x0] + sums[top, x0])

    def part(self, box: Box, inset: float = 0.0, *, with_text: bool = False) -> Pixels:
        """Return the drawing inside a box, `inset` points from its edges, with the text in it or without."""
        rows = slice(_pixel(box.top + inset, self.y_scale), _pixel(box.bottom - inset, self.y_scale))
        columns = slice(_pixel(box.x0 + inset, self.x_scale), _pixel(box.x1 - inset, self.x_scale))
        return (self.whole if with_text else self.drawing)[rows, columns]

    def colour(self, box: Box, inset: float) -> str | None:
        """Return the colour as `#rrggbb` of most of a box's inside, `None` where it cannot be distinguished from white."""
        part = self.part(box, inset)
        if part.size == 0 or 2 * np.count_nonzero(part >= WHITE - DRAWING.seen // 2) >= part.size:
            return None
        drawn = self._coloured
        shares = (drawn.shape[0] / self.drawing.shape[0], drawn.shape[1] / self.drawing.shape[1])
        rows = _inner(box.top + inset, box.bottom - inset, self.y_scale * shares[0])
        columns = _inner(box.x0 + inset, box.x1 - inset, self.x_scale * shares[1])
        red, green, blue = drawn[rows, columns].reshape(-1, drawn.shape[-1]).astype(np.uint32).T
        packed = (red << 16) | (green << 8) | blue
        if packed.min() == packed.max():
            return f"#{int(packed[0]):06x}"
        values, counts = np.unique(packed, return_counts=True)
        return f"#{int(values[counts.argmax()]):06x}"

    @cached_property
    def _coloured(self) -> Pixels:
        return self._draw_colours(min(self.y_scale, DRAWING.colour_scale))


def ground_of(part: Pixels) -> int:
    """Return the commonest grey level of a part of a page, which is not empty."""
    return int(np.bincount(part.ravel(), minlength=WHITE + 1).argmax())


def ink_on(part: Pixels, ground: int) -> Pixels:
    """Return by how many grey levels each pixel differs from the ground."""
    return np.asarray(cv2.absdiff(part, np.full_like(part, ground)), dtype=np.uint8)


def extent(mask: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return the rows and the columns from the first to the last flag that is set, empty slices where none is."""
    if not mask.any():
        return slice(0), slice(0)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _pixel(place: float, scale: float) -> int:
    return max(round(place * scale), 0)


def _inner(low: float, high: float, scale: float) -> slice:
    first = _pixel(low, scale)
    return slice(first, max(_pixel(high, scale), first + 1))
