"""A straightened page turned into the mask of its ink that is no print: coloured stamps and pen, long strokes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Colour, Grey, Mask, Sheet
from extract.scan.stamps.veil import unveil

LOOK_DPI = 100.0  # resolution at which coloured ink is looked at
HALF = 128  # an even chance
PALE = 233  # grey level from which on a pixel is paper, whatever lies around it
STAMP = 0.3  # inches; coloured strokes that reach as far both ways are no writing in a line of text
SIGNATURE = (0.6, 0.2)  # inches; the same for a long and a short side
REACH = 0.05  # inches by which coloured ink is widened: what then hangs together (a stamp's letters) is one
SOLID = 0.1  # inches; colour that is wider than this is the fill of a cell
FAINTEST = 18  # levels between the strongest and the weakest channel from which on ink is coloured
STRONGEST = 60  # levels from which on it is so however noisy black print is
PRINT = 150.0  # levels by which print is darker than its paper on an evened page
BLACK = 110  # lightest channel below which ink is print
FEWEST = 12  # coloured pixels at `LOOK_DPI`; fewer are noise


def foreign_ink(sheet: Sheet) -> Mask:
    """Return the ink of stamps and pens, True where the pixel is not the form's own print.

    The mask has the shape of `sheet.grey`. What the page's map calls foreign counts; coloured ink also where it reaches as far
    as a stamp or a signature does, with the small coloured ink around it; coloured words, coloured rulings and the
    fills of cells do not. Black print below a stamp is left out.
    """
    mask = _mapped(sheet)
    if sheet.colour is not None:
        mask |= _coloured(sheet)
    return mask


def _mapped(sheet: Sheet) -> Mask:
    """Return the ink that the map calls foreign, without what is so much darker than it that it is print below it."""
    ink = likely(sheet, sheet.maps.foreign) & (sheet.grey < PALE)
    return ink & ~(_print_below(sheet.grey, ink) & likely(sheet, _own(sheet)))


def _own(sheet: Sheet) -> Grey:
    """Return the chance of print or ruling."""
    maps = sheet.maps
    return np.asarray(np.maximum(maps.printed, np.maximum(maps.level, maps.upright)), dtype=np.uint8)


def likely(sheet: Sheet, chances: Grey) -> Mask:
    """Return where one of the page's maps has a good chance, as large as the sheet's picture and a pixel of the map wider."""
    grown = cv2.dilate(chances, np.ones((3, 3), np.uint8))
    whole = cv2.resize(grown, sheet.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole >= HALF, dtype=np.bool_)


def printed(sheet: Sheet, foreign: Mask) -> tuple[Grey, Mask]:
    """Return the page's grey picture without its coloured stamps, and the mask of the foreign ink left in it.

    `foreign` is the page's foreign ink. What is dark in every channel is print below a stamp and stays; only black
    or grey strokes are left for the mask. A grey page is returned as it is.
    """
    if sheet.colour is None or not foreign.any():
        return sheet.grey, foreign
    coloured = _coloured(sheet)
    if not coloured.any():
        return sheet.grey, foreign
    darkness: Grey = 255 - sheet.grey
    hidden, _ = unveil(darkness, sheet.colour, coloured, PRINT)
    grey: Grey = 255 - darkness
    near = cv2.dilate(coloured.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return grey, (foreign & ~near) | hidden


def chroma(colour: Colour, paper: NDArray[np.float32]) -> Grey:
    """Return how far each pixel is from the grey of its own lightness, 0 to 255, on paper of any colour."""
    even = np.clip(255.0 / np.maximum(paper, 60.0), 1.0, 3.0)
    scale = (float(even[0]), float(even[1]), float(even[2]), 0.0)
    flat = colour if max(scale[:3]) < 1.01 else cv2.multiply(colour, scale)
    red, green, blue = cv2.split(flat)
    high = cv2.max(cv2.max(red, green), blue)
    low = cv2.min(cv2.min(red, green), blue)
    spread: Grey = cv2.subtract(high, low)
    return spread


def paper_of(colour: Colour) -> NDArray[np.float32]:
    """Return the paper's colour (3 channels): the median of the page's lighter half."""
    thin = colour[::7, ::7].reshape(-1, 3)
    light = thin.sum(axis=1, dtype=np.int32)
    paper: NDArray[np.float32] = np.median(thin[light >= np.median(light)], axis=0).astype(np.float32)
    return paper


class _Look(NamedTuple):
    """The page's colour at low resolution."""

    coloured: Mask  # without fills
    fills: Mask
    weak: int  # level from which on a pixel beside coloured ink is coloured too


def _coloured(sheet: Sheet) -> Mask:
    colour, grey, dpi = sheet.colour, sheet.grey, sheet.dpi
    mask = np.zeros(grey.shape, dtype=np.bool_)
    if colour is None:
        return mask
    scale = min(1.0, LOOK_DPI / dpi)
    small = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = paper_of(small)
    look = _look(small, paper)
    if np.count_nonzero(look.coloured) < FEWEST:
        return mask
    ruled = np.maximum(sheet.maps.level, sheet.maps.upright)
    area = _stamped_area(look.coloured, _at(ruled, look.coloured), _at(sheet.maps.foreign, look.coloured))
    if not area.any():
        return mask
    area &= ~look.fills
    ys, xs = np.flatnonzero(area.any(axis=1)), np.flatnonzero(area.any(axis=0))
    top, bottom = int(ys[0] / scale), min(grey.shape[0], int((ys[-1] + 1) / scale) + 1)
    left, right = int(xs[0] / scale), min(grey.shape[1], int((xs[-1] + 1) / scale) + 1)
    part = (slice(top, bottom), slice(left, right))
    wide = cv2.resize(
        area[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1].astype(np.uint8), (right - left, bottom - top)
    ).astype(np.bool_)
    spread = cv2.blur(chroma(np.ascontiguousarray(colour[part]), paper), (3, 3))
    ink = wide & (spread > look.weak)
    mask[part] = ink & ~_print_below(grey[part], ink)
    return mask


def _look(small: Colour, paper: NDArray[np.float32]) -> _Look:
    spread = cv2.blur(chroma(small, paper), (3, 3))
    strong = min(max(FAINTEST, int(_noise(spread, small) * 3.0)), STRONGEST)
    coloured = (spread > strong).astype(np.uint8)
    side = max(3, round(SOLID * LOOK_DPI)) | 1
    solid = cv2.morphologyEx(coloured, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    fills = cv2.dilate(solid, np.ones((5, 5), np.uint8)).astype(np.bool_)
    return _Look(coloured.astype(np.bool_) & ~fills, fills, int(strong * 0.6))


def _noise(spread: Grey, small: Colour) -> float:
    """Return the spread that black print shows by itself: JPEG noise, fringes of the camera's lens.

    Print is dark in all channels; a page may hold more ink of a dark blue pen than of print.
    """
    dark = spread[::2, ::2][small[::2, ::2].max(axis=2) < BLACK]
    return float(np.percentile(dark, 40)) if dark.size > 50 else 0.0


def _at(chances: Grey, like: Mask) -> Mask:
    """Return where a map of the page is likely, in the size of a reduced picture."""
    return np.asarray(
        cv2.resize(chances, like.shape[::-1], interpolation=cv2.INTER_AREA) >= HALF / 2, dtype=np.bool_
    )


def _stamped_area(coloured: Mask, ruled: Mask, foreign: Mask) -> Mask:
    """Return the area of coloured ink round strokes that are foreign by the map, or reach as far as a stamp or a pen's.

    Rulings belong to none, whatever their colour: they would carry a stamp's area over the whole table.
    """
    beside = cv2.dilate(ruled.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    strokes = (coloured & ~beside).astype(np.uint8)
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    low = np.minimum(stats[:, 2], stats[:, 3]) / LOOK_DPI
    high = np.maximum(stats[:, 2], stats[:, 3]) / LOOK_DPI
    seeds = (low >= STAMP) | ((low >= SIGNATURE[1]) & (high >= SIGNATURE[0]))
    hit = np.bincount(labels[foreign & (strokes > 0)], minlength=len(stats))
    seeds |= 2 * hit > stats[:, 4]
    seeds[0] = False
    reach = 2 * round(REACH * LOOK_DPI) + 1
    wide = cv2.dilate(strokes, np.ones((reach, reach), np.uint8))
    _, groups = cv2.connectedComponents(wide, connectivity=8)
    chosen = np.zeros(int(groups.max()) + 1, dtype=np.bool_)
    chosen[np.unique(groups[seeds[labels]])] = True
    chosen[0] = False
    area: Mask = chosen[groups]
    return area


def _print_below(grey: Grey, ink: Mask) -> Mask:
    """Return the pixels that are darker than the stamp by itself: black print that lies below it."""
    own = grey[ink]
    if own.size == 0:
        return np.zeros(ink.shape, dtype=np.bool_)
    stamp = float(np.percentile(own, 25))
    limit = min(stamp * 0.62, 110.0)
    below: Mask = grey < limit
    return below
