"""The rows of a page tell together how many cells a row has and where its months stand."""

from __future__ import annotations

from normalize.draft import TimeEvidence
from normalize.marks.context import ChunkContext


def row(*marks: int, cells: int = 13, team_at: int | None = None, shift: int = 0) -> TimeEvidence:
    return TimeEvidence(marks=marks, cells=cells, team_at=team_at, refs=(), shift=shift)


def context(*rows: TimeEvidence) -> ChunkContext:
    return ChunkContext.of(rows)


def test_the_commonest_number_of_cells_is_usual() -> None:
    seen = context(row(0), row(1), row(2, cells=12))
    assert seen.usual_cells == {13}
    assert [seen.is_odd(r) for r in (row(0), row(2, cells=12))] == [False, True]


def test_a_team_in_its_place_decides_between_two_numbers() -> None:
    seen = context(row(2, 5, 8, 11, team_at=12), row(5, cells=14))
    assert seen.usual_cells == {13}
    assert seen.is_odd(row(5, cells=14))


def test_where_nothing_decides_every_row_is_odd() -> None:
    seen = context(row(0), row(5, cells=14))
    assert seen.usual_cells == {13, 14}
    assert seen.is_odd(row(0))
    assert seen.widths(row(0)) == {12: 1.0, 11: 1.0}
    assert seen.widths(row(5, cells=14)) == {12: 1.0, 13: 1.0}


def test_a_row_shifted_as_a_whole_may_end_as_much_earlier() -> None:
    assert not context(row(0), row(1)).is_odd(row(2, cells=12, shift=1))


def test_a_team_s_own_place_is_its_row_s_width() -> None:
    seen = context(row(0, team_at=11), row(1))
    assert seen.widths(row(0, team_at=11)) == {11: 1.0}
    assert seen.widths(row(1)) == {12: 1.0, 11: 1.0}


def test_a_full_run_over_thirteen_cells_widens_the_page() -> None:
    seen = context(row(*range(13)), row(0))
    assert seen.overfull
    assert seen.widths(row(0)) == {12: 1.0, 13: 0.5}


def test_an_even_row_shows_how_far_the_cells_are_in_their_place() -> None:
    assert context(row(2, 5, 8, 11)).aligned_through == 11
    assert context(row(2, 5, 9, 12)).aligned_through == 5
    assert context(row(5, 11)).aligned_through == -1
    assert context(row(*range(12))).aligned_through == -1


def test_a_page_without_rows_expects_the_months_and_the_team() -> None:
    assert context().usual_cells == {13}
