"""Rulings of a table outside of all grids are told; frames, letterheads and underlines are none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extract.scan.model import Mask, PixelBox
from extract.scan.unread import missed_tables

DPI = 100.0
SIZE = (1100, 850)
Line = tuple[int, int, int]  # place across, begin, end along


def masks(levels: Sequence[Line], uprights: Sequence[Line], *, gap: int = 0) -> tuple[Mask, Mask]:
    """Rulings two pixels thick; every 60 pixels a gap of some."""
    level, upright = np.zeros(SIZE, bool), np.zeros(SIZE, bool)
    for y, begin, end in levels:
        level[y : y + 2, begin:end] = True
    for x, begin, end in uprights:
        upright[begin:end, x : x + 2] = True
    if gap:
        level[:, np.arange(SIZE[1]) % 60 < gap] = False
        upright[np.arange(SIZE[0]) % 60 < gap] = False
    return level, upright


ROWS = [(y, 100, 700) for y in range(200, 601, 80)]
COLUMNS = [(x, 200, 600) for x in range(100, 701, 120)]
TABLE = PixelBox(100, 200, 702, 602)


@pytest.mark.parametrize("gap", [0, 4, 12])
@pytest.mark.parametrize("scale", [1, 2])
def test_a_table_that_gave_no_grid_is_told_with_its_place(gap: int, scale: int) -> None:
    level, upright = (mask.repeat(scale, 0).repeat(scale, 1) for mask in masks(ROWS, COLUMNS, gap=gap))
    (box,) = missed_tables(level, upright, [], scale * DPI)
    box = PixelBox(*(side // scale for side in (box.x0, box.top, box.x1, box.bottom)))
    sides = (box.x0 - 100, box.top - 200, box.x1 - 700, box.bottom - 600)
    assert all(abs(side) <= 25 for side in sides)


def test_a_table_without_outer_borders_is_told() -> None:
    uprights = [(x, 150, 650) for x, _, _ in COLUMNS]
    assert len(missed_tables(*masks(ROWS[1:-1], uprights), [], DPI)) == 1


def test_a_table_that_gave_a_grid_is_not_told_and_another_beside_it_is() -> None:
    assert missed_tables(*masks(ROWS, COLUMNS), [TABLE], DPI) == []
    more = [(y, 100, 700) for y in range(700, 1001, 60)]
    uprights = [*COLUMNS, *((x, 700, 1002) for x in (100, 400, 700))]
    (box,) = missed_tables(*masks([*ROWS, *more], uprights), [TABLE], DPI)
    assert box.top > TABLE.bottom


@pytest.mark.parametrize(
    ("levels", "uprights"),
    [
        ([], []),
        ([(100, 80, 770), (106, 80, 770)], []),
        ([(200, 100, 400), (300, 100, 400)], [(100, 200, 302), (400, 200, 302)]),
        ([(y, 100, 180) for y in range(200, 900, 40)], []),
        ([(200, 100, 700), (420, 150, 600), (900, 500, 750)], [(600, 850, 960)]),
    ],
    ids=["nothing", "letterhead", "frame", "underlines", "signature"],
)
def test_other_lines_are_no_table(levels: list[Line], uprights: list[Line]) -> None:
    assert missed_tables(*masks(levels, uprights), [], DPI) == []


def test_level_lines_of_one_width_below_each_other_look_like_a_table() -> None:
    (box,) = missed_tables(*masks(ROWS, []), [], DPI)
    assert abs(box.top - 200) <= 3
    assert abs(box.x0 - 100) <= 3


@pytest.mark.parametrize(("end", "width", "told"), [(700, 700, True), (700, 500, False), (250, 700, False)])
def test_rows_below_a_head_that_no_ruling_parts_are_told(end: int, width: int, told: bool) -> None:
    levels = [(200, 100, 700), (230, 100, 700), (end, 100, width)]
    found = missed_tables(*masks(levels, []), [PixelBox(100, 200, 702, 232)], DPI)
    assert [(box.top, box.bottom > 690) for box in found] == ([(232, True)] if told else [])
