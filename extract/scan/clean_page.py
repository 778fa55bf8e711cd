"""A page of a PDF turned into its clean ink and all that was taken off: what the scan reader and the ink proof look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from extract.scan.cell_fills import flattened, parted_fills
from extract.scan.grid.page_grids import FoundGrid, find_grids
from extract.scan.model import WHITE, Grey, Mask, Sheet
from extract.scan.narrow_columns import inner
from extract.scan.page.illumination import lonely_specks, reduced
from extract.scan.page.picture import prepare
from extract.scan.page.settings import LIGHT
from extract.scan.pixels import dilated, pieces_of
from extract.scan.settings import CELLS
from extract.scan.stamps.foreign_ink import foreign_ink, printed
from extract.scan.text.ink import PageInk, page_ink


@dataclass(frozen=True)
class CleanPage:
    """A straight page and its layers, each as large as the sheet's picture.

    `rulings` is true on the pixels of the grids' rulings, `foreign` on ink of stamps and pens. `clean` is the page's own
    print, dark on white: rulings, foreign ink, fills and dirt are taken off.
    """

    sheet: Sheet
    grids: tuple[FoundGrid, ...]
    rulings: Mask
    foreign: Mask
    clean: Grey

    @cached_property
    def ink(self) -> PageInk:
        """The pieces of the page's own print."""
        return page_ink(self.clean, self.sheet.dpi)


def clean_page(data: bytes, number: int, *, rotation: int = 0, every_table: bool = False) -> CleanPage:
    """Look at a page, counted from 1, of a PDF; see `prepare` for `rotation` and the errors, `find_grids` for the tables."""
    sheet = prepare(data, number, rotation=rotation)
    grids = tuple(parted_fills(grid, sheet) for grid in find_grids(sheet, every=every_table))
    foreign = _without_entries(foreign_ink(sheet), grids, sheet.dpi)
    rulings = _ruling_pixels(grids, sheet)
    grey, strokes = printed(sheet, foreign)
    clean = _cleaned(flattened(grey, sheet, grids), sheet.dpi, rulings, strokes)
    return CleanPage(sheet, grids, rulings, foreign, clean)


def _without_entries(foreign: Mask, grids: Sequence[FoundGrid], dpi: float) -> Mask:
    """Return foreign ink without entries, by hand or drawn: what is as small as a tick and lies wholly in one cell."""
    pieces = pieces_of(foreign)
    x0, top, wide, high, _ = pieces.stats.T
    entry = np.zeros(len(pieces.stats), dtype=np.bool_)
    small = pieces.longest <= CELLS.entry * dpi
    for grid in grids:
        for left, upper, right, lower in map(grid.shape.box, grid.shape.spans):
            entry |= small & (x0 > left) & (top > upper) & (x0 + wide < right) & (top + high < lower)
    return foreign & ~pieces.only(entry)


def _ruling_pixels(grids: Sequence[FoundGrid], sheet: Sheet) -> Mask:
    """Return the ruling pixels of all grids; inside a cell of several rows or columns there are none."""
    mask: Mask = np.zeros(sheet.grey.shape, dtype=np.bool_)
    for grid in grids:
        mask |= grid.rulings
        for span in grid.shape.spans:
            if span.rows > 1 or span.columns > 1:
                mask[inner(grid.shape, span, grid.thickness + 1).part] = False
    return mask


def _cleaned(grey: Grey, dpi: float, rulings: Mask, strokes: Mask) -> Grey:
    """Return the page without rulings, without foreign strokes and their soft edges, and without specks far from any ink.

    The mask of rulings already holds their soft edges, except where print touches them.
    """
    clean: Grey = grey.copy()
    clean[dilated(strokes) | rulings] = WHITE
    low_dpi = min(LIGHT.low_dpi, dpi)
    specks = lonely_specks(reduced(clean, dpi, low_dpi), low_dpi).view(np.uint8)
    clean[cv2.resize(specks, clean.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = WHITE
    return clean
