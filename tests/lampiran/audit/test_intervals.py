"""Intervals against published figures, and their behaviour at the ends."""

from __future__ import annotations

import pytest

from lampiran.audit.figures.intervals import f1, rate, share, wilson


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3: Wilson's score without correction.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_interval(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


def test_a_share_says_what_it_counts() -> None:
    figure = share("cell-exactness", 9, 10, "evidence")
    assert (figure.value, figure.n, figure.column, figure.method) == (0.9, 10, "evidence", "wilson")
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 0.9 < figure.high


def test_nothing_to_count_has_no_value() -> None:
    for figure in (
        share("row-recall", 0, 0),
        rate("cer", []),
        rate("cer", [(3, 0, 1)]),
        f1("marks-f1", [(0, 0, 0)]),
    ):
        assert (figure.value, figure.n, figure.low, figure.high, figure.method) == (
            None,
            0,
            None,
            None,
            "none",
        )


def test_a_rate_is_a_ratio_of_sums_and_its_interval_is_always_the_same() -> None:
    parts = [(1, 50, 1), (0, 80, 1), (4, 20, 1), (0, 50, 1)]
    figure = rate("cer", parts)
    assert (figure.value, figure.n, figure.method) == (5 / 200, 200, "bootstrap")
    assert figure == rate("cer", parts)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 5 / 200 < figure.high


def test_a_rate_without_errors_is_not_said_to_be_certain() -> None:
    figure = rate("cer", [(0, 50, 1)] * 30)
    assert (figure.value, figure.low, figure.method) == (0, 0, "wilson")
    assert figure.high == pytest.approx(wilson(0, 30)[1])


def test_f1_of_marks() -> None:
    figure = f1("marks-f1", [(2, 0, 0), (1, 1, 0), (1, 0, 1)])
    assert (figure.value, figure.n, figure.method) == (8 / 10, 6, "bootstrap")
    assert figure.low is not None
    assert figure.low < 0.8


def test_f1_of_marks_that_are_all_right_or_all_wrong() -> None:
    right, wrong = f1("marks-f1", [(2, 0, 0)] * 5), f1("marks-f1", [(0, 1, 1)] * 5)
    assert (right.value, right.high, right.method) == (1.0, 1.0, "wilson")
    assert right.low == pytest.approx(wilson(10, 10)[0])
    assert (wrong.value, wrong.low) == (0.0, 0.0)
    assert wrong.high == pytest.approx(wilson(0, 5)[1])
    assert f1("marks-f1", [(0, 3, 0)]).value == 0.0
