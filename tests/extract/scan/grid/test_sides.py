"""Sides that are in doubt lean to what rows that are alike have at their place, and are never outdone silently."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.grid.sides import between_print, in_context, may_differ

TITLE = [0.98, 0.97, 0.02, 0.03, 0.02, 0.98]
ROW = [0.98, 0.97, 0.96, 0.98, 0.95, 0.97]


def _leaning(*rows: list[float]) -> list[float]:
    return np.round(in_context(np.array(rows)), 2)[0].tolist()


def test_a_doubtful_side_leans_to_the_rows_that_are_alike() -> None:
    doubtful = [0.98, 0.5, 0.02, 0.5, 0.02, 0.98]
    found = _leaning(doubtful, TITLE, TITLE, ROW, ROW, ROW)
    assert found[1] > 0.75
    assert found[3] < 0.25


def test_a_side_that_is_sure_stays_whatever_the_others_are() -> None:
    assert _leaning([*TITLE[:3], 0.9, *TITLE[4:]], *[TITLE] * 9)[3] == 0.9


@pytest.mark.parametrize(("own", "others"), [(0.65, 0.02), (0.35, 0.97)])
def test_a_side_that_leans_against_the_others_stays_in_doubt(own: float, others: float) -> None:
    like = [*TITLE[:3], others, *TITLE[4:]]
    found = _leaning([*TITLE[:3], own, *TITLE[4:]], *[like] * 20)[3]
    assert 0.25 < found < 0.6


def test_rows_that_have_little_in_common_tell_nothing() -> None:
    assert _leaning([0.5, 0.5, 0.5, 0.5, 0.5, 0.98], *[ROW] * 9) == [0.5, 0.5, 0.5, 0.5, 0.5, 0.98]


def test_only_sides_between_print_part_a_text() -> None:
    sure = np.zeros((5, 2), dtype=np.bool_)
    sure[[0, 2, 4]] = True  # three rulings over both rows, and two edges in doubt between them
    printed = np.array([[True, False, True, True], [False, True, True, False]])
    assert between_print(sure, printed)[1].tolist() == [False, False]
    assert between_print(sure, printed)[3].tolist() == [True, False]
    sure[2] = False
    assert between_print(sure, printed)[1].tolist() == [True, False]
    assert between_print(sure, printed)[[0, 4]].all()


def test_a_side_that_only_an_impossible_crossing_could_replace_is_in_no_doubt() -> None:
    level = np.array(
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]], dtype=np.bool_
    )  # a row of three cells above a title over all
    upright = np.array([[1, 1], [1, 0], [1, 0], [1, 1]], dtype=np.bool_)
    one, whole = np.zeros_like(level), np.zeros_like(level)
    one[1, 1] = whole[1] = True
    score = np.full(level.shape, 0.55)
    assert not may_differ(one, level, score, upright).any()
    assert may_differ(whole, level, score, np.ones_like(upright)).any()
