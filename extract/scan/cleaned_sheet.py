"""A straightened page and what was found on it turned into the page's own ink: without rulings, stamps and dirt."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.scan.grid.page_grids import FoundGrid
from extract.scan.model import Grey, Mask, Sheet
from extract.scan.narrow_columns import inner
from extract.scan.page.illumination import LOW_DPI, lonely_specks, reduced

WHITE = 255
MARGIN = 1  # pixels whitened around stamps and pens


def ruling_pixels(grids: Sequence[FoundGrid], sheet: Sheet) -> Mask:
    """Return the ruling pixels of all grids; inside a cell that spans positions there are none."""
    mask: Mask = np.zeros(sheet.grey.shape, dtype=np.bool_)
    for grid in grids:
        mask |= grid.rulings
        inset = grid.thickness + 1
        for span in grid.shape.spans:
            if span.rows > 1 or span.columns > 1:
                x0, top, x1, bottom = inner(grid.shape, span, inset)
                mask[top:bottom, x0:x1] = False
    return mask


def cleaned(grey: Grey, dpi: float, rulings: Mask, strokes: Mask) -> Grey:
    """Return the page without rulings, without foreign strokes and their soft edges, and without specks far from any ink.

    The mask of rulings holds their soft edges already, but where print touches them.
    """
    kernel = np.ones((2 * MARGIN + 1, 2 * MARGIN + 1), dtype=np.uint8)
    wide = cv2.dilate(strokes.astype(np.uint8), kernel) > 0
    clean: Grey = grey.copy()
    clean[wide | rulings] = WHITE
    low_dpi = min(LOW_DPI, dpi)
    specks = lonely_specks(reduced(clean, dpi, low_dpi), low_dpi).view(np.uint8)
    clean[cv2.resize(specks, clean.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = WHITE
    return clean
