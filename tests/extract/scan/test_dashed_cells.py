"""A dash that is all a cell holds is told from dirt by where the column's texts begin."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from extract.grid.lattice import Span
from extract.scan.dashed_cells import lone_dashes
from extract.scan.model import LineReading, PixelBox

sys.path.insert(0, str(Path(__file__).parent))
from grid_drawing import sheet

SIZE, START, HIGH = 11.0, 12, 40


Spot = tuple[int, int, int]


def found(
    spots: dict[int, Spot], worn: np.ndarray | None = None, dirt: dict[int, Spot] | None = None
) -> dict[int, tuple[str, float]]:
    """A column of six cells, texts in the first three; `spots` are x, width and height of ink in the others.

    `worn` is a picture of ink in the last one, `dirt` more ink in cells, lower down.
    """
    page = np.full((6 * HIGH, 200), 255, np.uint8)
    for drop, inked in ((18, spots), (28, dirt or {})):
        for n, (x, wide, high) in inked.items():
            page[n * HIGH + drop : n * HIGH + drop + high, x : x + wide] = 20
    if worn is not None:
        page[5 * HIGH + 18 : 5 * HIGH + 18 + len(worn), START : START + worn.shape[1]] = worn
    boxes = [PixelBox(0, n * HIGH, 200, (n + 1) * HIGH) for n in range(6)]
    spans = [Span(row=n, column=0, rows=1, columns=1) for n in range(6)]
    lines = {
        n: (LineReading("DIPA", PixelBox(START, n * HIGH + 10, 60, n * HIGH + 24), 0.99),) for n in range(3)
    }
    read = lone_dashes(sheet(page, 200), spans, boxes, lines, SIZE)
    return {n: (line.text, line.confidence) for n, (line,) in read.items()}


def test_dashes_where_texts_begin_are_read_and_bear_each_other_out() -> None:
    assert found({3: (START, 5, 2), 4: (START + 2, 6, 3)}) == {3: ("-", 0.996), 4: ("-", 0.996)}


def test_a_single_dash_is_unsure() -> None:
    assert found({3: (START, 5, 2)}) == {3: ("-", 0.6)}


@pytest.mark.parametrize(
    "spot",
    [(90, 5, 2), (START, 4, 5), (START, 2, 1), (START, 40, 3)],
    ids=["elsewhere", "upright", "tiny", "long"],
)
def test_other_ink_is_no_dash(spot: tuple[int, int, int]) -> None:
    assert found({3: spot}) == {}


def test_a_worn_dash_is_told_with_its_pale_rim() -> None:
    worn = np.array(
        [[223, 207, 168, 163, 178, 223], [204, 180, 116, 106, 157, 202], [230, 182, 167, 159, 219, 226]]
    )
    assert found({3: (START, 5, 2)}, worn) == {3: ("-", 0.996), 5: ("-", 0.996)}


@pytest.mark.parametrize(
    ("spot", "read"),
    [((90, 3, 3), True), ((90, 6, 3), True), ((90, 8, 9), False), ((START, 6, 3), False)],
    ids=["speck", "flat speck", "more than dirt", "a second dash"],
)
def test_a_speck_beside_a_dash_hides_it_not(spot: Spot, read: bool) -> None:
    dashes = {3: (START, 5, 2), 4: (START, 5, 2)}
    assert found(dashes, dirt={4: spot}) == {3: ("-", 0.996), 4: ("-", 0.996)} if read else {3: ("-", 0.6)}
