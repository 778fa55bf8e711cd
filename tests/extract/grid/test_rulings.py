"""Merging of rulings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import PageNotReadableError
from extract.grid.lattice import shape_of
from extract.grid.rulings import PAGE, Segment, lattices, merge, reach_of

segments = st.builds(
    lambda position, start, length: Segment(position, start, start + length),
    st.integers(0, 60).map(float),
    st.integers(0, 100).map(float),
    st.integers(4, 80).map(float),
)


def test_pieces_with_small_gaps_are_one_ruling() -> None:
    assert merge([Segment(10, 0, 20), Segment(10, 22, 40)]) == [Segment(10, 0, 40)]


def test_pieces_with_a_large_gap_stay_apart() -> None:
    assert merge([Segment(10, 0, 20), Segment(10, 30, 40)]) == [Segment(10, 0, 20), Segment(10, 30, 40)]


def test_rulings_side_by_side_become_their_middle() -> None:
    assert merge([Segment(10, 0, 20), Segment(11, 0, 20)]) == [Segment(10.5, 0, 20)]


@given(st.lists(segments, max_size=30))
def test_merged_rulings_keep_what_is_drawn(drawn: list[Segment]) -> None:
    merged = merge(drawn)
    for segment in drawn:
        assert any(
            abs(other.position - segment.position) <= PAGE.snap
            and other.start <= segment.start
            and other.end >= segment.end
            for other in merged
        )
    assert len(merged) <= len(drawn)


def test_a_page_with_too_many_rulings_is_refused_not_searched() -> None:
    many = [Segment(3.0 * index, 0, 10) for index in range(5_000)]
    with pytest.raises(PageNotReadableError):
        lattices(many, many)


def test_outer_borders_of_a_table_open_above_and_below_belong_to_it() -> None:
    inner = [Segment(x, 0, 60) for x in (40.0, 80.0, 120.0)]
    (found,) = lattices([Segment(30, 40, 120)], [Segment(0, 0, 60), *inner, Segment(160, 0, 60)])
    assert [line.position for line in found.vertical] == [0, 40, 80, 120, 160]
    assert [line.position for line in found.horizontal] == [0, 30, 60]


def test_an_outer_border_that_no_ruling_meets_is_that_of_a_merged_column() -> None:
    inner = [Segment(x, 0, 60) for x in (40.0, 80.0, 120.0)]
    level = [Segment(0, 80, 120), Segment(30, 40, 120), Segment(60, 40, 120)]
    (found,) = lattices(level, [Segment(0, 0, 60), *inner])
    assert [line.position for line in found.vertical] == [0, 40, 80, 120]
    shape = shape_of(found)
    assert shape is not None
    assert [span for span in shape.spans if span.column == 0] == [(0, 0, 2, 1)]


def test_a_vertical_line_beside_a_mere_frame_is_no_border() -> None:
    frame = [Segment(40.0, 0, 60), Segment(80.0, 0, 60)]
    (found,) = lattices([Segment(0, 40, 80), Segment(60, 40, 80)], [Segment(0, 0, 60), *frame])
    assert [line.position for line in found.vertical] == [40, 80]


def test_the_ends_of_a_thick_rule_at_the_foot_are_no_borders() -> None:
    inner = [Segment(x, 0, 60) for x in (40.0, 80.0, 120.0)]
    level = [Segment(y, 40, 120) for y in (0, 30, 60)]
    rule = [Segment(61, 0, 160), Segment(66, 0, 160)]
    ends = [Segment(0, 61, 66), Segment(160, 61, 66)]
    (found,) = lattices([*level, *rule], [*inner, *ends], reach_of(10.0))
    shape = shape_of(found)
    assert shape is not None
    assert shape.column_edges == (40, 80, 120)
    assert len(shape.spans) == 4


def test_a_vertical_line_of_another_height_is_no_border() -> None:
    inner = [Segment(x, 0, 60) for x in (40.0, 80.0, 120.0)]
    (found,) = lattices([Segment(30, 40, 120)], [Segment(0, 0, 50), *inner])
    assert [line.position for line in found.vertical] == [40, 80, 120]


def test_the_edges_of_another_table_move_nothing() -> None:
    xs = (100.0, 130.0, 300.0)
    uprights = [Segment(x, 10, 70) for x in xs]
    level = [Segment(y, xs[0], xs[-1]) for y in (10, 40, 70)]
    for shift in (-4.0, 1.5, 4.0):
        others = [Segment(x + shift, 200, 900) for x in xs]
        more = [Segment(y, xs[0] + shift, xs[-1] + shift) for y in (200, 500, 900)]
        first, second = lattices([*level, *more], [*uprights, *others], reach_of(12.0))
        assert [line.position for line in first.vertical] == list(xs)
        assert [line.position for line in second.vertical] == [x + shift for x in xs]
