"""Turns an upright, evenly lit page into a straight one, and into the way back to where each pixel came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import HALF_PIXEL, WHITE, Colour, Grey, PageMaps, Points
from extract.scan.page.illumination import EvenPage
from extract.scan.page.page_finder import at_finder_dpi
from extract.scan.page.ruling_traces import Courses, ruling_courses, text_courses, vertical_courses
from extract.scan.page.settings import LIGHT, PICTURE, WARP
from extract.scan.page.skew import skew_of
from extract.scan.page.warp import Bend, fitted

Plane = NDArray[np.float32]


class Way(NamedTuple):
    """From pixels of the straight page to pixels of the picture, both continuous and of the full resolution.

    The straight page is bent by `horizontal` and `vertical` (in pixels of the reduced page, `scale` times smaller), the bends
    of its rulings, then turned by `angle` degrees clockwise about the middle of a page of `size` (width, height) pixels.
    """

    angle: float
    size: tuple[int, int]
    scale: float
    horizontal: Bend
    vertical: Bend

    def bent(self, places: Points, scale: float) -> Points:
        """Return places (n, 2) of a straight page, `scale` times as large as the reduced one, on the bent page."""
        small = places / scale
        return places + scale * np.column_stack([self.vertical.at(small), self.horizontal.at(small)])

    def source(self, places: Points) -> Points:
        """Return the places in the picture of places (n, 2) of the straight page."""
        cosine, sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        middle = np.array([self.size[0] / 2, self.size[1] / 2])
        x, y = (self.bent(places, self.scale) - middle).T
        return np.column_stack([x * cosine - y * sine, x * sine + y * cosine]) + middle


def without_skew(page: EvenPage, skew: float) -> tuple[float, Grey]:
    """Return the skew of an upright page, measured near a first guess, and its picture without it, at the finder's dpi."""
    angle = skew_of(page.low < LIGHT.ink, near=skew)
    small = at_finder_dpi(page.grey, page.dpi)
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2 - HALF_PIXEL, height / 2 - HALF_PIXEL), angle, 1.0)
    level: Grey = cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=WHITE)
    return angle, level


def way_of(page: EvenPage, angle: float, maps: PageMaps) -> Way:
    """Find the bends of a page without skew by its maps."""
    height, width = page.grey.shape
    scale = maps.dpi / LIGHT.low_dpi
    horizontal = fitted(_smaller(ruling_courses(maps.horizontal, maps.dpi), scale), 0)
    if not horizontal.bends:
        lines = _smaller(text_courses(maps.printed, maps.dpi), scale)
        horizontal = fitted(lines, 0, stiff=WARP.stiff_text)
    vertical = fitted(_smaller(vertical_courses(maps.vertical, maps.dpi), scale), 1)
    return Way(angle, (width, height), scale * width / maps.horizontal.shape[1], horizontal, vertical)


def _smaller(courses: Courses, scale: float) -> Courses:
    return courses._replace(places=courses.places / scale)


def straight_maps(maps: PageMaps, way: Way) -> PageMaps:
    """Return the maps of a page without skew bent straight."""
    height, width = maps.horizontal.shape
    chances = (maps.horizontal, maps.vertical, maps.printed, maps.foreign)
    scale = maps.dpi / LIGHT.low_dpi
    pictures = [(each, cv2.INTER_LINEAR, 0) for each in chances]
    found = _redrawn(pictures, (width, height), lambda places: way.bent(places, scale))
    return PageMaps(maps.dpi, *found)


def straightened(page: EvenPage, way: Way) -> tuple[Grey, Colour | None]:
    """Return the page's pictures straight; each pixel is interpolated once."""
    pictures = [(page.grey, cv2.INTER_CUBIC, WHITE)]
    if page.colour is not None:
        pictures.append((page.colour, cv2.INTER_LINEAR, WHITE))
    grey, *colour = _redrawn(pictures, way.size, way.source)
    return grey, colour[0] if colour else None


def _redrawn(
    pictures: Sequence[tuple[Grey, int, int]], size: tuple[int, int], source: Callable[[Points], Points]
) -> list[Grey]:
    """Return pictures, each with its interpolation and its background, redrawn from where `source` finds their pixels."""
    width, height = size
    results = [np.empty((height, width, *picture.shape[2:]), dtype=np.uint8) for picture, _, _ in pictures]
    planes = _mesh(size, source)
    for top in range(0, height, PICTURE.strip * PICTURE.mesh):
        rows = slice(top, min(top + PICTURE.strip * PICTURE.mesh, height))
        x, y = (_dense(plane, top // PICTURE.mesh, width)[: rows.stop - top] for plane in planes)
        for result, (picture, how, ground) in zip(results, pictures, strict=True):
            result[rows] = cv2.remap(
                picture, x, y, how, borderMode=cv2.BORDER_CONSTANT, borderValue=(ground,) * 3
            )
    return results


def _mesh(size: tuple[int, int], source: Callable[[Points], Points]) -> tuple[Plane, Plane]:
    """Return the places in the picture, as indices, of the middle of each square of the mesh and one more on each side."""
    columns, rows = size[0] // PICTURE.mesh + 3, size[1] // PICTURE.mesh + PICTURE.strip + 2
    x, y = np.meshgrid(*((np.arange(count) - HALF_PIXEL) * PICTURE.mesh for count in (columns, rows)))
    places = source(np.column_stack([x.ravel(), y.ravel()])) - HALF_PIXEL
    across, down = places.astype(np.float32).T.reshape(2, rows, columns)
    return across, down


def _dense(plane: Plane, first: int, width: int) -> Plane:
    """Return the places of every pixel of a strip that begins at a row of the mesh."""
    part = plane[first : first + PICTURE.strip + 2]
    size = (part.shape[1] * PICTURE.mesh, part.shape[0] * PICTURE.mesh)
    whole: Plane = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
    return whole[PICTURE.mesh : -PICTURE.mesh, PICTURE.mesh : PICTURE.mesh + width]
