"""The grid cells of a page turned into the ink they hold: pieces of ink, each with the cell that owns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask, PixelBox, Sheet
from extract.scan.stamps.veil import unveil

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

SPREAD, GRAIN = (
    0.8,
    1.85,
)  # noise in shares of how much a cell's paper varies, and as many steps between pixels that only grain makes
OWN = 0.7  # share of a piece of ink that its cell must hold
WIDE = 1.5  # a piece as many cells wide or high as this is a stroke across the grid
BOX_SLACK = 2  # pixels by which a box may be off


@dataclass(frozen=True, slots=True)
class Tone:
    """How ink and paper differ on this page, in levels of grey."""

    contrast: float
    noise: float
    weak: float
    strong: float


@dataclass(frozen=True, slots=True)
class Field:
    """The part of the page that holds the cells, as darkness against each cell's own background.

    `origin` is the place of the field's first pixel on the page. `cells` holds for each pixel the index of
    its cell, -1 outside; `core` is the inside of the cells, away from what may be left of the rulings.
    `labels` numbers the pieces of `ink`.
    """

    origin: tuple[int, int]
    darkness: Grey
    cells: Ints
    core: Mask
    background: Floats  # per cell, grey level of its paper
    brightest: Floats  # per cell, grey level that all but its brightest tenth stay below
    ink: Mask
    veil: Mask  # coloured foreign ink so dark that print below it could not be seen
    foreign: Mask
    labels: Ints
    stats: Ints  # a row a piece: left, top, width, height, area; the first is the paper
    tone: Tone
    margin: int


def field_of(sheet: Sheet, boxes: Sequence[PixelBox], rulings: Mask, foreign: Mask) -> Field:
    """Return the cells' part of the page with its ink, rulings and foreign ink taken out.

    Coloured foreign ink is subtracted, so that black print below it stays; grey one is cut out.
    """
    grey, dpi = sheet.grey, sheet.dpi
    part, origin = _part(grey, boxes)
    lines, strange = rulings[part], foreign[part]
    thickness = thickness_of(lines)
    margin = BOX_SLACK + round(thickness / 2 + 0.008 * dpi)
    cells, core = _cell_maps(boxes, origin, lines.shape, margin)
    histogram = _histogram(grey[part], cells, core & ~strange, len(boxes))
    background = _quantile(histogram, 0.6)
    paper = float(np.median(background))
    tone = _tone(histogram, background, _grain(grey[part], core & ~strange))
    darkness = _darkness(grey[part], boxes, origin, background, paper)
    if tone.noise > 6:
        darkness = cv2.GaussianBlur(darkness, (3, 3), 0.7)
    veil = np.zeros(strange.shape, dtype=np.bool_)
    blocked = strange
    if sheet.colour is not None and strange.any():
        veil, blocked = unveil(darkness, sheet.colour[part], strange, tone.contrast)
    ink = _ink(darkness, lines, blocked, tone, thickness)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        ink.astype(np.uint8), connectivity=8, ltype=cv2.CV_32S
    )
    bright = _quantile(histogram, 0.9)
    return Field(
        origin, darkness, cells, core, background, bright, ink, veil, strange, labels, stats, tone, margin
    )


def level_of(values: NDArray[np.uint8] | NDArray[np.float32], share: float) -> float:
    """Return the value below which a share of all values lies; the quick kin of a percentile."""
    flat = values.ravel()
    place = min(flat.size - 1, int(share * flat.size))
    return float(np.partition(flat, place)[place])


def thickness_of(lines: Mask) -> float:
    """Return the usual thickness of rulings in pixels: their area over their length."""
    area = np.count_nonzero(lines)
    if area == 0:
        return 1.0
    starts = np.count_nonzero(lines[:, 1:] & ~lines[:, :-1]) + np.count_nonzero(lines[1:] & ~lines[:-1])
    return min(12.0, float(area) / max(int(starts), 1))


def _part(grey: Grey, boxes: Sequence[PixelBox]) -> tuple[tuple[slice, slice], tuple[int, int]]:
    """Return the slices of the page that hold all boxes and half a cell around them."""
    edges = np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes])
    around = int(np.median(edges[:, 2] - edges[:, 0]) / 2) + 4
    left, top = max(0, edges[:, 0].min() - around), max(0, edges[:, 1].min() - around)
    right = min(grey.shape[1], edges[:, 2].max() + around)
    bottom = min(grey.shape[0], edges[:, 3].max() + around)
    return (slice(int(top), int(bottom)), slice(int(left), int(right))), (int(left), int(top))


def _cell_maps(
    boxes: Sequence[PixelBox], origin: tuple[int, int], shape: tuple[int, ...], margin: int
) -> tuple[Ints, Mask]:
    cells = np.full(shape[:2], -1, dtype=np.int32)
    core = np.zeros(shape[:2], dtype=np.bool_)
    for index, box in enumerate(boxes):
        x0, x1 = box.x0 - origin[0], box.x1 - origin[0]
        top, bottom = box.top - origin[1], box.bottom - origin[1]
        cells[max(top, 0) : bottom, max(x0, 0) : x1] = index
        core[max(top, 0) + margin : bottom - margin, max(x0, 0) + margin : x1 - margin] = True
    return cells, core


def _histogram(grey: Grey, cells: Ints, inside: Mask, count: int) -> Floats:
    """Return the histogram of grey levels of each cell's inside, (cells, 256)."""
    seen = inside[::2]
    keys = cells[::2][seen] * 256 + grey[::2][seen]
    return np.bincount(keys, minlength=count * 256).reshape(count, 256).astype(np.float64)


def _quantile(histogram: Floats, share: float) -> Floats:
    """Return for each row the level below which `share` of it lies; 255 for an empty row."""
    summed = histogram.cumsum(axis=1)
    total = summed[:, -1:]
    level = (summed < share * total).sum(axis=1).astype(np.float64)
    return np.where(total[:, 0] > 0, level, 255.0)


def _grain(grey: Grey, inside: Mask) -> float:
    """Return how much neighbouring pixels differ: of grain all do, of print those at its edges alone."""
    both = inside[:, 1:] & inside[:, :-1]
    steps = cv2.absdiff(grey[:, 1:], grey[:, :-1])[both]
    return level_of(steps, 0.4) if steps.size else 0.0


def _tone(histogram: Floats, background: Floats, grain: float) -> Tone:
    """Tell ink from noise by the page: how dark its cells get, how much their paper varies.

    Where print fills most cells to a fifth and more, its ink is no noise: that is no more than what grain makes of paper.
    """
    spread = background - _quantile(histogram, 0.2)
    noise = min(float(np.median(spread)) / SPREAD, GRAIN * grain)
    counted = histogram.cumsum(axis=1)
    darkest = background - (counted < 4).sum(axis=1)
    inked = darkest[darkest > max(60.0, 6.0 * noise)]
    contrast = float(np.median(inked)) if inked.size else 160.0
    weak = max(0.28 * contrast, 3.5 * noise, 20.0)
    return Tone(contrast, noise, weak, max(0.5 * contrast, 5.0 * noise, 36.0))


def _darkness(
    grey: Grey, boxes: Sequence[PixelBox], origin: tuple[int, int], background: Floats, paper: float
) -> Grey:
    ground = np.full(grey.shape, round(paper), dtype=np.uint8)
    for box, level in zip(boxes, background.tolist(), strict=True):
        if abs(level - paper) > 3:
            ground[
                max(box.top - origin[1], 0) : box.bottom - origin[1],
                max(box.x0 - origin[0], 0) : box.x1 - origin[0],
            ] = round(level)
    darkness: Grey = cv2.subtract(ground, grey)
    return darkness


def _ink(darkness: Grey, lines: Mask, foreign: Mask, tone: Tone, thickness: float) -> Mask:
    """Return the ink without rulings and foreign ink; strokes that cross a ruling stay in one piece."""
    dark = (darkness > tone.weak).astype(np.uint8)
    reach = 3 if thickness < 8 else 5
    block = cv2.dilate(lines.astype(np.uint8), np.ones((reach, reach), np.uint8))
    rest = cv2.bitwise_and(dark, 1 - block)
    rest &= 1 - cv2.dilate(foreign.astype(np.uint8), np.ones((3, 3), np.uint8))
    gap = 2 * round(thickness / 2 + 2) + 1
    over = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    beside = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    joined: Mask = (rest | (cv2.bitwise_or(over, beside) & block & dark)).astype(np.bool_)
    return joined
