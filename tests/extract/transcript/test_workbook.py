"""XLSX transcriptions: cells as they are shown, merged cells as spans, every visible sheet."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from extract.reading import read_document
from extract.survey.survey import XLSX, media_type
from extract.types import Extraction
from schema.errors import InputError


@pytest.fixture
def book() -> Any:
    """A workbook to fill."""
    return openpyxl.Workbook()


def read(book: Any, folder: Path, name: str = "plan.xlsx") -> Extraction:
    path = folder / name
    book.save(path)
    return read_document(path)


def texts(extraction: Extraction) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in extraction.grids for row in grid.rows()]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (8.1, "General", "8.1"),
        (8.1, "0.00", "8.10"),
        (12, "General", "12"),
        (2.0, "General", "2"),
        (0.85, "0%", "85%"),
        (True, "General", "true"),
        (datetime.date(2025, 1, 3), "dd/mm/yyyy", "03/01/2025"),
        (datetime.date(2025, 1, 3), "[$-421]d mmmm yyyy", "3 Januari 2025"),
        (datetime.datetime(2025, 1, 3, 8), "yyyy-mm-dd hh:mm", "2025-01-03"),  # noqa: DTZ001
    ],
)
def test_values_are_written_as_they_are_shown(
    value: object, number_format: str, shown: str, book: Any, tmp_path: Path
) -> None:
    book.active.append(["a", "b", "c", value])
    book.active["D1"].number_format = number_format
    assert texts(read(book, tmp_path)) == [["a", "b", "c", shown]]


def test_merged_cells_are_spans(book: Any, tmp_path: Path) -> None:
    book.active.append(["no", "a", "b", "c"])
    book.active.append(["1", "x", "y", "TIM"])
    book.active.append(["2", "x", "y", None])
    book.active.append(["3", "x", "y", "z"])
    book.active.merge_cells("D2:D3")
    grid = read(book, tmp_path).grids[0]
    team = next(cell for cell in grid.cells if cell.text == "TIM")
    assert (team.row, team.column, team.row_span) == (1, 3, 2)
    assert [cell.column for cell in grid.rows()[2]] == [0, 1, 2]


def test_a_tick_of_a_picture_font_is_a_tick(book: Any, tmp_path: Path) -> None:
    book.active.append(["a", "b", "c", "ü"])
    book.active["D1"].font = Font(name="Wingdings")
    assert texts(read(book, tmp_path)) == [["a", "b", "c", "✓"]]


def test_every_visible_sheet_is_read_and_lines_go_on(book: Any, tmp_path: Path) -> None:
    book.active.append(["LAMPIRAN"])
    book.active.append(["a", "b", "c", "d"])
    second = book.create_sheet("Dua")
    second.append(["e", "f", "g", "h"])
    hidden = book.create_sheet("Tiga")
    hidden.append(["i", "j", "k", "l"])
    hidden.sheet_state = "hidden"
    extraction = read(book, tmp_path)
    assert texts(extraction) == [["a", "b", "c", "d"], ["e", "f", "g", "h"]]
    assert [line.text for line in extraction.lines] == ["LAMPIRAN"]
    assert [grid.line for grid in extraction.grids] == [2, 3]


def test_a_workbook_is_known_by_its_content(book: Any, tmp_path: Path) -> None:
    book.active.append(["a", "b", "c", "d"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert media_type(buffer.getvalue()) == XLSX
    assert read(book, tmp_path, "plan.dat").source.media_type == XLSX


def test_a_damaged_workbook_is_said_to_be_so(book: Any, tmp_path: Path) -> None:
    book.active.append(["a", "b", "c", "d"])
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    path = tmp_path / "plan.xlsx"
    at = data.index(b"xl/workbook.xml") + 40
    path.write_bytes(data[:at] + b"\0" * 20 + data[at + 20 :])
    with pytest.raises(InputError, match="damaged"):
        read_document(path)


def test_a_formula_without_a_stored_result_asks(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    for row in (
        ["No", "Rencana Aksi", "Tim", "Waktu"],
        [1, '=CONCATENATE("a", "b")', "I", "Maret"],
        [2, "Melapor", "II", "Juni"],
    ):
        sheet.append(row)
    found = read(book, tmp_path)
    assert texts(found)[1] == ["1", "\ufffd", "I", "Maret"]
    assert [(f.code, f.ref and f.ref.line, f.ref and f.ref.cell) for f in found.findings] == [
        ("letter-lost", 2, 2)
    ]


def test_a_formula_whose_stored_result_is_an_empty_text_is_an_empty_cell(book: Any, tmp_path: Path) -> None:
    for values in (
        ["No", "Rencana Aksi", "Tim", "Waktu"],
        [1, "=A9", "I", "=A9"],
        [2, "Melapor", "II", "Juni"],
    ):
        book.active.append(values)
    made, changed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, content.replace(b'<c r="B2">', b'<c r="B2" t="str">'))
    (tmp_path / "plan.xlsx").write_bytes(changed.getvalue())
    found = read_document(tmp_path / "plan.xlsx")
    assert texts(found)[1] == ["1", "", "I", "\ufffd"]
    assert [(f.code, f.ref and f.ref.cell) for f in found.findings] == [("letter-lost", 4)]
