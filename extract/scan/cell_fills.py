"""Cells with a background of their own turned into dark print on white paper: shaded, coloured and dark ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from extract.grid.lattice import Span
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.model import EVEN_CHANCE, WHITE, Grey, Mask, Sheet
from extract.scan.narrow_columns import inner, narrow_blocks
from extract.scan.pixels import dilated
from extract.scan.settings import CELLS


def parted_fills(grid: FoundGrid, sheet: Sheet) -> FoundGrid:
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
    return replace(grid, shape=grid.shape._replace(spans=tuple(sorted(spans))))


def _is_even_fill(cell: Grey) -> bool:
    if cell.size < CELLS.fewest_pixels:
        return False
    dark, light = np.percentile(cell, (2, 98))
    return bool(light < CELLS.paper - CELLS.contrast / 2 and light - dark <= 2 * CELLS.contrast)


def flattened(grey: Grey, sheet: Sheet, grids: Iterable[FoundGrid]) -> Grey:
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
