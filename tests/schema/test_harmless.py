"""Texts of strangers: what a terminal or a spreadsheet could obey."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.harmless import FORMULA_STARTS, guarded, unguarded, visible

TEXTS = st.text(st.sampled_from("'=+-@\t\r\nab＝ "), max_size=6)


@given(TEXTS)
def test_no_guarded_text_is_a_formula_and_each_comes_back(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)
    assert unguarded(guarded(text)) == text


@given(TEXTS, TEXTS)
def test_two_texts_stay_two(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@pytest.mark.parametrize("text", ["'tis", "it's", "", "a = b", "Laporan - akhir", "√"])
def test_other_texts_stay(text: str) -> None:
    assert guarded(text) == unguarded(text) == visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "<U+001B>]0;title<U+0007>"),
        ("a\u202ebc", "a<U+202E>bc"),
        ("\x9b31m", "<U+009B>31m"),
        ("over\rwritten", "over<U+000D>written"),
        ("\udcff", "<U+DCFF>"),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert "\n" not in visible(text, one_line=True)
    assert visible(text).encode("utf-8")
