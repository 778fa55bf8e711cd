"""Turns a page of a PDF into one colour picture at the resolution its scanner had."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import PageNotReadableError
from extract.scan.model import Colour
from extract.survey.pdfium_calls import ONE_IN_PDFIUM

MOST_DPI = 300.0  # above this readers get no better, only slower
LEAST_DPI = 150.0  # a coarser picture is drawn larger: the recognisers want letters of 20 pixels
DRAWN_DPI = 200.0  # for a page without pictures
WANTED_SHARE = 0.3  # of the area of all pictures, that the finest ones must cover to set the resolution
MOST_PIXELS = 40_000_000
MAX_DEPTH = 8  # forms in forms
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as a picture: RGB, its resolution in pixels an inch, the page's size in points after /Rotate."""

    picture: Colour
    dpi: float
    width: float
    height: float


def render(data: bytes, number: int) -> Rendering:
    """Draw a page, counted from 1, at the resolution of its pictures, 150 to 300 dpi.

    Raises `PageNotReadableError` for a page that does not open or is too large to draw.
    """
    with ONE_IN_PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _damaged() from error
        try:
            return _drawn(document[number - 1])
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise _damaged() from error
        finally:
            document.close()


def _drawn(page: pypdfium2.PdfPage) -> Rendering:
    width, height = (float(side) for side in page.get_size())
    dpi = min(max(native_dpi(page) or DRAWN_DPI, LEAST_DPI), MOST_DPI)
    if width * height * (dpi / 72) ** 2 > MOST_PIXELS:
        dpi = 72 * math.sqrt(MOST_PIXELS / (width * height))
    if dpi < LEAST_DPI / 2:
        raise PageNotReadableError(
            reason_id="halamannya terlalu besar untuk dibaca sebagai gambar",
            reason_en="it is too large to be read as a picture",
        )
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True, force_bitmap_format=pdfium.FPDFBitmap_BGR)
    picture = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8, order="C")
    bitmap.close()
    return Rendering(picture, dpi, width, height)


def _damaged() -> PageNotReadableError:
    return PageNotReadableError(reason_id="gambarnya rusak", reason_en="its picture is damaged")


def native_dpi(page: pypdfium2.PdfPage) -> float | None:
    """Return the resolution of the finest pictures that together cover a fair share of the pictured area.

    A scan may be cut into strips, or into a fine mask of the letters over a coarse background.
    """
    found = sorted(_resolutions(page), reverse=True)
    total = sum(area for _, area in found)
    covered = 0.0
    for dpi, area in found:
        covered += area
        if covered >= total * WANTED_SHARE:
            return dpi
    return None


def _resolutions(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """Yield the pixels an inch and the area in square points of each picture."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=MAX_DEPTH):
        a, b, c, d, _, _ = _whole_matrix(item)
        across, down = math.hypot(a, b), math.hypot(c, d)
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if across <= 0 or down <= 0 or not pdfium.FPDFImageObj_GetImagePixelSize(item.raw, wide, high):
            continue
        yield 72 * math.sqrt(wide.value * high.value / (across * down)), across * down


def _whole_matrix(item: pypdfium2.PdfObject) -> Matrix:
    """Return the matrix from an object's own space to the page, through the forms that hold it."""
    whole: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    node = item
    while node is not None:
        whole = _product(whole, tuple(float(value) for value in node.get_matrix().get()))
        node = node.container
    return whole


def _product(first: Matrix, then: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
