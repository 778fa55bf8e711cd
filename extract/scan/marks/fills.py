"""The backgrounds of a page's cells turned into the cells that are filled or shaded as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.scan.marks.ink import InkArea, level_of
from extract.scan.marks.settings import FILLS
from extract.scan.marks.steps import rows_of, steps_of
from extract.scan.model import Floats, Grey, Mask, PixelBox, Sheet
from extract.scan.pixels import opened


class Fills(NamedTuple):
    """For each cell whether it is filled against its row, and whether its shade is doubtful."""

    filled: Mask
    doubtful: Mask


def find_fills(area: InkArea, boxes: Sequence[PixelBox], sheet: Sheet, under: Mask, stamped: Mask) -> Fills:
    """Tell filled cells by how far their background is from that of their row beside the grid.

    A shade that runs on beside the cells (banded rows) is not a mark. Where the steps at the rulings and the backgrounds do
    not agree, the cell is doubtful. A column that is filled in every one of four rows or more may be decoration: its cells
    are doubtful unless other cells hold the same fill. Cells `under` a stamp or stroke have no say in what the page's paper
    is like; those `stamped` lie under foreign ink.
    """
    least, most = _steps(area, boxes, sheet, under)
    levels = _paper(area, boxes, sheet.grey)
    paper = np.array([levels[box.top] for box in boxes])
    plain, flat = (np.clip(paper - each, 0.0, None) for each in (area.background, area.brightest))
    if under.all():
        return Fills(np.zeros(len(boxes), dtype=np.bool_), np.maximum(most, plain) > FILLS.least)
    filled = (least > FILLS.least) | ((most > FILLS.least) & (plain > FILLS.least))
    differs = np.where(filled, most, least)
    even = (plain > FILLS.least) & (flat > FILLS.even * plain)
    lone = ~even & ~_evened_out(filled, even, boxes, differs, stamped, sheet.dpi)
    others = ~filled & ~under
    highest = float(differs[others].max()) if others.any() else 0.0
    usual = float(np.median(plain[others])) if others.any() else 0.0
    clear = differs > FILLS.gap * max(highest, FILLS.least / FILLS.gap)
    astray = ~filled & (most > FILLS.least)  # the ways from the left and from the right do not agree
    doubtful = (filled & (~clear | lone | _beside_any(astray, boxes))) | astray
    doubtful |= ~filled & (plain > usual + 2.0 * FILLS.least)
    doubtful |= _decorated(filled & ~doubtful, boxes, differs)
    return Fills(filled & ~doubtful, doubtful)


def _steps(area: InkArea, boxes: Sequence[PixelBox], sheet: Sheet, under: Mask) -> tuple[Floats, Floats]:
    """Return how much darker each cell is than the paper beside its row: at least, and at most."""
    pictures = [(1.0, sheet.grey)]
    if sheet.colour is not None:
        pictures += [(FILLS.least / FILLS.tinted, channel) for channel in np.moveaxis(sheet.colour, -1, 0)]
    sides = [(scale, steps_of(area, boxes, picture, sheet.dpi, under)) for scale, picture in pictures]
    least, most = (
        np.max([scale * choose(*both) for scale, both in sides], axis=0)
        for choose in (np.minimum, np.maximum)
    )
    return least, most


def _paper(area: InkArea, boxes: Sequence[PixelBox], grey: Grey) -> dict[int, float]:
    """Return for each row, by its top, the grey level of the paper left and right of the cells."""
    whole = PixelBox.around(boxes)
    wide = max(6, boxes[0].width // 2)
    usual = float(np.percentile(area.background, 85))
    levels: dict[int, float] = {}
    for box in {box.top: box for box in reversed(boxes)}.values():
        top = box.top + area.margin
        rows, gap = slice(top, max(box.bottom - area.margin, top + 1)), area.margin + 2
        strips = (
            grey[rows, max(whole.x0 - wide, 0) : max(whole.x0 - gap, 1)],
            grey[rows, whole.x1 + gap : whole.x1 + wide],
        )
        seen = [level_of(strip, 0.7) for strip in strips if strip.size > 8]
        levels[box.top] = min(max(seen), usual) if seen else usual
    return levels


def _beside_any(astray: Mask, boxes: Sequence[PixelBox]) -> Mask:
    beside = np.zeros(astray.shape, dtype=np.bool_)
    for row in rows_of(boxes):
        for one, two in pairwise(row):
            beside[one] |= astray[two]
            beside[two] |= astray[one]
    return beside


def _evened_out(
    filled: Mask, even: Mask, boxes: Sequence[PixelBox], differs: Floats, stamped: Mask, dpi: float
) -> Mask:
    """Tell which filled cells may look like paper because they and their neighbours were evened out together.

    That happens to areas that are wide both ways. What shows such a row's run of cells are the steps at its
    ends: none of them may be `stamped`, and no cell may differ much from the next, also outside of the run.
    """
    wanted = even & filled
    for row in rows_of(boxes):
        for run in _runs(row, filled & ~even, differs):
            first, last = row.index(run[0]), row.index(run[-1])
            ends = [*row[max(first - 1, 0) : first + 1], *row[last : last + 2]]
            abrupt = filled[ends] & (np.abs(differs[ends] - np.median(differs[run])) > 2 * FILLS.smooth)
            wanted[run] = not (stamped[ends] | abrupt).any()
    scale = FILLS.look_dpi / dpi
    whole = PixelBox.around(boxes)
    look = np.zeros((int(whole.bottom * scale) + 2, int(whole.x1 * scale) + 2), dtype=np.bool_)
    places = [
        np.s_[
            int(box.top * scale) : int(box.bottom * scale) + 2, int(box.x0 * scale) : int(box.x1 * scale) + 2
        ]
        for box in boxes
    ]
    for cell in np.flatnonzero(wanted).tolist():
        look[places[cell]] = True
    wide = opened(look, round(FILLS.evened * FILLS.look_dpi))
    return np.array([wanted[cell] and float(wide[place].mean()) > 1 / 2 for cell, place in enumerate(places)])


def _runs(row: Sequence[int], wanted: Mask, differs: Floats) -> list[list[int]]:
    """Return the runs of wanted cells side by side of which none differs much from the next."""
    runs: list[list[int]] = []
    for before, cell in pairwise([-1, *row]):
        if not wanted[cell]:
            continue
        if before >= 0 and wanted[before] and abs(differs[cell] - differs[before]) <= FILLS.smooth:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _decorated(filled: Mask, boxes: Sequence[PixelBox], differs: Floats) -> Mask:
    """Tell the cells of whole columns of fills that nothing on the page shows to be marks."""
    columns = np.array([box.x0 for box in boxes]) // max(4, boxes[0].width // 2)
    whole = np.zeros(filled.shape, dtype=np.bool_)
    for column in np.unique(columns):
        mine = columns == column
        if np.count_nonzero(mine) >= 4 and filled[mine].all():
            whole |= mine
    others = differs[filled & ~whole]
    if others.size < FILLS.fewest:
        return whole
    usual = float(np.median(others))
    return whole & ~((differs >= FILLS.alike * usual) & (FILLS.alike * differs <= usual))
