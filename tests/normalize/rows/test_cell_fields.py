"""A cell that prints a number and a name gives both, whatever is between them."""

from __future__ import annotations

import pytest

from extract.types import Cell
from normalize.rows.cell_fields import after_label, component_in
from schema.provenance import SourceRef


def cell(text: str) -> Cell:
    return Cell(row=0, column=0, text=text, ref=SourceRef(sha256="0" * 64, page=1, reader="pdf-text"))


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("i. Tim Kerja", "i", "Tim Kerja"),
        ("2)\nAgen Perubahan", "2", "Agen Perubahan"),
        ("a. Rencana\nKerja", "a", "Rencana\nKerja"),
    ],
)
def test_one_cell_holds_number_and_name(text: str, number: str, name: str) -> None:
    found = component_in(cell(text))
    assert (found["component_no"].text, found["component"].text) == (number, name)
    assert {value.printed for value in found.values()} == {text}


def test_a_name_alone_has_no_number() -> None:
    found = component_in(cell("Tim Kerja"))
    assert list(found) == ["component"]
    assert found["component"].text == "Tim Kerja"


def test_what_is_before_a_label_does_not_count() -> None:
    assert after_label("(iv). Pengawasan", "iv") == "Pengawasan"
