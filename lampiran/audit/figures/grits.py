"""Two grids -> GriTS, how alike they are as matrices, in content or in topology.

B. Smock, R. Pesala, R. Abraham, "GriTS: Grid table similarity metric for table structure recognition", ICDAR 2023
(arXiv:2203.12555): the largest alike substructure of two matrices is sought by aligning rows, then columns, each
by dynamic programming; GriTS is twice its likeness over the number of places of both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from lampiran.alignment.likeness import Matrix
from lampiran.alignment.pairing import in_order
from lampiran.audit.figures.grids import GridCell, TableGrid
from lampiran.audit.settings import INTERVALS

Codes = npt.NDArray[np.intp]
Box = tuple[int, int, int, int]
T = TypeVar("T", bound=Hashable)


def grits_con(a: TableGrid, b: TableGrid) -> float | None:
    """Return GriTS-Con, 0 to 1: places are alike by the longest common subsequence of their texts.

    `None` where both grids are empty.
    """
    return _grits(a, b, lambda cell, _: cell.text, _text_likeness)


def _text_likeness(a: Sequence[str], b: Sequence[str]) -> Matrix:
    return cdist(a, b, scorer=Indel.normalized_similarity, dtype=np.float64)


def grits_top(a: TableGrid, b: TableGrid) -> float | None:
    """Return GriTS-Top, 0 to 1: places are alike by the overlap of their cells' spans, seen from the place.

    `None` where both grids are empty.
    """
    return _grits(a, b, _seen_from, lambda xs, ys: np.array([[_overlap(x, y) for y in ys] for x in xs]))


def _coded(grid: TableGrid, value: Callable[[GridCell, tuple[int, int]], T]) -> tuple[Codes, list[T]]:
    """Return the matrix of a grid's values as numbers, and the values by their number."""
    codes: dict[T, int] = {}
    matrix = np.zeros((grid.rows, grid.columns), dtype=np.intp)
    for cell in grid.cells:
        for place in cell.places():
            matrix[place] = codes.setdefault(value(cell, place), len(codes))
    return matrix, list(codes)


def _seen_from(cell: GridCell, place: tuple[int, int]) -> Box:
    row, column = cell.row - place[0], cell.column - place[1]
    return column, row, column + cell.column_span, row + cell.row_span


def _overlap(a: Box, b: Box) -> float:
    """Return intersection over union of two boxes."""
    width, height = (min(a[n + 2], b[n + 2]) - max(a[n], b[n]) for n in (0, 1))
    common = max(0, width) * max(0, height)
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return common / (sum(areas) - common)


def _grits(
    one: TableGrid,
    other: TableGrid,
    value: Callable[[GridCell, tuple[int, int]], T],
    alike: Callable[[Sequence[T], Sequence[T]], Matrix],
) -> float | None:
    """Return twice the likeness of what two grids have in common over the number of places of both."""
    (a, values_a), (b, values_b) = _coded(one, value), _coded(other, value)
    if not a.size or not b.size:
        return None if a.size == b.size else 0.0
    likeness = alike(values_a, values_b)
    rows = _paired(_line_scores(a, b, likeness))
    columns = _paired(_line_scores(a.T, b.T, likeness))
    common = likeness[a[np.ix_(rows[0], columns[0])], b[np.ix_(rows[1], columns[1])]].sum()
    return float(2 * common / (a.size + b.size))


def _paired(scores: Matrix) -> tuple[list[int], list[int]]:
    """Return the lines of both, in order, whose scores together are greatest."""
    pairs = [(n, m) for n, m in in_order(scores) if n is not None and m is not None]
    return [n for n, _ in pairs], [m for _, m in pairs]


def _line_scores(a: Codes, b: Codes, likeness: Matrix) -> Matrix:
    """Return the greatest summed likeness of each line of `a` with each of `b`, in order, in shape (lines, lines)."""
    step = max(1, INTERVALS.places // (len(b) * (b.shape[1] + 1)))
    return np.concatenate([_block(a[n : n + step], b, likeness) for n in range(0, len(a), step)])


def _block(a: Codes, b: Codes, likeness: Matrix) -> Matrix:
    best = np.zeros((len(a), len(b), b.shape[1] + 1))
    for place in range(a.shape[1]):
        met = likeness[a[:, place][:, None, None], b[None, :, :]]
        new = best.copy()
        np.maximum(best[:, :, 1:], best[:, :, :-1] + met, out=new[:, :, 1:])
        best = np.maximum.accumulate(new, axis=2)
    scores: Matrix = best[:, :, -1]
    return scores
