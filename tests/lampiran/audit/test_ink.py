"""The account of a decree's ink: what was read explains it, what nobody read stands out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import lampiran
from extract.types import Page
from lampiran.audit.ink.labels import LABELS, labelled
from lampiran.audit.ink.places import Places
from lampiran.audit.ink.proof import InkAccount, ink_accounts
from lampiran.audit.ink.regions import ink_page
from lampiran.audit.ink.sheet import InkSheet
from lampiran.result import Result
from samples.draw.scan_settings import preset
from samples.draw.scans import scan
from samples.draw.variants import variant
from schema.audit import InkPage
from schema.geometry import BBox

KEPT = 5
ANNEX = 4  # a page of the second sample's annex
MOST_REGIONS, MOST_BYTES = 60, 60_000
Draw = Callable[[Canvas, float, float], None]


def planted(source: Path, page: int, draw: Draw) -> bytes:
    """Return the first pages of the PDF with more drawn over one; the drawing's origin is bottom left."""
    with pikepdf.open(source) as pdf:
        del pdf.pages[KEPT:]
        target = pdf.pages[page - 1]
        width, height = (float(side) for side in target.mediabox[2:])
        layer = io.BytesIO()
        canvas = Canvas(layer, pagesize=(width, height))
        draw(canvas, width, height)
        canvas.save()
        with pikepdf.open(layer) as over:
            target.add_overlay(over.pages[0])
            out = io.BytesIO()
            pdf.save(out)
    return out.getvalue()


def read(content: bytes, folder: Path) -> Result:
    file = folder / "keputusan.pdf"
    file.write_bytes(content)
    return lampiran.read(file, text_readers=("rapidocr",))


def word(text: str) -> ImageReader:
    picture = Image.new("RGB", (220, 60), "white")
    ImageDraw.Draw(picture).text((8, 8), text, fill="black", font_size=40)
    return ImageReader(picture)


def ink_of(result: Result) -> tuple[InkPage, ...]:
    return tuple(account.page for account in ink_accounts(result))


def unexplained(page: InkPage) -> list[BBox]:
    return [region.bbox for region in page.regions if region.state == "unexplained"]


@pytest.fixture(scope="module")
def sample(samples: Path) -> Path:
    return samples / "kpu-contoh-2024.pdf"


@pytest.fixture(scope="module")
def accounts(samples: Path) -> tuple[InkAccount, ...]:
    return ink_accounts(lampiran.read(samples / "kpu-batang-2025.pdf"))


def test_the_ink_of_a_clean_decree_is_explained_on_every_page(accounts: tuple[InkAccount, ...]) -> None:
    assert [account.page.page for account in accounts] == list(range(1, 12))
    assert {account.page.explained for account in accounts} == {1.0}
    assert not any(unexplained(account.page) for account in accounts)


def test_an_account_names_what_it_saw_in_few_regions_on_the_page(accounts: tuple[InkAccount, ...]) -> None:
    names = {region.by for account in accounts for region in account.page.regions}
    assert {"cell", "mark", "table-head", "head", "footer", "body", "ruling"} <= names
    for account in accounts:
        page = account.page
        assert 0 < len(page.regions) <= MOST_REGIONS
        assert all(0 <= r.bbox.x0 < r.bbox.x1 <= page.width + 1 for r in page.regions)
        assert all(0 <= r.bbox.top < r.bbox.bottom <= page.height + 1 for r in page.regions)
        assert account.picture.uri.startswith("data:image/png;base64,")
        assert len(account.picture.uri) < MOST_BYTES


@pytest.mark.parametrize("name", ["serif-f4-2025", "shaded-a4-2021", "random-7"])
def test_another_forms_ink_is_explained_too(name: str, tmp_path: Path) -> None:
    found = ink_of(read(variant(name).pdf(), tmp_path))
    assert {page.explained for page in found} == {1.0}


def drawn_word(canvas: Canvas, width: float, height: float) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.drawString(12, height / 2, "SISIPAN")


def pictured_word(canvas: Canvas, width: float, height: float) -> None:
    canvas.drawImage(word("RAHASIA"), 400, 60, 55, 15)


def traced_word(canvas: Canvas, width: float, height: float) -> None:
    path = canvas.beginPath()
    for left in (600.0, 611.0, 622.0):
        path.moveTo(left, 60)
        path.curveTo(left + 2, 78, left + 7, 78, left + 9, 60)
    canvas.drawPath(path, stroke=1, fill=0)


@pytest.mark.parametrize(
    ("draw", "at"),
    [(drawn_word, (30, 294)), (pictured_word, (425, 528)), (traced_word, (615, 530))],
    ids=["a word in the margin", "a picture of a word", "a word drawn as strokes"],
)
def test_a_planted_word_that_no_cell_holds_is_unexplained(
    draw: Draw, at: tuple[float, float], sample: Path, tmp_path: Path
) -> None:
    pages = ink_of(read(planted(sample, ANNEX, draw), tmp_path))
    (box,) = unexplained(pages[ANNEX - 1])
    assert box.contains(*at)
    assert 0 < pages[ANNEX - 1].unexplained < 0.02
    assert not any(unexplained(page) for page in pages if page.page != ANNEX)


def test_a_picture_of_a_word_in_a_cell_of_the_table_is_unexplained(sample: Path, tmp_path: Path) -> None:
    plain = lampiran.read(sample)
    grid = next(grid for grid in plain.extraction.grids if grid.page == ANNEX)
    box = next(c.ref.bbox for c in grid.cells if c.column == 1 and not c.text and c.ref.bbox)
    height = plain.extraction.pages[ANNEX - 1].height

    def draw(canvas: Canvas, width: float, _: float) -> None:
        canvas.drawImage(word("RAHASIA"), box.x0 + 3, height - box.top - 14, 40, 11)

    (found,) = unexplained(ink_of(read(planted(sample, ANNEX, draw), tmp_path))[ANNEX - 1])
    assert box.x0 <= found.x0 < found.x1 <= box.x1


def test_a_logo_on_a_body_page_is_outside_the_annex(sample: Path, tmp_path: Path) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.drawImage(word("LOGO"), width / 2 - 20, height - 50, 40, 40)

    page = ink_of(read(planted(sample, 1, draw), tmp_path))[0]
    assert page.unexplained == 0
    assert page.explained < 1
    assert "outside" in {region.state for region in page.regions}


def test_a_scans_ink_is_explained_but_for_the_planted_word(sample: Path, tmp_path: Path) -> None:
    printed = planted(sample, 3, drawn_word)
    made = scan(printed, preset("office200", 31, (3,))).pdf
    (page,) = ink_of(read(made, tmp_path))
    (box,) = unexplained(page)
    assert box.x0 < 60
    assert box.x1 < 90
    assert 0.9 < page.explained < 1
    assert page.explained + page.unexplained == pytest.approx(1, abs=1e-5)


def test_a_scans_stamp_is_told_apart(samples: Path, tmp_path: Path) -> None:
    made = scan((samples / "kpu-batang-2025.pdf").read_bytes(), preset("stamped200", 31, (3,))).pdf
    (page,) = ink_of(read(made, tmp_path))
    assert page.explained == pytest.approx(1, abs=0.01)
    assert "stamp" in {region.by for region in page.regions}


def test_a_page_that_was_not_read_explains_nothing(sample: Path, tmp_path: Path) -> None:
    with pikepdf.open(sample) as pdf:
        del pdf.pages[KEPT:]
        strokes = b"100 100 m 300 100 l S\n" * 220_000
        pdf.pages[ANNEX - 1].Contents = pdf.make_stream(strokes)
        out = io.BytesIO()
        pdf.save(out)
    result = read(out.getvalue(), tmp_path)
    assert "page-not-read" in {finding.code for finding in result.plan.findings}
    page = ink_of(result)[ANNEX - 1]
    assert (page.explained, page.unexplained) == (0.0, 1.0)


def test_there_is_no_account_without_the_very_file(sample: Path, samples: Path, tmp_path: Path) -> None:
    result = read(sample.read_bytes(), tmp_path)
    assert result.source_path is not None
    assert ink_of(result.model_copy(update={"source_path": None})) == ()
    other = samples / "kpu-batang-2025.pdf"
    assert ink_of(result.model_copy(update={"source_path": other})) == ()
    before = ink_of(result)
    result.source_path.write_bytes(other.read_bytes())
    assert ink_of(result) == before  # what was read counts, whatever became of the file
    assert ink_of(lampiran.read(samples / "kpu-batang-2025.transcript.txt")) == ()


@pytest.fixture
def sheet() -> InkSheet:
    """A page of 100 by 60 points with a word at 10, 10 and a blot at 60, 30."""
    grey = np.full((120, 200), 255, dtype=np.uint8)
    grey[20:40, 20:80] = 0
    grey[60:80, 120:160] = 0
    page = Page(number=1, width=100, height=60, kind="picture")
    return InkSheet(page, 2.0, grey, grey < 200)


WORD, BLOT = BBox(x0=10, top=10, x1=40, bottom=20), BBox(x0=60, top=30, x1=80, bottom=40)


def counts(sheet: InkSheet, known: Places) -> dict[str, int]:
    labels = labelled(sheet, known)
    return {name: int((labels == label).sum()) for name, label in LABELS.items() if (labels == label).any()}


def test_what_no_text_covers_is_unexplained_on_an_annex_page(sheet: InkSheet) -> None:
    known = Places(texts=[(WORD, "cell")], annex=True)
    found = counts(sheet, known)
    assert (found["cell"], found["unexplained"]) == (20 * 60, 20 * 40)
    page = ink_page(sheet.page, labelled(sheet, known), sheet.scale)
    assert page.unexplained == pytest.approx(0.4)
    assert unexplained(page) == [BLOT]


def test_the_same_is_outside_on_a_page_that_is_no_annex(sheet: InkSheet) -> None:
    page = ink_page(sheet.page, labelled(sheet, Places(texts=[(WORD, "body")])), sheet.scale)
    assert (page.explained, page.unexplained) == (pytest.approx(0.6), 0.0)


def test_nothing_is_explained_away_on_a_page_that_was_not_understood(sheet: InkSheet) -> None:
    assert counts(sheet, Places(unread=True))["unexplained"] == 20 * 100


def test_ink_that_the_reading_doubts_stays_unexplained_below_a_stamp(sheet: InkSheet) -> None:
    stamped = InkSheet(sheet.page, sheet.scale, sheet.grey, sheet.dark, stamped=sheet.dark)
    known = Places(texts=[(WORD, "cell")], annex=True)
    assert "unexplained" not in counts(stamped, known)
    known.doubts.append(BLOT)
    assert counts(stamped, known)["unexplained"] == 20 * 40
