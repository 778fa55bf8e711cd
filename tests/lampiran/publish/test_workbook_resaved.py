"""`actions.xlsx` after somebody filled it in and LibreOffice saved it: still ours, still a transcription, still only text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.own_results import published_file
from lampiran.publish.workbook import workbook
from lampiran.result import Result
from schema.plan import Plan
from tests.lampiran.office import SOFFICE, converted

pytestmark = [pytest.mark.office, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")]


@pytest.fixture(scope="module")
def decree(samples: Path) -> Result:
    return lampiran.read(samples / "kpu-contoh-2024.pdf")


def resaved(plan: Plan, folder: Path) -> Path:
    """Fill in the status of each document, and let LibreOffice save the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan)))
    for row in book["Bukti"].iter_rows(min_row=2, min_col=7, max_col=10):
        row[0].value, row[3].value = "ada", "map 3"
    book.save(folder / "actions.xlsx")
    (folder / "saved").mkdir()
    return converted(folder / "actions.xlsx", "xlsx", into=folder / "saved")


def test_it_is_known_as_ours_and_states_the_plan_once(
    decree: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = resaved(decree.plan, tmp_path)
    assert published_file(saved) == "actions.xlsx"
    found = lampiran.audit(decree, saved)
    assert (found.transcription.rows, found.exactness) == (len(list(decree.plan.actions)), 1.0)
    assert found.faults() == ()
    assert run(["extract", str(saved), "-o", str(tmp_path / "out"), "--lang", "en"]) == 4
    assert "is a result of lampiran (actions.xlsx)" in capsys.readouterr().err


def test_what_a_person_filled_in_and_the_list_to_choose_from_stay(decree: Result, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(resaved(decree.plan, tmp_path))["Bukti"]
    assert {(row[6], row[9]) for row in sheet.iter_rows(min_row=2, values_only=True)} == {("ada", "map 3")}
    assert "sedang disusun" in str(sheet.data_validations.dataValidation[0].formula1)


def test_nothing_in_it_is_a_formula(plan: Plan, formula: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(resaved(plan, tmp_path))
    cells: list[Any] = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if cell.value == formula]
    assert len(hostile) >= 4
    assert all(cell.data_type == "s" for cell in hostile)
    assert not any(cell.data_type == "f" for cell in cells)
