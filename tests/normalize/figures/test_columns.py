"""What does not fit the column it was read in asks; what fits, and what a digital page prints, does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalize.figures import Doubt, Seen, column_doubts
from normalize.figures.model import kind_of, value_of
from schema.geometry import BBox
from schema.provenance import Reader, SourceRef

WORDS = ("tarif", "gratis", "nihil", "uraian", "per orang")


def seen(texts: Sequence[str], reader: Reader = "ocr") -> list[Seen]:
    """A column of cells."""
    found = []
    for n, text in enumerate(texts):
        box = BBox(x0=0, top=20.0 * n, x1=100, bottom=20.0 * n + 20)
        ref = SourceRef(sha256="0" * 64, page=1, bbox=box, reader=reader)
        found.append(Seen(text, ref))
    return found


def doubts(texts: Sequence[str], reader: Reader = "ocr") -> dict[str, Doubt]:
    cells = seen(texts, reader)
    by_place = column_doubts([cells], lambda text: text.lower() in WORDS)
    return {cell.text: by_place[cell.ref] for cell in cells if cell.ref in by_place}


def codes(found: dict[str, Doubt]) -> dict[str, str]:
    return {text: doubt.code for text, doubt in found.items()}


AMOUNTS = ["20.000", "30.000", "1.250.000", "40.000", "55.000"]


@pytest.mark.parametrize(
    ("odd", "likely"),
    [
        ("2O.000", ("20.000",)),
        ("l", ("1",)),
        ("2:300.000", ()),
        ("120 .000", ("120.000",)),
        ("65.000\n1", ("65.000", "1")),
        ("7a", ()),
    ],
)
def test_what_is_no_number_among_numbers_asks(odd: str, likely: tuple[str, ...]) -> None:
    found = doubts(["TARIF", *AMOUNTS, odd, "25.000", "15.000"])
    assert codes({odd: found[odd]}) == {odd: "figure-unlike-column"}
    assert found[odd].alternatives == likely


def test_known_words_a_head_and_dashes_among_numbers_do_not_ask() -> None:
    assert doubts(["TARIF", "(Rp)", *AMOUNTS, "Gratis", "-", "", "Nihil"]) == {}


@pytest.mark.parametrize(
    ("column", "odd"),
    [
        (["10%", "25 %", "50%", "100%"], "7S%"),
        (["01-02-2025", "3/4/2025", "12 Mei 2025", "01-03-2025"], "O1-02-2025"),
        (["i.", "ii.", "iii.", "iv."], "1"),
        (["Uraian", "Pelatihan", "Rapat kerja", "Sosialisasi"], "l"),
        (["Uraian", "Pelatihan", "Rapat kerja", "Sosialisasi"], "7"),
    ],
)
def test_shares_dates_numerals_and_words_are_known_by_their_column(column: list[str], odd: str) -> None:
    assert codes(doubts([*column, odd])) == {odd: "figure-unlike-column"}
    assert doubts(column) == {}


def test_a_letter_among_letters_and_a_column_of_all_kinds_do_not_ask() -> None:
    assert doubts(["a", "b", "i", "l", "c"]) == {}
    assert doubts(["12", "Rapat", "x", "10%", "l"]) == {}


def test_codes_that_look_like_misread_numbers_are_texts() -> None:
    assert doubts(["5.1.02.01", "5.1.02.02", "5.1.02.03.004", "5.2", "5.2.01"]) == {}


def test_misread_numbers_do_not_hide_what_the_column_is() -> None:
    odd = ["65.000 w", "120 .000", "150 .000", "70.000 s"]
    assert set(doubts([*AMOUNTS, *odd])) == set(odd)


def test_a_mark_of_thousands_that_is_not_the_columns_asks() -> None:
    column = [f"{n}.000" for n in range(20, 50)]
    found = doubts([*column, "50,000"])
    assert codes(found) == {"50,000": "figure-marks-mixed"}
    assert found["50,000"].alternatives == ("50.000",)


def test_where_both_marks_were_read_often_all_marked_figures_wait_for_one_answer() -> None:
    column = ["20.000", "30,000", "40.000", "50.000", "60,000", "900"]
    found = doubts(column)
    assert list(found) == column[:-1]
    assert [doubt.told for doubt in found.values()] == [True, False, False, False, False]
    tails = doubts(["20.000\n1", "30.000\ns", "40.000", "50.000", "60.000", "70.000"])
    assert codes(tails)["40.000"] == "figure-marks-mixed"


def test_a_number_that_breaks_the_count_of_its_column_asks() -> None:
    found = doubts(["NO", "1", "2", "3", "4", "8", "6", "7", "8", "9"])
    assert [(text, doubt.code, doubt.alternatives) for text, doubt in found.items()] == [
        ("8", "figure-breaks-count", ("5",))
    ]
    assert doubts(["NO", "1", "2", "3", "4", "8", "9", "10"]) == {}


def test_a_digital_page_is_not_doubted() -> None:
    assert doubts([*AMOUNTS, "2O.000", "50,000"], reader="pdf-text") == {}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Rp. 1.250.000,-", "number", "1250000"),
        ("12,5", "number", "12.5"),
        ("(2.000)", "number", "-2000"),
        ("1,234,567.89", "number", "1234567.89"),
        ("3.", "number", "3"),
        ("1.23.000", "text", None),
        ("50%", "share", None),
        ("iv", "roman", None),
        ("-", "none", None),
    ],
)
def test_a_figure_has_its_kind_and_value(text: str, kind: str, value: str | None) -> None:
    assert kind_of(text) == kind
    assert (None if value is None else float(value)) == (
        None if value_of(text) is None else float(value_of(text) or 0)
    )


def test_an_amount_whose_marks_contradict_each_other_asks_alone() -> None:
    column = ["4.270.000,00", "825.000,00", "140.000,00", "2.800.000,00", "0,00"]
    found = doubts([*column, "140,000,00", "825,000,00"])
    assert codes(found) == dict.fromkeys(("140,000,00", "825,000,00"), "figure-marks-mixed")
    assert found["825,000,00"].alternatives == ("825.000,00",)
    assert all(doubt.told for doubt in found.values())


def test_a_lone_stroke_that_does_not_count_may_be_a_roman_number() -> None:
    found = doubts(["NO", "1", "1", "2", "3", "4", "5", "6"])
    assert [(text, doubt.code, doubt.alternatives) for text, doubt in found.items()] == [
        ("1", "figure-breaks-count", ("I",))
    ]
    assert doubts(["NO", "1", "2", "3", "4", "1", "2", "3"]) == {}
    assert doubts(["NO", "28", "29", "30", "30", "31"]) == {}
