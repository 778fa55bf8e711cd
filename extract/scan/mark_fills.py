"""The backgrounds of a page's cells turned into the cells that are filled or shaded as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.mark_ink import Field, level_of
from extract.scan.model import Colour, Grey, PixelBox, Sheet

LEAST = 14.0  # levels between a filled cell and its paper
GAP = 1.8  # times that filled cells differ more from the paper than the others do
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Fills(NamedTuple):
    """Cells that are filled against their row, and cells whose shade cannot be told."""

    filled: Bools
    doubtful: Bools


def find_fills(area: Field, boxes: Sequence[PixelBox], sheet: Sheet, under: Bools) -> Fills:
    """Tell filled cells by how far their background is from that of their row beside the grid.

    A shade that runs on beside the cells (banded rows) is no mark. A column that is filled in every one
    of four rows or more may be decoration: its cells are doubtful. Cells `under` a stamp or signature have
    no say in what the page's paper is like.
    """
    differs = _difference(area, boxes, sheet.grey, sheet.colour)
    if under.all():
        return Fills(np.zeros(len(boxes), dtype=np.bool_), differs > LEAST)
    none = np.zeros(len(boxes), dtype=np.bool_)
    usual = float(np.median(differs[~under]))
    spread = float(np.median(np.abs(differs[~under] - usual)))
    limit = max(LEAST, usual + 8.0 * spread if usual < LEAST else LEAST)
    filled = differs > limit
    if not filled.any():
        return Fills(none, differs > max(0.75 * limit, usual + 6.0 * spread, 9.0))
    rest = differs[~filled & ~under]
    highest = float(rest.max()) if rest.size else 0.0
    clear = differs > GAP * max(highest, LEAST / GAP)
    doubtful = (filled & ~clear) | _whole_columns(filled, boxes)
    return Fills(filled & ~doubtful, doubtful)


def _difference(area: Field, boxes: Sequence[PixelBox], grey: Grey, colour: Colour | None) -> Floats:
    """Return how far each cell's background is from the paper of its row, in levels."""
    tops = np.array([box.top for box in boxes])
    beside = _beside(area, boxes, grey)
    paper = np.array([beside[top] for top in tops.tolist()])
    differs = np.clip(paper - area.background, 0.0, None)
    if colour is None:
        return differs
    hue = _hues(area, boxes, colour)
    usual = np.median(hue, axis=0)
    return np.maximum(differs, np.abs(hue - usual).max(axis=1))


def _beside(area: Field, boxes: Sequence[PixelBox], grey: Grey) -> dict[int, float]:
    """Return for each row, by its top, the grey level of the paper left and right of the cells."""
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    wide = max(6, (boxes[0].x1 - boxes[0].x0) // 2)
    usual = float(np.percentile(area.background, 85))
    levels: dict[int, float] = {}
    for box in boxes:
        if box.top in levels:
            continue
        rows = slice(box.top + area.margin, max(box.bottom - area.margin, box.top + area.margin + 1))
        strips = (
            grey[rows, max(left - wide, 0) : max(left - area.margin - 2, 1)],
            grey[rows, right + area.margin + 2 : right + wide],
        )
        seen = [level_of(strip, 0.7) for strip in strips if strip.size > 8]
        levels[box.top] = min(max(seen), usual) if seen else usual
    return levels


def _hues(area: Field, boxes: Sequence[PixelBox], colour: Colour) -> Floats:
    """Return the two colour differences (red - green, blue - green) of each cell's background."""
    left, top = area.origin
    height, width = area.cells.shape
    part = colour[top : top + height : 3, left : left + width : 3]
    use = (area.core & ~area.foreign & ~area.ink)[::3, ::3]
    cells = area.cells[::3, ::3][use]
    count = np.maximum(np.bincount(cells, minlength=len(boxes)), 1)
    red, green, blue = (
        np.bincount(cells, weights=part[..., channel][use], minlength=len(boxes)) / count
        for channel in range(3)
    )
    return np.stack([red - green, blue - green], axis=1)


def _whole_columns(filled: Bools, boxes: Sequence[PixelBox]) -> Bools:
    """Tell the cells of columns that are filled in each of at least four rows, while others are not."""
    columns = np.array([box.x0 for box in boxes]) // max(4, (boxes[0].x1 - boxes[0].x0) // 2)
    whole = np.zeros(filled.shape, dtype=np.bool_)
    for column in np.unique(columns):
        mine = columns == column
        if np.count_nonzero(mine) >= 4 and filled[mine].all():
            whole |= mine
    return whole
