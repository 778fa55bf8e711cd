"""Two grids -> GriTS, how alike they are as matrices, in content or in topology.

B. Smock, R. Pesala, R. Abraham, "GriTS: Grid table similarity metric for table structure recognition", ICDAR 2023
(arXiv:2203.12555): the largest alike substructure of two matrices is sought by aligning rows, then columns, each
by dynamic programming; GriTS is twice its likeness over the number of places of both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from lampiran.audit.figures.grids import GridCell, TableGrid

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Box = tuple[int, int, int, int]
T = TypeVar("T", bound=Hashable)
_AT_ONCE = 2_000_000  # places of a block in memory, of 8 bytes


def grits_con(a: TableGrid, b: TableGrid) -> float | None:
    """Return GriTS-Con, 0 to 1: places are alike by the longest common subsequence of their texts.

    `None` where both grids are empty.
    """
    one, texts_a = _coded(a, lambda cell, _: cell.text)
    two, texts_b = _coded(b, lambda cell, _: cell.text)
    if not one.size or not two.size:
        return None if one.size == two.size else 0.0
    return _grits(one, two, cdist(texts_a, texts_b, scorer=Indel.normalized_similarity, dtype=np.float64))


def grits_top(a: TableGrid, b: TableGrid) -> float | None:
    """Return GriTS-Top, 0 to 1: places are alike by the overlap of their cells' spans, seen from the place.

    `None` where both grids are empty.
    """
    one, boxes_a = _coded(a, _seen_from)
    two, boxes_b = _coded(b, _seen_from)
    if not one.size or not two.size:
        return None if one.size == two.size else 0.0
    return _grits(one, two, np.array([[_overlap(x, y) for y in boxes_b] for x in boxes_a]))


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


def _grits(a: Codes, b: Codes, likeness: Floats) -> float:
    rows_a, rows_b = _aligned(_line_scores(a, b, likeness))
    columns_a, columns_b = _aligned(_line_scores(a.T, b.T, likeness))
    common = likeness[a[np.ix_(rows_a, columns_a)], b[np.ix_(rows_b, columns_b)]].sum()
    return float(2 * common / (a.size + b.size))


def _line_scores(a: Codes, b: Codes, likeness: Floats) -> Floats:
    """Return the greatest summed likeness of each line of `a` with each of `b`, in order, in shape (lines, lines)."""
    step = max(1, _AT_ONCE // (len(b) * (b.shape[1] + 1)))
    return np.concatenate([_block(a[n : n + step], b, likeness) for n in range(0, len(a), step)])


def _block(a: Codes, b: Codes, likeness: Floats) -> Floats:
    best = np.zeros((len(a), len(b), b.shape[1] + 1))
    for place in range(a.shape[1]):
        met = likeness[a[:, place][:, None, None], b[None, :, :]]
        new = best.copy()
        np.maximum(best[:, :, 1:], best[:, :, :-1] + met, out=new[:, :, 1:])
        best = np.maximum.accumulate(new, axis=2)
    scores: Floats = best[:, :, -1]
    return scores


def _aligned(scores: Floats) -> tuple[list[int], list[int]]:
    """Return the pairs of lines, in order, whose scores together are greatest; a pair comes before a gap."""
    best = np.zeros((scores.shape[0] + 1, scores.shape[1] + 1))
    for n, row in enumerate(scores, start=1):
        best[n, 1:] = np.maximum.accumulate(np.maximum(best[n - 1, 1:], best[n - 1, :-1] + row))
    pairs = []
    i, j = scores.shape
    while i and j:
        if best[i, j] == best[i - 1, j - 1] + scores[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            j -= 1
    pairs.reverse()
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
