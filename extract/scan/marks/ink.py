"""The grid cells of a page turned into the ink they hold: pieces of ink, and the cell of each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.settings import PIECES
from extract.scan.model import WHITE, Floats, Grey, Ints, Mask, PixelBox, Sheet
from extract.scan.pixels import Pieces, closed, dilated, pieces_of
from extract.scan.stamps.foreign_ink import unveil

LEVELS = WHITE + 1  # of grey


class Tone(NamedTuple):
    """How ink and paper differ on this page, in levels of grey."""

    contrast: float
    noise: float
    weak: float
    strong: float


class InkArea(NamedTuple):
    """The part of the page that holds the cells, as darkness against the background of each cell.

    `origin` is the place of the area's first pixel on the page. `cells` holds for each pixel the index of its cell, -1
    outside; `core` is the inside of the cells, without a rim of `margin` pixels, which may hold remains of rulings.
    `background` is the grey level of each cell's paper, `brightest` one that all but its brightest tenth stay below. `veil`
    is foreign ink with a colour so dark that print below it could not be seen.
    """

    origin: tuple[int, int]
    darkness: Grey
    cells: Ints
    core: Mask
    background: Floats
    brightest: Floats
    ink: Mask
    veil: Mask
    foreign: Mask
    pieces: Pieces
    tone: Tone
    margin: int


def ink_area(sheet: Sheet, boxes: Sequence[PixelBox], rulings: Mask, foreign: Mask) -> InkArea:
    """Return the cells' part of the page with its ink, rulings and foreign ink taken out.

    Coloured foreign ink is subtracted, so that black print below it stays; grey one is cut out.
    """
    place = _place(sheet.grey, boxes)
    grey = sheet.grey[place.part]
    lines, strange = rulings[place.part], foreign[place.part]
    local = [box.moved(-place.x0, -place.top) for box in boxes]
    thickness = _thickness(lines)
    margin = PIECES.box_slack + round(thickness / 2 + 0.008 * sheet.dpi)
    cells, core = np.full(grey.shape, -1, dtype=np.int32), np.zeros(grey.shape, dtype=np.bool_)
    for index, box in enumerate(local):
        cells[box.part] = index
        rows, columns = box.part
        core[rows.start + margin : box.bottom - margin, columns.start + margin : box.x1 - margin] = True
    clear = core & ~strange
    histogram = _histogram(grey, cells, clear, len(boxes))
    background, brightest = _quantile(histogram, 0.6), _quantile(histogram, 0.9)
    tone = _tone(histogram, background, _grain(grey, clear))
    darkness = _darkness(grey, local, background)
    if tone.noise > 6:
        darkness = cv2.GaussianBlur(darkness, (3, 3), 0.7)
    veil, blocked = np.zeros(strange.shape, dtype=np.bool_), strange
    if sheet.colour is not None and strange.any():
        veil, blocked = unveil(darkness, sheet.colour[place.part], strange, tone.contrast)
    ink = _ink(darkness > tone.weak, lines, blocked, thickness)
    return InkArea(
        origin=(place.x0, place.top),
        darkness=darkness,
        cells=cells,
        core=core,
        background=background,
        brightest=brightest,
        ink=ink,
        veil=veil,
        foreign=strange,
        pieces=pieces_of(ink),
        tone=tone,
        margin=margin,
    )


def level_of(values: NDArray[np.uint8] | NDArray[np.float32], share: float) -> float:
    """Return the value below which a share of all values is; faster than a percentile."""
    flat = values.ravel()
    place = min(flat.size - 1, int(share * flat.size))
    return float(np.partition(flat, place)[place])


def _place(grey: Grey, boxes: Sequence[PixelBox]) -> PixelBox:
    around = int(np.median([box.width for box in boxes]) / 2) + 4
    height, width = grey.shape
    return PixelBox.around(boxes).grown(around).within(PixelBox(0, 0, width, height))


def _thickness(lines: Mask) -> float:
    """Return the usual thickness of rulings in pixels: their area over their length."""
    area = np.count_nonzero(lines)
    if area == 0:
        return 1.0
    starts = np.count_nonzero(lines[:, 1:] & ~lines[:, :-1]) + np.count_nonzero(lines[1:] & ~lines[:-1])
    return min(12.0, float(area) / max(int(starts), 1))


def _histogram(grey: Grey, cells: Ints, inside: Mask, count: int) -> Floats:
    seen = inside[::2]
    keys = cells[::2][seen] * LEVELS + grey[::2][seen]
    return np.bincount(keys, minlength=count * LEVELS).reshape(count, LEVELS).astype(np.float64)


def _quantile(histogram: Floats, share: float) -> Floats:
    """Return for each row the level below which `share` of it is; white for an empty row."""
    summed = histogram.cumsum(axis=1)
    total = summed[:, -1:]
    level = (summed < share * total).sum(axis=1).astype(np.float64)
    return np.where(total[:, 0] > 0, level, float(WHITE))


def _grain(grey: Grey, inside: Mask) -> float:
    """Return how much neighbouring pixels differ: of grain all do, of print only those at its edges."""
    both = inside[:, 1:] & inside[:, :-1]
    steps = cv2.absdiff(grey[:, 1:], grey[:, :-1])[both]
    return level_of(steps, 0.4) if steps.size else 0.0


def _tone(histogram: Floats, background: Floats, grain: float) -> Tone:
    """Tell ink from noise by the page: how dark its cells get, how much their paper varies.

    Where print fills most cells to a fifth and more, its ink is not noise: that is no more than what grain makes of paper.
    """
    spread = background - _quantile(histogram, 0.2)
    noise = min(float(np.median(spread)) / PIECES.noise_spread, PIECES.noise_grain * grain)
    darkest = background - (histogram.cumsum(axis=1) < 4).sum(axis=1)
    inked = darkest[darkest > max(60.0, 6.0 * noise)]
    contrast = float(np.median(inked)) if inked.size else 160.0
    weak, strong = (
        max(share * contrast, times * noise, least)
        for share, times, least in ((0.28, 3.5, 20.0), (0.5, 5.0, 36.0))
    )
    return Tone(contrast, noise, weak, strong)


def _darkness(grey: Grey, boxes: Sequence[PixelBox], background: Floats) -> Grey:
    paper = float(np.median(background))
    ground = np.full(grey.shape, round(paper), dtype=np.uint8)
    for box, level in zip(boxes, background.tolist(), strict=True):
        if abs(level - paper) > 3:
            ground[box.part] = round(level)
    darkness: Grey = cv2.subtract(ground, grey)
    return darkness


def _ink(dark: Mask, lines: Mask, foreign: Mask, thickness: float) -> Mask:
    """Return the ink without rulings and foreign ink; strokes that cross a ruling stay in one piece."""
    block = dilated(lines, 3 if thickness < 8 else 5)
    rest = dark & ~block & ~dilated(foreign)
    gap = 2 * round(thickness / 2 + 2) + 1
    return rest | ((closed(rest, 1, gap) | closed(rest, gap, 1)) & block & dark)
