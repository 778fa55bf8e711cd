"""The sheet of a sample: written, filled in by a person in a spreadsheet, read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lampiran.audit.figures.sampling import with_sample
from lampiran.audit.report.sample_sheet import read_judged, sample_files, sample_id
from schema.audit import SAMPLE_COLUMNS, Audit
from schema.errors import InputError
from tests.lampiran.audit.audits import audit, side


@pytest.fixture(scope="module")
def drawn() -> Audit:
    return with_sample(audit(), 6, seed=2)


def filled(one: Audit, judge: Callable[[int], str]) -> list[list[str]]:
    """Return the CSV's lines with a judgement by the line's number from 1."""
    lines = list(csv.reader(io.StringIO(sample_files(one)["audit-sample.csv"].decode())))
    place = SAMPLE_COLUMNS.index("judgement")
    for number, line in enumerate(lines[1:], start=1):
        line[place] = judge(number)
    return lines


def saved(path: Path, lines: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(lines)
    path.write_bytes(target.getvalue().encode(encoding, errors="replace"))
    return path


def test_a_sheet_says_where_to_look_and_not_what_the_machine_read(drawn: Audit) -> None:
    lines = list(csv.DictReader(io.StringIO(sample_files(drawn)["audit-sample.csv"].decode())))
    assert (
        [int(line["cell"]) for line in lines] == [one.cell for one in drawn.sample.cells]
        if drawn.sample
        else False
    )
    assert {line["sample_id"] for line in lines} == {sample_id(drawn)}
    assert not any(line["judgement"] for line in lines)
    wrong = with_sample(audit(), 100)
    text = sample_files(wrong)["audit-sample.csv"].decode()
    assert "Notuka rapat" in text
    assert "Notula rapat" not in text, "the machine's reading would be judged, not the paper"


def test_the_same_audit_gives_the_same_bytes_and_without_a_sample_there_is_no_sheet(drawn: Audit) -> None:
    assert sample_files(drawn) == sample_files(drawn)
    assert sample_files(audit()) == {}


def test_no_cell_of_a_sheet_can_run(drawn: Audit) -> None:
    whole = with_sample(audit(), 100)
    safe = sample_files(whole, spreadsheet_safe=True)["audit-sample.csv"].decode()
    assert "'=Notuka rapat" in safe
    sheet = load_workbook(io.BytesIO(sample_files(whole)["audit-sample.xlsx"])).active
    texts = {
        cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None
    }
    assert texts["=Notuka rapat"] == "s"


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "cp1252")])
def test_a_filled_sheet_is_read_back_as_spreadsheets_save_it(
    drawn: Audit, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    words = ["benar", "Right", "SALAH", "w", "tidak  terbaca", ""]
    lines = filled(drawn, lambda number: words[number - 1])
    path = saved(
        tmp_path / "sheet.csv", [lines[0], *reversed(lines[1:])], delimiter=delimiter, encoding=encoding
    )
    judged = [one.judgement for one in read_judged(path, drawn).cells]
    assert judged == ["right", "right", "wrong", "wrong", "unreadable", None]


def test_a_filled_workbook_is_read_back(drawn: Audit, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(sample_files(drawn, language="id")["audit-sample.xlsx"]))
    sheet = book.active
    for row in range(2, sheet.max_row + 1):
        sheet.cell(
            row=row, column=SAMPLE_COLUMNS.index("judgement") + 1, value="benar" if row < 5 else "salah"
        )
    book.save(tmp_path / "sheet.xlsx")
    judged = [one.judgement for one in read_judged(tmp_path / "sheet.xlsx", drawn).cells]
    assert judged == ["right"] * 3 + ["wrong"] * 3


def test_what_is_no_sheet_of_this_sample_is_refused(drawn: Audit, tmp_path: Path) -> None:
    lines = filled(drawn, lambda _: "benar")
    place = SAMPLE_COLUMNS.index("judgement")
    foreign = audit().model_copy(update={"decree": side("lain.pdf", "c")})
    other = with_sample(foreign, 6, seed=2)
    mixed = [*lines[:3], *filled(with_sample(audit(), 6, seed=3), lambda _: "benar")[3:]]
    unknown = [line.copy() for line in lines]
    unknown[2][place] = "kurang lebih"
    cases = {
        "is not the sheet": saved(tmp_path / "other.csv", filled(other, lambda _: "benar")),
        "a sample of these": saved(tmp_path / "mixed.csv", mixed),
        'row 3: the judgement "kurang lebih"': saved(tmp_path / "word.csv", unknown),
        "stands twice": saved(tmp_path / "twice.csv", [*lines, lines[1]]),
        'no column "judgement"': saved(tmp_path / "column.csv", [line[:place] for line in lines]),
        "empty or too large": saved(tmp_path / "empty.csv", []),
        "cannot be read": tmp_path / "nowhere.csv",
        "no whole workbook": tmp_path / "broken.xlsx",
    }
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    for sentence, path in cases.items():
        with pytest.raises(InputError, match=sentence):
            read_judged(path, drawn)


def test_a_sheet_says_itself_how_it_was_drawn(drawn: Audit, tmp_path: Path) -> None:
    lines = filled(drawn, lambda _: "benar")
    judged = read_judged(saved(tmp_path / "sheet.csv", lines), audit())
    assert drawn.sample is not None
    assert [one.cell for one in judged.cells] == [one.cell for one in drawn.sample.cells]
    narrow = with_sample(audit(), 3, seed=9, fields=["action", "evidence"])
    judged = read_judged(saved(tmp_path / "narrow.csv", filled(narrow, lambda _: "salah")), audit())
    assert (judged.fields, judged.seed, judged.size) == (("action", "evidence"), 9, 3)
    assert [one.judgement for one in judged.cells] == ["wrong"] * 3
