"""TEDS against the library that its authors' program rests on, and on tables whose distance can be told by hand."""

from __future__ import annotations

import random
from itertools import product

import pytest
from apted import APTED, Config
from rapidfuzz.distance import Levenshtein

from lampiran.audit.figures.grids import GridCell, TableGrid
from lampiran.audit.figures.teds import teds
from tests.lampiran.audit.audits import grid_of

TEXTS = ("", "a", "ab", "kata", "kita", "baca buku", "√")


class Node:
    """A node of a table's tree."""

    def __init__(self, tag: str, cell: GridCell | None = None, children: tuple[Node, ...] = ()) -> None:
        self.tag, self.cell, self.children = tag, cell, children


class Costs(Config):  # type: ignore[misc]
    """The costs of the paper: another span costs 1, another text the share of letters that differ."""

    def rename(self, node1: Node, node2: Node) -> float:
        if node1.tag != node2.tag:
            return 1.0
        if node1.cell is None or node2.cell is None:
            return 0.0
        spans = [(cell.row_span, cell.column_span) for cell in (node1.cell, node2.cell)]
        if spans[0] != spans[1]:
            return 1.0
        return Levenshtein.normalized_distance(node1.cell.text, node2.cell.text)

    def children(self, node: Node) -> tuple[Node, ...]:
        return node.children


def tree(grid: TableGrid) -> Node:
    rows = (Node("tr", children=tuple(Node("td", cell) for cell in line)) for line in grid.lines())
    return Node("table", children=tuple(rows))


def by_apted(a: TableGrid, b: TableGrid) -> float:
    size = max(sum(len(line) + 1 for line in grid.lines()) for grid in (a, b))
    return 1 - float(APTED(tree(a), tree(b), Costs()).compute_edit_distance()) / size


def drawn(rng: random.Random) -> TableGrid:
    """Draw a grid of up to five rows and columns with merged cells; a row may have no cell of its own."""
    rows, columns = rng.randint(1, 5), rng.randint(1, 5)
    taken: set[tuple[int, int]] = set()
    cells = []
    for place in product(range(rows), range(columns)):
        if place in taken:
            continue
        cell = GridCell(*place, rng.choice(TEXTS))
        if rng.random() < 0.3:
            larger = GridCell(*place, cell.text, min(2, rows - place[0]), min(2, columns - place[1]))
            cell = cell if taken & set(larger.places()) else larger
        taken |= set(cell.places())
        cells.append(cell)
    return TableGrid(rows, columns, tuple(cells))


@pytest.mark.parametrize("seed", range(60))
def test_equals_the_tree_edit_distance_of_apted(seed: int) -> None:
    rng = random.Random(seed)
    a, b = drawn(rng), drawn(rng)
    assert teds(a, b) == pytest.approx(by_apted(a, b))


def test_a_wrong_letter_costs_its_share_of_the_text() -> None:
    a, b = (
        grid_of([["Name", "Score"], ["Alice", "95"]]),
        grid_of([["Name", "Score"], ["Alice", "90"]]),
    )
    assert teds(a, b) == pytest.approx(1 - 0.5 / 6)


def test_a_lost_row_costs_its_nodes() -> None:
    texts = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    assert teds(grid_of(texts), grid_of(texts[:2])) == pytest.approx(1 - 4 / 12)


def test_another_span_costs_a_whole_cell() -> None:
    merged = TableGrid(1, 2, (GridCell(0, 0, "Tim", column_span=2),))
    assert teds(merged, TableGrid(1, 1, (GridCell(0, 0, "Tim"),))) == pytest.approx(1 - 1 / 2)


def test_the_same_table_and_no_table() -> None:
    table = grid_of([["Nama", ""], ["Skor", "√"]])
    empty = grid_of([])
    assert teds(table, table) == 1.0
    assert teds(table, empty) == 0.0
    assert teds(empty, empty) is None
