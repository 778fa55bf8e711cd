"""With `every_table` each ruled table of a page is a grid, however small, wherever it stands."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.reading import read_document
from extract.types import Extraction, Grid

HEIGHT = 842.0
Draw = Callable[[Canvas], None]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Draw], Extraction]:
    def drawn(draw: Draw) -> Extraction:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(595, HEIGHT), invariant=1)
        draw(canvas)
        canvas.save()
        path = tmp_path / "page.pdf"
        path.write_bytes(buffer.getvalue())
        return read_document(path, every_table=True)

    return drawn


def table(canvas: Canvas, left: float, top: float, texts: list[list[str]], width: float = 80.0) -> None:
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            canvas.rect(left + c * width, HEIGHT - top - (r + 1) * 20, width, 20)
            write(canvas, left + c * width + 4, top + r * 20 + 14, text)


def write(canvas: Canvas, x: float, top: float, text: str) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x, HEIGHT - top, text)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


SMALL = [["a", "b"], ["c", "d"]]


def test_tables_side_by_side_and_below_each_other_stay_apart(read: Callable[[Draw], Extraction]) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, 50, 100, SMALL)
        table(canvas, 300, 100, [["e", "f"], ["g", "h"]])
        write(canvas, 50, 170, "Antara dua tabel")
        table(canvas, 50, 200, [["i", "j"], ["k", "l"]])

    extraction = read(draw)
    assert [texts(grid) for grid in extraction.grids] == [
        SMALL,
        [["e", "f"], ["g", "h"]],
        [["i", "j"], ["k", "l"]],
    ]
    assert [line.text for line in extraction.lines] == ["Antara dua tabel"]


@pytest.mark.parametrize("rows", [[["a", "b"]], [["a"], ["b"]], [["a"], ["b"], ["c"]], [["a", "b", "c"]]])
def test_a_single_row_or_column_is_a_table(read: Callable[[Draw], Extraction], rows: list[list[str]]) -> None:
    extraction = read(lambda canvas: table(canvas, 50, 100, rows))
    assert [texts(grid) for grid in extraction.grids] == [rows]


def test_a_frame_around_text_and_the_line_of_a_letterhead_are_none(
    read: Callable[[Draw], Extraction],
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(50, HEIGHT - 80, 545, HEIGHT - 80)
        canvas.line(50, HEIGHT - 82, 545, HEIGHT - 82)
        table(canvas, 50, 100, [["Teks dalam bingkai"]], width=200)

    extraction = read(draw)
    assert extraction.grids == ()
    assert [line.text for line in extraction.lines] == ["Teks dalam bingkai"]


def test_a_table_inside_a_cell_is_a_grid_of_its_own_and_its_text_stays_in_the_cell(
    read: Callable[[Draw], Extraction],
) -> None:
    def draw(canvas: Canvas) -> None:
        for left, width in ((50, 100), (150, 300)):
            canvas.rect(left, HEIGHT - 200, width, 100)
            canvas.rect(left, HEIGHT - 220, width, 20)
        write(canvas, 55, 120, "luar")
        table(canvas, 180, 120, SMALL)

    outer, inner = read(draw).grids
    assert texts(inner) == SMALL
    assert outer.rows()[0][0].text == "luar"
    assert outer.rows()[0][1].text.split() == ["a", "b", "c", "d"]


@pytest.mark.parametrize("open_side", ["left", "right", "top", "bottom", "left and right"])
def test_an_open_outer_border_loses_no_cell(read: Callable[[Draw], Extraction], open_side: str) -> None:
    xs, ys = (50, 150, 250, 350), (100, 120, 140, 160)

    def draw(canvas: Canvas) -> None:
        for x in xs:
            if not (x == xs[0] and "left" in open_side) and not (x == xs[-1] and "right" in open_side):
                canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
        for y in ys:
            if not (y == ys[0] and open_side == "top") and not (y == ys[-1] and open_side == "bottom"):
                canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
        for r, y in enumerate(ys[:-1]):
            for c, x in enumerate(xs[:-1]):
                write(canvas, x + 4, y + 14, f"{r}{c}")

    (grid,) = read(draw).grids
    assert texts(grid) == [[f"{r}{c}" for c in range(3)] for r in range(3)]


@pytest.mark.parametrize("shift", [0, 60])
def test_columns_between_level_rulings_alone_are_read_where_they_are_clear_else_reported(
    read: Callable[[Draw], Extraction], shift: int
) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (100, 120, 180):
            canvas.line(50, HEIGHT - y, 450, HEIGHT - y)
        for row, y in enumerate((114, 136, 152, 168)):
            for column, x in enumerate((55, 200, 350)):
                write(canvas, x + row * shift, y, f"{row}{column} data")

    extraction = read(draw)
    if not shift:
        (grid,) = extraction.grids
        assert texts(grid) == [[f"{row}{column} data" for column in range(3)] for row in range(4)]
        return
    assert extraction.grids == ()
    (finding,) = extraction.findings
    assert finding.code == "rulings-level-only"
    assert finding.ref is not None
    assert finding.ref.bbox is not None
    assert (finding.ref.bbox.top, finding.ref.bbox.bottom) == (100, 180)


def test_lines_to_write_on_and_underlines_are_not_reported(read: Callable[[Draw], Extraction]) -> None:
    def draw(canvas: Canvas) -> None:
        for n, y in enumerate((100, 130, 160, 190)):
            write(canvas, 50, y, f"Nama {n}")
            write(canvas, 140, y, ":")
            canvas.line(150, HEIGHT - y, 450, HEIGHT - y)

    assert read(draw).findings == ()


def test_without_the_switch_a_plan_s_pages_are_read_as_before(samples: Path) -> None:
    plain = read_document(samples / "kpu-contoh-2024.pdf")
    every = read_document(samples / "kpu-contoh-2024.pdf", every_table=True)
    assert every.grids == plain.grids
    assert every.lines == plain.lines
