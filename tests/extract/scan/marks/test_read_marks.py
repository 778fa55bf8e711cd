"""Marks of a month grid: fills, glyphs, dashes, and the dirt, wear and stamps that must not pass for them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.scan.marks.read_marks import read_marks
from extract.scan.model import MarkReading, Mask, PixelBox
from extract.scan.page.illumination import even

sys.path.insert(0, str(Path(__file__).parent.parent))
from grid_drawing import Picture, sheet

DPI = 200
LEFT, TOP, WIDE, HIGH, MONTHS = 700, 120, 44, 90, 12
SHADE = 153
Place = tuple[int, int]  # row and month, from 0


class Form:
    """A page with a grid of twelve months between two columns of text, to be drawn on."""

    def __init__(self, rows: int, *, high: int = HIGH) -> None:
        self.rows, self.high = rows, high
        self.page: Picture = np.full((TOP + rows * high + 300, 1700), 252, np.uint8)
        self.rulings: Mask = np.zeros(self.page.shape, dtype=np.bool_)
        self.foreign: Mask = np.zeros(self.page.shape, dtype=np.bool_)

    def corner(self, place: Place) -> Place:
        row, month = place
        return LEFT + month * WIDE, TOP + row * self.high

    def middle(self, place: Place) -> Place:
        x, y = self.corner(place)
        return x + WIDE // 2, y + self.high // 2

    def fill(self, places: Iterable[Place], shade: int = SHADE) -> None:
        for place in places:
            x, y = self.corner(place)
            self.page[y : y + self.high, x : x + WIDE] = shade

    def cross(self, place: Place) -> None:
        x, y = self.middle(place)
        for way in (1, -1):
            cv2.line(self.page, (x - 6, y - 7 * way), (x + 6, y + 7 * way), 20, 2, cv2.LINE_AA)

    def dash(self, place: Place, *, high: int = 3, wide: int = 8) -> None:
        x, y = self.middle(place)
        self.page[y - high // 2 : y - high // 2 + high, x - wide // 2 : x - wide // 2 + wide] = 30

    def speck(self, place: Place, *, right: int, down: int, radius: int = 3) -> None:
        x, y = self.middle(place)
        cv2.circle(self.page, (x + right, y + down), radius, 10, -1)

    def rule(self) -> None:
        right, bottom = LEFT + MONTHS * WIDE, TOP + self.rows * self.high
        for month in range(MONTHS + 1):
            self._line(slice(TOP, bottom + 2), slice(LEFT + month * WIDE - 1, LEFT + month * WIDE + 1))
        for row in range(self.rows + 1):
            y = TOP + row * self.high
            self._line(slice(y - 1, y + 1), slice(100, right + 300))

    def _line(self, rows: slice, columns: slice) -> None:
        self.page[rows, columns] = 20
        self.rulings[rows, columns] = True

    def boxes(self) -> list[PixelBox]:
        corners = [self.corner((row, month)) for row in range(self.rows) for month in range(MONTHS)]
        return [PixelBox(x + 2, y + 2, x + WIDE - 2, y + self.high - 2) for x, y in corners]

    def read(self, *, evened: bool = False, grain: float = 0.0) -> dict[Place, MarkReading]:
        """Rule the page, wear it, and read its marks."""
        self.rule()
        page = cv2.GaussianBlur(self.page, (0, 0), 0.6).astype(np.float64)
        page += np.random.default_rng(3).normal(0, grain, page.shape) if grain else 0.0
        grey: Picture = np.clip(page, 0, 255).astype(np.uint8)
        if evened:
            grey = even(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), DPI).grey
        found = read_marks(sheet(grey, DPI), self.boxes(), self.rulings, self.foreign)
        return {divmod(n, MONTHS): one for n, one in enumerate(found)}


def of(read: dict[Place, MarkReading], state: str) -> set[Place]:
    return {place for place, one in read.items() if one.state == state}


def row(number: int) -> set[Place]:
    return {(number, month) for month in range(MONTHS)}


@pytest.mark.parametrize("grain", [0.0, 6.0])
def test_a_block_of_filled_rows_is_marked_though_it_was_evened_out_as_darker_paper(grain: float) -> None:
    form = Form(7, high=110)
    filled = row(2) | row(3) | row(4) | {(0, 1), (6, 8)}
    form.fill(filled)
    read = form.read(evened=True, grain=grain)
    assert read[(3, 6)].ink < 0.2
    assert of(read, "marked") == filled
    assert of(read, "empty") == set(read) - filled


def test_a_row_filled_from_its_first_month_to_its_last_is_marked() -> None:
    form = Form(6)
    filled = row(2) | {(0, 1), (4, 5), (4, 6)}
    form.fill(filled)
    assert of(form.read(), "marked") == filled


def test_bands_that_run_on_beside_the_months_are_no_marks() -> None:
    form = Form(8)
    for number in (1, 3, 5):
        _, y = form.corner((number, 0))
        form.page[y : y + HIGH, 100:1600] = 222
    form.fill([(2, 4), (3, 5)])
    read = form.read()
    assert of(read, "marked") == {(2, 4), (3, 5)}
    assert of(read, "unknown") == set()


def test_a_speck_in_a_filled_cell_does_not_empty_it() -> None:
    form = Form(5)
    filled = {(0, 1), (1, 4), (2, 6), (3, 8), (4, 9)}
    form.fill(filled)
    form.speck((1, 4), right=9, down=12, radius=2)
    form.speck((2, 6), right=-8, down=-20, radius=3)
    assert of(form.read(), "marked") == filled


def test_a_speck_in_an_empty_cell_is_no_mark_where_months_are_filled() -> None:
    form = Form(5)
    filled = row(1) | {(0, 1), (4, 9)}
    form.fill(filled)
    form.speck((3, 5), right=1, down=2, radius=3)
    form.speck((3, 8), right=-4, down=-20, radius=3)
    form.speck((3, 8), right=4, down=10, radius=3)
    read = form.read()
    assert of(read, "marked") == filled
    assert of(read, "empty") == set(read) - filled


def test_a_dash_in_a_filled_cell_is_for_a_person_to_read() -> None:
    form = Form(5)
    filled = row(1) | {(0, 1), (4, 9)}
    form.fill(filled)
    for place in set(row(2) | row(3)) | {(4, 9)}:
        form.dash(place)
    read = form.read()
    assert of(read, "marked") == filled - {(4, 9)}
    assert of(read, "unknown") == {(4, 9)}


def test_a_column_filled_all_the_way_down_may_be_decoration() -> None:
    form = Form(6)
    column = {(number, 3) for number in range(6)}
    form.fill(column)
    assert of(form.read(), "unknown") == column


def test_a_column_filled_all_the_way_down_is_marked_where_other_months_hold_the_same_fill() -> None:
    form = Form(6)
    filled = {(number, 3) for number in range(6)} | {(0, 5), (1, 8), (4, 10)}
    form.fill(filled)
    assert of(form.read(), "marked") == filled


def test_fills_are_decoration_where_glyphs_are_the_marks() -> None:
    form = Form(6)
    form.fill([(number, 3) for number in range(6)] + [(2, 7)])
    crosses = {(number, month) for number in range(6) for month in (1, 6, 9)}
    for place in crosses:
        form.cross(place)
    read = form.read()
    assert of(read, "marked") == crosses
    assert (2, 7) in of(read, "unknown")


def test_a_solid_piece_of_a_stamp_in_a_cell_is_no_fill() -> None:
    form = Form(6, high=60)
    filled = {(0, 1), (1, 4), (2, 2), (3, 8), (5, 9)}
    form.fill(filled)
    x, y = form.middle((4, 6))
    star = np.array([(x, y - 34), (x + 30, y + 20), (x - 30, y + 20)])
    cv2.fillPoly(form.page, [star], 130)
    read = form.read()
    assert of(read, "marked") == filled
    assert read[(4, 6)].state != "empty"


def test_a_stamp_over_fills_invents_and_loses_none() -> None:
    form = Form(6)
    filled = {(0, 1), *row(2), (3, 8), (5, 9)}
    form.fill(filled)
    ring = np.zeros(form.page.shape, np.uint8)
    cv2.circle(ring, form.middle((3, 6)), 110, 1, 7)
    form.page[ring > 0] = np.minimum(form.page[ring > 0], 120)
    form.foreign = ring > 0
    read = form.read()
    assert of(read, "marked") <= filled
    assert of(read, "empty") & filled == set()


def test_worn_dashes_are_told_by_their_place_and_size() -> None:
    form = Form(6)
    worn = {(1, 2): (5, 7), (2, 5): (5, 6), (4, 8): (2, 6)}
    for place in row(1) | row(2) | row(3) | row(4):
        high, wide = worn.get(place, (3, 8))
        form.dash(place, high=high, wide=wide)
    crosses = [(0, month) for month in range(0, 12, 2)] + [(5, month) for month in range(1, 12, 2)]
    for place in crosses:
        form.cross(place)
    read = form.read()
    assert of(read, "marked") == set(crosses)
    assert of(read, "unknown") == set()


def test_specks_beside_a_mark_or_a_dash_change_neither() -> None:
    form = Form(6)
    crosses = {(number, month) for number in range(6) for month in (0, 4, 8)}
    dashes = {(number, month) for number in range(6) for month in range(MONTHS)} - crosses
    for place in crosses:
        form.cross(place)
    for place in dashes:
        form.dash(place)
    form.speck((1, 4), right=3, down=24, radius=3)
    form.speck((2, 5), right=9, down=-18, radius=3)
    read = form.read()
    assert of(read, "marked") == crosses
    assert of(read, "empty") == dashes


def test_a_black_speck_beside_the_place_of_marks_is_dirt_and_one_in_it_is_not() -> None:
    form = Form(6)
    crosses = {(number, month) for number in range(6) for month in (0, 4, 8)}
    for place in crosses:
        form.cross(place)
    form.speck((2, 6), right=11, down=9, radius=3)
    form.speck((3, 6), right=0, down=0, radius=3)
    read = form.read()
    assert of(read, "marked") == crosses
    assert of(read, "unknown") == {(3, 6)}


def test_a_pens_stroke_much_larger_than_the_marks_is_no_mark() -> None:
    form = Form(6)
    crosses = {(number, month) for number in range(6) for month in (0, 4, 8)}
    for place in crosses:
        form.cross(place)
    x, y = form.middle((3, 6))
    stroke = np.array([(x - 14, y - 12), (x - 3, y + 24), (x + 14, y - 30)])
    cv2.polylines(form.page, [stroke], False, 40, 5, cv2.LINE_AA)
    read = form.read()
    assert of(read, "marked") == crosses
    assert read[(3, 6)].state in {"unknown", "covered"}


SPOTS = row(1) | {(0, 0), (2, 3), (2, 6), (3, 3), (3, 9), (4, 0), (5, 11)}


def spotted(size: tuple[int, int], astray: Iterable[Place] = ()) -> Form:
    """A page marked by spots of a few pixels high in their cells; `astray` ones lie beside their place."""
    form = Form(6)
    wide, high = size
    for number, place in enumerate(sorted({*SPOTS, *astray})):
        x, y = form.middle(place)
        right, down = ((number % 5 - 2) * 6, number % 7 * 6) if place in set(astray) else (0, -12)
        left, top = x + right + number % 2 - wide // 2, y + down - high // 2
        form.page[top : top + high, left : left + wide + number % 2] = 60
    return form


@pytest.mark.parametrize("size", [(6, 6), (5, 5), (7, 7)])
def test_many_small_spots_in_one_place_are_marks(size: tuple[int, int]) -> None:
    read = spotted(size).read(grain=3.0)
    assert of(read, "marked") == SPOTS
    assert of(read, "unknown") == set()


def test_many_small_spots_that_lie_about_are_no_marks() -> None:
    assert of(spotted((6, 6), SPOTS).read(), "marked") == set()


def test_many_flat_spots_in_one_place_may_be_dashes() -> None:
    assert of(spotted((7, 4)).read(), "marked") == set()


def test_a_speck_like_the_small_marks_that_lies_elsewhere_is_for_a_person_to_see() -> None:
    form = spotted((6, 6))
    x, y = form.middle((4, 5))
    form.page[y + 14 : y + 20, x + 6 : x + 12] = 60
    read = form.read()
    assert of(read, "marked") == SPOTS
    assert of(read, "unknown") == {(4, 5)}


def test_a_dot_as_small_as_the_others_of_its_row_is_no_dirt() -> None:
    form = Form(6)
    dots = row(2) | {(0, 3), (4, 8), (5, 1)}
    worn = {(2, 7), (2, 9)}
    for place in sorted(dots):
        x, y = form.middle(place)
        form.page[y - 2 : y + 2 + (place not in worn), x - 2 : x + 2 + (place not in worn)] = 20
        if place in worn:
            form.page[y - 2, x + 1] = form.page[y + 1, x - 2] = 252
    read = form.read()
    assert not dots & of(read, "empty")
    assert of(read, "empty") == set(read) - dots


@pytest.mark.parametrize("grain", [0.0, 4.0])
def test_cells_that_print_fills_in_part_are_not_empty(grain: float) -> None:
    form = Form(3, high=40)
    inked = {(row, month) for row in range(3) for month in range(2, MONTHS)}
    for n, place in enumerate(sorted(inked)):
        x, y = form.middle(place)
        cv2.putText(form.page, f"{n + 10}", (x - 17, y + 10), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 4)
    found = form.read(grain=grain)
    assert not inked & of(found, "empty")
    assert not of(found, "marked")
