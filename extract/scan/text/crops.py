"""Turns a line into the picture that a recogniser gets: its own ink, even margins, white around."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.model import Grey, Mask
from extract.scan.text.ink import LABEL, WHITE, PageInk
from extract.scan.text.lines import InkLine

# Letter sizes of white above and below the ink, beside it, and how far a picture reaches from the middle of its line at
# least, so that a lone x is not blown up. Of 916 lines of worn office pages 248 were read wrong so, 272 with 0.2, 0.8,
# 1.1 and 264 with 0.3, 0.8, 1.6.
MARGIN, BESIDE, HALF = 0.3, 0.5, 1.35
HALO = 1  # pixels of grey around other ink


class Crop(NamedTuple):
    """A line's picture; its left edge lies at `x0`, its top at `top` of the page, one pixel for one.

    `shared` are the stretches along the page in which ink that it shares with other lines lies, from left to right.
    """

    picture: Grey
    x0: int
    top: int
    shared: tuple[tuple[int, int], ...] = ()


def crop(ink: PageInk, line: InkLine) -> Crop:
    """Cut out a line; ink that is not its own is whitened, also what lies in its rows."""
    margin = max(2, round(MARGIN * line.size))
    beside = max(margin, round(BESIDE * line.size))
    half = HALF * line.size
    top = min(line.box.top - margin, round(line.middle - half))
    bottom = max(line.box.bottom + margin, round(line.middle + half))
    x0, x1 = line.box.x0 - beside, line.box.x1 + beside
    picture = np.full((bottom - top, x1 - x0), WHITE, dtype=np.uint8)
    rows = slice(max(top, 0), min(bottom, ink.clean.shape[0]))
    columns = slice(max(x0, 0), min(x1, ink.clean.shape[1]))
    part = ink.clean[rows, columns].copy()
    part[_foreign(ink, line, rows, columns)] = WHITE
    picture[rows.start - top : rows.stop - top, columns.start - x0 : columns.stop - x0] = part
    return Crop(picture, x0, top, _shared(ink, line))


def _shared(ink: PageInk, line: InkLine) -> tuple[tuple[int, int], ...]:
    if not len(line.shared):
        return ()
    x0, top = max(0, line.box.x0), max(0, line.box.top)
    labels = ink.labels[top : line.box.bottom, x0 : max(x0, line.box.x1)]
    inked = np.isin(labels, line.shared).any(axis=0)
    steps = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]]))) + x0
    return tuple(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True))


def _foreign(ink: PageInk, line: InkLine, rows: slice, columns: slice) -> Mask:
    """Tell which places of a part of the page hold ink of others, or its grey rim."""
    labels = ink.labels[rows, columns]
    own = np.isin(labels, line.pieces[:, LABEL])
    high, wide = (
        slice(max(0, start - part.start), max(0, end - part.start))
        for start, end, part in (
            (line.box.top, line.box.bottom, rows),
            (line.box.x0, line.box.x1, columns),
        )
    )
    own[high, wide] |= np.isin(labels[high, wide], line.shared)
    kernel = np.ones((2 * HALO + 1, 2 * HALO + 1), np.uint8)
    other = cv2.dilate(((labels > 0) & ~own).view(np.uint8), kernel) > 0
    foreign: Mask = other & ~own
    return foreign
