"""Names of columns that are printed in the titles of areas, under one name over all of them, put into the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.types import Cell, Grid
from normalize.form.content import columns_of
from normalize.form.naming import named_role
from normalize.text import fold
from normalize.vocabulary import FormVocabulary

FEWEST = 2  # titles that say the same names


def with_title_names(grid: Grid, vocabulary: FormVocabulary) -> Grid:
    """Return a grid with the names of columns that its titles repeat (`Target`, `Kurun Waktu`) in the header.

    The header's first row has one name over these columns: the names become its second row, and the titles span their
    places. Any other grid is returned as it is.
    """
    rows = [row for row in grid.rows() if row]
    if not grid.exact or len(rows) <= FEWEST:
        return grid
    for over in (cell for cell in rows[0] if cell.column_span > 1 and cell.row_span == 1):
        columns = columns_of(over)
        titled = _titled(rows[1:], columns, vocabulary)
        if len(titled) >= FEWEST:
            return _moved(grid, over, titled)
    return grid


def _titled(
    rows: Sequence[Sequence[Cell]], columns: range, vocabulary: FormVocabulary
) -> list[tuple[Cell, ...]]:
    """Return the cells over some columns of the titles that say the same names there, one of them a known one."""
    said = []
    for row in rows:
        own = tuple(cell for cell in row if cell.column in columns)
        whole = len(own) == len(columns) and all(cell.text.strip() for cell in own)
        if whole and any(cell.column_span > 1 for cell in row if cell.column < columns.start):
            said.append(own)
    told = Counter(tuple(fold(cell.text) for cell in own) for own in said)
    names, count = told.most_common(1)[0] if told else ((), 0)
    known = any(named_role(name, vocabulary, recognised=False) not in ("unknown", "extra") for name in names)
    if count < FEWEST or not known:
        return []
    return [own for own in said if tuple(fold(cell.text) for cell in own) == names]


def _moved(grid: Grid, over: Cell, titled: Sequence[Sequence[Cell]]) -> Grid:
    taken = {id(cell) for own in titled for cell in own}
    titles = {own[0].row for own in titled}
    cells: list[Cell] = []
    for cell in grid.cells:
        if id(cell) in taken:
            continue
        if cell.row == 0:
            deeper = cell.column_span == 1 and cell.column != over.column
            cells.append(cell.replace(row_span=cell.row_span + 1) if deeper else cell)
            if not deeper and cell is not over:
                cells += [_blank(cell, column) for column in columns_of(cell)]
            continue
        update = {"row": cell.row + 1}
        if cell.row in titles and columns_of(cell).stop == over.column:
            update["column_span"] = columns_of(over).stop - cell.column
        cells.append(cell.replace(**update))
    cells += [cell.replace(row=1) for cell in titled[0]]
    edges = grid.row_edges
    middle = ((edges[0] + edges[1]) / 2,) if len(edges) > 1 else ()
    return grid.replace(
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=grid.row_count + 1,
        row_edges=(*edges[:1], *middle, *edges[1:]),
    )


def _blank(over: Cell, column: int) -> Cell:
    return over.replace(row=1, column=column, column_span=1, text="", lines=())
