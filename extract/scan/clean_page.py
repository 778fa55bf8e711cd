"""A page of a PDF turned into its clean ink, with all that was taken off: what the scan reader and the ink proof look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extract.scan.cleaning import cleaned, ruling_pixels
from extract.scan.colour import foreign_ink, printed
from extract.scan.fills import flattened
from extract.scan.grid import FoundGrid, find_grids
from extract.scan.model import Grey, Mask, Sheet
from extract.scan.picture import prepare
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
    grids = find_grids(sheet, every=every_table)
    foreign = foreign_ink(sheet)
    rulings = ruling_pixels(grids, sheet)
    grey, strokes = printed(sheet, foreign)
    clean = cleaned(flattened(grey, sheet, grids), sheet.dpi, rulings, strokes)
    return CleanPage(sheet, grids, rulings, foreign, clean)
