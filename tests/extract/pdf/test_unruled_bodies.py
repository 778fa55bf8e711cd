"""Heads that draw the columns of a body without upright rulings, and heads whose own rulings cannot be seen."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

XS = (40.0, 70.0, 150.0, 270.0, 340.0)
HEAD = ("No", "Unsur", "Kegiatan", "Waktu")
WIDTH = stringWidth("Pemantauan atas", "Helvetica", 8)
PERIODS = (40.0, 140.0, 180.0, 220.0, 260.0, 300.0, 380.0)  # an action, four periods, a team


def write(sheet: Any, top: float, texts: tuple[str, ...], xs: tuple[float, ...] = XS) -> None:
    for x, text in zip(xs, texts, strict=False):
        for n, line in enumerate(text.split("\n")):
            sheet.text(x + 4, top + 12 + 9 * n, line)


def levels(sheet: Any, ys: tuple[float, ...], parts: tuple[tuple[float, float], ...]) -> None:
    for y in ys:
        for left, right in parts:
            sheet.line(left, y, right, y)


def shown(grid: Any) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells if c.text]


def test_level_rulings_around_a_merged_cell_part_its_rows(draw: Any, read: Any) -> None:
    """The body has no upright ruling but for the border; a merged cell of two rows interrupts the level ones."""

    def paint(sheet: Any) -> None:
        sheet.grid(XS, (40, 60))
        sheet.grid((XS[0], XS[-1]), (60, 120))
        levels(sheet, (90,), ((XS[0], XS[1]), (XS[2], XS[-1])))
        write(sheet, 40, HEAD)
        write(sheet, 60, ("1", "Risiko", "Menyusun peta\nsampai selesai", "Juni"))
        write(sheet, 90, ("2", "", "Melapor", "Juli"))

    (grid,) = read(draw(paint)).grids
    assert shown(grid)[4:] == [
        (1, 0, 1, 1, "1"),
        (1, 1, 2, 1, "Risiko"),
        (1, 2, 1, 1, "Menyusun peta\nsampai selesai"),
        (1, 3, 1, 1, "Juni"),
        (2, 0, 1, 1, "2"),
        (2, 2, 1, 1, "Melapor"),
        (2, 3, 1, 1, "Juli"),
    ]


def test_level_rulings_between_two_merged_cells_belong_to_the_grid(draw: Any, read: Any) -> None:
    """The ruling between them meets no upright one at all."""

    def paint(sheet: Any) -> None:
        sheet.grid(XS, (40, 60))
        sheet.grid((XS[0], XS[-1]), (60, 120))
        levels(sheet, (90,), ((XS[0], XS[1]), (XS[2], XS[3])))
        write(sheet, 40, HEAD)
        write(sheet, 60, ("1", "Risiko", "Menyusun", "Juni"))
        write(sheet, 90, ("2", "", "Melapor", ""))

    (grid,) = read(draw(paint)).grids
    assert (1, 3, 2, 1, "Juni") in shown(grid)
    assert (2, 2, 1, 1, "Melapor") in shown(grid)


def marked(sheet: Any, rows: tuple[tuple[int, ...], ...]) -> None:
    """Draw a table with four columns of periods between which only the head has rulings."""
    ys = tuple(60.0 + 20 * n for n in range(len(rows) + 1))
    sheet.grid(PERIODS, (40, 60))
    sheet.grid((PERIODS[0], PERIODS[1], PERIODS[5], PERIODS[6]), ys)
    write(sheet, 40, ("Kegiatan", "TW I", "TW II", "TW III", "TW IV", "Tim"), PERIODS)
    for n, columns in enumerate(rows):
        write(sheet, ys[n], ("Menyusun", *("x" if c in columns else "" for c in range(4)), "Umum"), PERIODS)


@pytest.mark.parametrize("rows", [((0,), (3,)), ((1,), (0, 2))], ids=["alone", "beside another"])
def test_single_marks_stand_in_the_columns_of_the_head(
    draw: Any, read: Any, rows: tuple[tuple[int, ...], ...]
) -> None:
    (grid,) = read(draw(lambda sheet: marked(sheet, rows))).grids
    found = {(cell.row - 1, cell.column - 1) for cell in grid.cells if cell.text == "x"}
    assert found == {(n, column) for n, columns in enumerate(rows) for column in columns}


def test_a_text_in_a_cell_over_columns_that_only_the_head_has_stays_whole(draw: Any, read: Any) -> None:
    """Nothing shows that the cell of the one row below is several."""
    (grid,) = read(draw(lambda sheet: marked(sheet, ((0,),)))).grids
    assert (1, 1, 1, 4, "x") in shown(grid)


def test_texts_of_two_columns_that_touch_are_two(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, (40, 60))
        sheet.grid((XS[0], XS[-1]), (60, 90))
        write(sheet, 40, HEAD)
        write(sheet, 60, ("1", "", "", "Juni"))
        for x, lines in ((149.8 - WIDTH, ("Pemantauan atas", "risiko")), (150, ("Menyusun", "peta"))):
            for n, line in enumerate(lines):
                sheet.text(x, 72 + 9 * n, line)

    (grid,) = read(draw(paint)).grids
    assert [text for *_, text in shown(grid)[4:]] == [
        "1",
        "Pemantauan atas\nrisiko",
        "Menyusun\npeta",
        "Juni",
    ]


def test_what_lies_open_at_the_foot_of_a_page_keeps_its_text(draw: Any, read: Any) -> None:
    """The last cell of a table without side borders goes on on the next page: no ruling ends it there."""

    def paint(sheet: Any) -> None:
        for x in XS[1:-1]:
            sheet.line(x, 40, x, 120)
        levels(sheet, (40, 60, 80), ((XS[0], XS[-1]),))
        levels(sheet, (100, 120), ((XS[0], XS[3]),))
        write(sheet, 40, HEAD)
        write(sheet, 60, ("1", "Risiko", "Menyusun", "Juni"))
        write(sheet, 80, ("2", "Risiko", "Melapor", "Juli"))
        write(sheet, 100, ("3", "Risiko", "Menilai", ""))

    (grid,) = read(draw(paint)).grids
    assert (2, 3, 2, 1, "Juli") in shown(grid)


def black_head(sheet: Any, names: tuple[tuple[float, float, str], ...]) -> None:
    """Draw a ruled body below a black head with names at places of their own."""
    sheet.grid(PERIODS, (80, 100, 120))
    sheet.box(PERIODS[0], 40, PERIODS[-1], 80, fill="#000000")
    sheet.canvas.setFillColorRGB(1, 1, 1)
    for middle, baseline, text in names:
        sheet.canvas.setFont("Helvetica-Bold", 8)
        sheet.canvas.drawCentredString(middle, sheet.height - baseline, text)
    sheet.canvas.setFillColorRGB(0, 0, 0)
    write(sheet, 80, ("Menyusun", "x", "", "", "x", "Umum"), PERIODS)
    write(sheet, 100, ("Melapor", "", "x", "", "", "Umum"), PERIODS)


def test_the_levels_of_a_head_whose_rulings_are_not_seen(draw: Any, read: Any) -> None:
    labels = tuple((160.0 + 40 * n, 72.0, f"TW {n + 1}") for n in range(4))
    names = ((90.0, 62.0, "Kegiatan"), (220.0, 52.0, "Waktu Pelaksanaan"), *labels, (340.0, 62.0, "Tim"))
    (grid,) = read(draw(lambda sheet: black_head(sheet, names))).grids
    assert shown(grid)[:7] == [
        (0, 0, 2, 1, "Kegiatan"),
        (0, 1, 1, 4, "Waktu Pelaksanaan"),
        (0, 5, 2, 1, "Tim"),
        (1, 1, 1, 1, "TW 1"),
        (1, 2, 1, 1, "TW 2"),
        (1, 3, 1, 1, "TW 3"),
        (1, 4, 1, 1, "TW 4"),
    ]


def test_three_levels_of_a_head_whose_rulings_are_not_seen(draw: Any, read: Any) -> None:
    labels = tuple((160.0 + 40 * n, 75.0, f"TW {n + 1}") for n in range(4))
    halves = ((180.0, 63.0, "Semester I"), (260.0, 63.0, "Semester II"))
    names = ((90.0, 62.0, "Kegiatan"), (220.0, 50.0, "Waktu"), *halves, *labels, (340.0, 62.0, "Tim"))
    (grid,) = read(draw(lambda sheet: black_head(sheet, names))).grids
    assert shown(grid)[:5] == [
        (0, 0, 3, 1, "Kegiatan"),
        (0, 1, 1, 4, "Waktu"),
        (0, 5, 3, 1, "Tim"),
        (1, 1, 1, 2, "Semester I"),
        (1, 3, 1, 2, "Semester II"),
    ]
    assert [text for *_, text in shown(grid)[5:9]] == ["TW 1", "TW 2", "TW 3", "TW 4"]


def test_names_on_one_level_are_no_levels(draw: Any, read: Any) -> None:
    labels = tuple((160.0 + 40 * n, 62.0, f"TW {n + 1}") for n in range(4))
    names = ((90.0, 62.0, "Kegiatan"), *labels, (340.0, 62.0, "Tim"))
    (grid,) = read(draw(lambda sheet: black_head(sheet, names))).grids
    assert [c.text for c in grid.rows()[0]] == ["Kegiatan", "TW 1", "TW 2", "TW 3", "TW 4", "Tim"]
    assert grid.row_count == 3


def test_a_body_that_goes_on_without_its_head_has_the_columns_of_the_page_before(
    draw: Any, read: Any
) -> None:
    def paint(sheet: Any) -> None:
        marked(sheet, ((0,), (2, 3)))
        sheet.next_page()
        sheet.grid((*PERIODS[:2], *PERIODS[-2:]), (30, 50, 70))
        for top in (30, 50):
            write(sheet, top, ("Melapor", "", "x", "", "", "Umum"), PERIODS)

    first, second = read(draw(paint)).grids
    assert second.column_edges == pytest.approx(first.column_edges, abs=1.0)
    assert [(c.column, c.text) for c in second.cells if c.text] == [
        (0, "Melapor"),
        (2, "x"),
        (5, "Umum"),
    ] * 2


def test_a_frame_on_the_next_page_whose_text_stands_in_no_columns_stays_one(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        marked(sheet, ((0,), (2, 3)))
        sheet.next_page()
        sheet.grid((PERIODS[0], PERIODS[-1]), (30, 50, 70))
        for baseline in (42, 62):
            sheet.text(PERIODS[0] + 4, baseline, "Catatan: semua kegiatan dilaksanakan sesuai dengan rencana")

    extraction = read(draw(paint), every_table=True)
    assert extraction.grids[-1].column_count == 1
