"""Turns pieces of bent strokes into the rings of round stamps that they are parts of."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask

RADIUS = (30.0, 130.0)  # pixels at 100 dpi: stamps are 15 to 66 mm wide
LEAST = 30  # pixels of a piece that tell a circle
TRIMS, TRIMMED, THICK = (
    5,
    75,
    2.0,
)  # times that the ink furthest off is left out; the percentile, the pixels kept
NEAR = (5.0, 4.0, 3.0, 2.0)  # pixels from the circle within which ink is taken for the ring's, round by round
CLOSED = 0.7  # of the ring that is inked
OUTSIDE, BARE = 6.0, 0.25  # so far outside the ring so much less of a circle is inked
Floats = NDArray[np.float64]


class Ring(NamedTuple):
    """A circle, in pixels."""

    x: float
    y: float
    radius: float

    def disc(self, shape: tuple[int, ...], *, less: float = 0.0) -> Grey:
        """Return the area within it, two pixels more and `less` pixels fewer, 0 and 1."""
        area: Grey = np.zeros(shape, np.uint8)
        middle = round(self.x), round(self.y)
        cv2.circle(area, middle, max(1, round(self.radius + 2 - less)), 1, cv2.FILLED)
        return area


def rings_of(ink: Mask, labels: NDArray[np.int32], stats: NDArray[np.int32], arcs: Mask) -> list[Ring]:
    """Return the rings of which a piece may be an arc: the circle it is a part of is inked nearly all round."""
    y, x = np.nonzero(ink)
    places = np.column_stack([x, y]).astype(np.float64)
    wide = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8))
    found: list[Ring] = []
    for piece in np.flatnonzero(arcs & (stats[:, cv2.CC_STAT_AREA] >= LEAST)).tolist():
        left, top, width, height, _ = stats[piece].tolist()
        own = np.argwhere(labels[top : top + height, left : left + width] == piece)[:, ::-1] + (left, top)
        ring = _settled(own.astype(np.float64), places)
        if ring is not None and _is_closed(ring, wide) and not _is_known(ring, found):
            found.append(ring)
    return found


def _settled(arc: Floats, places: Floats) -> Ring | None:
    """Return the circle that most of a piece lies on, fitted to all the ink along it; `None` where there is none."""
    ring, own = _circle(arc), arc
    for _ in range(TRIMS):
        if ring is None or len(own) < LEAST:
            return None
        off = np.abs(_off(ring, own))
        own = own[off <= max(float(np.percentile(off, TRIMMED)), THICK)]
        ring = _circle(own)
    if ring is None:
        return None
    x, y, radius = ring
    near = (np.abs(places - (x, y)) <= radius + NEAR[0] + 10).all(axis=1)
    around = places[near]
    for reach in NEAR:
        own = around[np.abs(_off(ring, around)) <= reach]
        ring = _circle(own) if len(own) > LEAST else None
        if ring is None:
            return None
    return ring


def _circle(places: Floats) -> Ring | None:
    """Return the circle through places by least squares (Kasa's method), `None` where it is no stamp's size."""
    middle = places.mean(axis=0)
    near = places - middle
    table = np.column_stack([2 * near, np.ones(len(near))])
    try:
        a, b, c = np.linalg.solve(table.T @ table, table.T @ np.square(near).sum(axis=1))
    except np.linalg.LinAlgError:
        return None
    radius = float(np.sqrt(max(c + a * a + b * b, 0.0)))
    if not RADIUS[0] <= radius <= RADIUS[1]:
        return None
    return Ring(float(a + middle[0]), float(b + middle[1]), radius)


def _off(ring: Ring, places: Floats) -> Floats:
    """Return how far places lie outside the circle."""
    return np.asarray(np.hypot(*(places - (ring.x, ring.y)).T) - ring.radius, dtype=np.float64)


def _is_closed(ring: Ring, wide: Grey) -> bool:
    """Tell whether the circle is inked, and one a little larger is not; a page of text inks any circle alike."""
    inked = _inked(ring, wide)
    return inked >= CLOSED and _inked(ring._replace(radius=ring.radius + OUTSIDE), wide) <= inked - BARE


def _inked(ring: Ring, wide: Grey) -> float:
    angles = np.arange(0, 2 * np.pi, 1 / ring.radius)
    x = np.rint(ring.x + ring.radius * np.cos(angles)).astype(np.intp)
    y = np.rint(ring.y + ring.radius * np.sin(angles)).astype(np.intp)
    on = (x >= 0) & (y >= 0) & (x < wide.shape[1]) & (y < wide.shape[0])
    return float((wide[y[on], x[on]] > 0).sum() / len(angles))


def _is_known(ring: Ring, found: list[Ring]) -> bool:
    """Tell whether a ring is one found before, or lies inside one."""
    return any(
        np.hypot(ring.x - other.x, ring.y - other.y) + ring.radius < other.radius + 8 for other in found
    )
