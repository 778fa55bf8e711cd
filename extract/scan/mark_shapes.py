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
Patch = NDArray[np.float32]  # (SIDE, SIDE), 0 paper to 1 ink, stretched to the glyph's box
Levels = NDArray[np.float64]


class Shape(NamedTuple):
    """A kind of glyph and how well it fits, 0 to 1."""

    glyph: Glyph
    fit: float


OTHER = Shape("other", 0.0)


def shape_of(patch: Patch, width: float, height: float) -> Shape:
    """Return the kind of a glyph from its picture and the size of its box in points."""
    ink = patch > 0.5
    if not ink.any():
        return OTHER
    if is_dash(width, height):
        return Shape("dash", 1.0 if ink.mean() > 0.7 else 0.6)
    aspect = width / max(height, 0.1)
    found = max(
        (_blob(ink, aspect), _tick(ink, aspect), _cross(ink, aspect), _star(ink, aspect)), key=lambda one: one.fit
    )
    return found if found.fit >= 0.5 else OTHER


def is_dash(width: float, height: float) -> bool:
    """Tell whether a box in points is as flat as a hyphen or a dash."""
    return height <= 0.45 * width and height <= 2.2


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


def _cross(ink: NDArray[np.bool_], aspect: float) -> Shape:
    if not 0.5 <= aspect <= 2.0:
        return OTHER
    place = (np.arange(SIDE) + 0.5) / SIDE
    x, y = place[None, :], place[:, None]
    falling, rising = np.abs(x - y), np.abs(x + y - 1)
    total = max(np.count_nonzero(ink), 1)
    along = np.count_nonzero(ink & (np.minimum(falling, rising) < 0.2)) / total
    middle = ink[SIDE * 3 // 8 : SIDE * 5 // 8, SIDE * 3 // 8 : SIDE * 5 // 8].mean()
    arms = [
        float((ink & (line < 0.2) & half).any(axis=0).sum()) / (SIDE / 2)
        for line in (falling, rising)
        for half in (x < 0.5, x >= 0.5)
    ]
    third = SIDE // 3
    notches = (
        ink[: SIDE // 4, third:-third],
        ink[-SIDE // 4 :, third:-third],
        ink[third:-third, : SIDE // 4],
        ink[third:-third, -SIDE // 4 :],
    )
    filled = max(float(notch.mean()) for notch in notches)
    fit = _ramp(along, 0.78, 0.9) * _ramp(float(middle), 0.35, 0.6) * _ramp(min(arms), 0.6, 0.85)
    return Shape("cross", fit * (1.0 - _ramp(filled, 0.2, 0.5)))


def _star(ink: NDArray[np.bool_], aspect: float) -> Shape:
    """An asterisk: full in the middle, thinner outwards, five arms or more."""
    if not 0.7 <= aspect <= 1.4:
        return OTHER
    place = (np.arange(SIDE) - (SIDE - 1) / 2) / (SIDE / 2)
    radius = np.hypot(place[None, :], place[:, None])
    inner, outer = ink[radius < 0.3].mean(), ink[(radius > 0.55) & (radius < 0.95)].mean()
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    xs = np.clip(np.rint((1 + 0.62 * np.cos(angles)) * (SIDE - 1) / 2), 0, SIDE - 1).astype(int)
    ys = np.clip(np.rint((1 + 0.62 * np.sin(angles)) * (SIDE - 1) / 2), 0, SIDE - 1).astype(int)
    ring = ink[ys, xs].astype(np.int8)
    arms = int((np.diff(np.append(ring, ring[0])) > 0).sum())
    fit = _ramp(float(inner), 0.8, 0.95) * (1.0 - _ramp(float(outer), 0.55, 0.7)) * _ramp(float(outer), 0.12, 0.2)
    return Shape("blob", fit if arms in {5, 6} and _holes(ink) < 0.02 else 0.0)


def _ramp(value: float, low: float, high: float) -> float:
    """Return 0 below `low`, 1 above `high`, a straight line between."""
    return float(min(1.0, max(0.0, (value - low) / (high - low))))
