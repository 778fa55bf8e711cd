"""The ink of a field of cells turned into one candidate for a mark per cell, and the cells that strokes cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.ink import OWN, WIDE, Field, level_of
from extract.scan.marks.shapes import SIDE, Patch
from extract.scan.model import PixelBox

SPECK = 0.9  # points; ink that is smaller both ways is dirt
SMALL = 2.3  # points; smaller pieces beside a larger one are dirt
SATELLITE = 0.1  # share of the largest piece below which another piece is dirt beside it
MANY = 4  # pieces up to which each is looked at alone
FAINT = 0.12  # share of strong pixels below which a piece is not print


@dataclass(frozen=True, slots=True)
class Candidate:
    """Ink that may be the mark of a cell: box in the field's pixels, picture, pixels, share of strong ones.

    `tone` is how dark it is against the page's usual print, 1 for as dark; `aside` and `below` how far its
    middle is right of the cell's and below it, in widths of the cell, `head` the same below the cell's top.
    `parts` are its pieces, where it has several, each as a candidate of its own.
    """

    cell: int
    left: int
    top: int
    right: int
    bottom: int
    area: int
    strength: float
    tone: float
    aside: float
    below: float
    head: float
    patch: Patch
    parts: tuple[Candidate, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.right - self.left, self.bottom - self.top


@dataclass(slots=True)
class Sorted:
    """Which piece belongs where: candidates by cell, cells with doubtful ink, cells that a stroke crosses."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    crossed: dict[int, int] = field(default_factory=dict)  # cell -> pixels of strokes in its inside


@dataclass(frozen=True, slots=True)
class _Pieces:
    """All pieces at once: one entry a label, the background's at 0."""

    boxes: NDArray[np.int32]  # left, top, width, height, area
    strong: NDArray[np.intp]
    owner: NDArray[np.intp]  # cell with most of its pixels, -1: outside of all cells
    share: NDArray[np.float64]
    inside: NDArray[np.intp]  # pixels in the inside of the owner


def sort_pieces(area: Field, boxes: Sequence[PixelBox], dpi: float) -> Sorted:
    """Give each piece of ink to the cell that holds most of it; tell strokes that cross cells."""
    found = Sorted()
    keys, counts, inside = _pairs(area, len(boxes))
    pieces = _pieces(area, keys, counts, inside, len(boxes))
    width = float(np.median([box.x1 - box.x0 for box in boxes]))
    heights = np.array([box.bottom - box.top for box in boxes])
    owned: dict[int, list[int]] = {}
    for label in np.flatnonzero(_matters(pieces, dpi)).tolist():
        cell, share = int(pieces.owner[label]), float(pieces.share[label])
        wide, high = float(pieces.boxes[label, 2]), float(pieces.boxes[label, 3])
        tall = float(heights[cell]) if cell >= 0 else float(np.median(heights))
        if cell >= 0 and share >= OWN and wide <= WIDE * width and high <= WIDE * tall:
            if _is_rest(pieces, label, area.margin):
                continue
            if not _runs_through(wide, high, width - 2 * area.margin):
                owned.setdefault(cell, []).append(label)
                continue
            _spread(found, label, (keys, inside), len(boxes), stroke=True)
            continue
        _spread(found, label, (keys, inside), len(boxes), stroke=max(wide / width, high / tall) > WIDE)
    for cell, labels in owned.items():
        found.candidates[cell] = _candidate(area, pieces, labels, boxes[cell], dpi, cell)
    return found


def _pairs(area: Field, cells: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return for each pair of piece and cell its key, its pixels, and those in the cell's inside."""
    place = np.flatnonzero(area.ink)
    label = area.labels.ravel()[place].astype(np.intp)
    cell = area.cells.ravel()[place].astype(np.intp)
    key = label * (cells + 1) + cell + 1
    keys, inverse = np.unique(key, return_inverse=True)
    counts = np.bincount(inverse, minlength=keys.size)
    inside = np.bincount(inverse, weights=area.core.ravel()[place], minlength=keys.size).astype(np.intp)
    return keys, counts, inside


def _pieces(
    area: Field,
    keys: NDArray[np.intp],
    counts: NDArray[np.intp],
    inside: NDArray[np.intp],
    cells: int,
) -> _Pieces:
    boxes = area.stats
    total = len(boxes)
    strong = np.bincount(area.labels[area.ink & (area.darkness > area.tone.strong)], minlength=total)
    label, cell = keys // (cells + 1), keys % (cells + 1) - 1
    order = np.lexsort((counts, label))
    best = order[np.append(label[order][1:] != label[order][:-1], True)] if order.size else order
    owner = np.full(total, -1, dtype=np.intp)
    share, core = np.zeros(total), np.zeros(total, dtype=np.intp)
    owner[label[best]] = cell[best]
    share[label[best]] = counts[best] / np.maximum(boxes[label[best], 4], 1)
    core[label[best]] = inside[best]
    return _Pieces(boxes, strong, owner, share, core)


def _matters(pieces: _Pieces, dpi: float) -> NDArray[np.bool_]:
    """Tell which pieces are more than dirt and noise."""
    speck = max(2.0, SPECK * dpi / 72.0)
    size = np.maximum(pieces.boxes[:, 2], pieces.boxes[:, 3])
    matters = (size > speck) & (pieces.boxes[:, 4] >= speck) & (pieces.strong > 0)
    matters[0] = False
    return matters


def _is_rest(pieces: _Pieces, label: int, margin: int) -> bool:
    """Tell whether a piece is what is left of a ruling, or a neighbour's poke: at the rim, thin or small."""
    _, _, width, height, size = pieces.boxes[label].tolist()
    return int(pieces.inside[label]) < max(3, 0.2 * size) and min(width, height) <= 1.5 * margin


def _runs_through(wide: float, high: float, inner: float) -> bool:
    """Tell whether a piece is a flat stroke from one side of its cell to the other."""
    return wide >= 0.88 * inner and high <= 0.45 * wide


def _spread(
    found: Sorted,
    label: int,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    cells: int,
    *,
    stroke: bool,
) -> None:
    """Note the cells into which a piece without one owner reaches."""
    keys, inside = pairs
    first, last = np.searchsorted(keys, (label * (cells + 1) + 1, (label + 1) * (cells + 1)))
    for place in range(int(first), int(last)):
        cell, pixels = int(keys[place] % (cells + 1)) - 1, int(inside[place])
        if pixels < 3:
            continue
        if stroke:
            found.crossed[cell] = found.crossed.get(cell, 0) + pixels
        else:
            found.doubtful.add(cell)


def _candidate(
    area: Field, pieces: _Pieces, labels: list[int], box: PixelBox, dpi: float, cell: int
) -> Candidate:
    """Make one candidate of the pieces that a cell owns, without the dirt beside them."""
    rows = pieces.boxes[labels].tolist()
    most, widest = max(row[4] for row in rows), max(max(row[2:4]) for row in rows)
    least = SMALL * dpi / 72.0 if widest * 72.0 >= SMALL * dpi else 0.0
    kept = [n for n, row in enumerate(rows) if row[4] >= SATELLITE * most and max(row[2:4]) >= least]
    whole = _joined(area, pieces, [labels[n] for n in kept], box, cell)
    if not 1 < len(kept) <= MANY:
        return whole
    parts = tuple(_joined(area, pieces, [labels[n]], box, cell) for n in kept)
    return replace(whole, parts=parts)


def _joined(area: Field, pieces: _Pieces, labels: list[int], box: PixelBox, cell: int) -> Candidate:
    """Make one candidate of some pieces."""
    rows = pieces.boxes[labels].tolist()
    left, top = min(row[0] for row in rows), min(row[1] for row in rows)
    right, bottom = max(row[0] + row[2] for row in rows), max(row[1] + row[3] for row in rows)
    size = sum(row[4] for row in rows)
    patch, darkest = _patch(area, (left, top, right, bottom))
    width = max(box.x1 - box.x0, 1)
    middle = (top + bottom) / 2 + area.origin[1]
    return Candidate(
        cell=cell,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        area=size,
        strength=sum(int(pieces.strong[label]) for label in labels) / max(size, 1),
        tone=darkest / area.tone.contrast,
        aside=((left + right) / 2 + area.origin[0] - (box.x0 + box.x1) / 2) / width,
        below=(middle - (box.top + box.bottom) / 2) / width,
        head=(middle - box.top) / width,
        patch=patch,
    )


def _patch(area: Field, box: tuple[int, int, int, int]) -> tuple[Patch, float]:
    """Return the ink in a box stretched to a square picture, 1 where it is darkest, and that darkness."""
    left, top, right, bottom = box
    part = area.darkness[top:bottom, left:right].astype(np.float32)
    part[~area.ink[top:bottom, left:right]] *= 0.5
    high = max(level_of(part, 0.97), 1.0)
    way = cv2.INTER_AREA if min(part.shape) > SIDE else cv2.INTER_LINEAR
    picture: Patch = np.clip(cv2.resize(part / high, (SIDE, SIDE), interpolation=way), 0.0, 1.0)
    return picture, high
