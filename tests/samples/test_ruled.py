"""The generator of ruled tables: the same seed gives the same bytes, and its tables are whole grids."""

from __future__ import annotations

import pytest

from samples.draw.ruled import KINDS, ruled, ruled_pdf


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    assert ruled_pdf([ruled(kind, 4)]) == ruled_pdf([ruled(kind, 4)])
    assert ruled_pdf([ruled(kind, 4)]) != ruled_pdf([ruled(kind, 5)])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_cells_cover_the_grid_without_overlap(kind: str) -> None:
    table = ruled(kind, 4)
    places = [
        (row, column)
        for c in table.cells
        for row in range(c.row, c.row + c.row_span)
        for column in range(c.column, c.column + c.column_span)
    ]
    assert len(places) == len(set(places)) == table.row_count * len(table.columns)
