"""The stretches of exact tables as one: which cell covers a row in a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.types import Cell, Grid
from normalize.draft import Row
from normalize.form import Form

Covering = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """`forms` are those of the stretches, `covering` the cells of each grid by the positions that they cover."""

    forms: Sequence[Form]
    covering: Sequence[Covering]

    def at(self, row: Row) -> dict[int, Cell]:
        """Return the cells that cover a row, by their column."""
        number = row.cells[0].row
        grid = self.covering[row.grid]
        columns = [c.index for c in self.forms[row.chunk].columns]
        return {n: grid[number, n] for n in columns if (number, n) in grid}


def covering_of(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Map each elementary position to the cell that covers it."""
    return {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    }


def coverings_of(grids: Sequence[Grid]) -> list[Covering]:
    """Map the positions of each grid of an extraction to its cells; those of a transcription cover nothing."""
    return [covering_of(grid) if grid.exact else {} for grid in grids]
