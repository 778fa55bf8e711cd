"""A grey page turned into the mask of its long strokes: rings, arcs and signatures over text and rulings."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask
from extract.scan.rings import Ring, rings_of

LOOK_DPI = 100.0  # resolution at which stamps and signatures are looked for
BROADEST = 0.13  # inches; what is broader is the fill of a cell, not a stroke
DARKER = 0.6  # of a ring's brightness; darker ink inside it is print
SOLID = 15  # pixels at `LOOK_DPI`: a star in a ring has a heart that is broader than strokes are
LIGHTER = 25  # levels; what is this much lighter than the ring between its strokes is paper
DEPTH = 34  # levels that ink is darker than the paper or the fill around it, at `LOOK_DPI`
EDGE = 22  # the same at the page's own resolution
STRAY = 2.5  # pixels at `LOOK_DPI` across its direction that a ruling may stray
TOUCH, ACROSS = 1, 8  # pixels at `LOOK_DPI` from a ruling to ink that touches it, and across a thick one
ASLANT = 0.012  # slope of a line that is no ruling
LINE, LINE_NEAR = (
    0.5,
    0.5,
)  # inches; length of a line that underlines strokes, and how far from them it may lie
THIN = 1.7  # pixels at `LOOK_DPI`; how far a line's ink lies off its middle (standard deviation)
FULL = 0.85  # of a run's length, that a ruling covers on one row
RULING = 0.42  # inches; straight runs from this length on are rulings
STROKE = (0.5, 0.28)  # inches; long and short side that a stroke must reach at least
PART = (0.2, 0.12)  # inches; the same for a piece beside such a stroke
NEAR = 0.1  # inches from one to the other
SHORT_RUN = 0.2  # inches; a piece that lies mostly on straight runs of this length is what a ruling left
STRAIGHT = 0.6  # share of its pixels on such runs


def long_strokes(grey: Grey, dpi: float) -> Mask:
    """Return the strokes that reach farther both ways than print does, True on ink.

    Straight rulings are taken out and what crossed them is joined again, so that a word which only touches
    a ruling stays small: lines of text do not hang together, a ring, an arc and a signature do. What stands
    inside a ring is the stamp's own, unless it is much darker than the ring: then it is print.
    """
    mask = np.zeros(grey.shape, dtype=np.bool_)
    scale = min(1.0, LOOK_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = _paper(small)
    ink = cv2.subtract(paper, small) > DEPTH
    strokes = cleared(ink)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    bent = _bent(strokes, labels, stats)
    found = bent & _reaching(stats, STROKE)
    rings = rings_of(ink, labels, stats, bent & _reaching(stats, PART))
    if not found.any() and not rings:
        return mask
    seen = _with_parts(labels, stats, found)
    for ring in rings:
        seen |= _inside(ring, strokes, small, paper)
    size = (grey.shape[1], grey.shape[0])
    wide = cv2.resize(cv2.dilate(seen, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    below = cv2.resize(cv2.subtract(paper, EDGE), size, interpolation=cv2.INTER_LINEAR)
    return wide.astype(np.bool_) & (grey < below)


def _inside(ring: Ring, strokes: Grey, small: Grey, paper: Grey) -> Grey:
    """Return the ring and the strokes inside it that are about as dark, 0 and 1."""
    area = ring.disc(strokes.shape)
    on = strokes & area
    rim = (on & ~ring.disc(strokes.shape, less=4.0) & 1) > 0
    if not rim.any():
        return on
    share = small / np.maximum(paper, 1).astype(np.float32)
    print_ = (share < DARKER * float(np.median(share[rim]))).astype(np.uint8) & on
    solid = cv2.morphologyEx(on, cv2.MORPH_CLOSE, np.ones((SOLID, SOLID), np.uint8)) & area
    solid[small > float(np.median(small[rim])) + LIGHTER] = 0
    inside: Grey = (on | solid) & ~cv2.dilate(print_, np.ones((3, 3), np.uint8)) & 1
    return inside


def _paper(small: Grey) -> Grey:
    """Return the page without strokes: paper, and fills."""
    side = round(BROADEST * LOOK_DPI) | 1
    paper: Grey = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    )
    return paper


def cleared(ink: Mask) -> Grey:
    """Return ink at `LOOK_DPI` without straight rulings, strokes that cross one joined again (0 and 1)."""
    dark = ink.astype(np.uint8)
    level = cv2.dilate(_level_rulings(dark), np.ones((3, 1), np.uint8))
    upright = cv2.dilate(cv2.transpose(_level_rulings(cv2.transpose(dark))), np.ones((1, 3), np.uint8))
    rest = cv2.bitwise_and(dark, cv2.bitwise_not(cv2.bitwise_or(level, upright)) & 1)
    touching = rest & cv2.dilate(level, np.ones((2 * TOUCH + 1, 1), np.uint8))
    over = _reached(touching, (0, ACROSS)) & _reached(touching, (0, -ACROSS)) & level
    touching = rest & cv2.dilate(upright, np.ones((1, 2 * TOUCH + 1), np.uint8))
    beside = _reached(touching, (ACROSS, 0)) & _reached(touching, (-ACROSS, 0)) & upright
    joined: Grey = rest | ((over | beside) & dark)
    return joined


def _level_rulings(dark: Grey) -> Grey:
    """Return the long level runs, without those of a line that falls or rises: an underline by hand.

    Where such a line runs into a ruling, the ruling's are the rows that are inked nearly from end to end; a
    ruling that is not quite straight has no such row and stays whole.
    """
    run = round(RULING * LOOK_DPI)
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    stray = stats[:, cv2.CC_STAT_HEIGHT] - stats[:, cv2.CC_STAT_AREA] / stats[:, cv2.CC_STAT_WIDTH]
    for piece in np.flatnonzero(stray[1:] > STRAY) + 1:
        x, y, width, height, _ = stats[piece]
        box = (slice(y, y + height), slice(x, x + width))
        own = labels[box] == piece
        full = own.sum(axis=1, keepdims=True) >= FULL * width
        if full.any() or stray[piece] > ASLANT * width:
            level[box][own & ~full] = 0
    return level


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


def _with_parts(labels: NDArray[np.int32], stats: NDArray[np.int32], found: Mask) -> Grey:
    """Return the pixels of strokes, of the parts near them and of lines under them (0 and 1)."""
    grown = _grown(labels, found, _reaching(stats, PART), NEAR)
    lines = _reaching(stats, (LINE, 0.0)) & ~grown
    for piece in np.flatnonzero(lines).tolist():
        x, y, width, height, _ = stats[piece].tolist()
        places = np.argwhere(labels[y : y + height, x : x + width] == piece)
        lines[piece] = np.linalg.eigvalsh(np.cov(places.T))[0] <= THIN**2
    return _grown(labels, grown, lines, LINE_NEAR, rounds=1)[labels].astype(np.uint8)


def _grown(labels: NDArray[np.int32], found: Mask, parts: Mask, near: float, *, rounds: int = 6) -> Mask:
    """Return the strokes with the parts that lie near them."""
    side = 2 * round(near * LOOK_DPI) + 1
    strokes = found
    for _ in range(rounds):
        around = cv2.dilate(strokes[labels].astype(np.uint8), np.ones((side, side), np.uint8))
        touched = np.zeros(len(found), dtype=np.bool_)
        touched[np.unique(labels[around.astype(np.bool_)])] = True
        more = strokes | (parts & touched)
        if np.array_equal(more, strokes):
            break
        strokes = more
    return strokes
