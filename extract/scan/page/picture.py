"""Turns a page of a PDF into an upright, straight, evened picture with the way back to the page."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extract.scan.model import PageMap, Points, Sheet
from extract.scan.page.illumination import Evened, even
from extract.scan.page.orientation import lie_of
from extract.scan.page.page_finder import find
from extract.scan.page.rendering import render
from extract.scan.page.straighten import Way, level_page, straight_maps, straightened, way_of
from extract.scan.page.two_page_spread import refuse_spread


def prepare(data: bytes, number: int, *, rotation: int = 0) -> Sheet:
    """Prepare a page, counted from 1, of a PDF for reading.

    `rotation` is the clockwise turn beyond /Rotate (0, 90, 180, 270) that the page likely needs, such as that
    of the page before it; it is tried first, and holds for a page without legible text. A blank page gives a
    white sheet.

    Raises `PageNotReadableError` for a page that does not open, is too large, or holds two pages side by side.
    """
    drawn = render(data, number)
    page = even(drawn.picture, drawn.dpi)
    lie = lie_of(page, likely=rotation % 360)
    page, turn = _turned(page, lie.turn), lie.turn
    angle, level = level_page(page, lie.skew)
    maps = find(level)
    way = way_of(page, angle, maps)
    grey, colour = straightened(page, way)
    upright = straight_maps(maps, way)
    refuse_spread(grey, drawn.dpi, upright.level)
    width, height = (drawn.width, drawn.height) if turn % 180 == 0 else (drawn.height, drawn.width)
    points = (width / way.size[0], height / way.size[1])
    return Sheet(
        number,
        grey,
        colour,
        drawn.dpi,
        turn,
        width,
        height,
        PageMap(_Forward(way, points)),
        upright,
    )


def _turned(page: Evened, turn: int) -> Evened:
    if turn == 0:
        return page
    grey, low = (np.ascontiguousarray(np.rot90(picture, -(turn // 90))) for picture in (page.grey, page.low))
    colour = None if page.colour is None else np.ascontiguousarray(np.rot90(page.colour, -(turn // 90)))
    return replace(page, grey=grey, low=low, colour=colour)


@dataclass(frozen=True, slots=True)
class _Forward:
    """From pixels of the straight sheet to points of the upright page, `points` a pixel across and down."""

    way: Way
    points: tuple[float, float]

    def __call__(self, places: Points) -> Points:
        """Return places (n, 2) in points."""
        found: Points = self.way.source(places) * self.points
        return found
