"""Turns two PDFs into the list of what a reader would see differ: text, boxes, pixels."""

import io

import pdfplumber
import pypdfium2
from pdfplumber.page import Page

DPI = 50


def differences(old: bytes, new: bytes) -> list[str]:
    """One line for each page and kind of difference; an empty list for equal documents.

    Bytes are not compared: compression may differ between versions of zlib.
    """
    one, two = _views(old), _views(new)
    if len(one) != len(two):
        return [f"{len(one)} pages became {len(two)}"]
    return [
        f"page {number}: {kind} differ"
        for number, (before, after) in enumerate(zip(one, two, strict=True), start=1)
        for kind in before
        if before[kind] != after[kind]
    ]


def _views(data: bytes) -> list[dict[str, object]]:
    """Each page as a reader sees it: its letters, its rulings, its picture."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        pairs = zip(document.pages, _pictures(data), strict=True)
        return [{"text": _text(page), "boxes": _boxes(page), "pixels": seen} for page, seen in pairs]


def _text(page: Page) -> object:
    return [(char["text"], round(char["x0"], 1), round(char["top"], 1)) for char in page.chars]


def _boxes(page: Page) -> object:
    shapes = [*page.lines, *page.rects]
    return [tuple(round(float(shape[side]), 1) for side in ("x0", "top", "x1", "bottom")) for shape in shapes]


def _pictures(data: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=DPI / 72).to_numpy().tobytes() for page in document]
    finally:
        document.close()
