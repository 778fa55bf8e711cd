"""Text that is in the file but not on the page, and text that is struck out: told, and no part of a cell."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.lib.colors import Color, white

XS, YS = (50, 150, 250, 350), (40, 90, 140)


def read_cell(draw: Any, read: Any, paint: Any) -> tuple[str, list[tuple[str, str]]]:
    """Draw a grid with one text and something else in its first cell; return that cell's text and the findings."""

    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 60, "120")
        paint(sheet)

    extraction = read(draw(page))
    told = [(finding.code, finding.raw or "") for finding in extraction.findings]
    return extraction.grids[0].cells[0].text, told


def white_text(sheet: Any) -> None:
    sheet.canvas.setFillColor(white)
    sheet.text(80, 60, "999")


def clear_text(sheet: Any) -> None:
    sheet.canvas.setFillColor(Color(0, 0, 0, alpha=0))
    sheet.text(80, 60, "999")


def covered_text(sheet: Any) -> None:
    sheet.text(80, 60, "999")
    sheet.box(78, 48, 110, 64, fill="#ffffff", stroke=False)


def clipped_text(sheet: Any) -> None:
    path = sheet.canvas.beginPath()
    path.rect(200, 200, 10, 10)
    sheet.canvas.clipPath(path, stroke=0, fill=0)
    sheet.text(80, 60, "999")


@pytest.mark.parametrize("paint", [white_text, clear_text, covered_text, clipped_text])
def test_text_that_cannot_be_seen_is_told_and_left_out(draw: Any, read: Any, paint: Any) -> None:
    assert read_cell(draw, read, paint) == ("120", [("text-hidden", "999")])


def test_a_value_printed_over_a_covered_one_is_read_alone(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(80, 60, "777")
        sheet.box(78, 48, 110, 64, fill="#ffffff", stroke=False)
        sheet.text(80.5, 60, "45")

    assert read_cell(draw, read, paint) == ("120 45", [("text-hidden", "777")])


def clip(sheet: Any, x0: float, top: float, x1: float, bottom: float) -> None:
    path = sheet.canvas.beginPath()
    path.rect(x0, sheet.height - bottom, x1 - x0, bottom - top)
    sheet.canvas.clipPath(path, stroke=0, fill=0)


def test_letters_clipped_away_over_a_word_are_no_part_of_it(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        for x, words in ((52, ((156, 56, "Q"), (54, 72, "q."))), (152, ((155, 64, "Jenis"),))):
            sheet.canvas.saveState()
            clip(sheet, x, 41, x + 96, 89)
            for place in words:
                sheet.text(*place, size=12)
            sheet.canvas.restoreState()

    extraction = read(draw(page))
    assert [cell.text for cell in extraction.grids[0].cells[:2]] == ["q.", "Jenis"]
    assert [(finding.code, finding.raw) for finding in extraction.findings] == [("text-hidden", "Q")]


def test_the_lower_rest_of_a_line_is_not_read_into_the_row_above(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 70, "Nomor")
        sheet.text(55, 110, "baru")
        sheet.canvas.saveState()
        clip(sheet, 51, 90.5, 149, 139)
        sheet.text(55, 92, "3 lama")
        sheet.canvas.restoreState()

    extraction = read(draw(page))
    assert [cell.text for cell in extraction.grids[0].cells if cell.column == 0] == ["Nomor", "baru"]
    assert [(finding.code, finding.raw) for finding in extraction.findings] == [("text-parted", "3lama")]


def test_a_letter_that_is_cut_at_the_edge_of_its_cell_is_read_from_a_third_on(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.saveState()
        clip(sheet, 50, 40, 149.5, 90)
        sheet.text(130, 60, "nnnnnn")  # each 4.4 wide
        sheet.canvas.restoreState()

    extraction = read(draw(page))
    assert extraction.grids[0].cells[0].text == "nnnnn"
    assert [f.raw for f in extraction.findings if f.code == "text-hidden"] == ["n"]


def test_a_text_cut_in_a_letter_at_the_edge_of_its_cell_asks_there(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.saveState()
        clip(sheet, 50, 40, 149, 90)
        sheet.text(130, 60, "nnnnnn")  # each 4.4 wide
        sheet.canvas.restoreState()
        sheet.text(155, 60, "A")

    extraction = read(draw(page))
    assert [cell.text for cell in extraction.grids[0].cells[:2]] == ["nnnn", "A"]
    (told,) = extraction.findings
    assert (told.code, told.raw) == ("text-clipped", "nn")
    assert told.ref == extraction.grids[0].cells[0].ref


def test_a_clip_in_a_scaled_form_is_where_the_form_draws_it(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.beginForm("cell", 0, 0, 400, 300)
        clip(sheet, 30, 20, 80, 50)
        sheet.text(35, 40, "seen", size=6)
        sheet.text(75, 45, "seen or not", size=6)
        sheet.canvas.endForm()
        sheet.canvas.translate(0, -sheet.height)
        sheet.canvas.scale(2, 2)
        sheet.canvas.doForm("cell")

    extraction = read(draw(page))
    assert [cell.text for cell in extraction.grids[0].cells[:2]] == ["seen", "se"]
    assert "text-hidden" in [finding.code for finding in extraction.findings]


def test_text_struck_out_is_told_and_left_out(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(80, 60, "80")
        sheet.canvas.setLineWidth(0.6)
        sheet.line(79.5, 57.2, 89.5, 57.2)

    assert read_cell(draw, read, paint) == ("120", [("text-struck", "80")])


def test_the_edge_of_a_watermark_strikes_nothing(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.canvas.setFillColor(Color(0, 0, 0, alpha=0.15))
        sheet.canvas.rect(55, sheet.height - 75, 13.5, 17.8, stroke=0, fill=1)

    assert read_cell(draw, read, paint) == ("120", [])


def test_a_line_under_a_text_is_no_ruling_and_strikes_nothing(draw: Any, read: Any) -> None:
    assert read_cell(draw, read, lambda sheet: sheet.line(55, 61.5, 68.5, 61.5)) == ("120", [])


def test_a_ruling_under_text_that_fills_its_cell_is_a_ruling(draw: Any, read: Any) -> None:
    def page(sheet: Any) -> None:
        sheet.grid((50, 76), (40, 50, 60, 70))
        for top in (40, 50, 60):
            sheet.text(51.5, top + 8, "LEBIH", size=8)

    (grid,) = read(draw(page), every_table=True).grids
    assert [cell.text for cell in grid.cells] == ["LEBIH"] * 3


def test_a_slanted_watermark_is_no_text_of_a_cell(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        canvas = sheet.canvas
        canvas.saveState()
        canvas.setFillColor(Color(0.8, 0.8, 0.8))
        canvas.translate(60, sheet.height - 135)
        canvas.rotate(35)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "SALINAN")
        canvas.restoreState()

    text, told = read_cell(draw, read, paint)
    assert (text, told) == ("120", [])


def test_a_stroke_across_a_text_asks(draw: Any, read: Any) -> None:
    _, told = read_cell(draw, read, lambda sheet: sheet.line(55, 85, 75, 45))
    assert [code for code, _ in told] == ["ink-unexplained"]
