"""A grey page turned into the mask of its long strokes: rings, arcs and signatures over text and rulings."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask

LOOK_DPI = 100.0  # resolution at which stamps and signatures are looked for
INK = 200  # level below which a pixel at `LOOK_DPI` is ink
RULING = 0.42  # inches; straight runs from this length on are rulings
STROKE = (0.5, 0.28)  # inches; long and short side that a stroke must reach at least
PART = (0.2, 0.12)  # inches; the same for a piece beside such a stroke
NEAR = 0.1  # inches from one to the other
SHORT_RUN = 0.2  # inches; a piece that lies mostly on straight runs of this length is what a ruling left
STRAIGHT = 0.6  # share of its pixels on such runs


def long_strokes(grey: Grey, dpi: float) -> Mask:
    """Return the strokes that reach farther both ways than print does, True on ink.

    Straight rulings are taken out and what crossed them is joined again, so that a word which only touches
    a ruling stays small: lines of text do not hang together, a ring, an arc and a signature do.
    """
    mask = np.zeros(grey.shape, dtype=np.bool_)
    scale = min(1.0, LOOK_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    strokes = cleared(small < INK)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    bent = _bent(strokes, labels, stats)
    found = bent & _reaching(stats, STROKE)
    if not found.any():
        return mask
    seen = cv2.dilate(_grown(labels, found, _reaching(stats, PART)), np.ones((3, 3), np.uint8))
    wide = cv2.resize(seen, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return wide.astype(np.bool_) & (grey < INK + 10)


def cleared(ink: Mask) -> Grey:
    """Return ink at `LOOK_DPI` without straight rulings, strokes that cross one joined again (0 and 1)."""
    dark = ink.astype(np.uint8)
    run = round(RULING * LOOK_DPI)
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    level = cv2.dilate(level, np.ones((3, 1), np.uint8))
    upright = cv2.dilate(upright, np.ones((1, 3), np.uint8))
    rest = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.bitwise_or(level, upright)) & 1)
    over = _reached(rest, (0, 4)) & _reached(rest, (0, -4)) & level
    beside = _reached(rest, (4, 0)) & _reached(rest, (-4, 0)) & upright
    joined: Grey = rest | ((over | beside) & dark)
    return joined


def _reached(ink: Grey, step: tuple[int, int]) -> Grey:
    """Return where ink lies within `step` pixels (x, y) in one direction, give or take two pixels aside."""
    across, down = step
    kernel = np.ones((abs(down) or 5, abs(across) or 5), np.uint8)
    anchor = (
        (0 if across < 0 else kernel.shape[1] - 1) if across else 2,
        (0 if down < 0 else kernel.shape[0] - 1) if down else 2,
    )
    reached: Grey = cv2.dilate(ink, kernel, anchor=anchor)
    return reached


def _bent(strokes: Grey, labels: NDArray[np.int32], stats: NDArray[np.int32]) -> Mask:
    """Tell which pieces are more than straight level or upright lines."""
    run = round(SHORT_RUN * LOOK_DPI)
    level = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    upright = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    straight = np.bincount(labels[cv2.bitwise_or(level, upright) > 0], minlength=len(stats))
    bent: Mask = straight <= STRAIGHT * stats[:, 4]
    return bent


def _reaching(stats: NDArray[np.int32], sides: tuple[float, float]) -> Mask:
    """Tell which pieces reach as far as `sides` (long and short, inches)."""
    width, height = stats[:, 2], stats[:, 3]
    low, high = np.minimum(width, height) / LOOK_DPI, np.maximum(width, height) / LOOK_DPI
    reaching: Mask = (high >= sides[0]) & (low >= sides[1])
    reaching[0] = False
    return reaching


def _grown(labels: NDArray[np.int32], found: Mask, parts: Mask) -> Grey:
    """Return the pixels of strokes and of the parts that lie near them (0 and 1)."""
    side = 2 * round(NEAR * LOOK_DPI) + 1
    strokes = found
    for _ in range(6):
        near = cv2.dilate(strokes[labels].astype(np.uint8), np.ones((side, side), np.uint8))
        touched = np.zeros(len(found), dtype=np.bool_)
        touched[np.unique(labels[near.astype(np.bool_)])] = True
        more = strokes | (parts & touched)
        if np.array_equal(more, strokes):
            break
        strokes = more
    grown: Grey = strokes[labels].astype(np.uint8)
    return grown
