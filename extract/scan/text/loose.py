"""Turns the ink outside the grids into lines of text: pieces near each other in a row, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Mask, PixelBox
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, Ints, PageInk, heights, letters, widths
from extract.scan.text.lines import InkLine, lines_of
from extract.scan.text.specks import DASH

GAP = 2.8  # letter sizes (1.5 of the font's): letters further apart are two pieces, as with a digital page
GRAIN = 6.0  # the small picture in which rows are joined has letters this many pixels high
LARGEST = 5.0  # letter sizes: a higher piece is a picture, not a letter
LEAST = (
    0.55  # letter sizes: a lower piece, but for a dash, joins nothing: it may stand above or below the row
)
SLACK = 0.6  # letter sizes: so much wider gaps are joined first, since a dot may lie in them
LEVEL = 0.6  # letter sizes: lines whose middles are closer than this stand in one row


def loose_lines(ink: PageInk, areas: Sequence[PixelBox]) -> tuple[InkLine, ...]:
    """Return the lines in the areas, row by row from the top, the pieces of a row from the left."""
    found = [
        part
        for area in areas
        for block in _blocks(ink, area)
        for line in lines_of(block, ink.size, area)
        for part in _parted(line)
    ]
    return tuple(_in_order([line for line in found if _is_text(line)]))


def _blocks(ink: PageInk, area: PixelBox) -> Iterator[Ints]:
    """Yield the pieces of ink that no wide gap parts; dots and commas go with the nearest block."""
    pieces = ink.within(area)
    pieces = pieces[(heights(pieces) <= LARGEST * ink.size) & (widths(pieces) >= 1)]
    high, wide = heights(pieces), widths(pieces)
    large = (high >= LEAST * ink.size) | ((wide >= DASH * ink.size) & (wide >= 1.25 * high))
    if not large.any():
        return
    labels = _labels(pieces, large, ink.size, area)
    for label in np.unique(labels[labels > 0]):
        yield pieces[labels == label]


def _labels(pieces: Ints, large: Mask, size: float, area: PixelBox) -> NDArray[np.int32]:
    """Return the number of each piece's block, 0 for a small piece in no block."""
    scale = min(1.0, GRAIN / size)
    shape = (int((area.bottom - area.top) * scale) + 3, int((area.x1 - area.x0) * scale) + 3)
    small = np.zeros(shape, dtype=np.uint8)
    placed = ((pieces[:, :4] - (area.x0, area.top, area.x0, area.top)) * scale).astype(np.int32)
    placed = np.maximum(placed, 0)
    for x0, top, x1, bottom in placed[large]:
        cut = (bottom - top) // 4
        small[top + cut : max(top + cut + 1, bottom - cut), x0 : x1 + 1] = 1
    reach = max(1, round((GAP + SLACK) * size * scale) + 1)
    joined = cv2.dilate(small, np.ones((1, reach), np.uint8))
    _, labels = cv2.connectedComponents(joined, connectivity=8)
    middle_x = (placed[:, X0] + placed[:, X1]) // 2
    middle_y = (placed[:, TOP] + placed[:, BOTTOM]) // 2
    own = np.where(large, labels[middle_y, middle_x], 0)
    return _with_small(pieces, own, size)


def _with_small(pieces: Ints, labels: NDArray[np.int32], size: float) -> NDArray[np.int32]:
    """Give each small piece the block of the nearest letter in its row, if there is one."""
    done, small = np.flatnonzero(labels > 0), np.flatnonzero(labels == 0)
    result = labels.astype(np.int32)
    if not len(done):
        return result
    for index in small:
        piece, others = pieces[index], pieces[done]
        across = np.maximum(others[:, X0] - piece[X1], piece[X0] - others[:, X1])
        down = np.maximum(others[:, TOP] - piece[BOTTOM], piece[TOP] - others[:, BOTTOM])
        far = np.maximum(across, 0) + 3 * np.maximum(down, 0)
        nearest = int(far.argmin())
        if far[nearest] <= GAP * size:
            result[index] = labels[done[nearest]]
    return result


def _parted(line: InkLine) -> Iterator[InkLine]:
    """Cut a line at its wide gaps."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    ends = np.maximum.accumulate(pieces[:, X1])
    cuts = np.flatnonzero(pieces[1:, X0] - ends[:-1] > GAP * line.size) + 1
    if not len(cuts):
        yield line
        return
    for part in np.split(pieces, cuts):
        box = PixelBox(int(part[:, X0].min()), line.box.top, int(part[:, X1].max()), line.box.bottom)
        yield line._replace(box=box, pieces=part)


def _is_text(line: InkLine) -> bool:
    """Tell a line from a remaining rule or a lone speck: it holds a letter, and is no thin upright stroke."""
    wide, high = line.box.x1 - line.box.x0, line.box.bottom - line.box.top
    return bool(letters(line.pieces, line.size).any()) and wide > 0.1 * line.size and high > 0.4 * line.size


def _in_order(lines: Sequence[InkLine]) -> Iterator[InkLine]:
    row: list[InkLine] = []
    for line in sorted(lines, key=_middle):
        if row and _middle(line) - _middle(row[0]) > LEVEL * min(line.size, row[0].size):
            yield from sorted(row, key=_left)
            row = []
        row.append(line)
    yield from sorted(row, key=_left)


def _middle(line: InkLine) -> float:
    tall = line.pieces[letters(line.pieces, line.size)]
    chosen = tall if len(tall) else line.pieces
    return float(np.median(chosen[:, TOP] + chosen[:, BOTTOM])) / 2


def _left(line: InkLine) -> int:
    return line.box.x0
