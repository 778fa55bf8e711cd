"""A page of a PDF turned into its clean ink and all that was taken off: what the scan reader and the ink proof look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from extract.grid.lattice import Span
from extract.scan.grid.page_grids import FoundGrid, find_grids
from extract.scan.model import EVEN_CHANCE, WHITE, Grey, Mask, Sheet
from extract.scan.narrow_columns import inner, narrow_blocks
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
    grids = tuple(_parted_fills(grid, sheet) for grid in find_grids(sheet, every=every_table))
    foreign = _without_entries(foreign_ink(sheet), grids, sheet.dpi)
    rulings = _ruling_pixels(grids, sheet)
    grey, strokes = printed(sheet, foreign)
    clean = _cleaned(_flattened(grey, sheet, grids), sheet.dpi, rulings, strokes)
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


def _parted_fills(grid: FoundGrid, sheet: Sheet) -> FoundGrid:
    """Return a grid in which an even fill over several cells of narrow columns fills each of them: a bar over some months.

    The rulings in a fill may have its own tone; a bar that was drawn as one cell means the same.
    """
    narrow = {column for block in narrow_blocks(grid.shape, sheet.dpi) for column in block}
    spans: list[Span] = []
    for span in grid.shape.spans:
        columns = range(span.column, span.column + span.columns)
        wide = span.rows * span.columns > 1 and narrow.issuperset(columns)
        if wide and _is_even_fill(sheet.grey[inner(grid.shape, span, grid.thickness + 1).part]):
            rows = range(span.row, span.row + span.rows)
            spans += [Span(row, column, 1, 1) for row in rows for column in columns]
        else:
            spans.append(span)
    return grid._replace(shape=grid.shape._replace(spans=tuple(sorted(spans))))


def _is_even_fill(cell: Grey) -> bool:
    if cell.size < CELLS.fewest_pixels:
        return False
    dark, light = np.percentile(cell, (2, 98))
    return bool(light < CELLS.paper - CELLS.contrast / 2 and light - dark <= 2 * CELLS.contrast)


def _flattened(grey: Grey, sheet: Sheet, grids: Iterable[FoundGrid]) -> Grey:
    """Return the page's grey picture in which the background of each cell is white and its print dark.

    A cell's background is the usual grey beside its lines of print. `grey` has the size of the sheet's picture.
    """
    result = grey.copy()
    around = dilated(sheet.maps.printed, *(5, 9))
    printed = cv2.resize(around, sheet.grey.shape[::-1], interpolation=cv2.INTER_LINEAR) >= EVEN_CHANCE
    for grid in grids:
        for box in grid.cell_boxes():
            result[box.part] = _flat(grey[box.part], printed[box.part])
    return result


def _flat(cell: Grey, printed: Mask) -> Grey:
    bare = cell[~printed]
    if len(bare) < CELLS.fewest_pixels:
        return cell
    ground = float(np.median(bare))
    if ground >= CELLS.paper:
        return cell
    print_ = cell[printed].astype(np.float32)
    lighter, darker = (print_ > ground + CELLS.contrast).sum(), (print_ < ground - CELLS.contrast).sum()
    light = cell.astype(np.float32)
    if lighter > darker or ground < CELLS.contrast:
        flat = WHITE - (light - ground) * (WHITE / max(WHITE - ground, 1.0))
    else:
        flat = light * (WHITE / max(ground, 1.0))
    return np.asarray(np.clip(flat, 0, WHITE), dtype=np.uint8)
