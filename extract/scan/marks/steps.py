"""Cells side by side turned into how much darker each is than the paper beside its row, by steps at the rulings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.marks.ink import InkArea, level_of
from extract.scan.marks.settings import FILLS
from extract.scan.model import WHITE, Floats, Grey, Mask, PixelBox
from extract.scan.pixels import dilated, grouped


def steps_of(
    area: InkArea, boxes: Sequence[PixelBox], picture: Grey, dpi: float, under: Mask
) -> tuple[Floats, Floats]:
    """Return how many levels each cell is darker than the paper left of its row, and than that right of it.

    Each row is followed from the paper beside it, from both sides, ruling by ruling. At a ruling, a fill ends in a step,
    however the light on the page changes, and also where a wide fill was taken for darker paper and evened out; a shade that
    runs on beside the cells (banded rows) gives no step. Where both ways end on the paper of the other side, they are weighed
    into one by their length; else a way over cells `under` a stamp or pen gives way to one over clean cells, or the two
    results differ.
    """
    left, right = np.zeros(len(boxes)), np.zeros(len(boxes))
    strips = _Strips(area, boxes, picture, dpi)
    for row in rows_of(boxes):
        steps, (first, last) = strips.steps(row)
        there, back = _followed(steps), _followed(-steps[::-1])
        one, two = _levels(there[:-1]), _levels(back[:-1][::-1])
        if there[-1] == back[-1] == 0.0:
            share = np.arange(1, len(row) + 1) / (len(row) + 1)
            one = two = one * (1.0 - share) + two * share
        else:
            before, after = _clean(under[row], first), _clean(under[row][::-1], last)[::-1]
            one, two = np.where(after & ~before, two, one), np.where(before & ~after, one, two)
        left[row], right[row] = one, two
    return left, right


def _clean(under: Mask, paper: float) -> Mask:
    """Tell the cells to which the way from the paper meets nothing that is under a stamp or pen."""
    met = np.concatenate([[False], np.logical_or.accumulate(under)[:-1]])
    return np.asarray(~met & (paper >= FILLS.clean))


def _followed(steps: Floats) -> Floats:
    """Sum up steps; what comes back to the paper starts from there again, so that errors do not add up."""
    level, seen = 0.0, []
    for step in steps.tolist():
        before, level = level, level + step
        if abs(level) <= FILLS.paper_slack and abs(step) >= FILLS.back * abs(before):
            level = 0.0
        seen.append(level)
    return np.array(seen)


def _levels(steps: Floats) -> Floats:
    """Turn logarithms of brightness against the paper into levels darker than it."""
    return np.asarray(WHITE * (1.0 - np.exp(steps)))


def rows_of(boxes: Sequence[PixelBox]) -> list[list[int]]:
    """Return the cells of each row from left to right; a row with gaps gives one list for each run of neighbours."""

    def beside(row: list[int], cell: int) -> bool:
        box, last = boxes[cell], boxes[row[-1]]
        return box.top == last.top and 2 * (box.x0 - last.x1) < box.width

    return grouped(sorted(range(len(boxes)), key=lambda cell: (boxes[cell].top, boxes[cell].x0)), beside)


class _Strips:
    """The narrow strips of paper along the rulings between cells, and their grey levels."""

    def __init__(self, area: InkArea, boxes: Sequence[PixelBox], picture: Grey, dpi: float) -> None:
        self._area, self._boxes, self._picture = area, boxes, picture
        self._narrow = max(3, round(FILLS.strip * dpi))
        self._wide = max(6, round(FILLS.outside * dpi))
        self._foreign = dilated(area.foreign, 2 * round(FILLS.foreign_near * dpi) + 1)

    def steps(self, row: Sequence[int]) -> tuple[Floats, tuple[float, float]]:
        """Return the steps from left to right, logarithms of ratios of brightness, and the paper's levels."""
        beside = 2 * self._area.margin + 2
        first, last = self._boxes[row[0]], self._boxes[row[-1]]
        before, after = first.x0 - beside, last.x1 + beside
        papers = self._paper(first, before - self._wide, before), self._paper(last, after, after + self._wide)
        sides = [(self._edge(cell, left=True), self._edge(cell, left=False)) for cell in row]
        levels = [papers[0], *(level for both in sides for level in both), papers[1]]
        edges = zip(levels[::2], levels[1::2], strict=True)
        return np.log(np.array([max(two, 1.0) / max(one, 1.0) for one, two in edges])), papers

    def _edge(self, cell: int, *, left: bool) -> float:
        box, margin = self._boxes[cell], self._area.margin
        width = min(self._narrow, max(2, (box.width - 2 * margin) // 2))
        start = box.x0 + margin if left else box.x1 - margin - width
        level = self._level(box, start, start + width, 1 / 2)
        return float(self._area.background[cell]) if level is None else level

    def _paper(self, box: PixelBox, start: int, end: int) -> float:
        level = self._level(box, start, end, 0.7)
        return WHITE if level is None else level

    def _level(self, box: PixelBox, start: int, end: int, share: float) -> float | None:
        """Return the level of the strip of a row between two columns of the page, away from foreign ink."""
        left, top = self._area.origin
        rows = slice(max(box.top + self._area.margin, 0), max(box.bottom - self._area.margin, box.top + 1))
        columns = slice(max(start, 0), max(end, 0))
        strip = self._picture[rows, columns]
        height, width = self._foreign.shape
        inside = (
            slice(rows.start - top, min(rows.stop - top, height)),
            slice(max(columns.start - left, 0), min(columns.stop - left, width)),
        )
        foreign = self._foreign[inside]
        seen = strip[~foreign] if foreign.shape == strip.shape else strip.ravel()
        return level_of(seen, share) if seen.size >= FILLS.fewest_pixels else None
