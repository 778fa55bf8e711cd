"""Turns the bytes of a PDF into the size, rotation and kind of each of its pages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extract.settings import LIMITS
from extract.survey import pdfium_calls as calls
from extract.survey.pdfium_objects import bounds_of, objects_of
from extract.survey.settings import PAGES
from extract.types import FULL_TURN, QUARTER_TURN, PageKind
from schema.geometry import BBox

BLANKS = set(map(ord, "\t\n\r \u00a0"))
# As an OCR layer below a scan is.
INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}


class PageLook(NamedTuple):
    """A page at a glance, in points after `rotation`.

    `rotation` is the clockwise turn, in degrees, that the page is read under; `stored_rotation` the file's
    own /Rotate. They differ where most of the text would be sideways or upside down. `glyphs` counts the
    characters on the page that are not blanks, as PDFium sees them.
    """

    width: float
    height: float
    rotation: int
    stored_rotation: int
    kind: PageKind
    glyphs: int

    @property
    def turn(self) -> int:
        """By how many degrees clockwise it is read otherwise than the file turns it."""
        return (self.rotation - self.stored_rotation) % FULL_TURN


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
        return _look_at(page)
    finally:
        page.close()


def _look_at(page: pypdfium2.PdfPage) -> PageLook:
    width, height = page.get_size()
    stored = page.get_rotation()
    glyphs, direction = _text_look(page)
    objects = list(objects_of(calls.address(page.raw), LIMITS.survey_form_depth))
    pictures = [
        bounds_of(item, matrix) for kind, item, matrix in objects if kind == pdfium.FPDF_PAGEOBJ_IMAGE
    ]
    # Scans may be cut into strips, so areas add up.
    visible = _box(*page.get_bbox())
    share = sum(visible.overlap(_box(*picture)) for picture in pictures) / max(visible.area, 1.0)
    has_paths = any(kind == pdfium.FPDF_PAGEOBJ_PATH for kind, _, _ in objects)
    kind = _kind(has_text=glyphs > 0, share=share, has_paths=has_paths)
    texts = (item for one, item, _ in objects if one == pdfium.FPDF_PAGEOBJ_TEXT)
    hidden = kind == "mixed" and all(calls.text_mode(item) in INVISIBLE for item in texts)
    rotation = stored if direction is None or hidden else direction
    if (rotation - stored) // QUARTER_TURN % 2:
        width, height = height, width
    return PageLook(round(width, 2), round(height, 2), rotation, stored, kind, glyphs)


def _kind(*, has_text: bool, share: float, has_paths: bool) -> PageKind:
    if share >= PAGES.covering:
        return "mixed" if has_text else "picture"
    if has_text or has_paths:
        return "digital"
    return "picture" if share > 0 else "empty"


def _text_look(page: pypdfium2.PdfPage) -> tuple[int, int | None]:
    """Count a page's glyphs; also return the clockwise turn under which most of them are upright."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        glyphs = sum(map(len, text.get_text_bounded().split())) if count else 0
        return glyphs, _upright_turn(text, count) if glyphs else None
    finally:
        text.close()


def _upright_turn(text: pypdfium2.PdfTextPage, count: int) -> int | None:
    address = calls.address(text.raw)
    places = range(0, count, max(1, count // PAGES.sampled))
    printed = [place for place in places if calls.char_code(address, place) not in BLANKS]
    if len(printed) < PAGES.fewest:
        return None
    turns: Counter[int | None] = Counter()
    for angle, times in Counter(map(calls.char_angle, repeat(address), printed)).items():
        turns[_turn_of(angle)] += times
    turn, times = turns.most_common(1)[0]
    return turn if times >= PAGES.mostly * len(printed) else None


def _turn_of(radians: float) -> int | None:
    """Return the turn that sets a glyph upright, `None` for a slanted one; PDFium counts its angle clockwise."""
    degrees = math.degrees(radians)
    nearest = round(degrees / QUARTER_TURN) * QUARTER_TURN
    return -nearest % FULL_TURN if abs(degrees - nearest) <= PAGES.straight else None


def _box(left: float, bottom: float, right: float, top: float) -> BBox:
    """Return a box of the page's own space, whose y axis points upwards."""
    return BBox.unchecked(x0=float(left), top=float(bottom), x1=float(right), bottom=float(top))
