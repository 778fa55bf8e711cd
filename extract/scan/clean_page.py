"""A page of a PDF turned into its clean ink, with all that was taken off: what the scan reader and the ink proof look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from extract.scan.cell_fills import flattened, parted_fills
from extract.scan.cleaned_sheet import cleaned, ruling_pixels
from extract.scan.components import pieces_of
from extract.scan.grid.page_grids import FoundGrid, find_grids
from extract.scan.model import Grey, Mask, Sheet
from extract.scan.page.picture import prepare
from extract.scan.stamps.foreign_ink import foreign_ink, printed
from extract.scan.text.ink import PageInk, page_ink

ENTRY = 0.3  # inches: a tick is no larger


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
    rulings = ruling_pixels(grids, sheet)
    grey, strokes = printed(sheet, foreign)
    clean = cleaned(flattened(grey, sheet, grids), sheet.dpi, rulings, strokes)
    return CleanPage(sheet, grids, rulings, foreign, clean)


def _without_entries(foreign: Mask, grids: Sequence[FoundGrid], dpi: float) -> Mask:
    """Return foreign ink without what is as small as a tick and lies in one cell as a whole: an entry, by hand or drawn."""
    labels, stats, _ = pieces_of(foreign.astype(np.uint8))
    x0, top, wide, high, _ = stats.T
    entry = np.zeros(len(stats), dtype=np.bool_)
    small = np.maximum(wide, high) <= ENTRY * dpi
    for grid in grids:
        for span in grid.shape.spans:
            left, upper, right, lower = grid.shape.box(span)
            entry |= small & (x0 > left) & (top > upper) & (x0 + wide < right) & (top + high < lower)
    entry[0] = False
    return foreign & ~entry[labels]
