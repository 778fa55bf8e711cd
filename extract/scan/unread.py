"""The rulings and the ink of a page that nothing read accounts for, turned into the places of what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from extract.scan.model import Floats, Grey, Mask, PixelBox
from extract.scan.pixels import closed, dilated, pieces_of
from extract.scan.settings import MISSED, REPORT
from extract.scan.text.ink import ink_level


def missed_tables(horizontal: Mask, vertical: Mask, grids: Sequence[PixelBox], dpi: float) -> list[PixelBox]:
    """Return the places outside all grids where rulings cross, or lie below each other, as those of a table do.

    Args:
        horizontal: True on horizontal rulings of the straightened page.
        vertical: the same of vertical ones.
        grids: the boxes of all grids that were found, including those that are too small to be kept.
        dpi: the resolution of the masks.
    """
    step = max(1, round(dpi / MISSED.dpi))
    coarse = dpi / step
    outside = (_shrunk(_outside(mask, grids, dpi), step) for mask in (horizontal, vertical))
    across, down = (_rulings(mask, coarse, across=at == 0) for at, mask in enumerate(outside))
    crossed = list(_crossed(across, down, coarse))
    for box in crossed:
        across[box.part] = False
    lines = pieces_of(across).boxes()
    known = [PixelBox(*(side // step for side in grid)) for grid in grids]
    found = [*crossed, *_ladders(lines, across.shape[1], coarse), *_bodies(lines, known, coarse)]
    return [PixelBox(*(step * side for side in box)) for box in found]


def _outside(mask: Mask, grids: Sequence[PixelBox], dpi: float) -> Mask:
    left = mask.copy()
    for box in grids:
        left[box.grown(round(MISSED.around * dpi)).part] = False
    return left


def _shrunk(mask: Mask, step: int) -> Mask:
    """Return a mask with blocks of pixels made one pixel, which is set where any of them is."""
    height, width = (-(-side // step) * step for side in mask.shape)
    whole = np.zeros((height, width), np.bool_)
    whole[: mask.shape[0], : mask.shape[1]] = mask
    return np.asarray(whole.reshape(height // step, step, width // step, step).any(axis=(1, -1)))


def _rulings(mask: Mask, dpi: float, *, across: bool) -> Mask:
    gap = max(1, round(MISSED.gap * dpi))
    pieces = pieces_of(closed(mask, gap, 1) if across else closed(mask, 1, gap))
    return pieces.only((pieces.widths if across else pieces.heights) >= MISSED.shortest * dpi)


def _crossed(across: Mask, down: Mask, dpi: float) -> Iterator[PixelBox]:
    """Yield the boxes of connected rulings that cross as often as those of a table."""
    reach = 2 * round(MISSED.reach * dpi) + 1
    across, down = dilated(across, reach, 3), dilated(down, 3, reach)
    pieces = pieces_of(across | down)
    joints = pieces_of(across & down).centres[1:]
    owner = pieces.labels[joints[:, 1].astype(int), joints[:, 0].astype(int)]
    for number, box in enumerate(pieces.boxes(), start=1):
        own = joints[owner == number]
        if len(own) and min(_places(own[:, 0], dpi), _places(own[:, 1], dpi)) >= MISSED.fewest:
            yield box


def _places(values: Floats, dpi: float) -> int:
    """Return at how many different places some values are."""
    return 1 + int(np.count_nonzero(np.diff(np.sort(values)) > MISSED.row * dpi))


def _ladders(lines: Sequence[PixelBox], width: int, dpi: float) -> Iterator[PixelBox]:
    """Yield the boxes of lines of one width below each other, on a page of so many pixels across."""
    wide = [line for line in lines if line.width >= MISSED.wide * width]
    while wide:
        same = [line for line in wide if _are_alike(line, wide[0], dpi)]
        wide = [line for line in wide if line not in same]
        if _places(np.array([line.top for line in same], dtype=np.float64), dpi) >= MISSED.rungs:
            yield PixelBox.around(same)


def _bodies(lines: Sequence[PixelBox], grids: Sequence[PixelBox], dpi: float) -> Iterator[PixelBox]:
    """Yield the places between a low grid, a header, and the next line of its width below: rows without rulings."""
    lines = sorted(lines, key=lambda line: line.top)
    for grid in grids:
        below = [line for line in (*lines, *grids) if line.top >= grid.bottom + grid.height]
        end = min(below, key=lambda line: line.top, default=None)
        low = grid.height <= MISSED.header * dpi
        if low and end is not None and end not in grids and _is_border_of(grid, end, dpi):
            yield PixelBox(grid.x0, grid.bottom, grid.x1, end.bottom)


def _is_border_of(grid: PixelBox, line: PixelBox, dpi: float) -> bool:
    same = MISSED.same_end * dpi
    inside = line.x0 >= grid.x0 - same and line.x1 <= grid.x1 + same
    return inside and min(line.x1, grid.x1) - max(line.x0, grid.x0) >= MISSED.along * grid.width


def _are_alike(one: PixelBox, other: PixelBox, dpi: float) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) <= MISSED.same_end * dpi


def unexplained(clean: Grey, explained: Iterable[PixelBox], dpi: float) -> list[PixelBox]:
    """Return the boxes of dark regions outside all explained boxes, without specks.

    `clean` is the page without rulings and stamps.
    """
    dark: Mask = clean < max(REPORT.dark, REPORT.dark_share * ink_level(clean))
    for box in explained:
        dark[box.grown(round(REPORT.reach * dpi)).part] = False
    pieces = pieces_of(dark)
    kept = pieces.only(pieces.longest >= round(REPORT.smallest_region * dpi))
    size = max(1, round(REPORT.region_gap * dpi))
    rim = size // 2
    return [
        PixelBox.of_size(
            box.x0 + rim, box.top + rim, max(1, box.width - 2 * rim), max(1, box.height - 2 * rim)
        )
        for box in pieces_of(dilated(kept, size)).boxes()
    ]


def reported(regions: list[PixelBox]) -> list[PixelBox]:
    """Return the regions that are reported one by one; instead of very many the box around all of them."""
    return regions if len(regions) <= REPORT.most_regions else [PixelBox.around(regions)]
