"""Copies of printed pages: the same for the same seed, coded as scanners do, with print and truth where they were."""

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.drawing.copying import inks
from benchmarks.drawing.copying.drawn import is_inked
from benchmarks.drawing.copying.files import Leaf, group4, pdf_of
from benchmarks.drawing.copying.forms import form
from benchmarks.drawing.copying.kinds import COPIES, KEPT_ONLY, Copied, copied, copy_of
from benchmarks.drawing.copying.places import printed_rows
from benchmarks.drawing.copying.sheet import printed
from benchmarks.drawing.copying.tariffs import Value, tariffs
from benchmarks.drawing.office.model import Table

ROWS = [
    {"action": "Menyusun rencana kerja", "evidence": "Notulen", "responsible": "Kepala Dinas"},
    {"action": "Membahas hasil survei", "evidence": "Foto kegiatan", "responsible": "Kepala Dinas"},
]
SIZE = (300.0, 180.0)
FILTERS = {"g4": "/CCITTFaxDecode", "jbig2": "/JBIG2Decode", "jpeg": "/DCTDecode", "flate": "/FlateDecode"}
# The page is not bent, photographed or shifted: its middle stays where it was.
STILL = ("bit300", "bit300screen", "bit400", "grey200", "toner200", "jpeg150")


@pytest.fixture(scope="module")
def page() -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=SIZE, invariant=True)
    canvas.setFont("Helvetica", 9)
    for index, row in enumerate(ROWS):
        base = 120 - 60 * index
        canvas.rect(20, base - 20, 260, 40)
        for place, text in enumerate(row.values()):
            canvas.drawString(25 + 100 * place, base, text)
    canvas.save()
    return held.getvalue()


def picture(pdf: bytes, scale: float = 1.0) -> np.ndarray:
    shown = pypdfium2.PdfDocument(pdf)[0].render(scale=scale, grayscale=True).to_numpy()
    return shown.reshape(shown.shape[:2])


@pytest.mark.parametrize("name", [*COPIES, *KEPT_ONLY])
def test_a_kind_of_copy_has_the_size_and_the_coding_it_names(page: bytes, name: str) -> None:
    made = copied(page, name, 3)
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        (sheet,) = pdf.pages
        image = sheet.Resources.XObject.Im0
        assert [float(side) for side in sheet.MediaBox[2:]] == pytest.approx(SIZE, abs=0.5)
        assert image.Filter == FILTERS[copy_of(name).coding]
        assert int(image.BitsPerComponent) == (1 if copy_of(name).is_one_bit else 8)
    # Print is still there: some of the page is dark, most of it is not.
    assert 0.005 < np.mean(picture(made.pdf, 2) < 128) < 0.5


def test_the_same_seed_gives_the_same_copy(page: bytes) -> None:
    assert copied(page, "pen200", 5).pdf == copied(page, "pen200", 5).pdf
    assert copied(page, "pen200", 5).pdf != copied(page, "pen200", 6).pdf


@pytest.mark.parametrize("name", STILL)
def test_print_stays_in_its_place(page: bytes, name: str) -> None:
    before, after = (255.0 - picture(pdf, 2).astype(np.float32) for pdf in (page, copied(page, name, 4).pdf))
    after = cv2.resize(after, before.shape[::-1])
    (x, y), _ = cv2.phaseCorrelate(before, after)
    assert abs(x) < 4
    assert abs(y) < 4


@pytest.mark.parametrize("coding", ["g4", "jbig2", "flate"])
def test_a_coding_without_loss_gives_the_picture_back(coding: str) -> None:
    drawn = np.full((90, 70), 255, np.uint8)
    cv2.circle(drawn, (30, 40), 20, 0, 3)
    assert np.array_equal(picture(pdf_of([Leaf(drawn, 70, 90, coding)])), drawn)  # type: ignore[arg-type]


def test_group4_codes_are_one_strip_of_the_whole_picture() -> None:
    tall = np.tile(np.array([[0, 255]], np.uint8), (4000, 600))
    assert np.array_equal(picture(pdf_of([Leaf(tall, 1200, 4000, "g4")])), tall)
    assert len(group4(tall)) > 0


def test_rows_are_found_where_they_are_printed(page: bytes, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(page)
    first, second = (row.places for row in printed_rows(path, ROWS))
    assert [place.page for place in (*first, *second)] == [1] * 6
    (band,) = (place for place in first if place.band)
    left, top, right, bottom = band.box
    assert (left, bottom) == pytest.approx((25, SIZE[1] - 120), abs=3)
    assert top < bottom
    assert left < right < 150
    assert printed_rows(path, [{"action": "Tidak tercetak"}])[0].places == ()


def test_a_word_that_a_line_cuts_is_told(tmp_path: Path) -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=SIZE, invariant=True)
    for line, text in enumerate(("Menyusun laporan kepe", "gawaian dan daftar", "hadir")):
        canvas.drawString(20, 120 - 14 * line, text)
    canvas.save()
    path = tmp_path / "page.pdf"
    path.write_bytes(held.getvalue())
    action = "Menyusun laporan kepegawaian dan daftar hadir"
    (row,) = printed_rows(path, [{"action": action}])
    assert [action[:place] for place in row.breaks["action"]] == ["Menyusun laporan kepe"]


def test_a_row_under_ink_is_told_from_one_without(page: bytes, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(page)
    plain = printed(pypdfium2.PdfDocument(page)[0], 200, 0.05, colour=True)
    mask = np.zeros(plain.shape, np.float32)
    scale = 200 / 72
    mask[round(55 * scale) : round(60 * scale), round(250 * scale) : round(260 * scale)] = 1
    sheet = inks.inked(plain, mask, (30, 60, 170))
    made = Copied(b"", (sheet.foreign,), 200)
    first, second = (row.places for row in printed_rows(path, ROWS))
    assert is_inked(first, made)
    assert not is_inked(second, made)
    assert not is_inked(first, replace(made, foreign=(plain.foreign,)))


def test_only_copies_with_pens_stamps_or_holes_hide_print(page: bytes) -> None:
    assert copied(page, "stamp200", 1).foreign[0].any()
    assert not copied(page, "worn200", 1).foreign[0].any()


@pytest.mark.parametrize("number", range(1, 13))
def test_a_form_is_the_same_each_time_and_another_one_in_each_split(number: int) -> None:
    looked, kept = form("look", number), form("kept", number)
    assert looked == form("look", number)
    assert len(looked.rows) >= 12
    assert len(kept.rows) >= 12
    assert not {row.action for row in looked.rows} & {row.action for row in kept.rows}
    assert looked.look.face != kept.look.face


@pytest.mark.parametrize("number", range(1, 7))
def test_tariffs_print_what_their_truth_says_and_add_up(number: int) -> None:
    made = tariffs("look", number)
    (table,) = (block for block in made.document.blocks if isinstance(block, Table))
    shown = [cell.text for _, _, cell in table.placed()]
    for row in made.rows:
        texts = [cell.text if isinstance(cell, Value) else cell for cell in row.cells]
        start = shown.index(row.label) - 1
        assert shown[start : start + len(texts)] == texts
        amounts = [
            figure(cell.text) for cell in row.cells if isinstance(cell, Value) and cell.kind == "amount"
        ]
        assert len(amounts) == 1 or amounts[0] + amounts[1] == amounts[2]


def figure(text: str) -> int:
    return int("".join(filter(str.isdigit, text.removesuffix(",00"))))
