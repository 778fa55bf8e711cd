"""Turns a digital PDF into the scan that an office would have made of its print, the same for the same seed.

`python -m samples.draw.scans office200 --seed 3 --source samples/kpu-contoh-2024.pdf -o scan.pdf`
"""

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
import pypdfium2
from numpy.typing import NDArray
from pdfplumber.page import Page

from samples.draw.scan_file import Leaf, ScanFile
from samples.draw.scan_ink import Frame, Stroke, inked, signature, stamp
from samples.draw.scan_layer import LayerWord, poor_layer
from samples.draw.scan_lens import Lens, lens
from samples.draw.scan_settings import PRESETS, ScanSettings, Span, Turn, preset
from samples.draw.scan_wear import worn

__all__ = ["PRESETS", "Cover", "Lens", "Scan", "ScanSettings", "Span", "Turn", "preset", "scan"]

Picture = NDArray[np.uint8]

MONTH_WIDTH = 32.0  # points; columns of marks are no wider
HEAD_HEIGHT = 17.0  # points; the months' names and column numbers stand in rows no higher
LEAST_INK = 0.3  # square points of foreign ink that make a cell a covered one


@dataclass(frozen=True)
class Cover:
    """A grid cell with a stamp's or pen's ink in it: page of the scan, box in points of the original page.

    `share` is the inked share of the cell.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    share: float


@dataclass(frozen=True)
class Scan:
    """A drawn scan: the file, the covered cells, and for each page the way from the original to the scan."""

    pdf: bytes
    covered: tuple[Cover, ...]
    lenses: tuple[Lens, ...]


@dataclass(frozen=True)
class _Sheet:
    """One scanned page before it is written."""

    leaf: Leaf
    covered: tuple[Cover, ...]
    lens: Lens


def scan(pdf: bytes, settings: ScanSettings) -> Scan:
    """Print and scan a PDF; each page becomes one picture of the original's size in points.

    Raises:
        IndexError: `settings.pages` names a page that the original does not have.
    """
    document = pypdfium2.PdfDocument(pdf)
    chosen = settings.pages or range(1, len(document) + 1)
    file = ScanFile("lampiran: a drawn scan", settings.jpeg)
    covered: list[Cover] = []
    lenses: list[Lens] = []
    try:
        with pdfplumber.open(io.BytesIO(pdf)) as words:
            for number, original in enumerate(chosen, start=1):
                sheet = _scanned(document[original - 1], words.pages[original - 1], settings, number)
                file.add(sheet.leaf)
                covered.extend(sheet.covered)
                lenses.append(sheet.lens)
    finally:
        document.close()
    return Scan(file.close(), tuple(covered), tuple(lenses))


def _scanned(page: pypdfium2.PdfPage, plumbed: Page, settings: ScanSettings, number: int) -> _Sheet:
    rng = np.random.default_rng([settings.seed, plumbed.page_number])
    size = (float(page.get_width()), float(page.get_height()))
    scale = settings.dpi / 72 * (1.5 if settings.dpi < 300 else 1.2)
    rendered = np.ascontiguousarray(page.render(scale=scale, rev_byteorder=True).to_numpy()[..., :3])
    cells = _cells(plumbed) if settings.stamp or settings.signature else []
    strokes = _strokes(rng, settings, rendered, scale, _frame(cells, size))
    for stroke in strokes:
        rendered = inked(rendered, stroke)
    if not settings.colour:
        rendered = cv2.cvtColor(rendered, cv2.COLOR_RGB2GRAY)
    way = lens(rng, settings, size)
    picture = worn(rng, settings, rendered, way, scale)
    words = poor_layer(rng, plumbed) if settings.ocr_layer else ()
    return _Sheet(_leaf(picture, size, settings, words), _covers(strokes, cells, scale, number), way)


def _leaf(
    picture: Picture, size: tuple[float, float], settings: ScanSettings, words: tuple[LayerWord, ...]
) -> Leaf:
    """Turn the picture as it is stored: its own turn, less the turn that /Rotate will give it."""
    quarter = (settings.turn - settings.rotate) % 360 // 90
    width, height = size if quarter % 2 == 0 else (size[1], size[0])
    stored = np.ascontiguousarray(np.rot90(picture, -quarter))
    return Leaf(stored, width, height, settings.rotate, words)


def _strokes(
    rng: np.random.Generator, settings: ScanSettings, rendered: Picture, scale: float, frame: Frame
) -> list[Stroke]:
    shape = (rendered.shape[0], rendered.shape[1])
    kinds = [*([stamp] if settings.stamp else []), *([signature] if settings.signature else [])]
    return [kind(rng, shape, scale, frame) for kind in kinds]


def _cells(page: Page) -> list[Frame]:
    """Boxes of the cells of the page's largest table."""
    tables = [table.cells for table in page.find_tables()]
    largest = max(tables, key=len, default=[])
    return [(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in largest]


def _frame(cells: Sequence[Frame], size: tuple[float, float]) -> Frame:
    """Where the ink goes: over the columns of marks, or where a letter is signed."""
    narrow = [cell for cell in cells if _is_mark(cell) and cell[0] > size[0] * 0.4]
    if not narrow:
        return size[0] * 0.5, size[1] * 0.62, size[0] * 0.75, size[1] * 0.78
    sides = np.array(narrow)
    x0, top = sides[:, :2].min(axis=0)
    x1, bottom = sides[:, 2:].max(axis=0)
    return float(x0), float(top), float(x1), float(bottom)


def _is_mark(cell: Frame) -> bool:
    return cell[2] - cell[0] < MONTH_WIDTH and cell[3] - cell[1] > HEAD_HEIGHT


def _covers(
    strokes: Sequence[Stroke], cells: Sequence[Frame], scale: float, number: int
) -> tuple[Cover, ...]:
    if not strokes:
        return ()
    ink = np.max([stroke.mask for stroke in strokes], axis=0) > 0.15
    found = [(cell, _inked(ink, cell, scale)) for cell in cells]
    return tuple(
        Cover(number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2), round(share, 4))
        for (x0, top, x1, bottom), share in found
        if share * (x1 - x0) * (bottom - top) >= LEAST_INK
    )


def _inked(ink: NDArray[np.bool_], cell: Frame, scale: float) -> float:
    x0, top, x1, bottom = (round(side * scale) for side in cell)
    part = ink[top:bottom, x0:x1]
    return float(part.mean()) if part.size else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one scan."""
    parser = argparse.ArgumentParser(prog="python -m samples.draw.scans", description=__doc__)
    parser.add_argument("preset", choices=PRESETS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", type=Path, required=True, help="the PDF to scan")
    parser.add_argument("--pages", help="pages of it, such as 1,3,4")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    pages = tuple(int(page) for page in options.pages.split(",")) if options.pages else None
    drawn = scan(options.source.read_bytes(), preset(options.preset, options.seed, pages))
    options.output.write_bytes(drawn.pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
