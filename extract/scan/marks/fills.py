"""The backgrounds of a page's cells turned into the cells that are filled or shaded as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.ink import Field, level_of
from extract.scan.marks.steps import chains_of, steps_of
from extract.scan.model import Grey, PixelBox, Sheet

LEAST = 14.0  # levels between a filled cell and its paper
TINTED = 24.0  # the same for a single channel of a colour
GAP = 1.8  # times that filled cells differ more from the paper than the others do
ALIKE = 0.6  # share of other fills' difference from which on a column's fill is theirs
EVENED = 0.8  # inches; fills that are less wide and high together are not taken for darker paper
LOOK_DPI = 50.0  # of the small picture in which that is looked at
EVEN = 0.3  # share of a fill's difference that its brightest part shows too
SMOOTH = 15.0  # levels by which cells that were evened out differ from the next
FEWEST = 3  # filled cells beside a filled column that show that fills are marks
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Fills(NamedTuple):
    """Cells that are filled against their row, and cells whose shade cannot be told."""

    filled: Bools
    doubtful: Bools


def find_fills(area: Field, boxes: Sequence[PixelBox], sheet: Sheet, under: Bools, stamped: Bools) -> Fills:
    """Tell filled cells by how far their background is from that of their row beside the grid.

    A shade that runs on beside the cells (banded rows) is no mark. Where the steps at the rulings and the
    backgrounds do not agree, the cell is doubtful. A column that is filled in every one of four rows or more
    may be decoration: its cells are doubtful unless other cells hold the same fill. Cells `under` a stamp or
    stroke have no say in what the page's paper is like; those `stamped` lie under foreign ink.
    """
    least, most = _steps(area, boxes, sheet, under)
    plain, flat = _difference(area, boxes, sheet.grey)
    if under.all():
        return Fills(np.zeros(len(boxes), dtype=np.bool_), np.maximum(most, plain) > LEAST)
    filled = (least > LEAST) | ((most > LEAST) & (plain > LEAST))
    differs = np.where(filled, most, least)
    even = (plain > LEAST) & (flat > EVEN * plain)
    lone = ~even & ~_evened_out(filled, even, boxes, differs, stamped, sheet.dpi)
    rest = differs[~filled & ~under]
    highest = float(rest.max()) if rest.size else 0.0
    clear = differs > GAP * max(highest, LEAST / GAP)
    others = plain[~filled & ~under]
    usual = float(np.median(others)) if others.size else 0.0
    astray = ~filled & (most > LEAST)
    doubtful = (filled & (~clear | lone | _beside_any(astray, boxes))) | astray
    doubtful |= ~filled & (plain > usual + 2.0 * LEAST)
    doubtful |= _decorated(filled & ~doubtful, boxes, differs)
    return Fills(filled & ~doubtful, doubtful)


def _beside_any(astray: Bools, boxes: Sequence[PixelBox]) -> Bools:
    """Tell the cells next to one at which the ways from the left and the right do not agree."""
    beside = np.zeros(astray.shape, dtype=np.bool_)
    for chain in chains_of(boxes):
        for one, two in pairwise(chain):
            beside[one] |= astray[two]
            beside[two] |= astray[one]
    return beside


def _evened_out(
    filled: Bools, even: Bools, boxes: Sequence[PixelBox], differs: Floats, stamped: Bools, dpi: float
) -> Bools:
    """Tell which filled cells may look like paper because they and their neighbours were evened out together.

    That happens to areas that are wide both ways. What shows such a row's run of cells are the steps at its
    ends: none of them may be `stamped`, and no cell may differ much from the next, also outside of the run.
    """
    runs = even & filled
    for chain in chains_of(boxes):
        for run in _runs(chain, filled & ~even, differs):
            first, last = chain.index(run[0]), chain.index(run[-1])
            ends = [*chain[max(first - 1, 0) : first + 1], *chain[last : last + 2]]
            abrupt = filled[ends] & (np.abs(differs[ends] - np.median(differs[run])) > 2 * SMOOTH)
            runs[run] = not (stamped[ends] | abrupt).any()
    scale = LOOK_DPI / dpi
    right, bottom = max(box.x1 for box in boxes), max(box.bottom for box in boxes)
    look = np.zeros((int(bottom * scale) + 2, int(right * scale) + 2), dtype=np.uint8)
    places = [
        (
            slice(int(box.top * scale), int(box.bottom * scale) + 2),
            slice(int(box.x0 * scale), int(box.x1 * scale) + 2),
        )
        for box in boxes
    ]
    for cell in np.flatnonzero(runs).tolist():
        look[places[cell]] = 1
    side = round(EVENED * LOOK_DPI)
    wide = cv2.morphologyEx(look, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return np.array([runs[cell] and float(wide[place].mean()) > 0.5 for cell, place in enumerate(places)])


def _runs(chain: Sequence[int], wanted: Bools, differs: Floats) -> list[list[int]]:
    """Return the runs of wanted cells side by side of which none differs much from the next."""
    runs: list[list[int]] = []
    for before, cell in pairwise([-1, *chain]):
        if not wanted[cell]:
            continue
        if before >= 0 and wanted[before] and runs and abs(differs[cell] - differs[before]) <= SMOOTH:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _steps(area: Field, boxes: Sequence[PixelBox], sheet: Sheet, under: Bools) -> tuple[Floats, Floats]:
    """Return how much darker each cell is than the paper beside its row: at least, and at most."""
    found = [steps_of(area, boxes, sheet.grey, sheet.dpi, under)]
    scales = [1.0]
    if sheet.colour is not None:
        found += [steps_of(area, boxes, sheet.colour[..., n], sheet.dpi, under) for n in range(3)]
        scales += [LEAST / TINTED] * 3
    least = [scale * np.minimum(one.left, one.right) for one, scale in zip(found, scales, strict=True)]
    most = [scale * np.maximum(one.left, one.right) for one, scale in zip(found, scales, strict=True)]
    return np.max(least, axis=0), np.max(most, axis=0)


def _difference(area: Field, boxes: Sequence[PixelBox], grey: Grey) -> tuple[Floats, Floats]:
    """Return how far each cell's background, and its brightest part, is from the paper of its row, in levels."""
    levels = _beside(area, boxes, grey)
    paper = np.array([levels[box.top] for box in boxes])
    return np.clip(paper - area.background, 0.0, None), np.clip(paper - area.brightest, 0.0, None)


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


def _decorated(filled: Bools, boxes: Sequence[PixelBox], differs: Floats) -> Bools:
    """Tell the cells of whole columns of fills that nothing on the page shows to be marks."""
    columns = np.array([box.x0 for box in boxes]) // max(4, (boxes[0].x1 - boxes[0].x0) // 2)
    whole = np.zeros(filled.shape, dtype=np.bool_)
    for column in np.unique(columns):
        mine = columns == column
        if np.count_nonzero(mine) >= 4 and filled[mine].all():
            whole |= mine
    others = differs[filled & ~whole]
    if others.size < FEWEST:
        return whole
    usual = float(np.median(others))
    return whole & ~((differs >= ALIKE * usual) & (ALIKE * differs <= usual))
