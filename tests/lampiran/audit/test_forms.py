"""The form of a transcription does not matter: its cells, not its file, its columns or its order, are judged."""

from __future__ import annotations

import csv
import html
import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import lampiran
from lampiran.result import Result
from samples.draw.variants import variant
from schema.audit import Audit
from tests.lampiran.audit.conftest import ACTION, EVIDENCE, FIRST, HEAD, Row, told, tsv, typed, verdicts


@pytest.fixture(scope="module")
def spoilt(result: Result) -> list[Row]:
    """The decree's table with a few faults in it."""
    rows = typed(result.plan)
    rows[1][ACTION] = rows[1][ACTION].replace("anggotanya", "ongotanya")
    rows[2][FIRST], rows[2][FIRST + 1] = "", "√"
    rows[5][EVIDENCE] = ""
    del rows[9]
    return rows


def write_csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([["LAMPIRAN KEPUTUSAN"], HEAD, *rows])


def write_xlsx(path: Path, rows: list[Row]) -> None:
    book = openpyxl.Workbook()
    for row in [["LAMPIRAN KEPUTUSAN"], HEAD, *rows]:
        book.active.append([cell or None for cell in row])
    book.save(path)


def write_html(path: Path, rows: list[Row]) -> None:
    lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in [HEAD, *rows]]
    table = "\n".join(f"<tr>{line}</tr>" for line in lines)
    path.write_text(f"<html><body><p>LAMPIRAN KEPUTUSAN</p><table>{table}</table></body></html>")


def write_markdown(path: Path, rows: list[Row]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in [HEAD, *rows]]
    lines.insert(1, "|" + "---|" * len(HEAD))
    path.write_text("LAMPIRAN KEPUTUSAN\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


FORMS: dict[str, Callable[[Path, list[Row]], None]] = {
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".md": write_markdown,
}


@pytest.mark.parametrize("ending", FORMS)
def test_each_form_of_one_transcription_gives_the_same_audit(
    ending: str, result: Result, spoilt: list[Row], tmp_path: Path
) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("LAMPIRAN KEPUTUSAN\n\n" + tsv(spoilt), encoding="utf-8")
    path = tmp_path / f"form{ending}"
    FORMS[ending](path, spoilt)
    wanted = lampiran.audit(result, plain)
    assert verdicts(lampiran.audit(result, path)) == verdicts(wanted)
    assert len(wanted.faults()) == 5


@pytest.mark.parametrize("filled", [True, False])
def test_shuffled_rows_give_the_same_verdicts(filled: bool, audited: Callable[..., Audit]) -> None:
    def spoil(rows: list[Row]) -> None:
        rows[1][ACTION] = rows[1][ACTION].replace("anggotanya", "ongotanya")
        rows[7][FIRST] = "" if rows[7][FIRST] else "√"

    def shuffle(rows: list[Row]) -> None:
        spoil(rows)
        random.Random(7).shuffle(rows)

    assert verdicts(audited(shuffle, filled=filled)) == verdicts(audited(spoil, filled=filled))


@pytest.mark.parametrize("name", ["decree.json", "actions.csv", "actions.xlsx"])
def test_a_result_of_ours_is_a_transcription_without_faults(
    name: str, result: Result, tmp_path: Path
) -> None:
    result.write(tmp_path / "out")
    audit = lampiran.audit(result, tmp_path / "out" / name)
    assert told(audit) == []
    assert len(audit.rows) == 53


def test_a_result_of_ours_that_was_changed_says_where(result: Result, tmp_path: Path) -> None:
    result.write(tmp_path / "out")
    path = tmp_path / "out" / "actions.csv"
    with path.open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    table[3]["m02"], table[4]["component"] = "false", "Penyusunan Tim Kerja"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)
    assert sorted(told(lampiran.audit(result, path))) == [
        ("L1.iv.1", "m02", "mark-lost"),
        ("L1.iv.2", "component", "component-wrong"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "quarters-a4",
        "semesters-legal",
        "text-names",
        "merged-area-column",
        "numbered-area-column",
        "component-rows",
    ],
)
def test_tables_of_other_offices_are_understood(name: str, tmp_path: Path) -> None:
    """A form's own grids, typed cell by cell, state what the paper says."""
    decree = tmp_path / f"{name}.pdf"
    decree.write_bytes(variant(name).pdf())
    read = lampiran.read(decree)
    lines: list[str] = []
    for grid in read.extraction.grids:
        for cells in grid.rows():
            texts = {cell.column: " ".join(cell.text.split()) for cell in cells}
            lines.append("\t".join(texts.get(n, "") for n in range(grid.column_count)))
        lines.append("")
    typed_in = tmp_path / "typed.txt"
    typed_in.write_text("\n".join(lines), encoding="utf-8")
    audit = lampiran.audit(read, typed_in)
    assert told(audit) == []
    assert sum(cell.verdict in ("same", "normalised") for cell in audit.cells) > 200


def test_a_headless_table_is_read_by_its_content(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "rows.txt"
    path.write_text("\n".join("\t".join(row) for row in typed(result.plan)), encoding="utf-8")
    assert told(lampiran.audit(result, path)) == []


def test_columns_that_are_not_there_are_not_stated(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    rows = [HEAD, *typed(result.plan)]
    path.write_text("\n".join("\t".join(row[:FIRST]) for row in rows), encoding="utf-8")
    audit = lampiran.audit(result, path)
    assert told(audit) == []
    silent = {cell.field for cell in audit.cells if cell.verdict == "not-stated"}
    assert {"m01", "m12", "responsible", "head.number"} <= silent


def test_lines_that_lost_their_empty_cells_at_the_end_have_empty_ones(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "stripped.txt"
    rows = typed(result.plan)
    rows[2][FIRST] = ""
    path.write_text("\n".join("\t".join(row).rstrip("\t") for row in [HEAD, *rows]), encoding="utf-8")
    assert told(lampiran.audit(result, path)) == [("L1.ii.1", "m01", "mark-lost")]
