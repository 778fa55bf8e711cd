"""Cells side by side turned into how much darker each is than the paper beside its row, by steps at the rulings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.ink import Field, level_of
from extract.scan.model import Grey, PixelBox

STRIP = 0.03  # inches; width of the strips on both sides of a ruling that are compared
OUTSIDE = 0.08  # inches; the same for paper beside the grid, where letters may stand
NEAR = 0.03  # inches around foreign ink that its blur and its colour may reach
FEWEST = 12  # pixels of a strip; with fewer, its cell's background stands for it
PAPER = 0.048  # natural logarithm of brightness by which paper may seem to differ from paper
BACK = 0.6  # share of a shade that one step must take off for paper to begin there
CLEAN = 235.0  # level from which on what lies beside the grid is paper without ink
WHITE = 255.0

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Steps(NamedTuple):
    """How many levels each cell is darker than the paper left and right of its row, as followed from there."""

    left: Floats
    right: Floats


def steps_of(area: Field, boxes: Sequence[PixelBox], picture: Grey, dpi: float, under: Bools) -> Steps:
    """Follow each row of cells from the paper beside it, from both sides, ruling by ruling.

    At a ruling, a fill ends in a step, however the light on the page changes, and also where a wide fill was
    taken for darker paper and evened out; a shade that runs on beside the cells (banded rows) gives no step.
    Where both ways end on the paper of the other side, they are weighed into one by their length; else a way
    over cells `under` a stamp or pen gives way to one over clean cells, or `left` and `right` differ.
    """
    left, right = np.zeros(len(boxes)), np.zeros(len(boxes))
    strips = _Strips(area, boxes, picture, dpi)
    for chain in chains_of(boxes):
        steps, (first, last) = strips.steps(chain)
        there, back = _followed(steps), _followed(-steps[::-1])
        one, two = _levels(there[:-1]), _levels(back[:-1][::-1])
        if there[-1] == back[-1] == 0.0:
            share = np.arange(1, len(chain) + 1) / (len(chain) + 1)
            one = two = one * (1.0 - share) + two * share
        else:
            before, after = _clean(under[chain], first), _clean(under[chain][::-1], last)[::-1]
            one, two = np.where(after & ~before, two, one), np.where(before & ~after, one, two)
        left[chain], right[chain] = one, two
    return Steps(left, right)


def _clean(under: Bools, paper: float) -> Bools:
    """Tell the cells to which the way from the paper meets nothing that is under a stamp or pen."""
    met = np.concatenate([[False], np.logical_or.accumulate(under)[:-1]])
    return np.asarray(~met & (paper >= CLEAN))


def _followed(steps: Floats) -> Floats:
    """Sum up steps; what comes back to the paper starts from there again, so that errors do not add up."""
    level, seen = 0.0, []
    for step in steps.tolist():
        before, level = level, level + step
        if abs(level) <= PAPER and abs(step) >= BACK * abs(before):
            level = 0.0
        seen.append(level)
    return np.array(seen)


def _levels(steps: Floats) -> Floats:
    """Turn logarithms of brightness against the paper into levels darker than it."""
    return np.asarray(WHITE * (1.0 - np.exp(steps)))


def chains_of(boxes: Sequence[PixelBox]) -> list[list[int]]:
    """Return the cells of each row from left to right, a chain for each run of neighbours."""
    order = sorted(range(len(boxes)), key=lambda cell: (boxes[cell].top, boxes[cell].x0))
    chains: list[list[int]] = []
    for cell in order:
        box, last = boxes[cell], boxes[chains[-1][-1]] if chains else None
        if last is not None and box.top == last.top and 2 * (box.x0 - last.x1) < box.x1 - box.x0:
            chains[-1].append(cell)
        else:
            chains.append([cell])
    return chains


class _Strips:
    """The narrow strips of paper along the rulings between cells, and their grey levels."""

    def __init__(self, area: Field, boxes: Sequence[PixelBox], picture: Grey, dpi: float) -> None:
        self._area, self._boxes, self._picture = area, boxes, picture
        self._narrow, self._wide = max(3, round(STRIP * dpi)), max(6, round(OUTSIDE * dpi))
        reach = 2 * round(NEAR * dpi) + 1
        foreign = cv2.dilate(area.foreign.astype(np.uint8), np.ones((reach, reach), np.uint8))
        self._foreign = foreign.astype(np.bool_)

    def steps(self, chain: Sequence[int]) -> tuple[Floats, tuple[float, float]]:
        """Return the steps from left to right, logarithms of ratios of brightness, and the paper's levels."""
        margin = self._area.margin
        first, last = self._boxes[chain[0]], self._boxes[chain[-1]]
        before, after = first.x0 - 2 * margin - 2, last.x1 + 2 * margin + 2
        edges = [(self._paper(first, before - self._wide, before), self._edge(chain[0], left=True))]
        edges += [(self._edge(one, left=False), self._edge(two, left=True)) for one, two in pairwise(chain)]
        edges.append((self._edge(chain[-1], left=False), self._paper(last, after, after + self._wide)))
        steps = np.log(np.array([max(two, 1.0) / max(one, 1.0) for one, two in edges]))
        return steps, (edges[0][0], edges[-1][1])

    def _edge(self, cell: int, *, left: bool) -> float:
        box, margin = self._boxes[cell], self._area.margin
        width = min(self._narrow, max(2, (box.x1 - box.x0 - 2 * margin) // 2))
        start = box.x0 + margin if left else box.x1 - margin - width
        level = self._level(box, start, start + width, 0.5)
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
        return level_of(seen, share) if seen.size >= FEWEST else None
