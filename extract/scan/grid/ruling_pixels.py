"""The sides of a grid turned into the very pixels of their rulings, print that touches or crosses them spared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.grid.ruling_lines import POINTS, Edge
from extract.scan.grid.sides import Drawn, Sides
from extract.scan.model import Grey, Mask, Sheet

REACH = 4.0  # points to both sides of an edge's course that are looked at: thick borders and double ones
ASIDE = 1.2  # points: the ruling's ink is this close to its course
INKED = 0.5  # of the way from paper to the darkest on the course: what is darker is ink
PALEST = 12  # grey levels between paper and a ruling's ink; a fainter one needs no whitening
MORE = 1.5  # pixels: ink that reaches on by more than this to both sides is a letter that crosses the ruling
GLUED = 0.3  # of a ruling's thickness, if more than `MORE`: where its ink reaches further a letter touches it
# Grey levels, and share of the way to paper, by which print over a ruling is darker than the ruling: a hairline is grey.
DARKER = (40.0, 0.25)
TOUCHED = 1.25  # pixels: the same to one side, where a letter touches it
MET = 1.5  # points: so near another ruling crosses
SOFT = 1.0  # pixels of soft edge on either side of a ruling
FRAYED = 1.0  # points: what hangs on a ruling and reaches no further is its own frayed ink, not a letter
# The same for pieces shorter than a letter, in lengths of `FRAYED`, or thinner than a stem: l stands along a ruling, too.
LETTER, STEM = 3.0, 0.5
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
        crossings = np.array([crossing.position * factor for crossing in across])
        met = np.abs(places[:, None] - crossings[None, :]).min(axis=1) <= MET * sheet.dpi / POINTS
        inked, thickness = _inked(
            grey[lines, places[None, :]], round(ASIDE * sheet.dpi / POINTS), met, course - middle
        )
        if thickness:
            widths.append(thickness)
        mask[lines, places[None, :]] |= inked
    return widths


def _inked(strip: Grey, aside: int, met: Mask, shift: NDArray[np.float64]) -> tuple[Mask, float]:
    """Return which pixels of a strip along an edge are its ruling's, the edge in the middle row, and how thick it is.

    `met` tells of each place along it whether another ruling crosses there, `shift` by how much the edge's course lies below
    the middle row.
    """
    far = len(strip) // 2
    paper = cv2.blur(np.median(strip, axis=0).astype(np.float32)[None, :], (31, 1))[0]
    near = strip[far - aside : far + aside + 1]
    core = near.min(axis=0).astype(np.float32)
    darkest = np.minimum(core, np.median(core))
    dark = strip < paper - np.maximum(PALEST, INKED * (paper - darkest))
    start = far - aside + near.argmin(axis=0)
    above, below = _reach(dark[::-1], len(strip) - 1 - start), _reach(dark, start)
    # Ink that goes on and on is a dark ground: the ruling beside it ends where it would on its other side.
    up, down = above > start, below >= len(strip) - start
    above, below = np.where(up & ~down, below, above), np.where(down & ~up, above, below)
    above, below = (np.where(up & down, 1, reach) for reach in (above, below))
    length = np.where(dark[start, np.arange(strip.shape[1])], above + below - 1, 0)
    if not (length > 0).any():
        return np.zeros(strip.shape, dtype=np.bool_), 0.0
    least = float(np.percentile(length[length > 0], 25))
    thickness = float(np.median(length[(length > 0) & (length <= least + max(MORE, GLUED * least))]))
    alone = (length > 0) & (length <= thickness) & ~met
    middle = _steady(np.where(alone, start + (below - above) / 2 - shift, np.nan), far) + shift
    rows = np.arange(len(strip))[:, None]
    half = thickness / 2
    over, under = (
        np.where(length > 0, beyond - half, 0)
        for beyond in (middle - start + above, start + below - 1 - middle)
    )
    crossing = (over > SOFT + MORE) & (under > SOFT + MORE)
    # Where a letter touches the ruling nothing of it is a soft edge.
    reach_up, reach_down = (half + np.where(more > TOUCHED, 0.0, SOFT) for more in (over, under))
    own = (rows >= middle - reach_up) & (rows <= middle + reach_down) & ~crossing
    usual = _steady(np.where(alone, core, np.nan), float(np.median(core)))
    own &= (strip >= usual - np.maximum(DARKER[0], DARKER[1] * (paper - usual))) | met
    return np.asarray(own, dtype=np.bool_), thickness


def _frayed(grey: Grey, mask: Mask, reach: int) -> Mask:
    """Return the crumbs of ink that hang on the rulings and lie within `reach` pixels of them as a whole."""
    near = cv2.dilate(mask.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0
    labels, stats, _ = pieces_of(((grey < CRUMB) & ~mask).astype(np.uint8))
    longest = stats[:, 2:4].max(axis=1)
    far = (longest >= LETTER * reach) & (stats[:, 4] >= STEM * reach * longest)
    far[np.unique(labels[~near])] = True
    return np.asarray(near & ~far[labels], dtype=np.bool_)


def _steady(values: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """Return values along a ruling evened out: the medians of its stretches, those without a value left out, joined by lines."""
    starts = np.arange(0, max(1, len(values) - STRETCH // 2), STRETCH)
    parts = [values[at:end] for at, end in pairwise([*starts.tolist(), len(values)])]
    known = [
        (at, np.nanmedian(part)) for at, part in zip(starts, parts, strict=True) if np.isfinite(part).any()
    ]
    if not known:
        return np.full(len(values), usual)
    places, medians = np.array(known).T
    return np.asarray(np.interp(np.arange(len(values)), places + STRETCH / 2, medians), dtype=np.float64)


def _reach(dark: Mask, start: Ints) -> Ints:
    """Return how many pixels on end are dark from row `start` of each column downwards, that one included."""
    rows = np.arange(len(dark))[:, None]
    light = np.where((rows >= start) & ~dark, rows, len(dark))
    return np.asarray(light.min(axis=0) - start, dtype=np.intp)
