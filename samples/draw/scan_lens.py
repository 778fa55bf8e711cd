"""Turns places of the original page into places of the scan: skew, perspective, bulging paper, quarter turns."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.draw.scan_settings import ScanSettings, Turn

Points = NDArray[np.float64]
Plane = NDArray[np.float32]

KEPT = 12.0  # points at each edge of the original that may fall off the glass
SHOWN = 6.0  # the same under a black lid, which shows round the sheet


@dataclass(frozen=True)
class Lens:
    """The way from the original page to the picture; all lengths in points, origin top left.

    Attributes:
        size: width and height of the original page.
        matrix: the homography from the original to the picture before its turn, row by row.
        warp: bulge in points across and down, waves a page across and down, phases.
        turn: the clockwise turn baked into the picture.
    """

    size: tuple[float, float]
    matrix: tuple[tuple[float, float, float], ...]
    warp: tuple[float, float, float, float, float, float]
    turn: Turn = 0

    def original(self, places: Points) -> Points:
        """Places of the unturned picture -> places of the original."""
        straight = _project(np.linalg.inv(np.array(self.matrix)), places)
        return straight + self._bulge(places)

    def delivered(self, places: Points) -> Points:
        """Places of the original, (n, 2) -> places of the page as delivered, after the turn; to 0.01 points."""
        matrix = np.array(self.matrix)
        there = _project(matrix, places)
        for _ in range(8):
            there = _project(matrix, places - self._bulge(there))
        return self._turned(there)

    def maps(self, width: int, height: int, scale: float) -> tuple[Plane, Plane]:
        """For each pixel of the unturned picture, where it lies in a rendering of `scale` pixels a point."""
        x = (np.arange(width, dtype=np.float64) + 0.5) * self.size[0] / width
        y = (np.arange(height, dtype=np.float64) + 0.5) * self.size[1] / height
        a, b, c = np.linalg.inv(np.array(self.matrix))
        across, down = x[None, :], y[:, None]
        depth = c[0] * across + c[1] * down + c[2]
        bulge_x, bulge_y = self._waves(across, down)
        map_x = (a[0] * across + a[1] * down + a[2]) / depth + bulge_x
        map_y = (b[0] * across + b[1] * down + b[2]) / depth + bulge_y
        return (map_x * scale - 0.5).astype(np.float32), (map_y * scale - 0.5).astype(np.float32)

    def _bulge(self, places: Points) -> Points:
        return np.column_stack(self._waves(places[:, 0], places[:, 1]))

    def _waves(self, x: Points, y: Points) -> tuple[Points, Points]:
        across, down, often_x, often_y, phase_x, phase_y = self.warp
        dx = across * np.sin(2 * np.pi * often_x * y / self.size[1] + phase_x)
        dy = down * np.sin(2 * np.pi * often_y * x / self.size[0] + phase_y)
        return dx + 0 * x, dy + 0 * y

    def _turned(self, places: Points) -> Points:
        width, height = self.size
        x, y = places[:, 0], places[:, 1]
        ways = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}
        return np.column_stack(ways[self.turn])


def lens(rng: np.random.Generator, settings: ScanSettings, size: tuple[float, float]) -> Lens:
    """Draw how one page of `size` lies on the glass; it is made smaller until nothing of worth falls off."""
    angle = np.radians(rng.uniform(*settings.skew) * rng.choice([-1, 1]))
    lean = settings.perspective * rng.uniform(0.5, 1, 2) * rng.choice([-1, 1], 2)
    rotation = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    tilt = np.array([[1, 0, 0], [0, 1, 0], [lean[0] / size[0], lean[1] / size[1], 1]])
    shaped = rotation @ tilt
    shrunk = _shrink(shaped, settings, size) @ shaped
    shift = np.array([[1, 0, size[0] / 2], [0, 1, size[1] / 2], [0, 0, 1]])
    matrix = shift @ shrunk @ np.linalg.inv(shift)
    bulge = settings.warp * rng.uniform(0.6, 1, 2)
    waves = (*bulge, *rng.uniform(0.5, 1.1, 2), *rng.uniform(0, 2 * np.pi, 2))
    rows = tuple((float(a), float(b), float(c)) for a, b, c in matrix)
    a, b, c, d, e, f = (float(value) for value in waves)
    return Lens(size, rows, (a, b, c, d, e, f), settings.turn)


def _shrink(shaped: Points, settings: ScanSettings, size: tuple[float, float]) -> Points:
    margin = SHOWN if settings.black_borders else KEPT
    half = np.array([size[0] / 2 - margin, size[1] / 2 - margin])
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    reach = np.abs(_project(shaped, corners)) + settings.warp
    most = max(1.0, float((reach / (size[0] / 2, size[1] / 2)).max()))
    return np.diag([1 / most, 1 / most, 1.0])


def _project(matrix: Points, places: Points) -> Points:
    moved: Points = cv2.perspectiveTransform(places.reshape(1, -1, 2).astype(np.float64), matrix)[0]
    return moved
