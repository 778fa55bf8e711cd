"""Turns the bytes of a PDF into the size, rotation and kind of each of its pages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extract.survey import pdfium_calls as calls
from extract.survey.pdfium_objects import bounds_of, objects_of
from extract.types import PageKind

COVERING = 0.5  # share of the page from which on pictures make it a scan
MAX_DEPTH = 8  # forms in forms
SAMPLED = 300  # glyphs of a page whose direction is looked at, spread over all
FEWEST = 20  # glyphs from which on they tell how a page lies
MOSTLY = 0.6  # share of them that must run in one direction
STRAIGHT = 5.0  # degrees; a glyph turned by no more than this against a right angle runs along it
BLANKS = {0x09, 0x0A, 0x0D, 0x20, 0xA0}


class PageLook(NamedTuple):
    """A page at a glance: points after `rotation`, and whether its text can be seen.

    `rotation` is the clockwise turn, in degrees, that the page is read under; `stored_rotation` the file's
    own /Rotate. They differ where most of the text would lie sideways or upside down. `glyphs` counts the
    characters on the page that are no blanks, as PDFium sees them.
    """

    width: float
    height: float
    rotation: int
    stored_rotation: int
    kind: PageKind
    visible_text: bool
    glyphs: int


def look_at_pages(data: bytes, readable: tuple[bool, ...]) -> Iterator[PageLook | None]:
    """Yield a look at each page: `None` for one that does not open or is not `readable`."""
    document = pypdfium2.PdfDocument(data)
    try:
        for index, wanted in enumerate(readable):
            yield _look(document, index) if wanted and index < len(document) else None
    finally:
        document.close()


def _look(document: pypdfium2.PdfDocument, index: int) -> PageLook | None:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        stored = page.get_rotation()
        glyphs, direction = _text_look(page)
        text = glyphs > 0
        objects = list(objects_of(calls.address(page.raw), MAX_DEPTH))
        kinds = {kind for kind, _, _ in objects}
        pictures = [
            bounds_of(item, matrix) for kind, item, matrix in objects if kind == pdfium.FPDF_PAGEOBJ_IMAGE
        ]
        share = _picture_share(page, pictures)
        kind = _kind(text=text, share=share, paths=pdfium.FPDF_PAGEOBJ_PATH in kinds)
        hidden = kind == "mixed" and not any(
            _is_visible(item) for one, item, _ in objects if one == pdfium.FPDF_PAGEOBJ_TEXT
        )
        visible = text and not hidden
        rotation = stored if direction is None or not visible else direction
        if (rotation - stored) % 180:
            width, height = height, width
        return PageLook(round(width, 2), round(height, 2), rotation, stored, kind, visible, glyphs)
    finally:
        page.close()


def _kind(*, text: bool, share: float, paths: bool) -> PageKind:
    if share >= COVERING:
        return "mixed" if text else "picture"
    if text:
        return "digital"
    if paths:
        return "digital"
    return "picture" if share > 0 else "empty"


def _text_look(page: pypdfium2.PdfPage) -> tuple[int, int | None]:
    """Count a page's glyphs; also return the clockwise turn under which most of them stand upright."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        glyphs = sum(map(len, text.get_text_bounded().split())) if count else 0
        return glyphs, _upright_turn(text, count) if glyphs else None
    finally:
        text.close()


def _upright_turn(text: pypdfium2.PdfTextPage, count: int) -> int | None:
    """Return the turn for most glyphs, `None` where they are too few or run in several directions."""
    address = calls.address(text.raw)
    places = [
        place
        for place in range(0, count, max(1, count // SAMPLED))
        if calls.char_code(address, place) not in BLANKS
    ]
    turns = Counter(_turn_of(calls.char_angle(address, place)) for place in places)
    if len(places) < FEWEST:
        return None
    turn, times = turns.most_common(1)[0]
    return turn if times >= MOSTLY * len(places) else None


def _turn_of(radians: float) -> int | None:
    """Return the turn that sets a glyph upright (0, 90, 180, 270), `None` for a slanted one.

    PDFium counts a glyph's angle clockwise in the page's own space, so the page is turned back by it.
    """
    degrees = math.degrees(radians)
    nearest = round(degrees / 90) * 90
    return -nearest % 360 if abs(degrees - nearest) <= STRAIGHT else None


def _picture_share(page: pypdfium2.PdfPage, pictures: Sequence[tuple[float, float, float, float]]) -> float:
    """Return the share of the page that pictures cover; scans may be cut into strips, so areas add up."""
    left, bottom, right, top = (float(edge) for edge in page.get_bbox())
    area = 0.0
    for x0, y0, x1, y1 in pictures:
        area += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return area / max((right - left) * (top - bottom), 1.0)


def _is_visible(text: int) -> bool:
    """Tell whether a text object is painted; an OCR layer below a scan is not."""
    return calls.text_mode(text) not in {
        pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
        pdfium.FPDF_TEXTRENDERMODE_CLIP,
    }
