"""The words of decrees are data, and patterns are made of them."""

from __future__ import annotations

import re

import pytest

from schema.confusions import confusions
from schema.language import decree_words, either
from schema.numerals import from_letter, from_roman, to_roman
from schema.periods import MONTHS_IN, PER_YEAR, month_names, months_of, period_labels


def test_words_come_by_section_and_list() -> None:
    assert "KEPUTUSAN" in decree_words("naming")["kinds"]
    with pytest.raises(KeyError):
        decree_words("nothing")


def test_the_longest_words_are_tried_first_and_spaces_may_be_wide() -> None:
    pattern = re.compile(either(["KEDUA", "KEDUA BELAS"]))
    found = pattern.match("KEDUA  BELAS")
    assert found is not None
    assert found[0] == "KEDUA  BELAS"


def test_letters_of_a_word_may_be_set_apart() -> None:
    assert re.fullmatch(either(["MEMUTUSKAN"], spread=True), "M E M U T U S K A N")
    assert not re.fullmatch(either(["MEMUTUSKAN"]), "M E M U T U S K A N")


def test_every_type_of_period_fills_the_year() -> None:
    for kind, count in PER_YEAR.items():
        months = [months_of(kind, period) for period in range(1, count + 1)]
        assert sorted(month for part in months for month in part) == list(range(1, 13))
        assert {len(part) for part in months} == {MONTHS_IN[kind]}


def test_a_month_begins_with_its_whole_name() -> None:
    assert month_names("id")[8][0] == "Agustus"
    assert month_names("en")[8][0] == "August"
    assert set(period_labels()["months"][3]) >= {"3", "III", "Maret"}


def test_classes_of_alike_signs_share_no_sign() -> None:
    classes = confusions()["alike"]
    signs = [
        *classes["strokes"],
        *classes["round"],
        *(s for each in classes["figures"].values() for s in each),
    ]
    assert len(signs) == len(set(signs))


@pytest.mark.parametrize("number", range(1, 90))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    assert from_roman(to_roman(number).upper()) == number


def test_letters_count_from_a() -> None:
    assert (from_letter("a"), from_letter("C"), from_letter("ab"), from_letter("1")) == (1, 3, None, None)
