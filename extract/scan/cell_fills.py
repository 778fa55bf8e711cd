"""Cells with a ground of their own turned into dark print on white paper: shaded, coloured and dark ones, white print too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from extract.grid.lattice import Span
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.model import Grey, Mask, PixelBox, Sheet
from extract.scan.narrow_columns import inner, narrow_blocks

HALF = 128  # an even chance
FILLED = 236  # grey level of a ground below which it is a fill, not paper
CLEAR = 30  # grey levels between print and its ground
FEWEST = 12  # pixels that tell a ground
WHITE = 255


def parted_fills(grid: FoundGrid, sheet: Sheet) -> FoundGrid:
    """Return a grid in which an even fill over several boxes of narrow columns fills each of them: a bar over some months.

    Rulings in a fill may be of its own tone; a bar that was drawn as one cell says the same.
    """
    narrow = {column for block in narrow_blocks(grid.shape, sheet.dpi) for column in block}
    spans: list[Span] = []
    for span in grid.shape.spans:
        columns, rows = (
            range(span.column, span.column + span.columns),
            range(span.row, span.row + span.rows),
        )
        wide = span.rows * span.columns > 1 and narrow.issuperset(columns)
        if wide and _is_even_fill(sheet.grey, PixelBox(*inner(grid.shape, span, grid.thickness + 1))):
            spans += [Span(row, column, 1, 1) for row in rows for column in columns]
        else:
            spans.append(span)
    return replace(grid, shape=grid.shape._replace(spans=tuple(sorted(spans))))


def _is_even_fill(grey: Grey, box: PixelBox) -> bool:
    part = grey[box.top : box.bottom, box.x0 : box.x1]
    if part.size < FEWEST:
        return False
    dark, light = np.percentile(part, (2, 98))
    return bool(light < FILLED - CLEAR / 2 and light - dark <= 2 * CLEAR)


def flattened(grey: Grey, sheet: Sheet, grids: Iterable[FoundGrid]) -> Grey:
    """Return the page's grey picture in which the ground of each cell is white and its print dark.

    A cell's ground is the usual grey beside its lines of print. `grey` has the size of the sheet's picture.
    """
    result = grey.copy()
    printed = _printed(sheet)
    for grid in grids:
        inset = grid.thickness / 2 + 1
        for span in grid.shape.spans:
            box = PixelBox(*inner(grid.shape, span, inset))
            part = np.s_[box.top : box.bottom, box.x0 : box.x1]
            result[part] = _flat(grey[part], printed[part])
    return result


def _printed(sheet: Sheet) -> Mask:
    """Return where print lies, its tall and long letters too, as large as the sheet's picture."""
    around = cv2.dilate(sheet.maps.printed, np.ones((9, 5), np.uint8))
    whole = cv2.resize(around, sheet.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole >= HALF, dtype=np.bool_)


def _flat(cell: Grey, printed: Mask) -> Grey:
    bare = cell[~printed]
    if len(bare) < FEWEST:
        return cell
    ground = float(np.median(bare))
    if ground >= FILLED:
        return cell
    print_ = cell[printed].astype(np.float32)
    lighter, darker = (print_ > ground + CLEAR).sum(), (print_ < ground - CLEAR).sum()
    light = cell.astype(np.float32)
    if lighter > darker or ground < CLEAR:
        flat = WHITE - (light - ground) * (WHITE / max(WHITE - ground, 1.0))
    else:
        flat = light * (WHITE / max(ground, 1.0))
    return np.asarray(np.clip(flat, 0, WHITE), dtype=np.uint8)
