"""Turns a picture as the scanner gave it into one with white paper, without shade, lid, specks and grain."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.model import WHITE, Colour, Grey, Mask
from extract.scan.page.settings import LIGHT
from extract.scan.pixels import closed, dilated, eroded, opened, pieces_of


class EvenPage(NamedTuple):
    """A page with white paper: full `grey` and `colour` (`None` without coloured ink) at `dpi`, and `low` at `low_dpi`."""

    grey: Grey
    colour: Colour | None
    low: Grey
    low_dpi: float
    dpi: float


def even(picture: Colour, dpi: float) -> EvenPage:
    """Even out the light of an RGB picture, take off the lid's black borders, specks and single-pixel grain."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    edge = reduced(grey, dpi, LIGHT.edge_dpi)
    lid = _lid(edge)
    colour = _even_colour(picture, dpi, lid)
    grey = _lit(grey, _light(edge, lid), lid)
    grey = _without_grain(grey)
    low_dpi = min(LIGHT.low_dpi, dpi)
    low = reduced(grey, dpi, low_dpi)
    low[lonely_specks(low, low_dpi)] = WHITE
    return EvenPage(grey, colour, low, low_dpi, dpi)


def reduced(picture: Grey, dpi: float, wanted: float) -> Grey:
    """Return a picture brought down to `wanted` dpi, each pixel the mean of those that it replaces."""
    if dpi <= wanted:
        return picture
    height, width = (max(1, round(side * wanted / dpi)) for side in picture.shape[:2])
    small: Grey = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return small


def _lid(edge: Grey) -> Mask:
    """Return the solid dark area along the picture's edges: the scanner's lid around the sheet."""
    dark = (edge < LIGHT.lid * np.percentile(edge, 90)).astype(np.uint8)
    rim = 3
    framed = cv2.copyMakeBorder(dark, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=1)
    solid = opened(framed, rim)
    cv2.floodFill(solid, None, (0, 0), 2)
    lid = (solid == 2)[rim:-rim, rim:-rim]
    if lid.mean() > 0.6:
        return np.zeros(edge.shape, dtype=np.bool_)
    if not lid.any():
        return lid
    grown: Mask = dilated(np.ascontiguousarray(lid), 5)
    for along in (grown, grown.T):
        for at in (0, -1):
            along[at] = dilated(along[at][None, :].copy(), LIGHT.sliver, 1)
    return grown


def _light(edge: Grey, lid: Mask) -> Grey:
    """Return the paper's brightness over the page, at the light's resolution, of one or three channels."""
    whole = edge.copy()
    whole[lid] = 0
    size = (max(1, round(whole.shape[1] / 2)), max(1, round(whole.shape[0] / 2)))
    calm = cv2.medianBlur(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), 3)
    light: Grey = closed(calm, round(LIGHT.dpi * LIGHT.reach))
    around = closed(calm, round(LIGHT.widest * min(size)))
    fill = _fills(light, around)
    light[fill] = around[fill]
    floor = round(0.35 * float(np.percentile(light, 90)))
    return np.asarray(cv2.blur(np.maximum(light, np.uint8(max(1, floor))), (9, 9)))


def _fills(light: Grey, around: Grey) -> Mask:
    """Return the dark areas of the light that end in a sharp step: fills, however large; a shade fades away."""
    brightness, tone = (part if part.ndim == 2 else part.min(axis=2) for part in (light, around))
    dark = brightness < (1 - LIGHT.filled) * tone
    if not dark.any():
        return dark
    rises = [
        (dilated(brightness, side) - eroded(brightness, side)).astype(np.float32)
        for side in (LIGHT.across, LIGHT.around)
    ]
    sharp = rises[0] / np.maximum(rises[1], 1.0)
    rim = dark & ~eroded(dark)
    pieces = pieces_of(dark)
    areas = range(1, len(pieces.stats))
    fills = [bool(np.median(sharp[(pieces.labels == area) & rim]) > LIGHT.sharp) for area in areas]
    return dilated(pieces.only(np.array([False, *fills])))


def _lit(picture: Grey, light: Grey, lid: Mask) -> Grey:
    size = (picture.shape[1], picture.shape[0])
    full = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
    lit: Grey = cv2.divide(picture, full, scale=WHITE / LIGHT.paper)
    if lid.any():
        lit[cv2.resize(lid.view(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0] = WHITE
    return lit


def _even_colour(picture: Colour, dpi: float, lid: Mask) -> Colour | None:
    red, green, blue = cv2.split(np.ascontiguousarray(picture[::5, ::5]))
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return None
    edge = reduced(picture, dpi, LIGHT.edge_dpi)
    light = _light(edge, lid)
    small = _lit(edge, light, lid)
    coloured = opened(small.max(axis=2) - small.min(axis=2) > LIGHT.chroma, 1, 2)
    if float(coloured.sum()) < LIGHT.coloured * LIGHT.edge_dpi**2:
        return None
    return _lit(picture, light, lid)


def _without_grain(grey: Grey) -> Grey:
    """Give a pixel that differs from all its neighbours their middle tone; strokes of two pixels stay. Changes its argument."""
    middle = cv2.medianBlur(grey, 3)
    wild = cv2.threshold(cv2.absdiff(grey, middle), LIGHT.grain, WHITE, cv2.THRESH_BINARY)[1]
    neighbours = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)
    lone = cv2.bitwise_and(wild, cv2.bitwise_not(cv2.dilate(wild, neighbours)))
    cv2.copyTo(middle, lone, grey)
    return grey


def lonely_specks(low: Grey, low_dpi: float) -> Mask:
    """Return the small spots of a reduced picture that are far from any other ink, with their rims.

    They are dirt to text and geometry; in the cell of a month an asterisk or a dash is no larger at 150 dpi. What is flat may
    be the dash of a cell without text, and stays.
    """
    ink = low < LIGHT.faint
    pieces = pieces_of(ink)
    small = pieces.longest <= max(2, round(LIGHT.speck * low_dpi))
    small &= (pieces.widths < 3) | (pieces.widths < LIGHT.dash_flat * pieces.heights)
    side = 2 * round(LIGHT.lonely * low_dpi) + 1
    around = cv2.boxFilter(
        ink.view(np.uint8), cv2.CV_32F, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    x, y = np.rint(pieces.centres).astype(np.intp).T
    lonely = around[y, x] < pieces.areas + 1
    return dilated(pieces.only(small & lonely))
