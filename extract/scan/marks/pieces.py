"""The ink of a page's cells turned into one candidate for a mark per cell, and the cells that strokes cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.marks.ink import InkArea, level_of
from extract.scan.marks.settings import PIECES
from extract.scan.marks.shapes import SIDE, Patch
from extract.scan.model import POINTS_PER_INCH, Floats, Indices, Mask, PixelBox


class Measures(NamedTuple):
    """The size of a piece of ink, and its place in its cell.

    `width` and `height` in pixels, `area` in pixels of ink; `tone` is how dark it is against the page's usual print, 1 for as
    dark; `aside` and `below` how far its middle is right of the cell's and below it, in widths of the cell, `depth` the
    same below the cell's top.
    """

    width: float
    height: float
    area: float
    tone: float
    aside: float
    below: float
    depth: float


class Candidate(NamedTuple):
    """Ink that may be the mark of a cell: its picture, and which share of its pixels is strong.

    `points` are its width and height in points, `parts` its pieces, where it has several, each as a candidate of its own.
    """

    cell: int
    ink: Measures
    points: tuple[float, float]
    strength: float
    patch: Patch
    parts: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class SortedInk:
    """Which piece belongs where: candidates by cell, cells with doubtful ink, cells that a stroke crosses."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    crossed: dict[int, int] = field(default_factory=dict)  # cell -> pixels of strokes in its inside


class _Owners(NamedTuple):
    """For each piece the cell with most of its pixels, -1 outside all cells, the share of them there, and those in its inside.

    `labels`, `cells` and `pixels` name all pairs of a piece and a cell that it reaches, with its pixels in the cell's inside.
    """

    cell: Indices
    share: Floats
    inside: Indices
    labels: Indices
    cells: Indices
    pixels: Indices


def sort_pieces(area: InkArea, boxes: Sequence[PixelBox], dpi: float) -> SortedInk:
    """Give each piece of ink to the cell that holds most of it; tell strokes that cross cells."""
    found = SortedInk()
    owners = _owners(area, len(boxes))
    width, usual = (
        float(np.median(sizes)) for sizes in zip(*((b.width, b.height) for b in boxes), strict=True)
    )
    owned: dict[int, list[int]] = {}
    for label in np.flatnonzero(_matters(area, dpi)).tolist():
        cell, share = int(owners.cell[label]), float(owners.share[label])
        wide, high = float(area.pieces.widths[label]), float(area.pieces.heights[label])
        tall = float(boxes[cell].height) if cell >= 0 else usual
        large = max(wide / width, high / tall) > PIECES.wide
        own = cell >= 0 and share >= PIECES.own and not large
        if own and _is_rest(area, label, int(owners.inside[label])):
            continue
        if own and not _runs_through(wide, high, width - 2 * area.margin):
            owned.setdefault(cell, []).append(label)
        else:
            _spread(found, owners, label, stroke=own or large)
    strong = area.ink & (area.darkness > area.tone.strong)
    pixels = np.bincount(area.pieces.labels[strong], minlength=len(area.pieces.stats))
    for cell, labels in owned.items():
        found.candidates[cell] = _Cell(area, cell, boxes[cell], pixels, dpi).candidate(labels)
    return found


def _owners(area: InkArea, count: int) -> _Owners:
    place = np.flatnonzero(area.ink)
    label = area.pieces.labels.ravel()[place].astype(np.intp)
    key = label * (count + 1) + area.cells.ravel()[place].astype(np.intp) + 1
    keys, inverse = np.unique(key, return_inverse=True)
    counts = np.bincount(inverse, minlength=keys.size)
    pixels = np.bincount(inverse, weights=area.core.ravel()[place], minlength=keys.size).astype(np.intp)
    labels, cells = keys // (count + 1), keys % (count + 1) - 1
    total = len(area.pieces.stats)
    owner, share = np.full(total, -1, dtype=np.intp), np.zeros(total)
    inside = np.zeros(total, dtype=np.intp)
    order = np.lexsort((counts, labels))  # the last pair of each piece is the one with most pixels
    share[labels[order]] = counts[order] / np.maximum(area.pieces.areas[labels[order]], 1)
    owner[labels[order]], inside[labels[order]] = cells[order], pixels[order]
    return _Owners(owner, share, inside, labels, cells, pixels)


def _matters(area: InkArea, dpi: float) -> Mask:
    """Tell which pieces are more than dirt and noise."""
    speck = max(2.0, PIECES.speck * dpi / POINTS_PER_INCH)
    strong = np.unique(area.pieces.labels[area.ink & (area.darkness > area.tone.strong)])
    matters = np.zeros(len(area.pieces.stats), dtype=np.bool_)
    matters[strong] = True
    matters &= (area.pieces.longest > speck) & (area.pieces.areas >= speck)
    matters[0] = False
    return matters


def _is_rest(area: InkArea, label: int, inside: int) -> bool:
    """Tell whether a piece is what is left of a ruling, or reaches in from a neighbour: at the rim, thin or small."""
    *_, width, height, size = area.pieces.stats[label].tolist()
    few = inside < max(3, 0.2 * size)
    return few and min(width, height) <= 1.5 * area.margin


def _runs_through(wide: float, high: float, inner: float) -> bool:
    return wide >= 0.88 * inner and high <= 0.45 * wide


def _spread(found: SortedInk, owners: _Owners, label: int, *, stroke: bool) -> None:
    """Note the cells into which a piece without one owner reaches."""
    pairs = slice(*np.searchsorted(owners.labels, (label, label + 1)).tolist())
    for cell, pixels in zip(owners.cells[pairs].tolist(), owners.pixels[pairs].tolist(), strict=True):
        if cell < 0 or pixels < 3:
            continue
        if stroke:
            found.crossed[cell] = found.crossed.get(cell, 0) + pixels
        else:
            found.doubtful.add(cell)


class _Cell(NamedTuple):
    """A cell of which the pieces become a candidate; `strong` counts the strong pixels of each piece."""

    area: InkArea
    number: int
    box: PixelBox
    strong: Indices
    dpi: float

    def candidate(self, labels: list[int]) -> Candidate:
        """Make one candidate of the pieces that the cell owns, without the dirt beside them."""
        areas, longest = self.area.pieces.areas[labels], self.area.pieces.longest[labels]
        smallest = PIECES.small * self.dpi
        least = smallest / POINTS_PER_INCH if longest.max() * POINTS_PER_INCH >= smallest else 0.0
        kept = np.array(labels)[(areas >= PIECES.satellite * areas.max()) & (longest >= least)].tolist()
        whole = self.joined(kept)
        several = 1 < len(kept) <= PIECES.many
        return whole._replace(parts=tuple(self.joined([label]) for label in kept)) if several else whole

    def joined(self, labels: list[int]) -> Candidate:
        """Make one candidate of some pieces."""
        area, cell, pieces = self.area, self.box, self.area.pieces.stats[labels].tolist()
        ink = PixelBox.around(PixelBox.of_size(*piece[:-1]) for piece in pieces)
        size = sum(piece[-1] for piece in pieces)
        patch, darkest = _patch(area, ink)
        width = max(cell.width, 1)
        middle = (ink.top + ink.bottom) / 2 + area.origin[1]
        measures = Measures(
            width=ink.width,
            height=ink.height,
            area=size,
            tone=darkest / area.tone.contrast,
            aside=((ink.x0 + ink.x1) / 2 + area.origin[0] - (cell.x0 + cell.x1) / 2) / width,
            below=(middle - (cell.top + cell.bottom) / 2) / width,
            depth=(middle - cell.top) / width,
        )
        strength = int(self.strong[labels].sum()) / max(size, 1)
        return Candidate(self.number, measures, in_points(measures, self.dpi), strength, patch)


def in_points(size: Sequence[float], dpi: float) -> tuple[float, float]:
    """Return the first two of some values, a width and a height in pixels, in points."""
    return float(size[0]) * POINTS_PER_INCH / dpi, float(size[1]) * POINTS_PER_INCH / dpi


def _patch(area: InkArea, box: PixelBox) -> tuple[Patch, float]:
    """Return the ink in a box stretched to a square picture, 1 where it is darkest, and that darkness."""
    part = area.darkness[box.part].astype(np.float32)
    part[~area.ink[box.part]] *= 0.5
    high = max(level_of(part, 0.97), 1.0)
    way = cv2.INTER_AREA if min(part.shape) > SIDE else cv2.INTER_LINEAR
    picture: Patch = np.clip(cv2.resize(part / high, (SIDE, SIDE), interpolation=way), 0.0, 1.0)
    return picture, high
