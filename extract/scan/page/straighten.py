"""Turns an upright, evened page into a straight one, and into the way back to where each pixel came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Colour, Grey, PageMaps, Points
from extract.scan.page.illumination import INK, LOW_DPI, Evened
from extract.scan.page.page_finder import PAPER, at_finder_dpi
from extract.scan.page.ruling_traces import Courses, ruling_courses, text_courses, upended_courses
from extract.scan.page.skew import skew_of
from extract.scan.page.warp import TEXT_STIFF, Bend, fitted

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


def level_page(page: Evened, skew: float) -> tuple[float, Grey]:
    """Return the skew of an upright page, measured near a first guess, and its picture without it, at the finder's dpi."""
    angle = skew_of(page.low < INK, near=skew)
    small = at_finder_dpi(page.grey, page.dpi)
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), angle, 1.0)
    level: Grey = cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=PAPER)
    return angle, level


def way_of(page: Evened, angle: float, maps: PageMaps) -> Way:
    """Find the bends of a page that is level but for them by its maps."""
    height, width = page.grey.shape
    scale = maps.dpi / LOW_DPI
    courses = ruling_courses(maps.level, maps.dpi), upended_courses(maps.upright, maps.dpi)
    level = fitted(_smaller(courses[0], scale), 0)
    if not level.bends:
        level = fitted(_smaller(text_courses(maps.printed, maps.dpi), scale), 0, stiff=TEXT_STIFF)
    upended = fitted(_smaller(courses[1], scale), 1)
    return Way(angle, (width, height), scale * width / maps.level.shape[1], level, upended)


def _smaller(courses: Courses, scale: float) -> Courses:
    return replace(courses, places=courses.places / scale)


def straight_maps(maps: PageMaps, way: Way) -> PageMaps:
    """Return the maps of a level page bent straight."""
    height, width = maps.level.shape
    factor = maps.dpi / LOW_DPI

    def source(places: Points) -> Points:
        small = places / factor
        return places + factor * np.column_stack([way.upended.at(small), way.level.at(small)])

    pictures = (maps.level, maps.upright, maps.printed, maps.foreign)
    found = _redrawn([(picture, cv2.INTER_LINEAR, 0) for picture in pictures], (width, height), source)
    return PageMaps(found[0], found[1], found[2], found[3], maps.dpi)


def straightened(page: Evened, way: Way) -> tuple[Grey, Colour | None]:
    """Return the page's pictures straight; each pixel is interpolated once."""
    pictures = [(page.grey, cv2.INTER_CUBIC, PAPER)]
    if page.colour is not None:
        pictures.append((page.colour, cv2.INTER_LINEAR, PAPER))
    found = _redrawn(pictures, way.size, way.source)
    return found[0], found[1] if page.colour is not None else None


def _redrawn(
    pictures: Sequence[tuple[Grey, int, int]], size: tuple[int, int], source: Callable[[Points], Points]
) -> list[Grey]:
    """Return pictures, each with its way of interpolation and its ground, redrawn from where `source` says their pixels lie."""
    width, height = size
    results = [np.empty((height, width, *picture.shape[2:]), dtype=np.uint8) for picture, _, _ in pictures]
    across, down = _mesh(size, source)
    for top in range(0, height, STRIP * MESH):
        rows = slice(top, min(top + STRIP * MESH, height))
        x, y = (_dense(plane, top // MESH, width)[: rows.stop - top] for plane in (across, down))
        for result, (picture, how, ground) in zip(results, pictures, strict=True):
            result[rows] = cv2.remap(
                picture, x, y, how, borderMode=cv2.BORDER_CONSTANT, borderValue=(ground,) * 3
            )
    return results


def _mesh(size: tuple[int, int], source: Callable[[Points], Points]) -> tuple[Plane, Plane]:
    """Return the places in the picture, as indices, of the middle of each square of the mesh and one more all round."""
    columns, rows = size[0] // MESH + 3, size[1] // MESH + STRIP + 2
    x, y = np.meshgrid((np.arange(columns) - 0.5) * MESH, (np.arange(rows) - 0.5) * MESH)
    places = source(np.column_stack([x.ravel(), y.ravel()])) - 0.5
    across, down = places.astype(np.float32).T.reshape(2, rows, columns)
    return across, down


def _dense(plane: Plane, first: int, width: int) -> Plane:
    """Return the places of every pixel of a strip that begins at a row of the mesh."""
    part = plane[first : first + STRIP + 2]
    whole: Plane = cv2.resize(
        part, (part.shape[1] * MESH, part.shape[0] * MESH), interpolation=cv2.INTER_LINEAR
    )
    return whole[MESH:-MESH, MESH : MESH + width]
