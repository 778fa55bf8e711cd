"""A drawn page becomes its own print, dark on white; labels that run upwards are read."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.grid.lattice import Span
from extract.scan.clean_page import CleanPage, clean_page
from extract.scan.model import PixelBox
from extract.scan.text import available_readers
from extract.scan.text.reading import read_cells
from extract.scan.upward_labels import is_turned, read_turned

WIDTH, HEIGHT, DPI = 600.0, 400.0, 200
LEFT, TOP, COLUMN, ROW = 50.0, 350.0, 170.0, 60.0
MONTHS = ("Januari", "Februari", "Maret")


def scanned(draw: Canvas) -> bytes:
    """Return a drawn page as a PDF that holds its picture alone."""
    draw.showPage()
    draw.save()
    drawn = pypdfium2.PdfDocument(draw._filename.getvalue())  # type: ignore[attr-defined]
    picture = drawn[0].render(scale=DPI / 72).to_pil().convert("L")
    found = io.BytesIO()
    picture.save(found, format="PDF", resolution=DPI)
    return found.getvalue()


def ruled(columns: int, rows: int, *, width: float = COLUMN, height: float = ROW) -> Canvas:
    draw = Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    draw.setLineWidth(0.7)
    for n in range(rows + 1):
        draw.line(LEFT, TOP - n * height, LEFT + columns * width, TOP - n * height)
    for n in range(columns + 1):
        draw.line(LEFT + n * width, TOP, LEFT + n * width, TOP - rows * height)
    return draw


def fill(draw: Canvas, column: int, row: int, tone: float) -> None:
    draw.setFillGray(tone)
    draw.rect(
        LEFT + column * COLUMN + 0.5, TOP - (row + 1) * ROW + 0.5, COLUMN - 1, ROW - 1, stroke=0, fill=1
    )


def write(draw: Canvas, column: int, row: int, text: str, tone: float = 0.0, down: float = 30.0) -> None:
    draw.setFillGray(tone)
    draw.setFont("Helvetica", 12)
    draw.drawString(LEFT + column * COLUMN + 8, TOP - row * ROW - down, text)


def boxes(page: CleanPage) -> list[PixelBox]:
    shape = page.grids[0].shape
    return [PixelBox(*(round(at) for at in shape.box(span))) for span in shape.spans]


def texts(page: CleanPage) -> list[str]:
    read = read_cells(page.sheet, boxes(page), page.clean, readers=available_readers()[:1], ink=page.ink)
    return [" ".join(line.text for line in lines) for lines in read]


@pytest.mark.parametrize(("tone", "ink"), [(0.75, 0.0), (0.45, 0.0), (0.2, 1.0), (0.0, 1.0)])
def test_print_on_any_ground_is_read(tone: float, ink: float) -> None:
    draw = ruled(2, 3)
    for column in (0, 1):
        fill(draw, column, 1, tone)
        write(draw, column, 0, "Komponen")
        write(draw, column, 1, "Penataan Tata Laksana", ink)
        write(draw, column, 2, "Kegiatan rapat")
    page = clean_page(scanned(draw), 1)
    wanted = ["Komponen"] * 2 + ["Penataan Tata Laksana"] * 2 + ["Kegiatan rapat"] * 2
    assert texts(page) == wanted


def test_cells_filled_with_black_side_by_side_are_cells_of_their_own() -> None:
    draw = ruled(3, 3)
    for column in range(3):
        write(draw, column, 0, "Bulan")
        if column < 2:
            fill(draw, column, 1, 0.0)
    page = clean_page(scanned(draw), 1)
    assert len(page.grids[0].shape.spans) == 9


def test_print_that_stands_on_a_ruling_stays_whole_and_the_ruling_goes() -> None:
    draw = ruled(2, 3)
    for column in (0, 1):
        write(draw, column, 0, "Komponen")
        write(draw, column, 1, "kompetensi lainnya", down=ROW - 2.2)
        write(draw, column, 2, "Kegiatan rapat")
    page = clean_page(scanned(draw), 1)
    assert texts(page)[2:4] == ["kompetensi lainnya"] * 2


def test_a_table_without_upper_and_lower_border_is_closed_where_its_uprights_end() -> None:
    draw = Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    for n in range(4):
        draw.line(LEFT + n * 160, TOP, LEFT + n * 160, TOP - 240)
    for n in (1, 2, 3):
        draw.line(LEFT, TOP - n * 60, LEFT + 480, TOP - n * 60)
    for row in range(4):
        for column in range(3):
            draw.drawString(LEFT + column * 160 + 8, TOP - row * 60 - 30, "Laporan kegiatan")
    shape = clean_page(scanned(draw), 1).grids[0].shape
    assert (len(shape.row_edges), len(shape.column_edges), len(shape.spans)) == (5, 4, 12)


def test_labels_that_run_upwards_are_read() -> None:
    draw = ruled(3, 1, width=22.0, height=70.0)
    draw.setFont("Helvetica", 10)
    for n, month in enumerate(MONTHS):
        draw.saveState()
        draw.translate(LEFT + 22 * n + 15, TOP - 64)
        draw.rotate(90)
        draw.drawString(0, 0, month)
        draw.restoreState()
    for n in range(8):
        draw.drawString(
            LEFT, 200 - 18 * n, "Rencana aksi pembangunan zona integritas di lingkungan kantor ini"
        )
    page = clean_page(scanned(draw), 1, every_table=True)
    found = boxes(page)
    assert [is_turned(page.sheet, box) for box in found] == [True] * 3
    inner = [PixelBox(box.x0 + 3, box.top + 3, box.x1 - 3, box.bottom - 3) for box in found]
    read = read_turned(page.sheet, inner, page.clean, available_readers()[:1])
    assert [" ".join(line.text for line in lines) for lines in read] == list(MONTHS)
    for box, lines in zip(inner, read, strict=True):
        place = lines[0].box
        assert box.x0 <= place.x0 < place.x1 <= box.x1
        assert box.top <= place.top < place.bottom <= box.bottom
        assert place.bottom - place.top > 2 * (place.x1 - place.x0)


def test_a_level_text_is_not_turned() -> None:
    draw = ruled(2, 3)
    write(draw, 0, 0, "Komponen")
    page = clean_page(scanned(draw), 1)
    assert not any(is_turned(page.sheet, box) for box in boxes(page))


def test_the_layers_have_the_size_of_the_page() -> None:
    draw = ruled(2, 3)
    write(draw, 0, 0, "Komponen")
    page = clean_page(scanned(draw), 1)
    assert page.clean.shape == page.rulings.shape == page.foreign.shape == page.sheet.grey.shape
    assert np.count_nonzero(page.rulings) > 1000


def test_letters_that_lean_on_a_hairline_keep_their_stems() -> None:
    draw = ruled(2, 4)
    draw.setFont("Helvetica", 11)
    for row, text in enumerate(("layanan", "(dua) kali", "laporan", "Kinerja")):
        draw.drawString(LEFT + 0.1, TOP - row * ROW - 25, text)
        draw.drawString(LEFT + 0.1, TOP - row * ROW - 40, text)
    page = clean_page(scanned(draw), 1)
    read = texts(page)[::2]
    assert read == ["layanan layanan", "(dua) kali (dua) kali", "laporan laporan", "Kinerja Kinerja"]


def test_a_black_head_is_parted_by_where_its_names_stand() -> None:
    months = 6
    width, start = 40.0, LEFT + 2 * 100.0
    draw = Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    draw.setLineWidth(0.7)
    edges = [LEFT, LEFT + 100, *(start + n * width for n in range(months + 1))]
    for n in range(5):
        draw.line(LEFT, TOP - n * 50, edges[-1], TOP - n * 50)
    for x in edges:
        draw.line(x, TOP, x, TOP - 200)
    draw.setFillGray(0)
    draw.rect(LEFT, TOP - 50, edges[-1] - LEFT, 50, stroke=0, fill=1)
    draw.setFillGray(1)
    draw.setFont("Helvetica-Bold", 9)
    draw.drawCentredString((start + edges[-1]) / 2, TOP - 14, "WAKTU PELAKSANAAN")
    draw.drawCentredString(LEFT + 50, TOP - 24, "No")
    draw.drawCentredString(LEFT + 150, TOP - 24, "Kegiatan")
    for n in range(months):
        draw.drawCentredString(
            start + (n + 0.5) * width, TOP - 32, ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun")[n]
        )
    draw.setFillGray(0)
    for row in range(1, 4):
        draw.drawString(LEFT + 5, TOP - row * 50 - 20, str(row))
        draw.drawString(LEFT + 105, TOP - row * 50 - 20, "Rapat tim kerja")
    page = clean_page(scanned(draw), 1)
    shape = page.grids[0].shape
    read = dict(zip(shape.spans, texts(page), strict=True))
    assert read[Span(0, 2, 1, months)] == "WAKTU PELAKSANAAN"
    assert [read[Span(1, 2 + n, 1, 1)] for n in range(months)] == ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun"]
    assert (read[Span(0, 0, 2, 1)], read[Span(0, 1, 2, 1)]) == ("No", "Kegiatan")


def test_names_of_a_black_head_that_nearly_touch_are_cells_of_their_own() -> None:
    names = ("No", "Bukti Dukung", "Penanggung", "Jadwal")
    edges = (LEFT, LEFT + 30, LEFT + 130, LEFT + 189, LEFT + 260)
    draw = Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    draw.setLineWidth(0.7)
    for n in range(5):
        draw.line(LEFT, TOP - n * 30, edges[-1], TOP - n * 30)
    for x in edges:
        draw.line(x, TOP, x, TOP - 120)
    draw.rect(LEFT, TOP - 30, edges[-1] - LEFT, 30, stroke=0, fill=1)
    draw.setFillGray(1)
    draw.setFont("Helvetica-Bold", 10)
    for (left, right), name in zip(pairwise(edges), names, strict=True):
        draw.drawCentredString((left + right) / 2, TOP - 19, name)
    draw.setFillGray(0)
    for row in range(1, 4):
        draw.drawString(LEFT + 5, TOP - row * 30 - 20, str(row))
        draw.drawString(LEFT + 35, TOP - row * 30 - 20, "Foto")
    page = clean_page(scanned(draw), 1)
    read = dict(zip(page.grids[0].shape.spans, texts(page), strict=True))
    found = [read[Span(0, column, 1, 1)].casefold() for column in range(4)]
    assert all(name.casefold() in text for text, name in zip(found, names, strict=True)), found
