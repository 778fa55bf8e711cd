"""Turns the boxes of a page's pictures into what of them was left unread."""

from __future__ import annotations

from collections.abc import Iterable

from extract.grid.lattice import Shape
from extract.pdf.drawn_text import drawn_letters
from extract.pdf.page_content import Ink, PageContent
from extract.pdf.unexplained_ink import hull
from schema.geometry import BBox

LETTERS = 3  # shapes as large as letters that a picture with text has at least
LEAST = 0.02  # share of the page from which on pictures may hold text that is missed
LOGO = 0.04  # share of the page up to which a picture in a margin is a coat of arms or a logo
UPPER, LOWER = 0.25, 0.9  # a logo lies above the first or below the second share of the page's height
MARK = 0.005  # share of the page up to which a picture in a table is a mark, measured as its cell's ink
PLACES = 2


def unread_pictures(content: PageContent, shapes: Iterable[Shape]) -> BBox | None:
    """Return the box around a page's pictures if they may hold text, else `None`.

    Nobody reads what a picture shows. Two kinds do not count: a logo or coat of arms, which covers at most
    4 % of the page and lies wholly in its upper quarter or its lowest tenth, on whatever page; and a mark in
    a table, which covers at most 0.5 % of the page. The areas of all others add up, since programs cut
    pictures into strips, and from 2 % of the page on they are reported. A picture without shapes like letters shows
    no text. Coordinates are points, origin top
    left.
    """
    page = max(content.width * content.height, 1.0)
    frames = [(s.column_edges[0], s.row_edges[0], s.column_edges[-1], s.row_edges[-1]) for s in shapes]
    counted = [
        seen
        for picture in content.pictures
        if (seen := _visible(picture, content)) is not None
        and not is_logo(seen, content)
        and not (_area(seen) <= MARK * page and any(_lies_in(seen, frame) for frame in frames))
    ]
    if sum(_area(picture) for picture in counted) < LEAST * page:
        return None
    box = hull(counted)
    if drawn_letters(content.view, content.chars, box) < LETTERS:
        return None
    x0, top, x1, bottom = (round(part, PLACES) for part in box)
    return BBox(x0=x0, top=top, x1=x1, bottom=bottom)


def _visible(picture: Ink, content: PageContent) -> Ink | None:
    """Return the part of a picture that lies on the page."""
    x0, x1 = max(picture.x0, 0.0), min(picture.x1, content.width)
    top, bottom = max(picture.top, 0.0), min(picture.bottom, content.height)
    return Ink(x0, top, x1, bottom) if x1 > x0 and bottom > top else None


def _area(picture: Ink) -> float:
    return (picture.x1 - picture.x0) * (picture.bottom - picture.top)


def is_logo(picture: Ink, content: PageContent) -> bool:
    """Tell whether a picture is a logo or a coat of arms by its place and size, see `unread_pictures`."""
    in_margin = picture.bottom <= UPPER * content.height or picture.top >= LOWER * content.height
    return in_margin and _area(picture) <= LOGO * content.width * content.height


def _lies_in(picture: Ink, frame: tuple[float, float, float, float]) -> bool:
    x, y = (picture.x0 + picture.x1) / 2, (picture.top + picture.bottom) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]
