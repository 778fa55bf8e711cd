"""Marks right of a row's text have as many readings as a transcriber has ways to miscount like cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.marks.readings import nearly_regular, rank, read_offsets, regular_months, run_length

YEAR = frozenset(range(1, 13))
offsets = st.sets(st.integers(0, 11), min_size=1).map(sorted)


def months(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def test_equal_readings_add_up_and_the_heaviest_comes_first() -> None:
    readings = rank([(months(1), 1.0), (months(2), 1.5), (months(1), 1.0)])
    assert [m for m, _ in readings.ranked] == [months(1), months(2)]
    assert readings.best == months(1)
    assert readings.share == pytest.approx(2 / 3.5)
    assert (readings.sure, readings.possible) == (months(), months(1, 2))


def test_a_reading_far_behind_the_best_is_left_out() -> None:
    readings = rank([(months(3, 6), 99.5), (months(1), 0.5)])
    assert [m for m, _ in readings.ranked] == [months(3, 6)]
    assert readings.sure == readings.possible == months(3, 6)


def test_readings_of_equal_weight_have_a_fixed_order() -> None:
    pair = [(months(2), 1.0), (months(1), 1.0)]
    assert rank(pair) == rank(pair[::-1])


@given(offsets)
def test_twelve_cells_have_one_reading(marks: list[int]) -> None:
    assert read_offsets(marks, {12: 1.0}, 12) == [(frozenset(k + 1 for k in marks), 1.0)]


@given(offsets.filter(lambda marks: max(marks) < 11))
def test_with_a_cell_too_few_every_mark_is_in_its_month_or_the_next(marks: list[int]) -> None:
    for reading, weight in read_offsets(marks, {11: 1.0}, 12):
        assert weight > 0
        assert reading <= YEAR
        assert len(marks) <= len(reading) <= len(marks) + 1
        assert all({k + 1, k + 2} & reading for k in marks)


@given(st.sets(st.integers(0, 12), min_size=1).map(sorted))
def test_with_a_cell_too_many_every_month_is_in_its_cell_or_the_next(marks: list[int]) -> None:
    for reading, _ in read_offsets(marks, {13: 1.0}, 12):
        assert reading <= YEAR
        assert len(marks) - 1 <= len(reading) <= len(marks)
        assert all({month - 1, month} & set(marks) for month in reading)


@given(offsets, st.sampled_from([10, 11, 12, 13, 14]))
def test_the_weights_of_one_width_sum_to_its_own(marks: list[int], width: int) -> None:
    assert sum(w for _, w in read_offsets(marks, {width: 0.5}, 12)) == pytest.approx(0.5)


def test_a_lone_early_mark_is_hardly_moved_by_a_lost_cell() -> None:
    readings = rank(read_offsets([0], {11: 1.0}, 12))
    assert readings.best == months(1)
    assert readings.share > 0.9


def test_a_run_that_lacks_a_cell_was_most_likely_whole() -> None:
    assert rank(read_offsets(range(11), {11: 1.0}, 12)).best == YEAR


def test_a_run_of_thirteen_is_the_whole_year() -> None:
    assert rank(read_offsets(range(13), {13: 1.0}, 12)).best == YEAR


def test_a_mark_beyond_the_last_cell_is_surplus_or_the_last_month() -> None:
    assert read_offsets([1, 12], {12: 1.0}, 12) == [(months(2), 0.6), (months(2, 12), 0.4)]
    assert rank(read_offsets([11, 12], {12: 1.0}, 12)).ranked == ((months(12), 1.0),)


def test_a_width_too_far_from_a_year_says_nothing() -> None:
    assert read_offsets([0, 3], {9: 1.0, 15: 1.0}, 12) == []


def test_quarters_are_read_like_months() -> None:
    assert read_offsets([0, 3], {4: 1.0}, 4) == [(months(1, 4), 1.0)]


@pytest.mark.parametrize(
    ("count", "even"),
    [
        (2, months(6, 12)),
        (3, months(4, 8, 12)),
        (4, months(3, 6, 9, 12)),
        (12, YEAR),
        (1, None),
        (5, None),
        (0, None),
    ],
)
def test_an_even_plan_ends_each_stretch_of_the_year(count: int, even: frozenset[int] | None) -> None:
    assert regular_months(count, 12) == even


def test_marks_within_two_cells_of_an_even_plan_come_close_to_it() -> None:
    assert nearly_regular([2, 5, 8, 11], 12) == months(3, 6, 9, 12)
    assert nearly_regular([1, 4, 9, 12], 12) == months(3, 6, 9, 12)
    assert nearly_regular([0, 1, 2, 3], 12) is None
    assert nearly_regular([4], 12) is None


@pytest.mark.parametrize(("offset", "length"), [(0, 1), (3, 3), (4, 3), (5, 3), (8, 1)])
def test_a_run_reaches_from_its_first_to_its_last_neighbour(offset: int, length: int) -> None:
    assert run_length(offset, {0, 3, 4, 5, 8}) == length
