"""An HTML transcription's tables keep their spans, and the text between them its order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.transcript.html import looks_like_html
from extract.types import Extraction

Read = Callable[[str | bytes], Extraction]


def test_a_cell_takes_the_first_place_that_no_span_covers(read: Read) -> None:
    grid = read(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    ).grids[0]
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells] == [
        (0, 0, 2, 1, "a"),
        (0, 1, 1, 2, "b"),
        (1, 1, 1, 1, "c"),
        (1, 2, 1, 1, "d"),
    ]
    assert (grid.row_count, grid.column_count) == (2, 3)


def test_markup_inside_a_cell_leaves_its_text_and_its_line_breaks(read: Read) -> None:
    cell = "<p>Rapat <b>evaluasi</b>\n ZI</p><ul><li>satu &amp; dua</li><li>tiga</li></ul>empat<br>lima"
    grid = read(f"<table><tr><td>{cell}</td></tr></table>").grids[0]
    assert grid.cells[0].text.split("\n") == ["Rapat evaluasi ZI", "satu & dua", "tiga", "empat", "lima"]


def test_text_around_a_table_stays_in_order(read: Read) -> None:
    extraction = read(
        "<html><head><title>x</title><style>p {}</style></head><body><h1>LAMPIRAN</h1><p>satu<br>dua</p>"
        "<table><tr><td>a</td></tr></table>tiga<script>1</script></body></html>"
    )
    assert [line.text for line in extraction.lines] == ["LAMPIRAN", "satu", "dua", "tiga"]


def test_header_cells_and_sections_of_a_table_are_rows_like_others(read: Read) -> None:
    grid = read("<table><thead><tr><th>a<th>b</thead><tbody><tr><td>c<td>d</tbody></table>").grids[0]
    assert [cell.text for cell in grid.cells] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "1e9"])
def test_a_span_that_is_no_count_is_one(span: str, read: Read) -> None:
    grid = read(f'<table><tr><td colspan="{span}">a</td><td>b</td></tr></table>').grids[0]
    assert [cell.column for cell in grid.cells] == [0, 1]


def test_an_absurd_span_is_cut(read: Read) -> None:
    grid = read('<table><tr><td colspan="999999">a</td><td>b</td></tr></table>').grids[0]
    assert grid.column_count < 1000


def test_every_row_knows_its_line(read: Read) -> None:
    grid = read("<p>x</p>\n<table>\n<tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</table>").grids[0]
    assert [cell.ref.line for cell in grid.cells] == [3, 4]


def test_a_table_without_rows_is_no_grid(read: Read) -> None:
    assert read("<p>a</p><table></table><p>b</p>").grids == ()


@pytest.mark.parametrize("text", ["<table>", "<!DOCTYPE html>", "< TABLE border=1>", "<html lang=id>"])
def test_html_is_known_by_its_tables(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["<i>role model</i>", "a < b", "tabel table", "<br>"])
def test_residue_of_markup_is_no_html(text: str) -> None:
    assert not looks_like_html(text)
