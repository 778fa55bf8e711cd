"""Turns the box of a line into the picture that a recogniser gets: even margins, no neighbours, white around."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.scan.model import Grey
from extract.scan.text.ink import BOTTOM, TOP, X0, X1
from extract.scan.text.lines import LINE, InkLine

MARGIN = 0.3  # letter sizes of white above and below the ink
# The same beside it: the recogniser overlooks a faint slash or comma at the very edge of its picture.
BESIDE = 0.8
WHITE = 255
HALO = 1  # pixels of grey around a speck


class Crop(NamedTuple):
    """A line's picture; its left edge lies at `x0`, its top at `top` of the page, one pixel for one."""

    picture: Grey
    x0: int
    top: int


def crop(clean: Grey, line: InkLine) -> Crop:
    """Cut out a line.

    The height is at least that of a usual line of this letter size, so that a line without tall letters, or a
    lone digit, is not blown up.
    """
    margin = max(2, round(MARGIN * line.size))
    missing = max(0, round(LINE * line.size) - (line.box.bottom - line.box.top))
    top = line.box.top - margin - missing // 2
    bottom = line.box.bottom + margin + (missing + 1) // 2
    beside = max(margin, round(BESIDE * line.size))
    x0, x1 = line.box.x0 - beside, line.box.x1 + beside
    picture = np.full((bottom - top, x1 - x0), WHITE, dtype=np.uint8)
    first, last = max(top, line.above, 0), min(bottom, line.below, clean.shape[0])
    left, right = max(x0, 0), min(x1, clean.shape[1])
    picture[first - top : last - top, left - x0 : right - x0] = clean[first:last, left:right]
    for piece in line.dirt:
        _whiten(picture, piece[X0] - x0, piece[TOP] - top, piece[X1] - x0, piece[BOTTOM] - top)
    return Crop(picture, x0, top)


def _whiten(picture: Grey, x0: int, top: int, x1: int, bottom: int) -> None:
    """Whiten a box and the pixel around it that noise and JPEG have made grey."""
    picture[max(0, top - HALO) : max(0, bottom + HALO), max(0, x0 - HALO) : max(0, x1 + HALO)] = WHITE
