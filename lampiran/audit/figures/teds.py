"""Two grids -> TEDS, how alike they are as trees of rows and cells.

X. Zhong, E. ShafieiBavani, A. Jimeno Yepes, "Image-based table recognition: data, model, and evaluation", ECCV 2020
(arXiv:1911.10683): one less the tree edit distance of the two HTML tables over the greater number of their nodes.
Putting in or taking out a node costs 1, as does turning a cell into one of another span; one text into another
costs their Levenshtein distance over the longer one's length. A tree is `table` > `tr` > `td`; as in the authors'
program the `table` itself is not counted. The distance is that of Zhang and Shasha (1989), whose subproblems are few
in trees of this height: leaf and leaf, row and row, and the two forests of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from lampiran.audit.figures.grids import GridCell, TableGrid

Floats = npt.NDArray[np.float64]
Lines = Sequence[Sequence[GridCell]]


@dataclass(frozen=True)
class _Forest:
    """The rows of a table in postorder: each row's cells, then the row itself."""

    lines: Lines

    @cached_property
    def cells(self) -> list[GridCell]:
        return [cell for line in self.lines for cell in line]

    @cached_property
    def lengths(self) -> npt.NDArray[np.intp]:
        return np.array([len(line) for line in self.lines], dtype=np.intp)

    @cached_property
    def is_row(self) -> npt.NDArray[np.bool_]:
        return np.array(
            [at == len(line) for line in self.lines for at in range(len(line) + 1)], dtype=np.bool_
        )

    @cached_property
    def begins(self) -> npt.NDArray[np.intp]:
        """Return for each node how many nodes come before the first below it (a cell: before itself)."""
        places = np.arange(len(self.is_row))
        places[self.is_row] -= self.lengths
        return places


def teds(a: TableGrid, b: TableGrid) -> float | None:
    """Return TEDS, 0 to 1; `None` where both tables are empty."""
    one, two = _Forest(a.lines()), _Forest(b.lines())
    size = max(len(one.is_row), len(two.is_row))
    return 1 - _distance(one, two) / size if size else None


def _distance(a: _Forest, b: _Forest) -> float:
    if not a.lines or not b.lines:
        return float(len(a.is_row) + len(b.is_row))
    changes = _changes(a.cells, b.cells)
    return _forests(a, b, changes, _row_distances(a, b, changes))


def _changes(a: Sequence[GridCell], b: Sequence[GridCell]) -> Floats:
    """Return what it costs to turn each cell of `a` into each of `b`, in shape (cells, cells)."""
    if not a or not b:
        return np.zeros((len(a), len(b)))
    (texts_a, codes_a), (texts_b, codes_b) = _coded(a), _coded(b)
    costs = cdist(texts_a, texts_b, scorer=Levenshtein.normalized_distance, dtype=np.float64)
    spans = [np.array([(cell.row_span, cell.column_span) for cell in cells]) for cells in (a, b)]
    alike = (spans[0][:, None] == spans[1][None]).all(axis=2)
    changes: Floats = np.where(alike, costs[np.ix_(codes_a, codes_b)], 1.0)
    return changes


def _coded(cells: Sequence[GridCell]) -> tuple[list[str], list[int]]:
    """Return the different texts, and for each cell the number of its own."""
    codes: dict[str, int] = {}
    numbers = [codes.setdefault(cell.text, len(codes)) for cell in cells]
    return list(codes), numbers


def _row_distances(a: _Forest, b: _Forest, changes: Floats) -> Floats:
    """Return the edit distance of each row's cells in `a` to those of each row in `b`, in shape (rows, rows)."""
    places_a, places_b = _padded(a), _padded(b)
    width = places_b.shape[1]
    steps = np.arange(width + 1, dtype=np.float64)
    best = np.broadcast_to(steps, (len(places_a), len(places_b), width + 1)).copy()
    found = [best[:, np.arange(len(places_b)), b.lengths]]
    for place in range(places_a.shape[1]):
        new = best + 1
        if changes.size:
            turned = best[:, :, :-1] + changes[places_a[:, place][:, None, None], places_b[None]]
            np.minimum(new[:, :, 1:], turned, out=new[:, :, 1:])
        best = np.minimum.accumulate(new - steps, axis=2) + steps
        found.append(best[:, np.arange(len(places_b)), b.lengths])
    distances: Floats = np.stack(found)[a.lengths, np.arange(len(places_a))]
    return distances


def _padded(forest: _Forest) -> npt.NDArray[np.intp]:
    """Return the numbers of each row's cells, filled up with 0 to the longest row."""
    places = np.zeros((len(forest.lines), int(forest.lengths.max())), dtype=np.intp)
    ends = np.cumsum(forest.lengths)
    for row, (end, length) in enumerate(zip(ends, forest.lengths, strict=True)):
        places[row, :length] = np.arange(end - length, end)
    return places


def _forests(a: _Forest, b: _Forest, changes: Floats, row_distances: Floats) -> float:
    """Return the edit distance of two forests of rows, node by node of `a` and all of `b` at once."""
    steps = np.arange(len(b.is_row) + 1, dtype=np.float64)
    sizes_a, sizes_b = a.lengths + 1, b.lengths + 1
    above, before_row = steps, steps
    cell = row = 0
    for number, is_row in enumerate(a.is_row):
        costs = np.empty(len(b.is_row))
        costs[b.is_row] = row_distances[row] if is_row else sizes_b
        costs[~b.is_row] = sizes_a[row] if is_row else changes[cell]
        start = before_row if is_row else above
        new = np.empty_like(above)
        new[0] = number + 1
        np.minimum(above[1:] + 1, start[b.begins] + costs, out=new[1:])
        above = np.minimum.accumulate(new - steps) + steps
        if is_row:
            before_row, row = above, row + 1
        else:
            cell += 1
    return float(above[-1])
