"""Text cells in which nothing was read turned into dashes where their ink is one, too small to be told from dirt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import cv2
import numpy as np

from extract.grid.lattice import Span
from extract.scan.model import LineReading, Mask, PixelBox, Sheet, WordReading

LEVEL, PALE = 170, 215  # grey levels below which a pixel is ink, and part of a worn dash's rim
LEAST = 5  # pixels of ink in a dash
FLAT = 1.3  # times its height, a dash is wide at least
WIDEST, HIGHEST = 1.2, 0.45  # letter sizes
AT = 0.4  # letter sizes by which a dash may begin off the place where its column's texts begin
FEW = 3  # texts that tell that place
# Confidence where the column has more dashes (of 38 on forms that nothing was set on all were right), and where it is the only one.
SURE, UNSURE = 0.996, 0.6
Cells = Mapping[int, Sequence[LineReading]]


def lone_dashes(
    sheet: Sheet, spans: Sequence[Span], boxes: Sequence[PixelBox], lines: Cells, size: float
) -> dict[int, tuple[LineReading, ...]]:
    """Return the cells that hold a dash alone where their column's texts, or most of its dashes, begin, by their numbers.

    `boxes` are the cells without their rulings, in pixels of the sheet, `lines` what was read, `size` the letter size.
    A spot of dirt lies anywhere, a dash where the column's texts begin or, among amounts that end there, below the other
    dashes; one that no other dash of its column bears out is unsure.
    """
    found: dict[int, tuple[LineReading, ...]] = {}
    for column in {span.column for span in spans}:
        cells = [n for n, span in enumerate(spans) if span.column == column and span.columns == 1]
        flat = {n: list(_flat(sheet, boxes[n], size)) for n in cells if not lines.get(n)}
        starts = {n: [box.x0 - boxes[n].x0 for box in own] for n, own in flat.items()}
        texts = [lines[n][0].box.x0 - boxes[n].x0 for n in cells if lines.get(n)]
        alone = [own[0] for own in starts.values() if len(own) == 1]
        known = sum(line.text == "-" for n in cells for line in lines.get(n, ()))
        for places, least in ((texts, FEW), (alone, FEW + 1)):
            start = median(places) if len(places) >= least else np.inf
            near = {
                n: [box for box, at in zip(own, starts[n], strict=True) if abs(at - start) <= AT * size]
                for n, own in flat.items()
                if n not in found
            }
            fitting = {n: own[0] for n, own in near.items() if len(own) == 1}
            sure = SURE if known + len(fitting) > 1 else UNSURE
            found |= {n: (_reading(box, sure),) for n, box in fitting.items()}
    return found


def _flat(sheet: Sheet, box: PixelBox, size: float) -> Iterator[PixelBox]:
    """Yield the places of a cell's ink that is as flat as a dash, if the rest of its ink is no larger than dirt."""
    grey = sheet.grey[box.top : box.bottom, box.x0 : box.x1]
    pale: Mask = grey < PALE
    if not pale.size:
        return
    _, labels, stats, _ = cv2.connectedComponentsWithStats(pale.astype(np.uint8), connectivity=8)
    ink = np.bincount(labels[grey < LEVEL], minlength=len(stats))
    pieces = [tuple(int(value) for value in stats[n]) for n in range(1, len(stats)) if ink[n] >= LEAST]
    flat = [n for n, (_, _, wide, high, _) in enumerate(pieces) if FLAT * high <= wide <= WIDEST * size]
    flat = [n for n in flat if pieces[n][3] <= HIGHEST * size]
    rest = [piece for n, piece in enumerate(pieces) if n not in flat]
    if any(max(wide, high) > HIGHEST * size for _, _, wide, high, _ in rest):
        return
    for x0, top, wide, high, _ in (pieces[n] for n in flat):
        yield PixelBox(box.x0 + x0, box.top + top, box.x0 + x0 + wide, box.top + top + high)


def _reading(box: PixelBox, confidence: float) -> LineReading:
    word = WordReading("-", box, confidence)
    return LineReading(text="-", box=box, confidence=confidence, words=(word,))
