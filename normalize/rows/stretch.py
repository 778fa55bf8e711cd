"""A stretch of rows below one header: what its rows share, and one row with the cells that cover it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.types import Cell
from normalize.breaks.table import Covering, covering_row
from normalize.draft import Row
from normalize.form import Form
from normalize.resources import Resources
from schema.roles import Role


@dataclass(frozen=True, slots=True)
class Stretch:
    """The form of a stretch and the cells of its grid by the positions that they cover (exact grids only).

    `grid` and `number` are the numbers of the grid and of the stretch, as rows have them.
    """

    grid: int
    number: int
    form: Form
    covering: Covering
    resources: Resources

    def row(self, cells: tuple[Cell, ...], *, exact: bool) -> Row:
        """Return a new row of this stretch."""
        return Row(self.grid, self.number, cells, exact=exact)

    def covered(self, row: Row) -> CoveredRow:
        """Return a row with the cells that cover it."""
        return CoveredRow(row, self.form, covering_row(self.covering, row.cells[0].row, self.form))


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A row of an exact grid; `at` are the cells that cover it, by their columns."""

    row: Row
    form: Form
    at: Mapping[int, Cell]

    @property
    def number(self) -> int:
        """Return the number of the row in its grid."""
        return self.row.cells[0].row

    def of(self, *roles: Role) -> list[Cell]:
        """Return the cells in the columns of some roles, a cell over several columns once for each."""
        return [self.at[c.index] for c in self.form.of(*roles) if c.index in self.at]

    def beginning(self, role: Role) -> list[Cell]:
        """Return the cells of a role that have text and begin in this row, each once."""
        cells = {id(cell): cell for cell in self.of(role)}
        return [cell for cell in cells.values() if cell.row == self.number and cell.text.strip()]
