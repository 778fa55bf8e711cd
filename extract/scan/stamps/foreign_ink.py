"""A straightened page turned into the mask of its foreign ink, which is not print: coloured stamps and pens, long strokes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import EVEN_CHANCE, WHITE, Colour, Grey, Mask, PixelBox, Sheet
from extract.scan.pixels import closed, dilated, opened, pieces_of
from extract.scan.stamps.settings import STAMPS


def foreign_ink(sheet: Sheet) -> Mask:
    """Return the ink of stamps and pens, True where the pixel is not the form's own print.

    The mask has the shape of `sheet.grey`. What the page's map calls foreign counts; coloured ink also counts where it
    reaches as far as a stamp or a signature does, with the small coloured ink around it; coloured words, coloured rulings
    and the fills of cells do not. Black print below a stamp is left out.
    """
    ink = likely(sheet, sheet.maps.foreign) & (sheet.grey < STAMPS.pale)
    own = likely(sheet, np.maximum(sheet.maps.printed, sheet.maps.ruled))
    mask: Mask = ink & ~(_print_below(sheet.grey, ink) & own)
    if sheet.colour is not None:
        mask |= _coloured(sheet, sheet.colour)
    return mask


def likely(sheet: Sheet, chances: Grey) -> Mask:
    """Return where one of the page's maps has a good chance, as large as the sheet's picture and a pixel of the map wider."""
    whole = cv2.resize(dilated(chances), sheet.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole >= EVEN_CHANCE, dtype=np.bool_)


def printed(sheet: Sheet, foreign: Mask) -> tuple[Grey, Mask]:
    """Return the page's grey picture without its coloured stamps, and the mask of the foreign ink left in it.

    `foreign` is the page's foreign ink. What is dark in every channel is print below a stamp and stays; only black
    or grey strokes are left for the mask. A grey page is returned as it is.
    """
    if sheet.colour is None or not foreign.any():
        return sheet.grey, foreign
    coloured = _coloured(sheet, sheet.colour)
    if not coloured.any():
        return sheet.grey, foreign
    darkness: Grey = WHITE - sheet.grey
    hidden, _ = unveil(darkness, sheet.colour, coloured, STAMPS.print)
    grey: Grey = WHITE - darkness
    return grey, (foreign & ~dilated(coloured, 5)) | hidden


def _spread_of(colour: Colour, paper: NDArray[np.float32]) -> Grey:
    """Return how far each pixel is from the grey of its own lightness, 0 to 255, on paper of any colour."""
    gains = np.clip(WHITE / np.maximum(paper, 60.0), 1.0, 3.0).tolist()
    even = colour if max(gains) < 1.01 else cv2.multiply(colour, (*gains, 0.0))
    return _channels(even)[1]


def _coloured(sheet: Sheet, colour: Colour) -> Mask:
    grey, mask = sheet.grey, np.zeros(sheet.grey.shape, dtype=np.bool_)
    scale = min(1.0, STAMPS.look_dpi / sheet.dpi)
    small = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = _paper_of(small)
    coloured, fills, weak = _look(small, paper)
    if np.count_nonzero(coloured) < STAMPS.fewest:
        return mask
    ruled, foreign = (
        cv2.resize(chances, coloured.shape[::-1], interpolation=cv2.INTER_AREA) >= EVEN_CHANCE / 2
        for chances in (sheet.maps.ruled, sheet.maps.foreign)
    )
    area = _stamped_area(coloured, ruled, foreign)
    if not area.any():
        return mask
    area &= ~fills
    x0, top, wide, high = cv2.boundingRect(area.view(np.uint8))
    inner = PixelBox.of_size(x0, top, wide, high)
    right, bottom = (int(end / scale) + 1 for end in (inner.x1, inner.bottom))
    place = PixelBox(int(x0 / scale), int(top / scale), min(grey.shape[1], right), min(grey.shape[0], bottom))
    part = area[inner.part].view(np.uint8)
    near = cv2.resize(np.ascontiguousarray(part), (place.width, place.height)).astype(np.bool_)
    spread = cv2.blur(_spread_of(np.ascontiguousarray(colour[place.part]), paper), (3, 3))
    ink = near & (spread > weak)
    mask[place.part] = ink & ~_print_below(grey[place.part], ink)
    return mask


def _paper_of(colour: Colour) -> NDArray[np.float32]:
    """Return the paper's colour (3 channels): the median of the page's lighter half."""
    thin = colour[::7, ::7].reshape(-1, 3)
    light = thin.sum(axis=1, dtype=np.int32)
    return np.asarray(np.median(thin[light >= np.median(light)], axis=0), dtype=np.float32)


def _look(small: Colour, paper: NDArray[np.float32]) -> tuple[Mask, Mask, int]:
    """Return the coloured ink of a small picture, the coloured fills, and how coloured a pixel beside such ink must be."""
    spread = cv2.blur(_spread_of(small, paper), (3, 3))
    strong = min(max(STAMPS.faintest, int(_noise(spread, small) * 3.0)), STAMPS.strongest)
    coloured = spread > strong
    fills = dilated(opened(coloured, max(3, round(STAMPS.solid * STAMPS.look_dpi)) | 1), 5)
    return coloured & ~fills, fills, int(strong * 0.6)


def _noise(spread: Grey, small: Colour) -> float:
    """Return the spread that black print shows by itself: JPEG noise, fringes of the camera's lens.

    Print is dark in all channels; a page may hold more ink of a dark blue pen than of print.
    """
    dark = spread[::2, ::2][small[::2, ::2].max(axis=2) < STAMPS.black]
    return float(np.percentile(dark, 40)) if dark.size > 50 else 0.0


def _stamped_area(coloured: Mask, ruled: Mask, foreign: Mask) -> Mask:
    """Return the area of coloured ink around strokes that are foreign by the map, or reach as far as a stamp's or a pen's.

    Rulings never belong to it, whatever their colour: they would carry a stamp's area over the whole table.
    """
    strokes = coloured & ~dilated(ruled)
    pieces = pieces_of(closed(strokes))
    wide, high = pieces.widths / STAMPS.look_dpi, pieces.heights / STAMPS.look_dpi
    low, longest = np.minimum(wide, high), np.maximum(wide, high)
    long_side, short_side = STAMPS.signature
    seeds = (low >= STAMPS.stamp) | ((low >= short_side) & (longest >= long_side))
    hit = np.bincount(pieces.labels[foreign & strokes], minlength=len(pieces.stats))
    seeds |= 2 * hit > pieces.areas
    groups = pieces_of(dilated(strokes, 2 * round(STAMPS.reach * STAMPS.look_dpi) + 1))
    chosen = np.zeros(len(groups.stats), dtype=np.bool_)
    chosen[np.unique(groups.labels[pieces.only(seeds)])] = True
    return groups.only(chosen)


def _print_below(grey: Grey, ink: Mask) -> Mask:
    """Return the pixels that are darker than the stamp by itself: black print below it."""
    own = grey[ink]
    if own.size == 0:
        return np.zeros(ink.shape, dtype=np.bool_)
    stamp = float(np.percentile(own, 25))
    return np.asarray(grey < min(stamp * 0.62, STAMPS.black))


def unveil(darkness: Grey, colour: Colour, foreign: Mask, contrast: float) -> tuple[Mask, Mask]:
    """Take coloured foreign ink off `darkness`, in place; return where it hides print, and what stays foreign.

    An ink darkens all three channels in fixed proportion to its strength. The strength shows in the spread
    of the channels, to which black print adds nothing; so the least dark channel less its share of the
    ink is the print's own darkness. Arrays are the same part of the page, (height, width).
    """
    zone = cv2.boundingRect(dilated(foreign, 5).view(np.uint8))
    part = PixelBox.of_size(*zone).part
    high, spread = _channels(np.ascontiguousarray(colour[part]))
    spread = cv2.blur(spread, (3, 3))
    coloured = foreign[part] & (spread > STAMPS.coloured)
    veil, blocked = np.zeros(foreign.shape, dtype=np.bool_), foreign.copy()
    if not coloured.any():
        return veil, blocked
    least = WHITE - high.astype(np.float64)
    ratio = float(np.percentile(least[coloured] / spread[coloured], 65))
    own = STAMPS.slack * ratio * dilated(spread).astype(np.float32) + 6.0
    below = np.clip(least - own, 0, WHITE).astype(np.uint8)
    near = dilated(coloured, 5)
    darkness[part] = np.where(near, np.minimum(darkness[part], below), darkness[part])
    veil[part] = coloured & (own > STAMPS.opaque * contrast)
    blocked[part] &= ~near
    return veil, blocked


def _channels(colour: Colour) -> tuple[Grey, Grey]:
    """Return the strongest channel of each pixel, and by how much it is stronger than the weakest."""
    red, green, blue = cv2.split(colour)
    high = cv2.max(cv2.max(red, green), blue)
    return high, cv2.subtract(high, cv2.min(cv2.min(red, green), blue))
