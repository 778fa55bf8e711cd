"""Text cells in which nothing was read turned into dashes where their ink is one, too small to be told apart from dirt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import numpy as np

from extract.grid.lattice import Span
from extract.scan.model import LineReading, PixelBox, Sheet, WordReading
from extract.scan.pixels import pieces_of
from extract.scan.settings import DASH

Cells = Mapping[int, Sequence[LineReading]]


def lone_dashes(
    sheet: Sheet, spans: Sequence[Span], boxes: Sequence[PixelBox], lines: Cells, size: float
) -> dict[int, tuple[LineReading, ...]]:
    """Return, by their numbers, the cells that hold only a dash: where their column's texts, or most of its dashes, start.

    `boxes` are the cells without their rulings, in pixels of the sheet, `lines` what was read, `size` the letter size.
    A spot of dirt is anywhere; a dash is where the column's texts start or, in a column of amounts, which end at one
    place, below the other dashes. A dash without another one in its column is unsure.
    """
    found: dict[int, tuple[LineReading, ...]] = {}
    for column in {span.column for span in spans}:
        cells = [n for n, span in enumerate(spans) if span.column == column and span.columns == 1]
        flat = {n: list(_flat(sheet, boxes[n], size)) for n in cells if not lines.get(n)}
        texts = [lines[n][0].box.x0 - boxes[n].x0 for n in cells if lines.get(n)]
        alone = [own[0].x0 - boxes[n].x0 for n, own in flat.items() if len(own) == 1]
        known = sum(line.text == "-" for n in cells for line in lines.get(n, ()))
        for places, least in ((texts, DASH.few), (alone, DASH.few + 1)):
            start = median(places) if len(places) >= least else np.inf
            near = {
                n: [box for box in own if abs(box.x0 - boxes[n].x0 - start) <= DASH.beside * size]
                for n, own in flat.items()
                if n not in found
            }
            fitting = {n: own[0] for n, own in near.items() if len(own) == 1}
            confidence = DASH.sure if known + len(fitting) > 1 else DASH.unsure
            found |= {n: (_reading(box, confidence),) for n, box in fitting.items()}
    return found


def _flat(sheet: Sheet, cell: PixelBox, size: float) -> Iterator[PixelBox]:
    """Yield the pieces of a cell's ink that are as flat as a dash, if the rest of its ink is no larger than dirt."""
    grey = sheet.grey[cell.part]
    if not grey.size:
        return
    pieces = pieces_of(grey < DASH.pale)
    ink = np.bincount(pieces.labels[grey < DASH.dark], minlength=len(pieces.stats))
    inked = [box for box, pixels in zip(pieces.boxes(), ink[1:], strict=True) if pixels >= DASH.fewest_pixels]
    highest = DASH.highest * size
    flat = [b for b in inked if DASH.flat * b.height <= b.width <= DASH.widest * size and b.height <= highest]
    if not any(max(box.width, box.height) > highest for box in inked if box not in flat):
        yield from (PixelBox.of_size(cell.x0 + b.x0, cell.top + b.top, b.width, b.height) for b in flat)


def _reading(box: PixelBox, confidence: float) -> LineReading:
    word = WordReading("-", box, confidence)
    return LineReading(text="-", box=box, confidence=confidence, words=(word,))
