"""The sides of a grid turned into the very pixels of their rulings, print that touches or crosses them spared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask, Sheet
from extract.scan.ruling_lines import POINTS, Edge
from extract.scan.sides import Drawn, Sides

REACH = 4.0  # points to both sides of an edge's course that are looked at: thick borders and double ones
ASIDE = 1.2  # points: the ruling's ink is this close to its course
INKED = 0.5  # of the way from paper to the darkest on the course: what is darker is ink
PALEST = 12  # grey levels between paper and a ruling's ink; a fainter one needs no whitening
MORE = 1.5  # pixels: ink that reaches on by more than this to both sides is a letter that crosses the ruling
SOFT = 1.0  # pixels of soft edge on either side of a ruling
FRAYED = 1.0  # points: what hangs on a ruling and reaches no further is its own frayed ink, not a letter
CRUMB = 200  # grey level below which that is ink
STRETCH = 40  # pixels along a ruling that tell where it runs

Ints = NDArray[np.intp]


def ruling_pixels(
    sheet: Sheet, rows: Sequence[Edge], columns: Sequence[Edge], sides: Sides
) -> tuple[Mask, float]:
    """Return the pixels of the drawn sides' rulings, as large as the sheet's picture, and their usual thickness in pixels.

    Edges lie in pixels of the page's maps. Where a letter crosses a ruling its ink stays, where it touches one only the
    ruling's own thickness goes.
    """
    mask = np.zeros(sheet.grey.shape, dtype=np.bool_)
    widths = _bands(sheet.grey, mask, rows, (columns, sides.across), sheet)
    widths += _bands(sheet.grey.T, mask.T, columns, (rows, sides.upright), sheet)
    mask |= _frayed(sheet.grey, mask, round(FRAYED * sheet.dpi / POINTS))
    return mask, round(float(np.median(widths)), 2) if widths else 1.0


def _bands(
    grey: Grey, mask: Mask, along: Sequence[Edge], crossed: tuple[Sequence[Edge], Drawn], sheet: Sheet
) -> list[float]:
    """Mark the rulings of one direction in the mask; return the thickness of each."""
    across, drawn = crossed
    factor, height, width = sheet.dpi / sheet.maps.dpi, *grey.shape
    reach = round(REACH * sheet.dpi / POINTS)
    widths: list[float] = []
    for edge, sides in zip(along, drawn, strict=True):
        on = np.zeros(width, dtype=np.bool_)
        for is_drawn, (one, other) in zip(sides, pairwise(across), strict=True):
            if is_drawn:
                start, end = round(one.position * factor), round(other.position * factor)
                on[max(0, start) : end + 1] = True
        places = np.flatnonzero(on)
        if not len(places):
            continue
        course = (
            np.interp((places + 0.5) / factor - 0.5, np.arange(len(edge.course)), edge.course) + 0.5
        ) * factor - 0.5
        middle = np.rint(course).astype(np.intp)
        lines = np.clip(middle[None, :] + np.arange(-reach, reach + 1)[:, None], 0, height - 1)
        inked, thickness = _inked(grey[lines, places[None, :]], round(ASIDE * sheet.dpi / POINTS))
        if thickness:
            widths.append(thickness)
        mask[lines, places[None, :]] |= inked
    return widths


def _inked(strip: Grey, aside: int) -> tuple[Mask, float]:
    """Return which pixels of a strip along an edge are its ruling's, the edge in the middle row, and how thick it is."""
    far = len(strip) // 2
    paper = cv2.blur(np.median(strip, axis=0).astype(np.float32)[None, :], (31, 1))[0]
    near = strip[far - aside : far + aside + 1]
    core = near.min(axis=0).astype(np.float32)
    usual = np.minimum(core, np.median(core))
    dark = strip < paper - np.maximum(PALEST, INKED * (paper - usual))
    start = far - aside + near.argmin(axis=0)
    above, below = _reach(dark[::-1], len(strip) - 1 - start), _reach(dark, start)
    length = np.where(dark[start, np.arange(strip.shape[1])], above + below - 1, 0)
    if not (length > 0).any():
        return np.zeros(strip.shape, dtype=np.bool_), 0.0
    thickness = float(np.median(length[length > 0]))
    middle = _steady(np.where(length > 0, start + (below - above) / 2, np.nan), far)
    rows = np.arange(len(strip))[:, None]
    half = thickness / 2 + SOFT
    crossing = (
        (middle - start + above > half + MORE) & (start + below - 1 - middle > half + MORE) & (length > 0)
    )
    own = (np.abs(rows - middle) <= half) & ~crossing
    return np.asarray(own, dtype=np.bool_), thickness


def _frayed(grey: Grey, mask: Mask, reach: int) -> Mask:
    """Return the crumbs of ink that hang on the rulings and lie within `reach` pixels of them as a whole."""
    near = cv2.dilate(mask.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0
    labels, stats, _ = pieces_of(((grey < CRUMB) & ~mask).astype(np.uint8))
    far = np.zeros(len(stats), dtype=np.bool_)
    far[np.unique(labels[~near])] = True
    return np.asarray(near & ~far[labels], dtype=np.bool_)


def _steady(middle: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """Return the middle of a ruling along it, letters that touch it evened out: the median of each stretch, joined by lines."""
    starts = np.arange(0, len(middle), STRETCH)
    parts = [middle[at : at + STRETCH] for at in starts]
    places = [float(np.nanmedian(part)) if np.isfinite(part).any() else usual for part in parts]
    return np.asarray(np.interp(np.arange(len(middle)), starts + STRETCH / 2, places), dtype=np.float64)


def _reach(dark: Mask, start: Ints) -> Ints:
    """Return how many pixels on end are dark from row `start` of each column downwards, that one included."""
    rows = np.arange(len(dark))[:, None]
    light = np.where((rows >= start) & ~dark, rows, len(dark))
    return np.asarray(light.min(axis=0) - start, dtype=np.intp)
