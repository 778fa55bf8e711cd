"""Turns the bytes of a PDF into the size, rotation and kind of each of its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extract.types import PageKind

COVERING = 0.5  # share of the page from which on pictures make it a scan
MAX_DEPTH = 8  # forms in forms


class PageLook(NamedTuple):
    """A page at a glance: points after rotation, clockwise degrees, and whether its text can be seen."""

    width: float
    height: float
    rotation: int
    kind: PageKind
    visible_text: bool


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
        text = _has_text(page)
        share = _picture_share(page)
        kind = _kind(text=text, share=share, paths=_has_paths(page))
        hidden = kind == "mixed" and not _has_visible_text(page)
        return PageLook(round(width, 2), round(height, 2), page.get_rotation(), kind, text and not hidden)
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


def _has_text(page: pypdfium2.PdfPage) -> bool:
    text = page.get_textpage()
    try:
        return bool(text.get_text_range(0, min(text.count_chars(), 400)).strip()) or (
            text.count_chars() > 0 and bool(text.get_text_bounded().strip())
        )
    finally:
        text.close()


def _objects(page: pypdfium2.PdfPage, kind: int) -> Iterator[pypdfium2.PdfObject]:
    return page.get_objects(filter=[kind], max_depth=MAX_DEPTH)  # type: ignore[no-any-return]


def _has_paths(page: pypdfium2.PdfPage) -> bool:
    return next(_objects(page, pdfium.FPDF_PAGEOBJ_PATH), None) is not None


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """Return the share of the page that pictures cover; scans may be cut into strips, so areas add up."""
    left, bottom, right, top = (float(edge) for edge in page.get_bbox())
    area = 0.0
    for item in _objects(page, pdfium.FPDF_PAGEOBJ_IMAGE):
        x0, y0, x1, y1 = (float(edge) for edge in item.get_bounds())
        area += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return area / max((right - left) * (top - bottom), 1.0)


def _has_visible_text(page: pypdfium2.PdfPage) -> bool:
    """Tell whether any text is painted; an OCR layer below a scan is not."""
    unseen = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
    for item in _objects(page, pdfium.FPDF_PAGEOBJ_TEXT):
        mode = ctypes.c_int(pdfium.FPDFTextObj_GetTextRenderMode(item.raw)).value
        if mode not in unseen:
            return True
    return False
