"""Turns a picture as the scanner gave it into one with white paper: light, lid, specks and grain taken off."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Colour, Grey, Mask

LOW_DPI = 100.0  # the reduced picture that page geometry is measured on
EDGE_DPI = 50.0
SLIVER = 101  # pixels at that: how far on, to both sides, the lid is too thin to be seen as such
LIGHT_DPI = 25.0
LIGHT_REACH = 1.0  # inches: darker areas that hold no square of this side are ink or fill, not shade
WIDEST = 0.6  # of the page's shorter side: larger dark areas are always taken for darker paper
FILLED = 0.08  # of the light around it, by which a fill is darker at least
SHARP = (
    0.7  # of the rise within `AROUND` pixels at 25 dpi, that lies within `ACROSS` ones at the rim of a fill
)
ACROSS, AROUND = 5, 15
PAPER = 0.975  # of the light found: what is as bright as this becomes white
DARK = 0.55  # of the paper's tone: an area at the picture's edge below this is the lid
INK = 190  # grey below this is ink in an evened, reduced picture
FAINT = 212  # grey below this may be a thin stroke or a small spot, whose ink several pixels share
SPECK = 0.032  # inches: larger spots are kept
FLAT = (3, 1.5)  # pixels of the reduced picture, times its height: a spot that is wider may be a dash
LONELY = 0.11  # inches without other ink round a spot that is dirt
GRAIN = 48  # grey levels that a lone pixel must differ from its neighbours
CHROMA = 18  # of 255, between the strongest and the weakest of red, green and blue; a thin stroke is paler at 50 dpi
COLOURED = 0.02  # square inches of coloured ink that make a page a coloured one
Small = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Evened:
    """A page with white paper: full `grey` and `colour` (`None` without coloured ink) at `dpi`, and `low` at `low_dpi`."""

    grey: Grey
    colour: Colour | None
    low: Grey
    low_dpi: float
    dpi: float


def even(picture: Colour, dpi: float) -> Evened:
    """Even out the light of an RGB picture, take off the lid's black borders, specks and single-pixel grain."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    edge = reduced(grey, dpi, EDGE_DPI)
    lid = _lid(edge)
    low_dpi = min(LOW_DPI, dpi)
    colour = _evened_colour(picture, dpi, lid)
    light = _light(edge, lid)
    grey = _divided(grey, light)
    _paint_lid(grey, lid)
    grey = _calm(grey)
    low = reduced(grey, dpi, low_dpi)
    low[lonely_specks(low, low_dpi)] = 255
    return Evened(grey, colour, low, low_dpi, dpi)


def reduced(picture: Grey, dpi: float, wanted: float) -> Grey:
    """Return a picture brought down to `wanted` dpi, each pixel the mean of those it stands for."""
    if dpi <= wanted:
        return picture
    height, width = (max(1, round(side * wanted / dpi)) for side in picture.shape[:2])
    small: Grey = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return small


def _lid(edge: Grey) -> Mask:
    """Return the solid dark area that hangs on the picture's edges: the scanner's lid round the sheet."""
    dark = (edge < DARK * np.percentile(edge, 90)).astype(np.uint8)
    framed = cv2.copyMakeBorder(dark, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=1)
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    cv2.floodFill(solid, None, (0, 0), 2)
    found = (solid == 2).astype(np.uint8)
    inner = found[3:-3, 3:-3]
    if inner.mean() > 0.6:
        return np.zeros(edge.shape, dtype=np.bool_)
    if not inner.any():
        return inner.astype(np.bool_)
    grown = cv2.dilate(inner, np.ones((5, 5), np.uint8))
    for rim, shape in (
        (np.s_[:1, :], (1, SLIVER)),
        (np.s_[-1:, :], (1, SLIVER)),
        (np.s_[:, :1], (SLIVER, 1)),
        (np.s_[:, -1:], (SLIVER, 1)),
    ):
        grown[rim] = cv2.dilate(grown[rim], np.ones(shape, np.uint8))
    return grown.astype(np.bool_)


def _light(edge: Small, lid: Mask) -> Small:
    """Return the paper's brightness over the page at 25 dpi, of one or three channels."""
    whole = edge.copy()
    whole[lid] = 0
    size = (max(1, round(whole.shape[1] / 2)), max(1, round(whole.shape[0] / 2)))
    small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    calm = cv2.medianBlur(small, 3)
    closed = _closed(calm, round(LIGHT_DPI * LIGHT_REACH))
    around = _closed(calm, round(WIDEST * min(size)))
    fill = _fills(closed, around)
    closed[fill] = around[fill]
    floor = np.maximum(closed, np.uint8(max(1, round(0.35 * float(np.percentile(closed, 90))))))
    light: Small = cv2.blur(floor, (9, 9))
    return light


def _closed(picture: Small, side: int) -> Small:
    closed: Small = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return closed


def _fills(closed: Small, around: Small) -> Mask:
    """Return the dark areas of the light that end in a sharp step: fills, however large; a shade fades away."""
    lightness, level = (part if part.ndim == 2 else part.min(axis=2) for part in (closed, around))
    dark = (lightness < (1 - FILLED) * level).astype(np.uint8)
    if not dark.any():
        return dark.astype(np.bool_)
    rises = [
        cv2.morphologyEx(lightness, cv2.MORPH_GRADIENT, np.ones((side, side), np.uint8)).astype(np.float32)
        for side in (ACROSS, AROUND)
    ]
    sharp = rises[0] / np.maximum(rises[1], 1.0)
    rim = dark & ~cv2.erode(dark, np.ones((3, 3), np.uint8), borderValue=1)
    _, labels = cv2.connectedComponents(dark, connectivity=8)
    fills = np.array(
        [0, *(np.median(sharp[(labels == area) & (rim > 0)]) > SHARP for area in range(1, labels.max() + 1))],
        dtype=np.bool_,
    )
    found: Mask = cv2.dilate(fills[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return found


def _divided(picture: Small, light: Small) -> Small:
    size = (picture.shape[1], picture.shape[0])
    full = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
    evened: Small = cv2.divide(picture, full, scale=255 / PAPER)
    return evened


def _paint_lid(picture: Small, lid: Mask) -> None:
    """Make the lid white, in place."""
    if not lid.any():
        return
    size = (picture.shape[1], picture.shape[0])
    full = cv2.resize(lid.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    picture[full > 0] = 255


def _evened_colour(picture: Colour, dpi: float, lid: Mask) -> Colour | None:
    """Return the picture with white paper, `None` where it holds no coloured ink."""
    if _is_grey(picture[::5, ::5]):
        return None
    edge = reduced(picture, dpi, EDGE_DPI)
    light = _light(edge, lid)
    evened = _divided(edge, light)
    span = evened.max(axis=2).astype(np.int16) - evened.min(axis=2)
    span[lid] = 0
    coloured = cv2.morphologyEx((span > CHROMA).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 1), np.uint8))
    if float(coloured.sum()) < COLOURED * EDGE_DPI**2:
        return None
    full = _divided(picture, light)
    _paint_lid(full, lid)
    return full


def _is_grey(picture: Colour) -> bool:
    red, green, blue = cv2.split(np.ascontiguousarray(picture))
    return bool(np.array_equal(red, green) and np.array_equal(green, blue))


def _calm(grey: Grey) -> Grey:
    """Give a pixel that differs from all its neighbours their middle tone; strokes of two pixels stay."""
    middle = cv2.medianBlur(grey, 3)
    wild = cv2.threshold(cv2.absdiff(grey, middle), GRAIN, 255, cv2.THRESH_BINARY)[1]
    cross = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)
    lone = cv2.bitwise_and(wild, cv2.bitwise_not(cv2.dilate(wild, cross)))
    cv2.copyTo(middle, lone, grey)
    return grey


def lonely_specks(low: Grey, low_dpi: float) -> Mask:
    """Return the small spots of a reduced picture that stand far from any other ink, with their rims.

    They are dirt to text and geometry; alone in a month's cell an asterisk or a dash is no larger at 150 dpi. What is
    flat may be the dash of a cell without text, and stays.
    """
    ink = (low < FAINT).astype(np.uint8)
    labels, stats, centres = pieces_of(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = np.maximum(wide, high) <= max(2, round(SPECK * low_dpi))
    small &= (wide < FLAT[0]) | (wide < FLAT[1] * high)
    side = 2 * round(LONELY * low_dpi) + 1
    around = cv2.boxFilter(ink, cv2.CV_32F, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    place = np.rint(centres).astype(np.intp)
    lonely = around[place[:, 1], place[:, 0]] <= stats[:, cv2.CC_STAT_AREA] + 0.5
    specks: Mask = cv2.dilate((small & lonely).astype(np.uint8)[labels], np.ones((3, 3), np.uint8)) > 0
    return specks
