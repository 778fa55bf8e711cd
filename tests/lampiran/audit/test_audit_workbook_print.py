"""`audit.xlsx` and the sheet of a sample as LibreOffice shows them: every text whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lampiran.audit.figures.sampling import with_sample
from lampiran.audit.report.sample_sheet import sample_files
from lampiran.audit.report.workbook import audit_workbook
from schema.audit import Audit
from tests.lampiran.office import SOFFICE, row_heights

pytestmark = [pytest.mark.office, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")]


@pytest.mark.parametrize("name", ["audit.xlsx", "audit-sample.xlsx"])
def test_each_row_is_as_high_as_its_texts_need(name: str, sample_audit: Audit, tmp_path: Path) -> None:
    files = {"audit.xlsx": audit_workbook(sample_audit), **sample_files(with_sample(sample_audit, 60))}
    book = tmp_path / name
    book.write_bytes(files[name])
    ours, needed = row_heights(book), row_heights(book, optimal=True)
    for sheet in openpyxl.load_workbook(book):
        for n in range(sheet.max_row):
            assert ours[sheet.title][n] >= needed[sheet.title][n] - 0.5, f"{sheet.title}, row {n + 1}"


def test_a_sample_has_a_list_of_judgements_and_shares_are_shown_as_per_cent(
    sample_audit: Audit, tmp_path: Path
) -> None:
    files = {"audit.xlsx": audit_workbook(sample_audit), **sample_files(with_sample(sample_audit, 9))}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    sheet = openpyxl.load_workbook(tmp_path / "audit-sample.xlsx").active
    assert sheet is not None
    (listed,) = sheet.data_validations.dataValidation
    assert listed.formula1 == '"benar,salah,tidak terbaca"'
    figures = openpyxl.load_workbook(tmp_path / "audit.xlsx")["Angka"]
    assert {figures.cell(2, column).number_format for column in (3, 4, 5)} == {'0.00" "%'}
    assert 0 < figures.cell(2, 3).value < 1
