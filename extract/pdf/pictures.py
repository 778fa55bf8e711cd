"""Turns a page's pictures and drawn shapes into what of its text they hold: letters that no character says."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from extract.grid.boxes import Box, around
from extract.grid.chars import Chars
from extract.grid.lattice import Shape
from extract.pdf.drawn_page import PageView
from extract.pdf.page_content import PageContent, smaller_print
from extract.pdf.settings import CHARS, DRAWING, INK, PICTURES
from schema.geometry import BBox


def unread_pictures(content: PageContent, shapes: Iterable[Shape]) -> BBox | None:
    """Return the box around a page's pictures if they may hold text, which is not read, else `None`.

    A logo or coat of arms does not count, nor a mark in a table. The areas of all others add up, since programs cut
    pictures into strips. A picture without shapes like letters shows no text. Coordinates are points, origin top
    left.
    """
    frames = [shape.bounds for shape in shapes]
    mark = PICTURES.mark * content.area
    counted = [
        seen
        for picture in content.pictures
        if (seen := _visible(picture, content)) is not None
        and not is_logo(seen, content)
        and not (seen.area <= mark and any(frame.holds(seen) for frame in frames))
    ]
    if not counted or sum(picture.area for picture in counted) < PICTURES.least * content.area:
        return None
    box = around(counted)
    letters = drawn_letters(content.view, content.chars, box)
    return box.published() if letters >= PICTURES.letters else None


def is_logo(picture: Box, content: PageContent) -> bool:
    """Tell whether a picture is a logo or a coat of arms: a small one wholly in the upper or lower part of the page."""
    in_upper = picture.bottom <= PICTURES.upper * content.height
    in_margin = in_upper or picture.top >= PICTURES.lower * content.height
    return in_margin and picture.area <= PICTURES.logo * content.width * content.height


def is_drawn_text(content: PageContent) -> bool:
    """Tell whether a page is to be read by its picture although it has characters, or has drawing alone.

    So it is where most of its letters are drawn, as on a scan with a text layer and on a page whose letters are
    paths, and where many of its glyphs cannot be named. A picture without letters in it is a background and tells
    nothing.
    """
    chars = content.chars
    count = int(np.count_nonzero(chars.printed))
    unnamed = int(np.count_nonzero(chars.printed & ~chars.known))
    if count >= PICTURES.fewest and unnamed >= PICTURES.unnamed * count:
        return True
    covered = sum(picture.area for picture in content.pictures) / content.area
    if count < PICTURES.fewest and covered >= PICTURES.scanned:
        return True
    if count >= PICTURES.few and covered < PICTURES.pictured:
        return False
    return drawn_letters(content.view, chars[chars.printed]) >= max(PICTURES.fewest, count)


def drawn_letters(view: PageView, printed: Chars, box: Box | None = None) -> int:
    """Return the number of shapes of the drawing, on the page or in a box of it, that are as large as letters."""
    size = smaller_print(printed) if len(printed) >= PICTURES.fewest else CHARS.no_print
    part = view.drawing if box is None else view.part(box)
    if part.size == 0:
        return 0
    blurred = min(part.shape) > PICTURES.blur
    ground = cv2.medianBlur(part, PICTURES.blur) if blurred else np.full_like(part, int(np.median(part)))
    ink = (cv2.absdiff(part, ground) > DRAWING.dark).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    columns, rows, area = stats[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA + 1].T
    width, height = columns / view.x_scale, rows / view.y_scale
    like = (height >= PICTURES.smallest * size) & (height <= PICTURES.largest * size)
    like &= width <= PICTURES.largest * size
    return int(np.count_nonzero(like & (area < INK.solid * columns * rows)))


def _visible(picture: Box, content: PageContent) -> Box | None:
    x0, x1 = max(picture.x0, 0.0), min(picture.x1, content.width)
    top, bottom = max(picture.top, 0.0), min(picture.bottom, content.height)
    return Box(x0, top, x1, bottom) if x1 > x0 and bottom > top else None
