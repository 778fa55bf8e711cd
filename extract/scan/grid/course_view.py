"""The grey picture of a page along the course of a ruling turned into where a line is seen there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.grid.settings import COURSE
from extract.scan.model import POINTS_PER_INCH, Floats, Grey, Mask
from extract.scan.pixels import opened
from extract.scan.settings import CELLS

Levels = NDArray[np.int16]
Stretch = tuple[int, int]  # the first pixel along a course, and the one behind its last


class Strip(NamedTuple):
    """Grey levels along a course: above it, in three rows of it, and below it."""

    above: Levels
    core: Levels
    below: Levels

    def darker(self) -> Levels:
        """Return by how much the course is darker than both its sides."""
        return np.asarray(np.minimum(self.above, self.below) - self.core.min(axis=0), dtype=np.int16)

    def contrast(self) -> Levels:
        """Return by how much the course is darker, or lighter, than both its sides."""
        lighter = self.core.max(axis=0) - np.maximum(self.above, self.below)
        return np.asarray(np.maximum(self.darker(), lighter), dtype=np.int16)

    def is_pale_line(self) -> bool:
        """Tell whether this is a line between two fills of about one tone, and not their grain."""
        low, high = sorted((float(self.above.mean()), float(self.below.mean())))
        rows = self.core.mean(axis=-1)
        grain = float(self.core.std(axis=-1).mean()) / self.core.shape[-1] ** 0.5
        least = max(COURSE.pale, COURSE.grain * grain)
        line = max(float(rows.max()) - high, low - float(rows.min())) >= least
        return line and low >= COURSE.dark and high < CELLS.paper and high - low < COURSE.step


@dataclass(frozen=True)
class CourseView:
    """A grey picture along a course: for each pixel from column `start` on the row that it runs through."""

    picture: Grey
    course: Floats
    dpi: float
    start: int = 0

    @cached_property
    def even(self) -> Strip:
        """The levels along the course without grain."""
        return self._strip(COURSE.smooth)

    @cached_property
    def raw(self) -> Strip:
        """The levels along the course as they are."""
        return self._strip(0)

    def _strip(self, smooth: float) -> Strip:
        near, far = max(2, self._pixels(COURSE.near)), max(3, self._pixels(COURSE.far))
        rows = np.rint(self.course).astype(np.intp)[None, :] + np.arange(-far, far + 1)[:, None]
        columns = np.arange(self.start, self.start + len(self.course))[None, :]
        height, width = self.picture.shape
        strip = self.picture[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]
        strip = cv2.blur(strip, (max(1, self._pixels(smooth)), 1)).astype(np.int16)
        above, below = (
            np.median(part, axis=0).astype(np.int16)
            for part in (strip[: far - near + 1], strip[far + near :])
        )
        return Strip(above, strip[far - 1 : far + 2], below)

    def _pixels(self, points: float) -> int:
        return round(points * self.dpi / POINTS_PER_INCH)

    def visible(self, *, light: bool = True) -> Mask:
        """Tell for each pixel whether a line or the rim of a fill is seen there.

        A line is darker, or `light`er, than both its sides; a letter's stroke that crosses the course is not. The white
        between two lines of print looks like a light line.
        """
        even, raw = (strip.contrast() if light else strip.darker() for strip in (self.even, self.raw))
        line = (even > COURSE.stands_out) & (raw > COURSE.stands_out / 2)
        steps = np.abs(self.even.above - self.even.below) > COURSE.step
        return np.asarray(line | opened(steps[None, :], max(1, self._pixels(COURSE.rim)), 1)[0])

    def hidden(self) -> Mask:
        """Tell for each pixel whether it lies between two dark areas."""
        lightest = np.maximum(np.maximum(self.even.above, self.even.below), self.even.core.max(axis=0))
        return np.asarray(lightest < COURSE.dark, dtype=np.bool_)

    def ends_and_middle(self, stretches: Sequence[Stretch]) -> tuple[Mask, Floats]:
        """Tell for each stretch between two crossings whether a line is seen right up to both, and on what share of its middle.

        A ruling runs up to those that it crosses; the strokes of digits below each other in each row do not. Inside a thick
        crossing ruling nothing can be told.
        """
        above, core, below = self._strip(COURSE.dots)
        low, high = np.minimum(above, below), np.maximum(above, below)
        least = COURSE.stands_out / 2
        line = (low - core.min(axis=0) > least) | (core.max(axis=0) - high > least)
        line |= (high - low > COURSE.step) | (low <= COURSE.dark)
        far = self._pixels(COURSE.at_crossing)
        ends, middle = np.zeros(len(stretches), np.bool_), np.ones(len(stretches))
        for number, (start, end) in enumerate(stretches):
            ends[number] = line[start : start + far].all() and line[max(end - far, start) : end].all()
            inner = line[start + far : end - far]
            if len(inner):
                middle[number] = inner.mean()
        return ends, middle

    def on_fill(self, stretches: Sequence[Stretch]) -> Floats:
        """Return for each stretch the share of it on which a pale line separates two fills.

        Such a faint line shows only over some length: the levels of a part of the stretch are taken together.
        """
        step = self._pixels(COURSE.part)
        result = np.zeros(len(stretches))
        for number, (start, end) in enumerate(stretches):
            cuts = np.linspace(start, end, max(1, (end - start) // step) + 1).astype(int).tolist()
            parts = (Strip(*(each[..., a:b] for each in self.raw)) for a, b in pairwise(cuts))
            result[number] = np.mean([part.is_pale_line() for part in parts])
        return result

    def in_dark(self, stretches: Sequence[Stretch]) -> Floats:
        """Return for each stretch the share on which a line is darker or lighter than both its sides, at its ends if that is less.

        The stroke of a light letter ends before the crossings.
        """
        line = self.even.contrast() > COURSE.stands_out
        end = self._pixels(COURSE.at_crossing)
        parts = ((line[a:b], line[a : a + end], line[max(a, b - end) : b]) for a, b in stretches)
        return np.array([min(float(part.mean()) for part in each) for each in parts])
