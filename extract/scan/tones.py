"""Turns the insides of a grid's elementary boxes into how dark each is, and into the borders at which a fill ends."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.edges import Edges
from extract.scan.model import Grey, Sheet
from extract.scan.rulings import MM
from extract.scan.sides import SURE, Scores

DARK = 0.4  # share of white up to which a box's inside counts as solidly dark
INSIDE = 0.6 * MM  # kept away from the rulings when the inside of a box is looked at
SMALL = 4  # times smaller is the picture on which tones are measured
FILL = 236  # tone below which a box is filled
STEP = 26  # grey levels between a fill and what lies beside it
LEAST = 2.0 * MM  # shortest side of an area whose tone is measured; letters are no fills
PARTS, EVEN = (
    (15, 50, 85),
    24,
)  # percentiles of a fill's grey levels, and how far apart the outer ones may lie
NEAR = 3.0 * MM  # how far from a side the tone beside it is measured

Whole = NDArray[np.intp]


class Boxes:
    """The insides of the elementary boxes between edges, row by row."""

    def __init__(self, sheet: Sheet, edges: Edges) -> None:
        size = (max(1, round(side / SMALL)) for side in sheet.grey.shape[::-1])
        self._small: Grey = cv2.resize(sheet.grey, tuple(size), interpolation=cv2.INTER_AREA)
        inset = INSIDE * sheet.dpi
        self._x = _inside(edges.columns, inset, self._small.shape[1])
        self._y = _inside(edges.rows, inset, self._small.shape[0])
        self._reach = tuple(max(2, round(side * sheet.dpi / SMALL)) for side in (LEAST, NEAR))

    def solid(self) -> NDArray[np.bool_]:
        """Tell of each box whether its inside is dark all over."""
        sums = cv2.integral((self._small < 255 * DARK).astype(np.uint8))
        (x0, x1), (y0, y1) = self._x, self._y
        top, bottom = y0[:, None], y1[:, None]
        count = sums[bottom, x1] - sums[top, x1] - sums[bottom, x0] + sums[top, x0]
        return np.asarray(count >= 0.85 * (bottom - top) * (x1 - x0), dtype=np.bool_)

    def with_tones(self, across: Scores, upright: Scores) -> tuple[Scores, Scores]:
        """Return the evidence in which a side that is seen in part or not at all is sure where a fill ends at it.

        Grain can hide a hairline at the rim of a grey fill, not the step from fill to paper.
        """
        return (
            _stepped(across, self._small, self._y, self._x, self._reach),
            _stepped(upright, cv2.transpose(self._small), self._x, self._y, self._reach),
        )


def _stepped(
    score: Scores,
    picture: Grey,
    rows: tuple[Whole, Whole],
    columns: tuple[Whole, Whole],
    reach: tuple[int, ...],
) -> Scores:
    """Raise the evidence for the level sides between boxes of different tone."""
    raised, (least, near) = score.copy(), reach
    means = _means(picture, rows, columns)
    maybe = (np.abs(np.diff(means, axis=0)) > STEP / 2) & (score[1:-1] < SURE)
    for row, column in np.argwhere(maybe).tolist():
        across = slice(columns[0][column], columns[1][column])
        above = picture[max(rows[1][row] - near, rows[0][row]) : rows[1][row], across]
        below = picture[rows[0][row + 1] : min(rows[0][row + 1] + near, rows[1][row + 1]), across]
        if min(*above.shape, *below.shape) >= least and _steps(above, below):
            raised[row + 1, column] = SURE
    return raised


def _means(picture: Grey, rows: tuple[Whole, Whole], columns: tuple[Whole, Whole]) -> Scores:
    """Return the mean tone of each box."""
    sums = cv2.integral(picture)
    (top, bottom), (x0, x1) = (rows[0][:, None], rows[1][:, None]), columns
    total = sums[bottom, x1] - sums[top, x1] - sums[bottom, x0] + sums[top, x0]
    return np.asarray(total / ((bottom - top) * (x1 - x0)), dtype=np.float64)


def _steps(one: Grey, other: Grey) -> bool:
    """Tell whether one of two stretches is an even fill of another tone than the other one has."""
    (low, tone, high), (_, beside, _) = np.percentile(one, PARTS), np.percentile(other, PARTS)
    if tone > beside:
        return _steps(other, one)
    return bool(tone < FILL and beside - tone > STEP and high - low < EVEN)


def _inside(edges: Sequence[float], inset: float, size: int) -> tuple[Whole, Whole]:
    """Return first and last sample of the inside of each interval, at least one sample wide."""
    places = np.array(edges)
    low = np.clip(np.ceil((places[:-1] + inset) / SMALL), 0, size - 1).astype(np.intp)
    high = np.clip(np.floor((places[1:] - inset) / SMALL), 1, size).astype(np.intp)
    return low, np.maximum(high, low + 1)
