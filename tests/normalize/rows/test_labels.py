"""Numerals and titles are recognised alone, misread, or in front of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import Resources
from normalize.labels import area_title, clean_numeral, is_numeral, numeral_value, plain, split_numeral
from normalize.text import from_roman, to_roman


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i.", 1), ("iv.", 4), ("IX", 9), ("2", 2), ("12.", 12), ("a.", 1), ("b)", 2), ("(c)", 3), ("D", 4),
        ("1.", 1), ("l.", 1), ("lV", 4), ("ll.", 2), ("1I", 2), ("v l.", None), ("|ii", 3), ("<b>iii.</b>", 3),
    ],
)  # fmt: skip
def test_a_numeral_has_its_value_even_where_it_was_misread(text: str, value: int | None) -> None:
    assert is_numeral(text) == (value is not None)
    if value is not None:
        assert numeral_value(text) == value


@pytest.mark.parametrize("text", ["", "SK", "TIM", "2025", "i. Penyusunan Tim Kerja", "√", "-", "vV x", "²"])
def test_other_texts_are_no_numerals(text: str) -> None:
    assert not is_numeral(text)


@given(st.integers(1, 39))
def test_roman_numerals_come_back(number: int) -> None:
    assert from_roman(to_roman(number)) == from_roman(to_roman(number).upper()) == number
    assert numeral_value(f"{to_roman(number)}.") == number


@pytest.mark.parametrize("text", ["", "iiii", "vx", "ic", "abc"])
def test_ill_formed_roman_numerals_have_no_value(text: str) -> None:
    assert from_roman(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("iv. Perubahan Pola Pikir", ("iv", "Perubahan Pola Pikir")),
        ("2) Keterlibatan Pimpinan", ("2", "Keterlibatan Pimpinan")),
        ("a.Standar Pelayanan", ("a", "Standar Pelayanan")),
        ("<i>ii.</i> Pola\nMutasi", ("ii", "Pola Mutasi")),
        ("Penyusunan Tim Kerja", None),
        ("ii Pola Mutasi", None),
        ("1.2 juta rupiah", None),
        ("i.", None),
    ],
)
def test_a_numeral_before_a_name_is_parted_from_it(text: str, parts: tuple[str, str] | None) -> None:
    assert split_numeral(text) == parts


@pytest.mark.parametrize(("text", "clean"), [(" iv. ", "iv"), ("(2)", "2"), ("**b)**", "b"), ("lV.", "lV")])
def test_a_clean_numeral_is_the_printed_one_without_punctuation(text: str, clean: str) -> None:
    assert clean_numeral(text) == clean


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["1. MANAJEMEN PERUBAHAN"], ("1", 1, "MANAJEMEN PERUBAHAN")),
        (["3", "PENATAAN SISTEM MANAJEMEN SDM APARATUR"], ("3", 3, "PENATAAN SISTEM MANAJEMEN SDM APARATUR")),
        (["IV. PENGUATAN AKUNTABILITAS"], ("IV", 4, "PENGUATAN AKUNTABILITAS")),
        (["B. PENATAAN TATALAKSANA"], ("B", 2, "PENATAAN TATALAKSANA")),
        (["**5. PENGUATAN PENGAWASAN**"], ("5", 5, "PENGUATAN PENGAWASAN")),
        (["PENGUATAN AKUNTABILITAS"], ("", 4, "PENGUATAN AKUNTABILITAS")),
        (["MANAIEMEN PERUBAHAN"], ("", 1, "MANAIEMEN PERUBAHAN")),
        (["TIM MANAJEMEN PERUBAHAN"], None),
        (["Catatan dari panitia"], None),
        (["PENGUATAN", "AKUNTABILITAS"], None),
    ],
)
def test_an_area_s_title_has_a_number_or_an_official_name(
    texts: list[str], title: tuple[str, int, str] | None, resources: Resources
) -> None:
    found = area_title(texts, resources.official, resources.form)
    assert (found and (found.label, found.number, found.name)) == title


def test_the_recognisers_look_past_residue() -> None:
    assert plain("  **Tim**\n <i>Kerja</i> ") == "Tim Kerja"


def test_a_raised_figure_has_no_value() -> None:
    assert numeral_value("²") is None
