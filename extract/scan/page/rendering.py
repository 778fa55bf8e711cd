"""Turns a page of a PDF into one colour picture at the resolution its scanner had."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import PageNotReadableError
from extract.scan.model import POINTS_PER_INCH, Colour
from extract.scan.page.settings import PICTURE
from extract.survey.pdfium_calls import ONE_IN_PDFIUM


class Rendering(NamedTuple):
    """A page as a picture: RGB, its resolution in pixels per inch, the page's size in points after /Rotate."""

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
            try:
                return _drawn(document[number - 1])
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise PageNotReadableError(
                reason_id="gambarnya rusak", reason_en="its picture is damaged"
            ) from error


def _drawn(page: pypdfium2.PdfPage) -> Rendering:
    width, height = (float(side) for side in page.get_size())
    dpi = min(max(native_dpi(page) or PICTURE.drawn_dpi, PICTURE.least_dpi), PICTURE.most_dpi)
    if width * height * (dpi / POINTS_PER_INCH) ** 2 > PICTURE.most_pixels:
        dpi = POINTS_PER_INCH * math.sqrt(PICTURE.most_pixels / (width * height))
    if dpi < PICTURE.least_dpi / 2:
        raise PageNotReadableError(
            reason_id="halamannya terlalu besar untuk dibaca sebagai gambar",
            reason_en="it is too large to be read as a picture",
        )
    scale = dpi / POINTS_PER_INCH
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.FPDFBitmap_BGR)
    picture = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8, order="C")
    bitmap.close()
    return Rendering(picture, dpi, width, height)


def native_dpi(page: pypdfium2.PdfPage) -> float | None:
    """Return the resolution of the finest pictures that together cover a fair share of the pictured area.

    A scan may be cut into strips, or into a fine mask of the letters over a coarse background.
    """
    found = sorted(_resolutions(page), reverse=True)
    wanted = sum(area for _, area in found) * PICTURE.wanted_share
    covered = 0.0
    for dpi, area in found:
        covered += area
        if covered >= wanted:
            return dpi
    return None


def _resolutions(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """Yield the resolution in pixels per inch and the area in square points of each picture."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        matrix, node = pypdfium2.PdfMatrix(), item
        while node is not None:  # through the forms that hold the picture
            matrix, node = matrix.multiply(node.get_matrix()), node.container
        across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if min(across, down) > 0 and pdfium.FPDFImageObj_GetImagePixelSize(item.raw, wide, high):
            area = across * down
            yield POINTS_PER_INCH * math.sqrt(wide.value * high.value / area), area
