"""The text readers on drawn scans with known geometry: `python -m benchmarks.readers` prints error rates and times.

Grids and straightening are taken from the digital original, so that nothing but finding and reading lines is
measured. CER and wrong lines are counted after runs of spaces became one space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extract.reading import read_document
from extract.scan.model import Grey, PageMap, PixelBox, Sheet
from extract.types import Extraction
from samples.draw.scans import Lens, preset, scan

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RULING = 1.0  # points to either side of a cell's edge that are whitened
MARKS = frozenset("√✓✔vVxX×■●*-–")  # lone signs: read as marks by ink, not as text


@dataclass(frozen=True, slots=True)
class TrueLine:
    """A line of the digital original with its place in pixels."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TruePage:
    """A straightened page with its cells, their lines, and the lines outside the grids."""

    sheet: Sheet
    clean: Grey
    cells: tuple[PixelBox, ...]
    texts: tuple[tuple[TrueLine, ...], ...]
    loose: tuple[TrueLine, ...]


def true_pages(pdf: Path, name: str, seed: int, pages: tuple[int, ...]) -> Iterator[TruePage]:
    """Yield the chosen pages of a PDF, scanned with a preset and laid straight again."""
    truth = read_document(pdf)
    drawn = scan(pdf.read_bytes(), preset(name, seed, pages))
    dpi = float(preset(name, seed).dpi)
    document = pypdfium2.PdfDocument(drawn.pdf)
    for index, number in enumerate(pages):
        picture = document[index].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()
        grey = _evened(_straight(picture, drawn.lenses[index], dpi / 72))
        yield _true_page(truth, number, grey, dpi)
    document.close()


def _straight(picture: Grey, lens: Lens, scale: float) -> Grey:
    """Return the page as the original lies: each pixel fetched from where the scanner saw it."""
    height, width = picture.shape
    ys, xs = np.meshgrid(np.arange(0, height + 32, 32), np.arange(0, width + 32, 32), indexing="ij")
    places = lens.delivered(np.column_stack([xs.ravel(), ys.ravel()]) / scale) * scale
    coarse = places.reshape(*xs.shape, 2).astype(np.float32)
    fine = cv2.warpAffine(
        coarse,
        np.array([[32.0, 0, 0], [0, 32.0, 0]]),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(
        cv2.remap(picture, fine, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )


def _evened(grey: Grey) -> Grey:
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), (9, 9))
    whole = cv2.resize(paper, (grey.shape[1], grey.shape[0])).astype(np.float32)
    return np.clip(grey / np.maximum(whole, 1) * 250, 0, 255).astype(np.uint8)


def _true_page(truth: Extraction, number: int, grey: Grey, dpi: float) -> TruePage:
    scale = dpi / 72
    page = truth.pages[number - 1]
    sheet = Sheet(number, grey, None, dpi, 0, page.width, page.height, PageMap(lambda at: at / scale))
    cells = [cell for grid in truth.grids if grid.page == number for cell in grid.cells]
    boxes = tuple(
        PixelBox(*(round(part * scale) for part in (box.x0, box.top, box.x1, box.bottom)))
        for cell in cells
        if (box := cell.ref.bbox) is not None
    )
    return TruePage(
        sheet=sheet,
        clean=_without_rulings(grey, boxes, round(RULING * scale)),
        cells=boxes,
        texts=tuple(tuple(_true_line(line, scale) for line in cell.lines) for cell in cells),
        loose=tuple(_true_line(line, scale) for line in truth.lines if line.page == number),
    )


def _true_line(line: object, scale: float) -> TrueLine:
    box = line.bbox  # type: ignore[attr-defined]
    return TrueLine(
        line.text.strip(),  # type: ignore[attr-defined]
        (box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale),
    )


def _without_rulings(grey: Grey, boxes: Sequence[PixelBox], reach: int) -> Grey:
    clean = grey.copy()
    for box in boxes:
        for y in (box.top, box.bottom):
            clean[max(0, y - reach) : y + reach + 1, box.x0 : box.x1] = 255
        for x in (box.x0, box.x1):
            clean[box.top : box.bottom, max(0, x - reach) : x + reach + 1] = 255
    return clean
