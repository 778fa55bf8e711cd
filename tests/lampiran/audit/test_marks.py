"""Cells of marks are laid under the periods so that as few as possible disagree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.audit.match.marks import aligned

MARKS = st.lists(st.booleans(), max_size=12).map(tuple)


def bits(text: str) -> tuple[bool, ...]:
    return tuple(sign == "1" for sign in text)


@pytest.mark.parametrize(
    ("printed", "stated", "without_cell"),
    [
        ("001001001001", "00100101001", 7),  # July or August: the last of the two
        ("001001001001", "01001001001", 1),
        ("111111111111", "11111111111", 11),  # nothing tells which: the last
        ("000000000001", "00000000000", 11),
    ],
)
def test_a_swallowed_cell_stands_where_the_rest_agrees(printed: str, stated: str, without_cell: int) -> None:
    pairs = aligned(bits(printed), bits(stated))
    assert [n for n, m in pairs if m is None] == [without_cell]


def test_a_cell_too_many_is_left_over() -> None:
    pairs = aligned(bits("001001"), bits("0001001"))
    assert [m for n, m in pairs if n is None] == [2]


@given(MARKS, MARKS)
def test_each_period_and_each_cell_is_paired_once_in_order(
    printed: tuple[bool, ...], stated: tuple[bool, ...]
) -> None:
    pairs = aligned(printed, stated)
    assert [n for n, _ in pairs if n is not None] == list(range(len(printed)))
    assert [m for _, m in pairs if m is not None] == list(range(len(stated)))
    assert sum(n is None or m is None for n, m in pairs) == abs(len(printed) - len(stated))
