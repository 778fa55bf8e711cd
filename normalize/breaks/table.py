"""The stretches of exact tables as one: which cell covers a row in a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.types import Cell, Grid
from normalize.draft import Row
from normalize.form import Form
from normalize.form.content import covering_of
from schema.roles import TextRole

Covering = Mapping[tuple[int, int], Cell]
TEXTS: tuple[TextRole, ...] = ("indicator", "action", "evidence")
FIELDS: tuple[TextRole, ...] = (*TEXTS, "responsible")


@dataclass(frozen=True, slots=True)
class Table:
    """The forms of all stretches, and the cells of all grids by the positions that they cover, as rows number them."""

    forms: Sequence[Form]
    covering: Sequence[Covering]

    def form(self, row: Row) -> Form:
        """Return the form of a row's stretch."""
        return self.forms[row.chunk]

    def at(self, row: Row) -> dict[int, Cell]:
        """Return the cells that cover a row, by their column."""
        return covering_row(self.covering[row.grid], row.cells[0].row, self.form(row))


def covering_row(covering: Covering, number: int, form: Form) -> dict[int, Cell]:
    """Return the cells that cover a row of a grid in the columns of a form, by their column."""
    return {c.index: covering[number, c.index] for c in form.columns if (number, c.index) in covering}


def coverings_of(grids: Sequence[Grid]) -> list[Covering]:
    """Map the positions of each grid of an extraction to its cells; those of a transcription cover nothing."""
    return [covering_of(grid.cells) if grid.exact else {} for grid in grids]
