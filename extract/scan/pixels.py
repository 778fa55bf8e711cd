"""What is done to masks and grey pictures everywhere: connected pieces, runs and groups, growing and shrinking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask, PixelBox

MOST_SHORT = 60_000  # labels that fit into 16 bits, with some to spare
Picture = TypeVar("Picture", Grey, Mask)
Item = TypeVar("Item")


class Pieces(NamedTuple):
    """Connected pieces of ink; piece 0 is the paper.

    `labels` gives the piece of each pixel, `stats` the left, top, width, height and area of each piece, `centres` its x and y.
    """

    labels: NDArray[np.integer]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]

    @property
    def widths(self) -> NDArray[np.int32]:
        """The widths of all pieces in pixels."""
        return self.stats[:, cv2.CC_STAT_WIDTH]

    @property
    def heights(self) -> NDArray[np.int32]:
        """The heights of all pieces in pixels."""
        return self.stats[:, cv2.CC_STAT_HEIGHT]

    @property
    def areas(self) -> NDArray[np.int32]:
        """The number of pixels of all pieces."""
        return self.stats[:, cv2.CC_STAT_AREA]

    @property
    def longest(self) -> NDArray[np.int32]:
        """The larger of width and height of all pieces."""
        return np.maximum(self.widths, self.heights)

    def boxes(self) -> list[PixelBox]:
        """Return the boxes of the pieces, without the paper's."""
        return [PixelBox.of_size(*sizes) for *sizes, _ in self.stats[1:].tolist()]

    def only(self, kept: Mask) -> Mask:
        """Return the pixels of the pieces for which `kept` is true; the paper's value is set to false."""
        kept[0] = False
        found: Mask = kept[self.labels]
        return found


def pieces_of(ink: Grey | Mask) -> Pieces:
    """Return the pieces of ink (above 0); pixels that touch at a corner belong together.

    Labels of 16 bits are three times as fast; there are no more pieces than runs of ink in the rows.
    """
    ink = ink.view(np.uint8)
    runs = cv2.countNonZero(cv2.subtract(ink[:, 1:], ink[:, :-1])) + cv2.countNonZero(ink[:, 0])
    kind = cv2.CV_16U if runs < MOST_SHORT else cv2.CV_32S
    return Pieces(*cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)[1:])


def runs_of(wanted: Mask) -> list[tuple[int, int]]:
    """Return the start and the end (exclusive) of each unbroken run of true values in a row."""
    ends = np.flatnonzero(np.diff(wanted.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(ends[::2], ends[1::2], strict=True))


def grouped(items: Iterable[Item], belongs: Callable[[list[Item], Item], bool]) -> list[list[Item]]:
    """Return items in groups: each joins the group of the one before it where it `belongs` there, else starts one."""
    groups: list[list[Item]] = []
    for item in items:
        if groups and belongs(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def dilated(picture: Picture, width: int = 3, height: int | None = None) -> Picture:
    """Return a picture in which each pixel is the highest of those around it; `height` is `width` by default."""
    return _morphed(cv2.MORPH_DILATE, picture, width, height)


def eroded(picture: Picture, width: int = 3, height: int | None = None) -> Picture:
    """Return a picture in which each pixel is the lowest of those around it."""
    return _morphed(cv2.MORPH_ERODE, picture, width, height)


def closed(picture: Picture, width: int = 3, height: int | None = None) -> Picture:
    """Return a picture whose low gaps and holes of less than this size are filled."""
    return _morphed(cv2.MORPH_CLOSE, picture, width, height)


def opened(picture: Picture, width: int = 3, height: int | None = None) -> Picture:
    """Return a picture without what is high but smaller than this."""
    return _morphed(cv2.MORPH_OPEN, picture, width, height)


def _morphed(operation: int, picture: Picture, width: int, height: int | None) -> Picture:
    kernel = np.ones((width if height is None else height, width), np.uint8)
    return cv2.morphologyEx(picture.view(np.uint8), operation, kernel).view(picture.dtype)
