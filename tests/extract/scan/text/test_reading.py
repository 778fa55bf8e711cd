from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from rapidfuzz.distance import Levenshtein

from extract.reading import read_document
from extract.scan.model import Grey, PageMap, PixelBox, Sheet
from extract.scan.page.page_finder import at_finder_dpi, find
from extract.scan.text import tesseract
from extract.scan.text.rapidocr import rapid_reader
from extract.scan.text.reading import read_cells, read_loose
from extract.scan.text.registry import available_readers
from extract.types import Extraction, Grid

SAMPLE = Path(__file__).resolve().parents[4] / "samples" / "kpu-contoh-2024.pdf"
DPI = 200
SCALE = DPI / 72


@pytest.fixture(scope="module")
def truth() -> Extraction:
    return read_document(SAMPLE)


def drawn(number: int) -> Grey:
    document = pypdfium2.PdfDocument(SAMPLE.read_bytes())
    try:
        return np.array(document[number - 1].render(scale=SCALE, grayscale=True).to_numpy().squeeze())
    finally:
        document.close()


def sheet_of(grey: Grey) -> Sheet:
    height, width = grey.shape
    return Sheet(
        1,
        grey,
        None,
        DPI,
        0,
        width / SCALE,
        height / SCALE,
        PageMap(lambda at: at / SCALE),
        find(at_finder_dpi(grey, DPI)),
    )


def pixels(box: tuple[float, float, float, float]) -> PixelBox:
    return PixelBox(*(round(part * SCALE) for part in box))


def without_rulings(grey: Grey, grid: Grid) -> Grey:
    """Whiten the edges of a grid's cells, as the readers are given the page."""
    clean, edge = grey.copy(), 4
    for cell in grid.cells:
        if cell.ref.bbox is None:
            continue
        box = pixels((cell.ref.bbox.x0, cell.ref.bbox.top, cell.ref.bbox.x1, cell.ref.bbox.bottom))
        for x in (box.x0, box.x1):
            clean[box.top : box.bottom, x - edge : x + edge] = 255
        for y in (box.top, box.bottom):
            clean[y - edge : y + edge, box.x0 : box.x1] = 255
    return clean


def test_the_cells_of_a_row_are_read_line_by_line(truth: Extraction) -> None:
    grey = drawn(4)
    (grid,) = (grid for grid in truth.grids if grid.page == 4)
    row = next(row for row in grid.rows() if sum(len(cell.lines) for cell in row) > 8)
    cells = [cell for cell in row if len(cell.text) != 1]
    boxes = [
        pixels((box.x0 + 1, box.top + 1, box.x1 - 1, box.bottom - 1))
        for cell in cells
        if (box := cell.ref.bbox) is not None
    ]
    found = read_cells(sheet_of(grey), boxes, without_rulings(grey, grid), readers=[rapid_reader()])
    texts = ["\n".join(line.text for line in lines) for lines in found]
    wanted = ["\n".join(line.text.strip() for line in cell.lines) for cell in cells]
    assert [text.count("\n") for text in texts] == [text.count("\n") for text in wanted]
    assert Levenshtein.distance("".join(texts), "".join(wanted)) <= 1
    assert all(not lines for lines, cell in zip(found, cells, strict=True) if not cell.text)
    assert all(line.agreed is None and 0 < line.confidence <= 1 for lines in found for line in lines)


def test_words_lie_where_the_page_has_them(truth: Extraction) -> None:
    grey = drawn(1)
    line = next(line for line in truth.lines if line.page == 1 and len(line.text.split()) > 5)
    assert line.bbox is not None
    area = pixels((0, line.bbox.top - 2, truth.pages[0].width, line.bbox.bottom + 2))
    (found,) = read_loose(sheet_of(grey), grey, [area], readers=[rapid_reader()])
    assert [word.text for word in found.words] == line.text.split()
    assert found.words[0].box.x0 == pytest.approx(line.bbox.x0 * SCALE, abs=4)
    assert found.words[-1].box.x1 == pytest.approx(line.bbox.x1 * SCALE, abs=8)
    edges = [edge for word in found.words for edge in (word.box.x0, word.box.x1)]
    assert edges == sorted(edges)


def test_loose_lines_come_in_reading_order_with_the_footer(truth: Extraction) -> None:
    grey = drawn(2)
    height, width = grey.shape
    found = read_loose(sheet_of(grey), grey, [PixelBox(0, 0, width, height)], readers=[rapid_reader()])
    wanted = [line.text.strip() for line in truth.lines if line.page == 2 and line.text.strip()]
    assert len(found) == len(wanted)
    assert Levenshtein.distance("\n".join(line.text for line in found), "\n".join(wanted)) <= 2


def test_nothing_on_the_page_gives_nothing() -> None:
    white = np.full((300, 400), 255, dtype=np.uint8)
    whole = PixelBox(0, 0, 400, 300)
    assert read_cells(sheet_of(white), [whole, whole], white) == [(), ()]
    assert read_cells(sheet_of(white), [], white) == []
    assert read_loose(sheet_of(white), white, [whole]) == ()


def test_the_order_of_crops_is_kept_whatever_their_widths() -> None:
    page = drawn(1)
    wide, narrow = page[600:640, 200:1500], np.full((40, 20), 255, dtype=np.uint8)
    alone = rapid_reader().read([wide])[0]
    empty, read, again = rapid_reader().read([narrow, wide, narrow])
    assert read.text == alone.text
    assert empty.text == again.text


def test_the_default_reader_is_always_there() -> None:
    assert available_readers()[0].name == "rapidocr"


def test_tesseracts_data_is_found_where_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tessdata"
    folder.mkdir()
    (folder / "ind.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tesseract.data_folder() == folder


def test_without_data_there_is_no_second_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(tesseract, "PLACES", (str(tmp_path),))
    assert tesseract.data_folder() is None


@pytest.mark.skipif(tesseract.installed_reader() is None, reason="Tesseract's data for ind is not installed")
def test_two_readers_agree_on_clean_print(truth: Extraction) -> None:
    grey = drawn(1)
    line = next(line for line in truth.lines if line.page == 1 and len(line.text.split()) > 5)
    assert line.bbox is not None
    area = pixels((0, line.bbox.top - 2, truth.pages[0].width, line.bbox.bottom + 2))
    (found,) = read_loose(sheet_of(grey), grey, [area])
    assert found.second
    assert found.agreed
    assert found.confidence > 0.9
