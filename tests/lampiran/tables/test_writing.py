"""The files of `lampiran tables`: JSON, a CSV a table and a page, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import lampiran
from lampiran import OutputError, Tables, read_tables
from lampiran.tables.csvs import csv_bytes
from samples.draw.ruled import RuledCell, RuledTable, budget, price_list, ruled_pdf
from schema.ruled import RuledTable as Read
from schema.ruled import TableSet


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "harga.pdf"
    path.write_bytes(ruled_pdf([price_list(1, 60), budget(2)]))
    return path


@pytest.fixture(scope="module")
def tables(pdf: Path) -> Tables:
    return read_tables(pdf)


def grid_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_a_folder_holds_json_a_csv_a_table_and_a_page(tables: Tables, tmp_path: Path) -> None:
    written = tables.write(tmp_path / "deep" / "harga")
    names = ["tables.json", "table-01.csv", "table-02.csv", "tables.html"]
    assert [file.name for file in written.files] == names
    assert sorted(p.name for p in (tmp_path / "deep" / "harga").iterdir()) == sorted([*names, "SHA256SUMS"])


def test_the_json_is_the_content_again(tables: Tables, tmp_path: Path) -> None:
    tables.write(tmp_path / "harga")
    text = (tmp_path / "harga" / "tables.json").read_text(encoding="utf-8")
    assert TableSet.model_validate_json(text) == tables.content
    assert str(tmp_path) not in text


def test_each_cell_lies_in_its_part_on_its_page(tables: Tables) -> None:
    for table in tables.content.tables:
        for cell in table.cells:
            part = next(p for p in table.parts if p.first_row <= cell.row < p.first_row + p.row_count)
            assert cell.page == part.page
            assert part.bbox.contains(cell.bbox.x0, cell.bbox.top)
            assert part.bbox.contains(cell.bbox.x1, cell.bbox.bottom)


def test_two_runs_give_equal_bytes(pdf: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        read_tables(pdf).write(tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


@pytest.fixture
def spanned(tmp_path: Path) -> Read:
    drawn = RuledTable(
        (80.0, 80.0, 80.0),
        (
            RuledCell(0, 0, "=A", row_span=2),
            RuledCell(0, 1, "b", column_span=2),
            RuledCell(1, 1, "c"),
            RuledCell(1, 2, '"d", e'),
        ),
    )
    path = tmp_path / "spanned.pdf"
    path.write_bytes(ruled_pdf([drawn]))
    return read_tables(path).content.tables[0]


def test_a_spanned_text_stands_at_its_top_left_position_or_at_each(spanned: Read) -> None:
    table = spanned
    assert grid_of(csv_bytes(table, spreadsheet_safe=False)) == [["=A", "b", ""], ["", "c", '"d", e']]
    assert grid_of(csv_bytes(table, fill_spans=True, spreadsheet_safe=False)) == [
        ["=A", "b", "b"],
        ["=A", "c", '"d", e'],
    ]
    assert grid_of(csv_bytes(table))[0][0] == "'=A"
    assert csv_bytes(table, spreadsheet_safe=False).endswith(b"\r\n")


def test_frames_have_the_shape_of_the_csv(tables: Tables) -> None:
    frames = tables.to_frames()
    assert list(frames) == ["table-01", "table-02"]
    assert frames["table-01"].shape == (61, 5)
    assert frames["table-01"].iloc[0].tolist() == ["No", "Nama Barang", "Satuan", "Harga (Rp)", "Keterangan"]


def test_tables_of_the_same_file_are_replaced_as_a_whole(tables: Tables, pdf: Path, tmp_path: Path) -> None:
    tables.write(tmp_path / "harga")
    assert (tmp_path / "harga" / "table-02.csv").exists()
    fewer = tables.content.model_copy(update={"tables": tables.content.tables[:1]})
    Tables(content=fewer).write(tmp_path / "harga")
    assert not (tmp_path / "harga" / "table-02.csv").exists()


def test_a_table_that_a_person_put_there_is_not_lost(tables: Tables, tmp_path: Path) -> None:
    tables.write(tmp_path / "harga")
    (tmp_path / "harga" / "table-09.csv").write_text("mine")
    with pytest.raises(OutputError, match=r"table-09\.csv"):
        tables.write(tmp_path / "harga")
    written = tables.write(tmp_path / "harga", force=True)
    assert written.kept == tmp_path / "harga.kept"
    assert (tmp_path / "harga.kept" / "table-09.csv").read_text() == "mine"


def test_tables_of_another_file_are_replaced_with_force_only(tables: Tables, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(ruled_pdf([price_list(9)]))
    tables.write(tmp_path / "harga")
    before = (tmp_path / "harga" / "tables.json").read_bytes()
    with pytest.raises(OutputError, match="--force"):
        read_tables(other).write(tmp_path / "harga")
    assert (tmp_path / "harga" / "tables.json").read_bytes() == before
    read_tables(other).write(tmp_path / "harga", force=True)
    assert (tmp_path / "harga" / "tables.json").read_bytes() != before


@pytest.mark.parametrize("force", [False, True])
def test_a_plan_s_result_is_never_replaced(
    tables: Tables, samples: Path, tmp_path: Path, *, force: bool
) -> None:
    lampiran.read(samples / "kpu-batang-2025.transcript.txt").write(tmp_path / "harga")
    with pytest.raises(OutputError):
        tables.write(tmp_path / "harga", force=force)
    assert (tmp_path / "harga" / "decree.json").exists()
    assert not (tmp_path / "harga" / "tables.json").exists()


def test_the_json_names_its_own_version(tables: Tables, tmp_path: Path) -> None:
    tables.write(tmp_path / "harga")
    written = json.loads((tmp_path / "harga" / "tables.json").read_bytes())
    assert written["schema_version"] == "1.1.0"
    assert written["versions"][0][0] == "lampiran"


def test_a_drawn_mark_is_shown_as_its_sign_by_csv_and_page(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "centang.pdf"), pagesize=(300, 120), invariant=1)
    for x in (20, 120, 160, 200):
        canvas.line(x, 20, x, 80)
    for y in (20, 50, 80):
        canvas.line(20, y, 200, y)
    for x, text in ((24, "Kegiatan"), (124, "Jan"), (164, "Feb")):
        canvas.drawString(x, 60, text)
    canvas.drawString(24, 30, "Apel pagi")
    canvas.lines([(177, 34, 180, 30), (180, 30, 187, 42)])
    canvas.save()
    tables = read_tables(tmp_path / "centang.pdf")
    assert [cell.mark for cell in tables.content.tables[0].cells if cell.row] == [None, None, "marked"]
    tables.write(tmp_path / "out")
    rows = grid_of((tmp_path / "out" / "table-01.csv").read_bytes())
    assert rows == [["Kegiatan", "Jan", "Feb"], ["Apel pagi", "", "√"]]
    assert re.search(r">√</td>", (tmp_path / "out" / "tables.html").read_text(encoding="utf-8"))
