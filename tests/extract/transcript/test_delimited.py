"""CSV transcriptions: the delimiter is found, quoted cells may hold line ends, titles above the table are loose text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extract.transcript import read_transcript
from extract.transcript.delimited import delimiter_of
from extract.types import Extraction
from schema.errors import InputError
from schema.provenance import Source


def read_csv(content: str | bytes) -> Extraction:
    data = content.encode() if isinstance(content, str) else content
    source = Source(
        name="plan.csv", sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", size=len(data)
    )
    return read_transcript(Path("plan.csv"), data, source)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c,d\n1,2,3,4\n", ","),
        ("a;b;c;d\nsatu, dua;2;3;4\n", ";"),
        ("a\tb\tc\td\nsatu, dua\t2\t3\t4\n", "\t"),
        ('a;b;c\n"x;y, z, w";2;3\n', ";"),
        ("sep=;\na,b;c,d\n", ";"),
    ],
)
def test_the_delimiter_is_what_parts_the_rows_evenly(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_cells_keep_their_text_line_and_column() -> None:
    extraction = read_csv('LAMPIRAN,,,\nno,a,b,c\n1,"satu, ""dua""\nbaris",,√\n,2,3,4\n')
    assert [line.text for line in extraction.lines] == ["LAMPIRAN"]
    (grid,) = extraction.grids
    assert (grid.row_count, grid.column_count, grid.exact) == (3, 4, False)
    cell = next(cell for cell in grid.cells if cell.text.startswith("satu"))
    assert cell.text == 'satu, "dua"\nbaris'
    assert (cell.ref.line, cell.ref.cell) == (3, 2)
    assert next(cell for cell in grid.cells if cell.text == "2").ref.line == 5


def test_the_encoding_of_office_software_is_recognised() -> None:
    extraction = read_csv("no;a;b;c\n1;dua;√;café\n".encode("utf-16"))
    assert extraction.source.encoding == "utf-16"
    assert [cell.text for cell in extraction.grids[0].cells][-2:] == ["√", "café"]


def test_a_csv_without_a_table_is_loose_text() -> None:
    extraction = read_csv("Dengan hormat,\nterima kasih\n")
    assert extraction.grids == ()
    assert [line.text for line in extraction.lines] == ["Dengan hormat", "terima kasih"]


def test_the_apostrophe_that_keeps_a_cell_from_running_is_no_part_of_its_text() -> None:
    (grid,) = read_csv("no,a,b,c\n1,'- Laporan,'tis,'=x\n2,3,4,5\n").grids
    assert [cell.text for cell in grid.cells if cell.row == 1] == ["1", "- Laporan", "'tis", "=x"]


@pytest.mark.parametrize(
    ("content", "line"),
    [('a,b,c\n1,"x,2\n3,y,4\n', 2), ('a,b,c\n1,x,2\n3,y,"z', 3), ('a;b;c\n"x\ny";2;3\n4;"5;6\n', 4)],
)
def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(content: str, line: int) -> None:
    with pytest.raises(InputError, match=f"in line {line} is never closed"):
        read_csv(content)


def test_a_lost_letter_asks_in_its_cell() -> None:
    found = read_csv("No,Rencana Aksi,Tim,Waktu\n1,Menyusun,I,Maret\n2,Mela\ufffdor,II,Juni\n")
    assert [(f.code, f.raw, f.ref and f.ref.line, f.ref and f.ref.cell) for f in found.findings] == [
        ("letter-lost", "Mela\ufffdor", 3, 2)
    ]
