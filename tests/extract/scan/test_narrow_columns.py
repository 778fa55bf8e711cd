"""Narrow columns hold marks where labels of periods, a page before or their content say so, never by their widths."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.reading import read_document
from extract.scan.narrow_columns import is_written
from extract.types import Grid
from schema.periods import name_periods

WIDE, NARROW, HIGH = 110.0, 30.0, 24.0
TICK = "tick"


def drawn(rows: Sequence[Sequence[str]], folder: Path) -> Grid:
    """Read a scanned page with a ruled table: a wide column, then narrow ones."""
    width, height = 595.0, 300.0
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=(width, height))
    edges = [40.0, 40 + WIDE, *(40 + WIDE + n * NARROW for n in range(1, len(rows[0])))]
    for n, row in enumerate(rows):
        top = height - 30 - n * HIGH
        for left, right, text in zip(edges, edges[1:], row, strict=False):
            canvas.rect(left, top - HIGH, right - left, HIGH)
            if text == TICK:
                x, y = (left + right) / 2, top - HIGH / 2
                canvas.setLineWidth(1.6)
                canvas.lines([(x - 5, y, x - 1, y - 5), (x - 1, y - 5, x + 6, y + 6)])
                canvas.setLineWidth(0.7)
            else:
                canvas.setFont("Helvetica", 9)
                canvas.drawString(left + 4, top - HIGH / 2 - 3, text)
    canvas.save()
    picture = pdfium.PdfDocument(page.getvalue())[0].render(scale=200 / 72).to_pil().convert("L")
    scan = io.BytesIO()
    canvas = Canvas(scan, pagesize=(width, height))
    canvas.drawImage(ImageReader(picture), 0, 0, width, height)
    canvas.save()
    path = folder / "scan.pdf"
    path.write_bytes(scan.getvalue())
    (grid,) = read_document(path, text_readers=("rapidocr",), every_table=True).grids
    return grid


def test_narrow_columns_of_words_and_figures_are_texts(tmp_path: Path) -> None:
    rows = [
        ["Kegiatan", "Vol", "Unit", "Org", "Hari", "Biaya"],
        ["Rapat koordinasi", "1", "Dok", "12", "1", "25"],
        ["Sosialisasi", "1", "Lap", "7", "2", "40"],
        ["Pelatihan", "2", "Keg", "11", "1", "15"],
    ]
    grid = drawn(rows, tmp_path)
    body = [cell for cell in grid.cells if cell.row]
    assert [cell.text for cell in body] == [text for row in rows[1:] for text in row]
    assert all(cell.mark is None for cell in body)


@pytest.mark.parametrize(
    "labels", [[str(n) for n in range(1, 13)], [""] * 12], ids=["months", "without labels"]
)
def test_ticks_below_months_are_marks_and_so_are_those_that_no_label_explains(
    labels: list[str], tmp_path: Path
) -> None:
    ticked = ({2, 5, 8, 11}, {0, 1}, {11})
    body = [["Rapat", *(TICK if n in own else "" for n in range(12))] for own in ticked]
    grid = drawn([["Kegiatan", *labels], *body], tmp_path)
    states = [[cell.mark for cell in row if cell.column] for row in grid.rows()[1:]]
    assert states == [["marked" if n in own else "empty" for n in range(12)] for own in ticked]
    assert not any(cell.lines for row in grid.rows()[1:] for cell in row if cell.column)


@pytest.mark.parametrize(
    ("labels", "periods"),
    [
        (["JAN", "FEB", "MAR", "APR"], True),
        (["Jan.", "Pebr", "Mar", "Apr"], True),
        (["I", "II", "III", "IV"], True),
        (list("JFMAMJJASOND"), True),
        (["1", "2", "3", "1", "2", "3"], True),
        (["TW I", "TW II", "TW III", "TW IV"], True),
        (["5", "6", "7", "8"], False),
        (["Vol", "Unit", "Org", "Hari"], False),
        (["Januari", "ii", "SK", "Tim", "Rapat"], False),
        (["Ya", "Tidak"], False),
        ([], False),
    ],
)
def test_labels_of_periods_are_told_from_others(labels: list[str], periods: bool) -> None:
    assert name_periods(labels) is periods


def test_a_column_is_written_where_most_of_its_ink_was_read_as_text() -> None:
    assert is_written(["marked", "unknown", "empty"], ["12", "Dok", ""])
    assert not is_written(["marked", "marked", "empty"], ["v", "4", ""])
    assert not is_written(["empty"], [""])
