"""Columns and rows that no ruling parts are read where their text stands apart, asked about where that is unclear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from extract.types import Extraction, Grid

Rows = Sequence[Sequence[str]]
Read = Callable[..., Extraction]
HEAD = ("No", "Uraian", "Satuan", "Jumlah")
GOODS = (
    HEAD,
    ("1", "Kertas A4", "rim", "120"),
    ("2", "Tinta hitam", "botol", "45"),
    ("3", "Map folio", "lembar", "300"),
    ("4", "Amplop", "buah", "75"),
)
XS = (40.0, 70.0, 200.0, 270.0, 340.0)
TOP, STEP = 60.0, 18.0


@pytest.fixture
def found(draw: Any, read: Read) -> Callable[..., Extraction]:
    def run(paint: Callable[[Any], None]) -> Extraction:
        path: Path = draw(paint)
        return read(path, every_table=True)

    return run


def write(
    sheet: Any, rows: Rows, *, top: float = TOP, step: float = STEP, xs: Sequence[float] = XS
) -> list[float]:
    """Write rows of text and return the edges between them."""
    for r, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            for n, line in enumerate(text.split("\n")):
                sheet.text(x + 4, top + r * step + 12 + n * step, line)
    return [top + r * step for r in range(len(rows) + 1)]


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(" ".join(cell.text.split()) for cell in row) for row in grid.rows()]


def codes(extraction: Extraction) -> list[str]:
    return [finding.code for finding in extraction.findings]


def test_rows_in_a_frame_have_the_columns_of_their_text(found: Any) -> None:
    def paint(sheet: Any) -> None:
        ys = write(sheet, GOODS)
        sheet.grid((XS[0], XS[-1]), ys)

    extraction = found(paint)
    (grid,) = extraction.grids
    assert texts(grid) == list(GOODS)
    assert codes(extraction) == ["cells-parted"]


def test_a_plan_is_read_so_as_well(draw: Any, read: Read) -> None:
    def paint(sheet: Any) -> None:
        ys = write(sheet, GOODS)
        sheet.grid((XS[0], XS[-1]), ys)

    (grid,) = read(draw(paint)).grids
    assert texts(grid) == list(GOODS)


def test_a_title_over_all_columns_stays_one_cell(found: Any) -> None:
    title = ("Kebutuhan alat tulis seluruh bagian pada tahun berjalan",)

    def paint(sheet: Any) -> None:
        ys = write(sheet, [*GOODS[:3], title, *GOODS[3:]])
        sheet.grid((XS[0], XS[-1]), ys)

    (grid,) = found(paint).grids
    assert texts(grid)[3] == title
    assert grid.rows()[3][0].column_span == 4


def test_level_rulings_alone_are_a_table_where_its_columns_are_clear(found: Any) -> None:
    def paint(sheet: Any) -> None:
        ys = write(sheet, GOODS)
        for y in (ys[0], ys[1], ys[-1]):
            sheet.line(XS[0], y, XS[-1], y)

    (grid,) = found(paint).grids
    assert texts(grid) == list(GOODS)


def test_a_table_of_stripes_has_its_uncoloured_first_and_last_rows(found: Any) -> None:
    def paint(sheet: Any) -> None:
        for r in (1, 3):
            sheet.box(XS[0], TOP + r * STEP, XS[-1], TOP + (r + 1) * STEP, fill="#dddddd", stroke=False)
        write(sheet, GOODS)

    (grid,) = found(paint).grids
    assert texts(grid) == list(GOODS)


def test_prose_side_by_side_between_level_rulings_is_no_table(found: Any) -> None:
    lines = (
        "Rapat membahas tahap",
        "akhir penyusunan dan",
        "hasilnya disampaikan",
        "kepada pimpinan agar",
        "segera ditetapkan oleh",
    )

    def paint(sheet: Any) -> None:
        for y in (50, 64, 180):
            sheet.line(40, y, 360, y)
        for n, line in enumerate((*lines, *lines[1:])):
            sheet.text(44, 76 + n * 11, line)
            sheet.text(210, 76 + n * 11, line)

    assert found(paint).grids == ()


def columns_only(sheet: Any, rows: Rows, body: Rows) -> None:
    ys = write(sheet, rows)
    write(sheet, body, top=ys[-1], step=11)
    bottom = ys[-1] + 11 * max(text.count("\n") + 1 for row in body for text in row) + 8
    sheet.grid(XS, [*ys, bottom])


def test_rows_between_column_rulings_are_parted_and_wrapped_text_is_not(found: Any) -> None:
    def paint(sheet: Any) -> None:
        body = (
            "1\n2\n\n3\n4",
            "Kertas A4\nTinta hitam untuk\npencetak laser\nMap folio\nAmplop",
            "rim\n\nbotol\nlembar\nbuah",
            "120\n45\n\n300\n75",
        )
        columns_only(sheet, [HEAD], [body])

    extraction = found(paint)
    (grid,) = extraction.grids
    assert texts(grid) == [
        *GOODS[:2],
        ("2", "Tinta hitam untuk pencetak laser", "botol", "45"),
        *GOODS[3:],
    ]
    assert codes(extraction) == ["cells-parted"]


def test_rows_that_are_not_clear_are_asked_about(found: Any) -> None:
    def paint(sheet: Any) -> None:
        body = ("1\n2\n3", "- Kertas\n- Tinta\n- Map", "- rim\n- botol\n- lembar", "120\n45\n300")
        columns_only(sheet, [HEAD], [body])

    extraction = found(paint)
    assert len(extraction.grids[0].rows()) == 2
    assert codes(extraction) == ["rows-not-ruled"]


@pytest.mark.parametrize(
    "row",
    [
        ("1.", "1. Rapat koordinasi\n2. Evaluasi\n3. Laporan", "- Undangan\n- Notulen\n- Foto", "Tim"),
        ("1.", "Menyusun laporan hasil\npelaksanaan kegiatan dan\nmenyampaikannya", "Laporan", "100 %"),
        ("1.", "Jalan Merdeka 12\nKelurahan Sukamaju\nTelepon 022 123456", "Budi", "Kantor"),
        ("1.", "Pelatihan", "Rp\n", "4.500.000"),
    ],
)
def test_lists_paragraphs_and_addresses_stay_in_their_cells(found: Any, row: tuple[str, ...]) -> None:
    def paint(sheet: Any) -> None:
        columns_only(sheet, [HEAD], [row])

    extraction = found(paint)
    assert texts(extraction.grids[0]) == [HEAD, tuple(" ".join(text.split()) for text in row)]
    assert codes(extraction) == []


def test_a_currency_that_stands_apart_from_its_figures_is_no_column(found: Any) -> None:
    def paint(sheet: Any) -> None:
        ys = write(sheet, [("No", "Anggaran"), *((str(n), "Rp") for n in range(1, 6))], xs=(40, 70))
        for n in range(5):
            sheet.text(160, TOP + (n + 1) * STEP + 12, f"{n + 2}50.000")
        sheet.grid((40, 70, 220), ys)

    extraction = found(paint)
    assert len(extraction.grids[0].column_edges) == 3
    assert codes(extraction) == []


def band(sheet: Any, head: Sequence[tuple[float, str]]) -> None:
    sheet.box(XS[0], TOP, XS[-1], TOP + STEP, fill="#ccddee", stroke=False)
    for x, text in head:
        sheet.text(x, TOP + 12, text)
    ys = write(sheet, GOODS[1:], top=TOP + STEP)
    sheet.grid(XS, ys)


def test_a_head_that_is_a_band_of_colour_has_the_columns_below_it(found: Any) -> None:
    extraction = found(lambda sheet: band(sheet, [(x + 4, text) for x, text in zip(XS, HEAD, strict=False)]))
    assert texts(extraction.grids[0]) == list(GOODS)
    assert codes(extraction) == ["cells-parted"]


def test_a_band_whose_texts_stand_in_no_columns_is_asked_about(found: Any) -> None:
    extraction = found(
        lambda sheet: band(sheet, [(50, "Barang"), (180, "Jumlah Satuan"), (300, "Catatan lain")])
    )
    assert len(extraction.grids[0].rows()[0]) == 1
    assert codes(extraction) == ["columns-not-ruled"]


def test_names_of_columns_above_and_of_rows_beside_a_grid_are_kept_with_it(found: Any) -> None:
    def paint(sheet: Any) -> None:
        write(sheet, [("", "Layanan", "Sarana", "Pegawai")], top=TOP - STEP, xs=(30, 100, 170, 240))
        rows = [
            (name, str(n), str(n + 20), str(n + 40))
            for n, name in enumerate(("Januari", "Februari", "Maret", "April"))
        ]
        ys = write(sheet, rows, xs=(40, 100, 170, 240))
        sheet.grid((100, 170, 240, 310), ys)

    extraction = found(paint)
    (grid,) = extraction.grids
    assert texts(grid)[:2] == [("", "Layanan", "Sarana", "Pegawai"), ("Januari", "0", "20", "40")]
    assert extraction.lines == ()


def test_text_beside_a_grid_that_is_no_name_of_each_row_is_reported(found: Any) -> None:
    def paint(sheet: Any) -> None:
        ys = write(sheet, [("1", "2"), ("3", "4")], xs=(120, 190))
        write(sheet, [("Semester I",), ("Semester II",)], xs=(60,))
        sheet.grid((120, 190, 260), ys)

    extraction = found(paint)
    assert codes(extraction) == ["text-beside-table"]
    assert extraction.findings[0].ref.bbox.x1 < 120


@pytest.mark.parametrize(("shift", "told"), [(0.0, []), (60.0, ["table-cut"]), (-40.0, ["table-cut"])])
def test_a_table_that_the_edge_of_the_page_cuts_asks(found: Any, shift: float, told: list[str]) -> None:
    def paint(sheet: Any) -> None:
        xs = [x + shift for x in XS]
        ys = write(sheet, GOODS, xs=xs)
        sheet.grid(xs, ys)

    assert codes(found(paint)) == told


@pytest.mark.parametrize(("x", "told"), [(30, []), (-20, ["text-cut"]), (250, ["text-cut"])])
def test_a_line_that_the_edge_of_the_page_cuts_asks(found: Any, x: float, told: list[str]) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(x, 30, "Perubahan kedua atas Keputusan Nomor 8.1 Tahun 2025")
        ys = write(sheet, GOODS)
        sheet.grid(XS, ys)

    assert codes(found(paint)) == told


def sideways(sheet: Any, degrees: int) -> None:
    sheet.canvas.saveState()
    if degrees == 90:
        sheet.canvas.translate(300, 20)
    else:
        sheet.canvas.translate(60, 380)
    sheet.canvas.rotate(90 if degrees == 90 else -90)
    for r, row in enumerate(GOODS):
        for x, text in zip(XS, row, strict=False):
            sheet.canvas.setFont("Helvetica", 8)
            sheet.canvas.drawString(x - 36, 200 - r * STEP - 12, text)
    for x in XS:
        sheet.canvas.line(x - 40, 200, x - 40, 200 - STEP * len(GOODS))
    for r in range(len(GOODS) + 1):
        sheet.canvas.line(0, 200 - r * STEP, XS[-1] - 40, 200 - r * STEP)
    sheet.canvas.restoreState()


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_printed_sideways_on_an_upright_page_is_turned(draw: Any, read: Read, degrees: int) -> None:
    def paint(sheet: Any) -> None:
        for n in range(12):
            sheet.text(
                30, 40 + n * 11, "Uraian berikut menjelaskan kebutuhan alat tulis kantor pada tahun berjalan."
            )
        sideways(sheet, degrees)

    extraction = read(draw(paint, size=(420.0, 560.0)), every_table=True)
    (grid,) = extraction.grids
    assert texts(grid) == list(GOODS)
    assert grid.turn == degrees
    assert list(grid.column_edges) == sorted(grid.column_edges)
    assert codes(extraction) == ["table-turned"]
    first = grid.rows()[1][1].ref.bbox
    assert first.height > first.width, "places of cells are those of the page"


def test_bars_before_the_lines_of_a_chart_are_no_table(found: Any) -> None:
    def paint(sheet: Any) -> None:
        for n in range(6):
            sheet.line(80, 60 + n * 30, 330, 60 + n * 30)
            sheet.text(60, 63 + n * 30, str(100 - 20 * n))
        sheet.line(80, 60, 80, 210)
        for n, height in enumerate((70, 110, 40, 95)):
            sheet.box(100 + n * 58, 210 - height, 130 + n * 58, 210, fill="#4472c4")
            sheet.text(106 + n * 58, 222, str(2021 + n))
            sheet.text(108 + n * 58, 207 - height, str(height))

    assert found(paint).grids == ()


def test_boxes_that_lines_join_are_a_diagram_and_no_table(found: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(150, 40, 250, 62)
        sheet.text(160, 54, "KEPALA DINAS")
        sheet.line(200, 62, 200, 80)
        sheet.line(80, 80, 320, 80)
        for x, name in ((80, "BIDANG DATA"), (200, "BIDANG UMUM"), (320, "BIDANG KERJA")):
            sheet.line(x, 80, x, 92)
            sheet.box(x - 50, 92, x + 50, 114)
            sheet.text(x - 40, 106, name)
            sheet.line(x - 56, 120, x, 120)
            sheet.line(x, 114, x, 120)
            for n in range(3):
                sheet.line(x - 56, 136 + n * 27, x - 46, 136 + n * 27)
                sheet.box(x - 46, 125 + n * 27, x + 50, 148 + n * 27)
                sheet.text(x - 40, 139 + n * 27, f"SEKSI {n + 1}")
            sheet.line(x - 56, 120, x - 56, 136 + 2 * 27)

    result = found(paint)
    assert result.grids == ()
    assert {"KEPALA DINAS", "BIDANG UMUM", "SEKSI 3"} <= {line.text for line in result.lines}


def test_two_boxes_that_meet_at_a_corner_are_no_table(found: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(60, 40, 180, 80)
        sheet.text(70, 62, "Penyelenggara")
        sheet.box(177, 82, 300, 120)
        sheet.text(190, 104, "Pemerintah daerah")

    assert found(paint).grids == ()


def test_rows_with_room_between_are_a_table(found: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid((40, 150, 340), (40, 60, 66, 86, 92, 112))
        for n, name in enumerate(("Nama", "Alamat", "Pekerjaan")):
            sheet.text(46, 54 + n * 26, name)
            sheet.text(160, 54 + n * 26, "ada")

    (grid,) = found(paint).grids
    assert [cell.text for cell in grid.cells if cell.text] == [
        "Nama",
        "ada",
        "Alamat",
        "ada",
        "Pekerjaan",
        "ada",
    ]


def test_rulings_that_a_picture_shows_without_text_over_it_are_no_table(found: Any, tmp_path: Path) -> None:
    shown = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(shown)
    for n in range(5):
        pen.line((20, 20 + 60 * n, 380, 20 + 60 * n), fill="black", width=2)
        pen.line((20 + 90 * n, 20, 20 + 90 * n, 260), fill="black", width=2)
    shown.save(tmp_path / "chart.png")

    def paint(sheet: Any) -> None:
        sheet.canvas.drawImage(str(tmp_path / "chart.png"), 60, 60, 200, 150)
        sheet.text(60, 40, "Gambar 1")

    assert found(paint).grids == ()


@pytest.mark.parametrize("gap", [18.0, 15.0])  # of print of 8 points
def test_a_cell_over_rows_with_a_text_of_each_is_asked_about(found: Any, gap: float) -> None:
    def paint(sheet: Any) -> None:
        ys = [TOP + n * gap for n in range(len(GOODS) + 1)]
        write(sheet, GOODS, step=gap)
        sheet.grid(XS[1:], ys)
        for n, y in enumerate(ys):
            if n != 1:  # under its name the first column lacks the ruling
                sheet.line(XS[0], y, XS[1], y)
        sheet.line(XS[0], ys[0], XS[0], ys[-1])

    extraction = found(paint)
    (grid,) = extraction.grids
    assert texts(grid)[0][0] == "No 1"
    assert codes(extraction) == ["rows-not-ruled"]


def test_a_text_of_two_lines_over_two_rows_is_not_asked_about(found: Any) -> None:
    def paint(sheet: Any) -> None:
        rows = [("", "Januari", "1"), ("", "Februari", "2"), ("Lomba", "Maret", "3")]
        ys = write(sheet, rows)
        for n, word in enumerate(("Rapat", "kerja")):
            sheet.text(XS[0] + 4, (ys[0] + ys[2]) / 2 + 9.6 * n - 2, word)
        sheet.grid(XS[1:4], ys)
        for y in (ys[0], ys[2], ys[3]):
            sheet.line(XS[0], y, XS[1], y)
        sheet.line(XS[0], ys[0], XS[0], ys[-1])

    extraction = found(paint)
    assert texts(extraction.grids[0])[0][0] == "Rapat kerja"
    assert codes(extraction) == []
