"""`actions.xlsx` as LibreOffice shows and prints it: every text whole, letters that can be read, pages that say which they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pypdfium2
import pytest

import lampiran
from lampiran.publish.workbook import workbook
from schema.choices import PaperSize
from tests.lampiran.office import SOFFICE, converted, row_heights

pytestmark = [pytest.mark.office, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")]

# A born-digital decree with many rows, and a scan with unknown months and long findings.
SAMPLES: list[tuple[str, PaperSize]] = [("kpu-batang-2025.pdf", "a4"), ("kpu-contoh-2024.scan.pdf", "f4")]
SIZES: dict[PaperSize, tuple[float, float]] = {"a4": (842, 595), "f4": (936, 612)}
SMALLEST = 6.9  # points of a letter on paper
SCALE = 2  # pixels per point of the pictures
FAINT = 60  # of 255: print differs from what is around it by more


@pytest.fixture(scope="module", params=SAMPLES, ids=["digital", "scan"])
def sample(request: pytest.FixtureRequest) -> tuple[str, PaperSize]:
    found: tuple[str, PaperSize] = request.param
    return found


@pytest.fixture(scope="module")
def book(
    sample: tuple[str, PaperSize], samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("book") / "actions.xlsx"
    path.write_bytes(workbook(lampiran.read(samples / sample[0]).plan, paper=sample[1]))
    return path


@pytest.fixture(scope="module")
def printed(book: Path) -> Path:
    return converted(book, "pdf")


@pytest.fixture(scope="module")
def pages(printed: Path) -> list[Any]:
    with pdfplumber.open(printed) as document:
        for page in document.pages:
            page.chars  # noqa: B018 - looked at once, while the file is open
        return list(document.pages)


def is_seen(picture: Any, char: dict[str, Any]) -> bool:
    """Tell whether the picture has ink in the place of a character; what is clipped has none."""
    top, bottom, left, right = (int(char[side] * SCALE) for side in ("top", "bottom", "x0", "x1"))
    spot = picture[top : bottom + 2 * SCALE, left : right + 1]
    return bool(spot.size and int(spot.max()) - int(spot.min()) > FAINT)


def test_each_row_is_as_high_as_its_texts_need_and_not_much_higher(book: Path) -> None:
    ours, needed = row_heights(book), row_heights(book, optimal=True)
    for sheet in openpyxl.load_workbook(book):
        for n in range(sheet.max_row):
            height, least = ours[sheet.title][n], needed[sheet.title][n]
            assert height >= least - 0.5, f"{sheet.title}, row {n + 1}: {height:.1f} of {least:.1f} points"
            assert height <= 1.3 * least + 30, (
                f"{sheet.title}, row {n + 1}: {height:.1f} of {least:.1f} points"
            )


def test_every_word_of_every_cell_is_on_paper(book: Path, pages: list[Any]) -> None:
    found = {
        word["text"] for page in pages for word in page.extract_words(keep_blank_chars=False, x_tolerance=1)
    }
    whole = "".join(sorted(found))
    cells = [
        cell.value for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row
    ]
    words = {word for value in cells if value is not None for word in str(value).split()}
    assert len(words) > 200
    assert not {word for word in words if word not in found and word not in whole}


def test_every_letter_on_paper_is_seen_in_the_picture(printed: Path, pages: list[Any]) -> None:
    pictures = pypdfium2.PdfDocument(printed)
    clipped = []
    for n, page in enumerate(pages):
        picture = pictures[n].render(scale=SCALE).to_numpy().min(axis=2)
        clipped += [
            (n, c["text"], c["x0"], c["top"])
            for c in page.chars
            if c["text"].strip() and not is_seen(picture, c)
        ]
    pictures.close()
    assert clipped == []


def test_letters_can_be_read_on_the_paper_that_was_chosen(
    pages: list[Any], sample: tuple[str, PaperSize]
) -> None:
    for page in pages:
        assert (page.width, page.height) == pytest.approx(SIZES[sample[1]], abs=1.5)
        assert min(char["size"] for char in page.chars) >= SMALLEST
        assert all(char["x0"] > 10 and char["x1"] < page.width - 10 for char in page.chars)


def test_each_page_has_its_header_its_sheet_and_its_number(book: Path, pages: list[Any]) -> None:
    titles = openpyxl.load_workbook(book).sheetnames
    feet = [page.extract_text_lines()[-1]["text"] for page in pages]
    for n, (page, foot) in enumerate(zip(pages, feet, strict=True), start=1):
        assert foot.endswith(f"Halaman {n} dari {len(pages)}")
        assert any(foot.startswith(title) for title in titles)
        assert any(rect["top"] < 60 and rect["fill"] for rect in page.rects), "the header's colour"
    assert all(any(foot.startswith(title) for foot in feet) for title in titles)
