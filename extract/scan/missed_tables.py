"""The rulings of a page outside of its grids turned into the places of tables that were not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Mask, PixelBox

# Inches. A gap that wear leaves in a ruling; the shortest piece that counts; how far a ruling ends before the one that it
# meets; how far a grid's own rulings reach out of its box; how far the ends of lines of one width differ.
GAP, SHORTEST, REACH, AROUND, SAME_END = 0.18, 0.4, 0.08, 0.1, 0.15
FEWEST = 3  # level and upright rulings that cross each other: two rows and two columns; a frame around a text has two
RUNGS = 4  # level lines of one width that look like a table without uprights; a letterhead has two
WIDE = 0.4  # of the page's width: such a line at least
HEAD = 1.0  # inches: a grid that may be a head alone is so high at most, and what it is the head of is higher
MOST = 0.8  # of its width that a line of such a table is seen along
ROW = 0.12  # inches between two of them at least
COARSE = 75.0  # dpi of the masks that are looked at: a ruling is one pixel there, and its gaps are seen still

Bytes = NDArray[np.uint8]


def missed_tables(level: Mask, upright: Mask, grids: Sequence[PixelBox], dpi: float) -> list[PixelBox]:
    """Return the places where rulings cross as those of a table do, or lie below each other, outside of all grids.

    Args:
        level: True on level rulings of the straightened page.
        upright: the same of upright ones.
        grids: the boxes of all grids that were found, those that are too small to be kept, too.
        dpi: the resolution of the masks.
    """
    step = max(1, round(dpi / COARSE))
    flat = _pieces(_shrunk(_outside(level, grids, dpi), step), dpi / step, across=True)
    tall = _pieces(_shrunk(_outside(upright, grids, dpi), step), dpi / step, across=False)
    crossed = list(_crossed(flat, tall, dpi / step))
    rest = flat.copy()
    for box in crossed:
        rest[box.top : box.bottom, box.x0 : box.x1] = 0
    known = [PixelBox(*(side // step for side in (b.x0, b.top, b.x1, b.bottom))) for b in grids]
    found = [*crossed, *_ladders(rest, dpi / step), *_bodies(rest, known, dpi / step)]
    return [PixelBox(*(step * side for side in (b.x0, b.top, b.x1, b.bottom))) for b in found]


def _outside(mask: Mask, grids: Sequence[PixelBox], dpi: float) -> Bytes:
    left = mask.astype(np.uint8)
    around = round(AROUND * dpi)
    for box in grids:
        top, x0 = max(0, box.top - around), max(0, box.x0 - around)
        left[top : box.bottom + around, x0 : box.x1 + around] = 0
    return left


def _shrunk(mask: Bytes, step: int) -> Bytes:
    """Return a mask with blocks of pixels as one: set where any of them is."""
    height, width = (-(-side // step) * step for side in mask.shape)
    whole = np.zeros((height, width), np.uint8)
    whole[: mask.shape[0], : mask.shape[1]] = mask
    return whole.reshape(height // step, step, width // step, step).max(axis=(1, 3))


def _pieces(mask: Bytes, dpi: float, *, across: bool) -> Bytes:
    """Return rulings with their gaps bridged, pieces that are too short left out."""
    gap = max(1, round(GAP * dpi))
    kernel = np.ones((1, gap) if across else (gap, 1), np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    length = stats[:, cv2.CC_STAT_WIDTH if across else cv2.CC_STAT_HEIGHT]
    long = length >= SHORTEST * dpi
    long[0] = False
    return long[labels].astype(np.uint8)


def _crossed(flat: Bytes, tall: Bytes, dpi: float) -> Iterator[PixelBox]:
    """Yield the boxes of rulings that hang together and cross at the places of a table's."""
    reach = 2 * round(REACH * dpi) + 1
    flat = cv2.dilate(flat, np.ones((3, reach), np.uint8))
    tall = cv2.dilate(tall, np.ones((reach, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flat | tall, connectivity=8)
    _, _, _, joints = cv2.connectedComponentsWithStats(flat & tall, connectivity=8)
    owner = labels[joints[1:, 1].astype(int), joints[1:, 0].astype(int)]
    for number in range(1, len(stats)):
        own = joints[1:][owner == number]
        if len(own) and min(_places(own[:, 0], dpi), _places(own[:, 1], dpi)) >= FEWEST:
            yield _box(stats[number])


def _places(values: NDArray[np.float64], dpi: float) -> int:
    """Return at how many places some values lie."""
    return 1 + int(np.count_nonzero(np.diff(np.sort(values)) > ROW * dpi))


def _ladders(flat: Bytes, dpi: float) -> Iterator[PixelBox]:
    """Yield the boxes of lines of one width below each other."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=8)
    lines = [_box(each) for each in stats[1:] if each[cv2.CC_STAT_WIDTH] >= WIDE * flat.shape[1]]
    while lines:
        same = [line for line in lines if _are_alike(line, lines[0], dpi)]
        lines = [line for line in lines if line not in same]
        if _places(np.array([line.top for line in same], dtype=np.float64), dpi) >= RUNGS:
            yield PixelBox(
                min(line.x0 for line in same),
                min(line.top for line in same),
                max(line.x1 for line in same),
                max(line.bottom for line in same),
            )


def _bodies(flat: Bytes, grids: Sequence[PixelBox], dpi: float) -> Iterator[PixelBox]:
    """Yield the places between a low grid, a head, and the next line below it of its width: rows that no ruling parts."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=8)
    lines = sorted((_box(each) for each in stats[1:]), key=lambda line: line.top)
    for grid in grids:
        high = grid.bottom - grid.top
        below = [line for line in (*lines, *grids) if line.top >= grid.bottom + high]
        end = min(below, key=lambda line: line.top, default=None)
        if high <= HEAD * dpi and end is not None and end not in grids and _is_border_of(grid, end, dpi):
            yield PixelBox(grid.x0, grid.bottom, grid.x1, end.bottom)


def _is_border_of(grid: PixelBox, line: PixelBox, dpi: float) -> bool:
    """Tell whether a line runs along most of a grid's width and not beyond it."""
    same = SAME_END * dpi
    inside = line.x0 >= grid.x0 - same and line.x1 <= grid.x1 + same
    return inside and min(line.x1, grid.x1) - max(line.x0, grid.x0) >= MOST * (grid.x1 - grid.x0)


def _are_alike(one: PixelBox, other: PixelBox, dpi: float) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) <= SAME_END * dpi


def _box(stats: NDArray[np.int32]) -> PixelBox:
    x0, top, width, height = (int(value) for value in stats[:4])
    return PixelBox(x0, top, x0 + width, top + height)
