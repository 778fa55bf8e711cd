"""Grids from rulings: spans, kinds of rulings, open borders, and what is no grid."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from extract.pdf.document import read_pdf
from extract.survey.survey import survey

XS, YS = (50, 120, 200, 350), (40, 70, 100, 160)
Spans = list[tuple[int, int, int, int]]


def spans(grid: Any) -> Spans:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def full(rows: int, columns: int) -> Spans:
    return [(row, column, 1, 1) for row in range(rows) for column in range(columns)]


def thin_rectangles(sheet: Any) -> None:
    for x in XS:
        sheet.box(x - 0.24, YS[0], x + 0.24, YS[-1], fill="#000000", stroke=False)
    for y in YS:
        sheet.box(XS[0], y - 0.24, XS[-1], y + 0.24, fill="#000000", stroke=False)


def word_borders(sheet: Any) -> None:
    """Each border as pieces between small square joints, the way word processors write them."""
    for y in YS:
        for x in XS:
            sheet.box(x, y, x + 0.48, y + 0.48, fill="#000000", stroke=False)
        for x0, x1 in itertools.pairwise(XS):
            sheet.box(x0 + 0.48, y, x1, y + 0.48, fill="#000000", stroke=False)
    for x in XS:
        for y0, y1 in itertools.pairwise(YS):
            sheet.box(x, y0 + 0.48, x + 0.48, y1, fill="#000000", stroke=False)


def stroked_boxes(sheet: Any) -> None:
    for x0, x1 in itertools.pairwise(XS):
        for y0, y1 in itertools.pairwise(YS):
            sheet.box(x0, y0, x1, y1)


def double_lines(sheet: Any) -> None:
    sheet.grid(XS, YS)
    sheet.grid([x + 1.2 for x in XS], [y + 1.2 for y in YS])


def dashes(sheet: Any) -> None:
    for y in YS:
        for x in range(XS[0], XS[-1], 5):
            sheet.line(x, y, min(x + 3, XS[-1]), y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])


def paths(sheet: Any) -> None:
    for y in YS:
        path = sheet.canvas.beginPath()
        path.moveTo(XS[0], sheet.height - y)
        for x in XS[1:]:
            path.lineTo(x, sheet.height - y)
        sheet.canvas.drawPath(path)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])


@pytest.mark.parametrize("paint", [thin_rectangles, word_borders, stroked_boxes, double_lines, dashes, paths])
def test_every_way_of_drawing_rulings_gives_the_same_grid(
    draw: Any, read: Any, paint: Callable[[Any], None]
) -> None:
    (grid,) = read(draw(paint)).grids
    assert spans(grid) == full(3, 3)
    assert grid.column_edges == pytest.approx(XS, abs=1.0)
    assert grid.row_edges == pytest.approx(YS, abs=1.0)
    assert grid.exact


def test_cells_merged_over_columns_and_rows_keep_their_spans(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(50, 40, 350, 160)
        sheet.line(50, 70, 350, 70)
        sheet.line(120, 70, 120, 160)
        sheet.line(120, 100, 350, 100)
        sheet.line(200, 70, 200, 160)

    (grid,) = read(draw(paint)).grids
    assert spans(grid) == [(0, 0, 1, 3), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_empty_rows_and_columns_stay(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 60, "satu")

    (grid,) = read(draw(paint)).grids
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert [cell.text for cell in grid.cells] == ["satu"] + [""] * 8
    assert all(cell.ink == 0.0 for cell in grid.cells[1:])


def test_a_region_that_is_no_rectangle_is_split_into_rectangles(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(50, 40, 200, 100)
        sheet.line(120, 40, 120, 70)
        sheet.line(120, 70, 200, 70)

    extraction = read(draw(paint))
    (grid,) = extraction.grids
    (finding,) = extraction.findings
    assert (finding.code, finding.severity) == ("grid-irregular", "review")
    assert (finding.raw, finding.value, finding.ref.bbox) == ("1", "1", grid.bbox)
    covered = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    assert covered == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert sum(cell.row_span * cell.column_span for cell in grid.cells) == 4


@pytest.mark.parametrize("edge", ["top", "bottom", "left", "right", "part of the top"])
def test_a_border_left_open_at_a_page_break_loses_no_row_or_column(draw: Any, read: Any, edge: str) -> None:
    def paint(sheet: Any) -> None:
        ys = {"top": YS[1:], "bottom": YS[:-1], "part of the top": YS[1:]}.get(edge, YS)
        xs = {"left": XS[1:], "right": XS[:-1]}.get(edge, XS)
        for y in ys:
            sheet.line(XS[0], y, XS[-1], y)
        for x in xs:
            sheet.line(x, YS[0], x, YS[-1])
        if edge == "part of the top":
            sheet.line(XS[2], YS[0], XS[3], YS[0])

    (grid,) = read(draw(paint)).grids
    assert spans(grid) == full(3, 3)


def test_two_tables_on_a_page_are_two_grids_from_top_to_bottom(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid((50, 100, 150), (200, 220, 240, 260))
        sheet.grid((50, 200, 350), (40, 70, 100))
        sheet.text(55, 55, "atas")
        sheet.text(55, 215, "bawah")

    grids = read(draw(paint)).grids
    assert [(grid.row_count, grid.cells[0].text) for grid in grids] == [(2, "atas"), (3, "bawah")]


def test_frames_and_lines_of_a_letterhead_are_no_grid(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(50, 20, 350, 60)
        sheet.text(60, 40, "KOMISI PEMILIHAN UMUM")
        sheet.line(50, 80, 350, 80)
        sheet.line(50, 82.5, 350, 82.5)
        sheet.box(50, 100, 350, 140)
        sheet.line(120, 100, 120, 140)
        sheet.text(130, 120, "SALINAN")

    extraction = read(draw(paint))
    assert extraction.grids == ()
    assert [line.text for line in extraction.lines] == ["KOMISI PEMILIHAN UMUM", "SALINAN"]


def test_a_last_row_alone_on_its_page_is_a_grid(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid((50, 100, 150, 200, 250), (40, 70))

    (grid,) = read(draw(paint)).grids
    assert spans(grid) == full(1, 4)


def test_an_underline_in_a_cell_is_no_row(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(51, 55, "garis bawah")
        sheet.line(51, 57, 95, 57)

    (grid,) = read(draw(paint)).grids
    assert grid.row_count == 3


def test_a_table_with_a_notch_has_no_cell_there(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(50, 70, 350, 160)
        sheet.line(120, 40, 350, 40)
        sheet.line(120, 40, 120, 160)
        sheet.line(350, 40, 350, 160)
        sheet.line(50, 100, 350, 100)
        sheet.text(60, 60, "di luar")

    extraction = read(draw(paint))
    (grid,) = extraction.grids
    assert (0, 0) not in [(cell.row, cell.column) for cell in grid.cells]
    assert [line.text for line in extraction.lines] == ["di luar"]


def test_a_page_without_rulings_has_lines_only(draw: Any, read: Any) -> None:
    extraction = read(draw(lambda sheet: sheet.text(50, 50, "tanpa tabel")))
    assert extraction.grids == ()
    assert [line.text for line in extraction.lines] == ["tanpa tabel"]


def test_fill_colours_belong_to_the_cells_they_cover(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.box(50, 40, 200, 70, fill="#92d050", stroke=False)
        sheet.box(200, 40, 350, 70, fill="#ffffff", stroke=False)
        sheet.box(50, 100, 120, 160, fill="#0000ff", stroke=False)
        sheet.box(50, 100, 120, 160, fill="#ffffff", stroke=False)
        sheet.grid(XS, YS)

    (grid,) = read(draw(paint)).grids
    assert [cell.fill for cell in grid.cells] == ["#92d050", "#92d050"] + [None] * 7


def test_a_mark_drawn_as_a_path_or_a_picture_is_ink(draw: Any, read: Any) -> None:
    picture = Image.new("RGB", (40, 40), "white")
    ImageDraw.Draw(picture).line((5, 20, 15, 35, 35, 5), fill="black", width=6)

    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.setLineWidth(2)
        sheet.line(70, 55, 80, 65)
        sheet.line(80, 65, 95, 45)
        sheet.canvas.drawImage(ImageReader(picture), 150, sheet.height - 65, 20, 20)
        sheet.box(265, 50, 280, 62, fill="#000000", stroke=False)

    (grid,) = read(draw(paint)).grids
    inks = [cell.ink for cell in grid.cells]
    assert all(ink > 0.01 for ink in inks[:3])
    assert inks[3:] == [0.0] * 6
    assert [cell.fill for cell in grid.cells] == [None] * 9


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_its_reader_sees_it(draw: Any, read: Any, degrees: int) -> None:
    """The page is drawn turned back by its /Rotate, so the reader sees the same table each time."""
    width, height = 400.0, 300.0
    size = (width, height) if degrees % 180 == 0 else (height, width)

    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        moves = {0: (0, 0), 90: (size[0], 0), 180: size, 270: (0, size[1])}
        canvas.translate(*moves[degrees])
        canvas.rotate(degrees)
        sheet.height = height
        sheet.grid(XS, YS)
        sheet.text(55, 60, "kiri atas")
        sheet.text(300, 150, "kanan bawah")

    path = draw(paint, size=size)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(degrees, relative=False)
        pdf.pages[0].cropbox = [10, 0, size[0], size[1]] if degrees == 0 else [0, 0, *size]
        pdf.save(path)
    extraction = read(path)
    (page,) = extraction.pages
    (grid,) = extraction.grids
    left = 10 if degrees == 0 else 0
    assert (page.width, page.height, page.rotation) == (width - left, height, degrees)
    assert grid.column_edges == pytest.approx([x - left for x in XS], abs=0.5)
    assert grid.row_edges == pytest.approx(YS, abs=0.5)
    assert (grid.cells[0].text, grid.cells[-1].text) == ("kiri atas", "kanan bawah")


@st.composite
def random_spans(pick: st.DrawFn) -> tuple[int, int, Spans]:
    """A random tiling of a small grid by spans in which every inner edge is drawn somewhere."""
    rows, columns = pick(st.integers(2, 6)), pick(st.integers(2, 7))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    found: Spans = []
    while free:
        row, column = min(free)
        wide = high = 1
        most_wide, most_high = pick(st.integers(1, 3)), pick(st.integers(1, 3))
        while wide < most_wide and (row, column + wide) in free:
            wide += 1
        while high < most_high and all((row + high, column + x) in free for x in range(wide)):
            high += 1
        free -= {(row + y, column + x) for y in range(high) for x in range(wide)}
        found.append((row, column, high, wide))
    seen_rows = {row for row, *_ in found} | {row + high for row, _, high, _ in found}
    seen_columns = {column for _, column, *_ in found} | {column + wide for _, column, _, wide in found}
    if len(found) < 3 or len(seen_rows) <= rows or len(seen_columns) <= columns:
        return rows, columns, full(rows, columns)
    return rows, columns, found


@given(table=random_spans(), data=st.data())
def test_any_grid_of_spans_is_read_back_exactly(draw: Any, table: tuple[int, int, Spans], data: Any) -> None:
    rows, columns, expected = table
    widths = data.draw(st.lists(st.integers(18, 60), min_size=columns, max_size=columns))
    heights = data.draw(st.lists(st.integers(14, 40), min_size=rows, max_size=rows))
    xs = [20 + sum(widths[:index]) for index in range(columns + 1)]
    ys = [30 + sum(heights[:index]) for index in range(rows + 1)]
    texts = {span: f"{index}" for index, span in enumerate(expected) if index % 3}

    def paint(sheet: Any) -> None:
        for row, column, high, wide in expected:
            sheet.box(xs[column], ys[row], xs[column + wide], ys[row + high])
            sheet.text(xs[column] + 3, ys[row] + 10, texts.get((row, column, high, wide), ""))

    path = draw(paint, size=(480.0, 320.0))
    (grid,) = read_pdf(path, survey(path)).grids
    assert spans(grid) == sorted(expected)
    assert [cell.text for cell in grid.cells] == [texts.get(span, "") for span in sorted(expected)]
    assert grid.column_edges == pytest.approx(xs, abs=0.5)
    assert grid.row_edges == pytest.approx(ys, abs=0.5)


def test_reading_twice_gives_the_same_bytes(draw: Any, read: Any) -> None:
    path = draw(lambda sheet: sheet.grid(XS, YS))
    first, second = BytesIO(), BytesIO()
    for buffer in (first, second):
        buffer.write(read(path).model_dump_json().encode())
    assert first.getvalue() == second.getvalue()
