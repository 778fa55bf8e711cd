"""Turns an upright, evened page into a straight one, and into the way back to where each pixel came from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.evening import INK, Evened
from extract.scan.model import Colour, Grey, Points
from extract.scan.skew import skew_of
from extract.scan.traces import level_courses, text_courses, upended_courses
from extract.scan.warp import TEXT_STIFF, Bend, fitted

MESH = 32  # pixels between the places where the way is worked out; it is smooth enough in between
STRIP = 4  # rows of the mesh drawn at once: their maps stay in the cache
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Way:
    """From pixels of the straight page to pixels of the picture, both continuous and of the full resolution.

    `level` and `upended` bend the straight page (in pixels of the reduced one, `scale` times smaller), then it
    is turned by `angle` degrees clockwise about the middle of a page of `size` (width, height) pixels.
    """

    angle: float
    size: tuple[int, int]
    scale: float
    level: Bend
    upended: Bend

    def source(self, places: Points) -> Points:
        """Return where places (n, 2) of the straight page lie in the picture."""
        small = places / self.scale
        bent = places + self.scale * np.column_stack([self.upended.at(small), self.level.at(small)])
        cosine, sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        middle = np.array([self.size[0] / 2, self.size[1] / 2])
        x, y = (bent - middle).T
        return np.column_stack([x * cosine - y * sine, x * sine + y * cosine]) + middle


def way_of(page: Evened, skew: float) -> Way:
    """Find the bends of an upright page whose lines of text fall by `skew` degrees."""
    height, width = page.grey.shape
    angle = skew_of(page.low < INK, near=skew)
    low_height, low_width = page.low.shape
    turn = cv2.getRotationMatrix2D((low_width / 2 - 0.5, low_height / 2 - 0.5), angle, 1.0)
    level = cv2.warpAffine(page.low, turn, (low_width, low_height), flags=cv2.INTER_LINEAR, borderValue=255)
    return Way(
        angle,
        (width, height),
        width / low_width,
        _level_bend(level, page.low_dpi),
        fitted(upended_courses(level, page.low_dpi), 1),
    )


def _level_bend(level: Grey, dpi: float) -> Bend:
    """Return the bend of the level rulings, on a page without a grid that of its lines of text."""
    bend = fitted(level_courses(level, dpi), 0)
    return bend if bend.bends else fitted(text_courses(level, dpi), 0, stiff=TEXT_STIFF)


def straightened(page: Evened, way: Way) -> tuple[Grey, Colour | None]:
    """Return the page's pictures straight; each pixel is interpolated once."""
    width, height = way.size
    grey = np.empty((height, width), dtype=np.uint8)
    colour = None if page.colour is None else np.empty((height, width, 3), dtype=np.uint8)
    across, down = _mesh(way)
    for top in range(0, height, STRIP * MESH):
        rows = slice(top, min(top + STRIP * MESH, height))
        places = [_dense(plane, top // MESH, width)[: rows.stop - top] for plane in (across, down)]
        grey[rows] = _drawn(page.grey, places, cv2.INTER_CUBIC)
        if colour is not None and page.colour is not None:
            colour[rows] = _drawn(page.colour, places, cv2.INTER_LINEAR)
    return grey, colour


def _drawn(picture: Grey, places: list[Plane], how: int) -> Grey:
    paper = (255, 255, 255)
    across, down = places
    drawn: Grey = cv2.remap(picture, across, down, how, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    return drawn


def _mesh(way: Way) -> tuple[Plane, Plane]:
    """Return the places in the picture, as indices, of the middle of each square of the mesh and one more all round."""
    columns, rows = way.size[0] // MESH + 3, way.size[1] // MESH + STRIP + 2
    x, y = np.meshgrid((np.arange(columns) - 0.5) * MESH, (np.arange(rows) - 0.5) * MESH)
    source = way.source(np.column_stack([x.ravel(), y.ravel()])) - 0.5
    across, down = source.astype(np.float32).T.reshape(2, rows, columns)
    return across, down


def _dense(plane: Plane, first: int, width: int) -> Plane:
    """Return the places of every pixel of a strip that begins at a row of the mesh."""
    part = plane[first : first + STRIP + 2]
    whole: Plane = cv2.resize(
        part, (part.shape[1] * MESH, part.shape[0] * MESH), interpolation=cv2.INTER_LINEAR
    )
    return whole[MESH:-MESH, MESH : MESH + width]
