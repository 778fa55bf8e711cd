"""GriTS on published worked examples and on grids whose likeness can be told by hand."""

from __future__ import annotations

import pytest

from lampiran.audit.figures.grids import GridCell, TableGrid
from lampiran.audit.figures.grits import grits_con, grits_top
from tests.lampiran.audit.audits import grid_of

NAMES = grid_of([["Name", "Score"], ["Alice", "95"]])


def test_the_published_example_of_two_tables() -> None:
    """The first example of the authors' package grits-metric 0.7 (PyPI): topology 1.0, content 0.875."""
    other = grid_of([["Name", "Score"], ["Alice", "90"]])
    assert grits_top(NAMES, other) == 1.0
    assert grits_con(NAMES, other) == pytest.approx(0.875)


def test_the_published_example_of_a_wrong_table() -> None:
    """Its third example: of a 1 x 2 table all 2 places are found in one of 2 x 2, none of them in content."""
    truth, found = grid_of([["X", "Y"]]), grid_of([["P", "Q"], ["R", "S"]])
    assert grits_top(truth, found) == pytest.approx(2 * 2 / (2 + 4))
    assert grits_con(truth, found) == 0.0


def test_a_lost_row_costs_its_places() -> None:
    texts = [[f"baris {row}", f"isi {row * 7}"] for row in range(5)]
    whole, short = grid_of(texts), grid_of(texts[:2] + texts[3:])
    assert grits_con(whole, short) == pytest.approx(2 * 8 / (10 + 8))
    assert grits_top(whole, short) == pytest.approx(2 * 8 / (10 + 8))


def test_a_merged_cell_told_as_two_is_seen_by_topology_alone() -> None:
    merged = TableGrid(2, 1, (GridCell(0, 0, "Tim", row_span=2),))
    parted = grid_of([["Tim"], ["Tim"]])
    assert grits_con(merged, parted) == 1.0
    assert grits_top(merged, parted) == pytest.approx(0.5)


def test_likeness_does_not_depend_on_the_order_of_the_sides() -> None:
    other = grid_of([["Nama", "Skor", ""], ["Alicia", "95", "x"], ["", "9", ""]])
    assert grits_con(NAMES, other) == grits_con(other, NAMES)
    assert grits_top(NAMES, other) == grits_top(other, NAMES)


def test_empty_grids_have_no_likeness() -> None:
    empty = grid_of([])
    assert grits_con(empty, empty) is None
    assert grits_con(empty, NAMES) == 0.0
    assert grits_top(NAMES, empty) == 0.0
