"""Turns a page of a PDF into an upright, straight, evenly lit picture with the way back to the page."""

from __future__ import annotations

from extract.scan.model import QUARTER_TURN, PageMap, Sheet
from extract.scan.page.illumination import EvenPage, even
from extract.scan.page.orientation import find_orientation, turned
from extract.scan.page.page_finder import find
from extract.scan.page.rendering import render
from extract.scan.page.straighten import straight_maps, straightened, way_of, without_skew
from extract.scan.page.two_page_spread import refuse_spread


def prepare(data: bytes, number: int, *, rotation: int = 0) -> Sheet:
    """Prepare a page, counted from 1, of a PDF for reading.

    `rotation` is the clockwise turn beyond /Rotate (0, 90, 180, 270) that the page likely needs, such as that of the page
    before it; it is tried first, and kept for a page without legible text. A blank page gives a white sheet.

    Raises `PageNotReadableError` for a page that does not open, is too large, or holds two pages side by side.
    """
    drawn = render(data, number)
    page = even(drawn.picture, drawn.dpi)
    orientation = find_orientation(page, likely=rotation % (4 * QUARTER_TURN))
    page = _upright(page, orientation.turn)
    angle, level = without_skew(page, orientation.skew)
    maps = find(level)
    way = way_of(page, angle, maps)
    grey, colour = straightened(page, way)
    maps = straight_maps(maps, way)
    refuse_spread(grey, drawn.dpi, maps.horizontal)
    sides = (drawn.width, drawn.height)
    width, height = sides if orientation.turn % (2 * QUARTER_TURN) == 0 else sides[::-1]
    points = (width / way.size[0], height / way.size[1])
    place = PageMap(lambda places: way.source(places) * points)
    return Sheet(number, grey, colour, drawn.dpi, orientation.turn, width, height, place, maps)


def _upright(page: EvenPage, turn: int) -> EvenPage:
    if turn == 0:
        return page
    colour = None if page.colour is None else turned(page.colour, turn)
    return page._replace(grey=turned(page.grey, turn), low=turned(page.low, turn), colour=colour)
