"""Numerals set against the one above: in their column, or in the lines of a list."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extract.types import Cell, Grid
from normalize.recognised.counting import begins, counts_on, is_numeral, leads_on, numerals_beside
from schema.geometry import BBox
from schema.provenance import SourceRef

sys.path.insert(0, str(Path(__file__).parent))
from recognised import SHA, line


@pytest.mark.parametrize("text", ["i.", "(ii)", "IV", "a.", "12", "3)", "x"])
def test_numerals_and_letters_that_count_are_told(text: str) -> None:
    assert is_numeral(text)


@pytest.mark.parametrize("text", ["ASN", "di", "1.000", "Tim", "", "4.5", "vi,"])
def test_words_and_figures_are_no_numerals(text: str) -> None:
    assert not is_numeral(text)


@pytest.mark.parametrize(
    ("text", "above", "expected"),
    [
        ("ii.", "i.", 1.0),
        ("iv", "iii", 1.0),
        ("10", "9", 1.0),
        ("b.", "a.", 1.0),
        ("j.", "i.", 1.0),
        ("i.", "i.", 0.5),
        ("i.", "iii.", -1.0),
        ("5", "3", -1.0),
        ("ii.", "1.", 0.0),
        ("IV", "iii", 0.0),
        ("Tim", "i.", 0.0),
        ("i.", "", 0.0),
    ],
)
def test_a_numeral_counts_on_from_the_one_of_its_kind_above(text: str, above: str, expected: float) -> None:
    assert counts_on(text, (above,)) == expected


def test_the_nearest_numeral_of_each_kind_tells() -> None:
    assert counts_on("II.", ("c.", "I.")) == 1.0
    assert counts_on("2.", ("c.", "I.")) == 0.0


@pytest.mark.parametrize(
    ("text", "below", "expected"),
    [
        ("I.", ("a.", "II."), 1.0),
        ("1.", ("a.", "II."), 0.0),
        ("ii.", ("iv.",), -1.0),
        ("c.", ("a.",), 0.0),
        ("1", (), 0.0),
    ],
)
def test_a_numeral_leads_on_to_the_one_of_its_kind_below(
    text: str, below: tuple[str, ...], expected: float
) -> None:
    assert leads_on(text, below) == expected


def test_the_first_numerals_begin_a_count() -> None:
    assert all(map(begins, ("1.", "i.", "a)", "I")))
    assert not any(map(begins, ("2.", "ii", "b.", "Tim")))


def _cell(row: int, column: int, *texts: str) -> Cell:
    box = BBox(x0=column * 10, top=row * 10, x1=column * 10 + 9, bottom=row * 10 + 9)
    ref = SourceRef(sha256=SHA, page=1, bbox=box, reader="ocr")
    return Cell(row=row, column=column, text="\n".join(texts), ref=ref, lines=tuple(map(line, texts)))


def test_each_numeral_has_the_one_above_it_in_its_column_or_its_list() -> None:
    cells = (
        _cell(0, 0, "No"),
        _cell(1, 0, "l."),
        _cell(1, 1, "1. Foto", "2. Piagam", "dan", "3. Notulen"),
        _cell(2, 0),
        _cell(2, 1, "Absensi"),
        _cell(3, 0, "ii."),
        _cell(3, 1, "1. Foto"),
    )
    found = numerals_beside([Grid(page=1, row_count=4, column_count=2, cells=cells, exact=True)])
    told = {
        (cell.row, cell.column, n): tuple(found[id(each)])
        for cell in cells
        for n, each in enumerate(cell.lines)
        if id(each) in found
    }
    assert told == {
        (1, 0, 0): ((), ("ii.",)),
        (1, 1, 0): ((), ("2.",)),
        (1, 1, 1): (("1.",), ("3.",)),
        (1, 1, 3): (("2.",), ()),
        (3, 0, 0): (("l.",), ()),
        (3, 1, 0): (("1.",), ()),
    }
