"""The second reader: camelot on pixels, run for real."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.colors import white
from reportlab.lib.utils import ImageReader

from extract.pdf import second_reader as second
from extract.pdf.plumber import PlumberReader
from extract.pdf.second_reader import compare_grids
from extract.survey.survey import survey

XS, YS = (50, 120, 200, 350), (40, 80, 120, 160)


def merged_head(sheet: Any) -> None:
    sheet.box(50, 40, 350, 160)
    for y in (80, 120):
        sheet.line(50, y, 350, y)
    for x in (120, 200):
        sheet.line(x, 80, x, 160)
    for row, y in enumerate((60, 100, 140)):
        for column, x in enumerate((55, 125, 205)):
            if row or not column:
                sheet.text(x, y, f"isi {row} {column}")


def codes(extraction: Any) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in extraction.findings]


def test_readers_agree_on_a_grid_with_spans(draw: Any, read: Any) -> None:
    extraction = read(draw(merged_head), second_reader=True)
    assert len(extraction.grids) == 1
    assert extraction.findings == ()
    assert [name for name, _ in extraction.versions] == ["camelot-py", "pypdfium2"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_readers_agree_on_a_rotated_page(draw: Any, read: Any, degrees: int) -> None:
    path = draw(merged_head)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(degrees, relative=False)
        pdf.pages[0].cropbox = [20, 10, 390, 290]
        pdf.save(path)
    extraction = read(path, second_reader=True)
    assert len(extraction.grids) == 1
    assert [finding.code for finding in extraction.findings] == ["page-turned"]


def test_an_unseen_ruling_is_a_disagreement_about_the_columns(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.canvas.setStrokeColor(white)
        sheet.line(275, 40, 275, 160)
        for y in (60, 100, 140):
            sheet.text(55, y, "satu")
            sheet.text(125, y, "dua")
            sheet.text(205, y, "tiga")

    (finding,) = read(draw(paint), second_reader=True, opener=PlumberReader).findings
    assert (finding.code, finding.field, finding.raw, finding.value) == (
        "readers-disagree",
        "columns",
        "4",
        "3",
    )
    assert finding.ref.bbox.x0 == pytest.approx(50, abs=1)


def test_a_ruling_hidden_in_one_row_is_a_disagreement_about_a_span(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        merged_head(sheet)
        sheet.box(110, 82, 130, 118, fill="#ffffff", stroke=False)

    extraction = read(draw(paint), second_reader=True, opener=PlumberReader)
    assert codes(extraction) == [("text-hidden", None), ("readers-disagree", "span")]
    assert extraction.findings[1].ref.bbox.top == pytest.approx(80, abs=1)


def test_cells_that_only_their_texts_part_are_told_by_the_second_reader(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        merged_head(sheet)
        sheet.box(110, 82, 130, 118, fill="#ffffff", stroke=False)

    assert codes(read(draw(paint), second_reader=True)) == [("cells-parted", None), ("text-hidden", None)]


def test_a_table_inside_a_picture_is_read_under_the_text_that_stands_over_it(draw: Any, read: Any) -> None:
    picture = Image.new("RGB", (900, 400), "white")
    pen = ImageDraw.Draw(picture)
    for x in (10, 300, 600, 890):
        pen.line((x, 10, x, 390), fill="black", width=4)
    for y in (10, 130, 260, 390):
        pen.line((10, y, 890, y), fill="black", width=4)

    def paint(sheet: Any) -> None:
        sheet.canvas.drawImage(ImageReader(picture), 50, sheet.height - 140, 225, 100)
        for y in (60, 90, 120):
            for x in (60, 130, 210):
                sheet.text(x, y, "isi")

    extraction = read(draw(paint), second_reader=True)
    assert [[cell.text for cell in row] for row in extraction.grids[0].rows()] == [["isi"] * 3] * 3
    assert extraction.findings == ()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # camelot leaves its file open
def test_a_failing_second_reader_is_a_finding(draw: Any, read: Any) -> None:
    path = draw(merged_head)
    seen = survey(path)
    broken = seen.model_copy(update={"data": b"%PDF-1.7 nothing"})
    (finding,) = compare_grids(broken, read(path).grids)
    gc.collect()
    assert (finding.code, finding.raw) == ("second-reader-failed", "1")


def test_a_comparison_that_fails_costs_its_page_not_the_result(
    draw: Any, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ValueError("an odd grid")

    monkeypatch.setattr(second, "_empty_percent", failing)
    monkeypatch.setattr(second._PageComparison, "_rasters", lambda _: [])
    (finding,) = read(draw(merged_head), second_reader=True).findings
    assert (finding.code, finding.raw) == ("second-reader-failed", "1")


def test_both_readers_agree_on_an_annex_page_of_the_sample(samples: Path, tmp_path: Path, read: Any) -> None:
    target = tmp_path / "page.pdf"
    with pikepdf.open(samples / "kpu-batang-2025.pdf") as pdf:
        del pdf.pages[4:]
        del pdf.pages[:3]
        pdf.save(target)
    extraction = read(target, second_reader=True)
    assert [(grid.column_count, grid.row_count) for grid in extraction.grids] == [(19, 9)]
    assert extraction.findings == ()
