"""The picture of a small glyph turned into the kind of mark it shows: tick, cross, v, blob, dash or none of them.

The tests are on outlines, not on letters: a tick or v falls to one lowest point and rises from it to the
upper right, a cross is two diagonals, a blob fills its hull.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Glyph

SIDE = 24  # pixels of a glyph's picture, both ways
CUT = 0.5  # of a glyph's darkest part: what is darker is its stroke
Patch = NDArray[np.float32]  # (SIDE, SIDE), 0 paper to 1 ink, stretched to the glyph's box
Levels = NDArray[np.float64]


class Shape(NamedTuple):
    """A kind of glyph and how well it fits, 0 to 1."""

    glyph: Glyph
    fit: float


OTHER = Shape("other", 0.0)


def shape_of(patch: Patch, width: float, height: float) -> Shape:
    """Return the kind of a glyph from its picture and the size of its box in points."""
    tight, width, height = _tightened(patch, width, height)
    if is_dash(width, height):
        return Shape("dash", 0.9)
    ink, aspect = tight > CUT, width / max(height, 0.1)
    found = max(
        (_blob(ink, aspect), _tick(ink, aspect), _cross(tight, aspect), _star(tight, aspect)),
        key=lambda one: one.fit,
    )
    return found if found.fit >= 0.5 else OTHER


def is_dash(width: float, height: float) -> bool:
    """Tell whether a box in points is as flat as a hyphen or a dash."""
    return height <= 0.62 * width and height <= 2.2


def _tightened(patch: Patch, width: float, height: float) -> tuple[Patch, float, float]:
    """Return the picture cut to where it is dark, stretched again, and the size of that in points.

    The rim of a glyph's box is blur; without it a hyphen is flat and a bullet fills its box.
    """
    rows, columns = np.flatnonzero(patch.max(axis=1) > CUT), np.flatnonzero(patch.max(axis=0) > CUT)
    if not rows.size or not columns.size:
        return patch, width, height
    cut = patch[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tight: Patch = cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return tight, width * cut.shape[1] / SIDE, height * cut.shape[0] / SIDE


def _blob(ink: NDArray[np.bool_], aspect: float) -> Shape:
    if not 0.6 <= aspect <= 1.7:
        return OTHER
    points = cv2.findNonZero(ink.astype(np.uint8))
    hull = np.zeros(ink.shape, dtype=np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)
    full = np.count_nonzero(ink) / max(int(hull.sum()), 1)
    wide = hull.sum() / hull.size
    return Shape("blob", _ramp(full, 0.84, 0.94) * _ramp(wide, 0.6, 0.72))


def _tick(ink: NDArray[np.bool_], aspect: float) -> Shape:
    """A tick, root sign or v: the lower outline has one lowest point, the upper one a notch above it."""
    if not 0.45 <= aspect <= 2.6 or _holes(ink) > 0.02:
        return OTHER
    rows = np.arange(SIDE)[:, None]
    seen = ink.any(axis=0)
    low = np.where(seen, np.where(ink, rows, -1).max(axis=0), 0) / (SIDE - 1)
    high = np.where(seen, np.where(ink, rows, SIDE).min(axis=0), SIDE) / (SIDE - 1)
    vertex = int(np.flatnonzero(low >= low.max() - 0.02).mean())
    if not 0.06 * SIDE <= vertex <= 0.75 * SIDE:
        return OTHER
    notch_at = vertex - 3 + int(np.argmax(high[max(vertex - 3, 0) : vertex + 5])) if vertex >= 3 else vertex
    notch = float(high[max(notch_at, 0)])
    left_top, right_top = float(high[: max(vertex, 1)].min()), float(high[vertex:].min())
    rise_left = low[vertex] - float(low[:2].min())
    fit = _ramp(notch, 0.28, 0.45) * _ramp(notch - left_top, 0.04, 0.14) * _ramp(notch - right_top, 0.26, 0.42)
    fit *= 1.0 - _ramp(float(low[-2:].min()), 0.4, 0.62)
    fit *= _ramp(float(rise_left), 0.05, 0.16)
    fit *= 1.0 - _ramp(_backward(low[: vertex + 1], 1), 0.1, 0.3)
    fit *= 1.0 - _ramp(_backward(low[vertex:], -1), 0.14, 0.3)
    fit *= 1.0 - _ramp(_crowded(ink), 0.15, 0.35)
    letter = left_top < 0.15 and abs(vertex / SIDE - 0.5) < 0.13
    return Shape("letter" if letter else "tick", fit)


def _backward(levels: Levels, direction: int) -> float:
    """Return how far a curve runs against its direction (1: should rise)."""
    if levels.size < 2:
        return 0.0
    peak = np.maximum.accumulate(levels) if direction > 0 else np.minimum.accumulate(levels)
    return float(np.abs(peak - levels).max())


def _crowded(ink: NDArray[np.bool_]) -> float:
    """Return the share of rows that hold more than two strokes."""
    edges = np.diff(np.pad(ink.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    return float(((edges > 0).sum(axis=1) > 2).mean())


def _holes(ink: NDArray[np.bool_]) -> float:
    """Return the share of the picture that ink encloses."""
    outside = np.pad((~ink).astype(np.uint8), 1, constant_values=1)
    cv2.floodFill(outside, None, (0, 0), 2)
    return float((outside == 1).mean())


def _cross(patch: Patch, aspect: float) -> Shape:
    """An x: four arms from a dark middle to the corners, and less ink between each two of them."""
    if not 0.5 <= aspect <= 2.0:
        return OTHER
    arms = [_along(patch, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    gaps = [_notch(patch, side) for side in range(4)]  # above, right, below, left
    contrast = min(min(arms[side], arms[(side + 1) % 4]) - gaps[side] for side in range(4))
    middle = float(patch[SIDE * 3 // 8 : SIDE * 5 // 8, SIDE * 3 // 8 : SIDE * 5 // 8].mean())
    fit = _ramp(contrast, 0.04, 0.16) * _ramp(middle, 0.45, 0.65) * _ramp(min(arms), 0.2, 0.34)
    return Shape("cross", fit)


def _along(patch: Patch, x: int, y: int) -> float:
    """Return how dark the lightest part of the arm towards a corner is."""
    middle = (SIDE - 1) / 2
    lightest = 1.0
    for share in (0.3, 0.5, 0.7, 0.85):
        column, row = middle + (2 * x - 1) * share * middle, middle + (2 * y - 1) * share * middle
        part = patch[max(0, int(row) - 2) : int(row) + 4, max(0, int(column) - 2) : int(column) + 4]
        lightest = min(lightest, float(part.max()))
    return lightest


def _notch(patch: Patch, side: int) -> float:
    """Return how dark the middle of one side's rim is (0 above, then clockwise)."""
    rim = np.rot90(patch, side)[: SIDE // 5, SIDE * 5 // 12 : SIDE * 7 // 12]
    return float(rim.mean())


def _star(patch: Patch, aspect: float) -> Shape:
    """An asterisk: full in the middle, five or six arms."""
    ink = patch > CUT
    if not 0.7 <= aspect <= 1.4 or _holes(ink) > 0.02:
        return OTHER
    place = (np.arange(SIDE) - (SIDE - 1) / 2) / (SIDE / 2)
    radius = np.hypot(place[None, :], place[:, None])
    inner = float(patch[radius < 0.3].mean())
    arms = max(_arms(patch, share) for share in (0.62, 0.74, 0.86))
    return Shape("blob", _ramp(inner, 0.72, 0.86) if arms in {5, 6} else 0.0)


def _arms(patch: Patch, share: float) -> int:
    """Return how many dark runs a circle about the middle crosses; 0 where they do not stand out."""
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    xs = np.clip(np.rint((1 + share * np.cos(angles)) * (SIDE - 1) / 2), 0, SIDE - 1).astype(int)
    ys = np.clip(np.rint((1 + share * np.sin(angles)) * (SIDE - 1) / 2), 0, SIDE - 1).astype(int)
    ring = cv2.blur(patch[ys, xs].reshape(1, -1), (3, 1))[0]
    low, high = float(np.percentile(ring, 15)), float(np.percentile(ring, 85))
    if high - low < 0.12:
        return 0
    dark = (ring > (low + high) / 2).astype(np.int8)
    return int((np.diff(np.append(dark, dark[0])) > 0).sum())


def _ramp(value: float, low: float, high: float) -> float:
    """Return 0 below `low`, 1 above `high`, a straight line between."""
    return float(min(1.0, max(0.0, (value - low) / (high - low))))
