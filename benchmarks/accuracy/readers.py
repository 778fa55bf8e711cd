"""Measures the text readers on drawn scans with known geometry: error rates and times.

Grids and straightening are taken from the digital original, so that nothing but finding and reading lines is
measured. CER and wrong lines are counted after runs of spaces became one space; typographic quotes and dashes
count as the plain ones. Lone marks are left out: they are read as ink, not as text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from rapidfuzz.distance import Levenshtein

from benchmarks import command
from benchmarks.tree import SAMPLES
from extract.reading import read_document
from extract.scan.model import Grey, LineReading, PageMap, PixelBox, Sheet
from extract.scan.page.page_finder import at_finder_dpi, find
from extract.scan.text import available_readers
from extract.scan.text.reader import LineReader, RawReading
from extract.scan.text.reading import ALIKE, read_cells, read_loose
from extract.types import Extraction, TextLine
from samples.draw.scans import Lens, preset, scan

RULING = 1.0  # points to either side of a cell's edge that are whitened
PAGES = {"kpu-batang-2025": (1, 5, 8), "kpu-contoh-2024": (1, 4, 6)}
PRESETS = ("clean300", "clean200", "office200", "rough150")
BANDS = (0.0, 0.5, 0.8, 0.9, 0.97, 1.01)
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
    """Yield the chosen pages of a PDF, scanned with a preset and straightened again."""
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
    """Return the page in the position of the original: each pixel fetched from where the scanner saw it."""
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
    return np.asarray(np.clip(grey / np.maximum(whole, 1) * 250, 0, 255), dtype=np.uint8)


def _true_page(truth: Extraction, number: int, grey: Grey, dpi: float) -> TruePage:
    scale = dpi / 72
    page = truth.pages[number - 1]
    sheet = Sheet(
        number,
        grey,
        None,
        dpi,
        0,
        page.width,
        page.height,
        PageMap(lambda at: at / scale),
        find(at_finder_dpi(grey, dpi)),
    )
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


def _true_line(line: TextLine, scale: float) -> TrueLine:
    box = line.bbox
    if box is None:
        raise ValueError(f"no place: {line.text}")
    return TrueLine(line.text.strip(), (box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale))


def _without_rulings(grey: Grey, boxes: Sequence[PixelBox], reach: int) -> Grey:
    clean = grey.copy()
    for box in boxes:
        for y in (box.top, box.bottom):
            clean[max(0, y - reach) : y + reach + 1, box.x0 : box.x1] = 255
        for x in (box.x0, box.x1):
            clean[box.top : box.bottom, max(0, x - reach) : x + reach + 1] = 255
    return clean


class Kept:
    """A reader that reads each crop once and measures the time."""

    def __init__(self, reader: LineReader) -> None:
        self.name = reader.name
        self.seconds = 0.0
        self.lines = 0
        self._reader = reader
        self._known: dict[tuple[tuple[int, ...], bytes], RawReading] = {}

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return one reading per crop, in the order given."""
        keys = [(crop.shape, crop.tobytes()) for crop in crops]
        new = {key: crop for key, crop in zip(keys, crops, strict=True) if key not in self._known}
        start = time.perf_counter()
        readings = self._reader.read(list(new.values()))
        self.seconds += time.perf_counter() - start
        self.lines += len(new)
        self._known.update(zip(new, readings, strict=True))
        return [self._known[key] for key in keys]


@dataclass(slots=True)
class Score:
    """What one choice of readers got of the lines of a preset."""

    lines: int = 0
    letters: int = 0
    errors: int = 0
    wrong: int = 0
    agreed: list[int] = field(default_factory=lambda: [0, 0])  # lines both saw alike, the wrong of them
    bands: list[list[int]] = field(default_factory=lambda: [[0, 0] for _ in BANDS[1:]])

    def add(self, seen: LineReading | None, wanted: str) -> None:
        """Count a line; `None` for one that was not found."""
        errors = Levenshtein.distance(_plain(seen.text if seen else ""), _plain(wanted))
        self.lines += 1
        self.letters += len(wanted)
        self.errors += errors
        self.wrong += errors > 0
        if seen is None:
            return
        if seen.agreed:
            self.agreed[0] += 1
            self.agreed[1] += errors > 0
        band = next(index for index, top in enumerate(BANDS[1:]) if seen.confidence < top)
        self.bands[band][0] += 1
        self.bands[band][1] += errors > 0


def _plain(text: str) -> str:
    return " ".join(text.translate(ALIKE).split())


def score(pages: Sequence[TruePage], readers: Sequence[LineReader]) -> tuple[Score, Score]:
    """Return how well cells and loose lines of some pages were read."""
    cells, loose = Score(), Score()
    for page in pages:
        read = read_cells(page.sheet, page.cells, page.clean, readers=readers) if page.cells else []
        for seen, wanted in zip(read, page.texts, strict=True):
            _count(cells, seen, [line.text for line in wanted if line.text])
        found = read_loose(page.sheet, page.clean, _outside(page), readers=readers)
        _count(loose, found, [line.text for line in page.loose if line.text])
    return cells, loose


def _outside(page: TruePage) -> list[PixelBox]:
    height, width = page.clean.shape
    if not page.cells:
        return [PixelBox(0, 0, width, height)]
    top, bottom = min(box.top for box in page.cells), max(box.bottom for box in page.cells)
    return [PixelBox(0, 0, width, top - 3), PixelBox(0, bottom + 3, width, height)]


def _count(counted: Score, seen: Sequence[LineReading], wanted: Sequence[str]) -> None:
    """Pair the lines; where their numbers differ, all of them count as one text."""
    if len(wanted) == 1 and wanted[0] in MARKS:
        return
    if len(seen) == len(wanted):
        for line, text in zip(seen, wanted, strict=True):
            counted.add(line, text)
        return
    text, truth = _plain(" ".join(line.text for line in seen)), _plain(" ".join(wanted))
    counted.errors += Levenshtein.distance(text, truth)
    counted.letters += len(truth)
    counted.lines += len(wanted)
    counted.wrong += abs(len(wanted) - len(seen))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each preset."""
    parser = command.parser("readers", __doc__)
    parser.add_argument("--presets", nargs="+", default=list(PRESETS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[11, 12])
    options = parser.parse_args(arguments)
    bands = " | ".join(f"{low:.2f} to {min(top, 1):.2f}" for low, top in pairwise(BANDS))
    print(f"| preset | part | readers | lines | CER | wrong lines | agreed (wrong) | {bands} |")
    print("|" + "---|" * (len(BANDS) + 6))
    for name in options.presets:
        pages = [
            page
            for seed in options.seeds
            for sample, numbers in PAGES.items()
            for page in true_pages(SAMPLES / f"{sample}.pdf", name, seed, numbers)
        ]
        readers = [Kept(reader) for reader in available_readers()]
        choices: list[list[Kept]] = [[reader] for reader in readers]
        for chosen in [*choices, readers] if len(readers) > 1 else choices:
            start, before = time.perf_counter(), sum(reader.seconds for reader in chosen)
            scores = score(pages, chosen)
            own = time.perf_counter() - start - sum(reader.seconds for reader in chosen) + before
            for part, counted in zip(("cells", "loose"), scores, strict=True):
                print(_row(name, part, "+".join(reader.name for reader in chosen), counted))
            lines = sum(counted.lines for counted in scores)
            sys.stderr.write(f"{name}: {1000 * own / lines:.2f} ms a line beside the readers\n")
        for reader in readers:
            each = 1000 * reader.seconds / max(1, reader.lines)
            sys.stderr.write(f"{name}: {reader.name} {each:.1f} ms a line, {reader.lines} lines\n")
    return 0


def _row(name: str, part: str, readers: str, counted: Score) -> str:
    cer = 100 * counted.errors / max(1, counted.letters)
    bands = " | ".join(f"{n} ({wrong})" for n, wrong in counted.bands)
    agreed = f"{counted.agreed[0]} ({counted.agreed[1]})"
    return f"| {name} | {part} | {readers} | {counted.lines} | {cer:.3f} % | {counted.wrong} | {agreed} | {bands} |"


if __name__ == "__main__":
    sys.exit(main())
