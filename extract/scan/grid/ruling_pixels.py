"""The sides of a grid turned into the very pixels of their rulings; print that touches or crosses them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from extract.scan.grid.ruling_lines import Edge
from extract.scan.grid.settings import PIXEL
from extract.scan.grid.sides import Drawn, Sides
from extract.scan.model import HALF_PIXEL, POINTS_PER_INCH, Floats, Grey, Indices, Mask, Sheet
from extract.scan.pixels import dilated, pieces_of


def ruling_pixels(
    sheet: Sheet, rows: Sequence[Edge], columns: Sequence[Edge], sides: Sides
) -> tuple[Mask, float]:
    """Return the pixels of the drawn sides' rulings, as large as the sheet's picture, and their usual thickness in pixels.

    Edges are in pixels of the page's maps. Where a letter crosses a ruling its ink stays, where it touches one only the
    ruling's own thickness goes.
    """
    mask = np.zeros(sheet.grey.shape, dtype=np.bool_)
    widths = [
        *_bands(sheet.grey, mask, (rows, columns, sides.horizontal), sheet),
        *_bands(sheet.grey.T, mask.T, (columns, rows, sides.vertical), sheet),
    ]
    mask |= _frayed(sheet.grey, mask, round(PIXEL.frayed * sheet.dpi / POINTS_PER_INCH))
    return mask, round(float(np.median(widths)), 2) if widths else 1.0


def _bands(
    grey: Grey, mask: Mask, drawn: tuple[Sequence[Edge], Sequence[Edge], Drawn], sheet: Sheet
) -> list[float]:
    """Mark the rulings of one direction in the mask; return the thickness of each.

    `drawn` holds the edges, those that cross them, and which sides are drawn.
    """
    factor, (height, width) = sheet.dpi / sheet.maps.dpi, grey.shape
    reach, aside = (round(size * sheet.dpi / POINTS_PER_INCH) for size in (PIXEL.reach, PIXEL.aside))
    near = PIXEL.met * sheet.dpi / POINTS_PER_INCH
    crossings = [crossing.position * factor for crossing in drawn[1]]
    widths: list[float] = []
    for edge, sides in zip(drawn[0], drawn[-1], strict=True):
        on = np.zeros(width, dtype=np.bool_)
        for start, end in np.array(list(pairwise(crossings)))[sides].tolist():
            on[max(0, round(start)) : round(end) + 1] = True
        places = np.flatnonzero(on)
        if not len(places):
            continue
        small = (places + HALF_PIXEL) / factor - HALF_PIXEL
        course = (
            np.interp(small, np.arange(len(edge.course)), edge.course) + HALF_PIXEL
        ) * factor - HALF_PIXEL
        middle = np.rint(course).astype(np.intp)
        lines = np.clip(middle[None, :] + np.arange(-reach, reach + 1)[:, None], 0, height - 1)
        met = np.abs(places[:, None] - np.array(crossings)).min(axis=1) <= near
        inked, thickness = _inked(grey[lines, places[None, :]], aside, met, course - middle)
        if thickness:
            widths.append(thickness)
        mask[lines, places[None, :]] |= inked
    return widths


def _inked(strip: Grey, aside: int, met: Mask, shift: Floats) -> tuple[Mask, float]:
    """Return which pixels of a strip along an edge are its ruling's, and how thick it is; the edge is in the middle row.

    `met` tells of each place along it whether another ruling crosses there, `shift` how far below the middle row the
    edge's course is.
    """
    far = len(strip) // 2
    paper = np.median(strip, axis=0).astype(np.float32)[None, :]
    paper = cv2.blur(paper, (31, 1))[0]
    near = strip[far - aside : far + aside + 1]
    core = near.min(axis=0).astype(np.float32)
    darkest = np.minimum(core, np.median(core))
    dark = strip < paper - np.maximum(PIXEL.palest, PIXEL.inked * (paper - darkest))
    start = far - aside + near.argmin(axis=0)
    above, below = _extent(dark, start)
    length = np.where(dark[start, np.arange(strip.shape[1])], above + below - 1, 0)
    inked = length > 0
    if not inked.any():
        return np.zeros(strip.shape, dtype=np.bool_), 0.0
    least = float(np.percentile(length[inked], 25))
    plain = inked & (length <= least + max(PIXEL.more, PIXEL.glued * least))
    thickness = float(np.median(length[plain]))
    alone = inked & (length <= thickness) & ~met
    middle = _steady(np.where(alone, start + (below - above) / 2 - shift, np.nan), far) + shift
    rows = np.arange(len(strip))[:, None]
    half = thickness / 2
    over, under = (
        np.where(inked, beyond - half, 0) for beyond in (middle - start + above, start + below - 1 - middle)
    )
    crossing = np.minimum(over, under) > PIXEL.soft + PIXEL.more
    # Where a letter touches the ruling none of its ink is a soft edge.
    up, down = (half + np.where(more > PIXEL.touched, 0.0, PIXEL.soft) for more in (over, under))
    own = (rows >= middle - up) & (rows <= middle + down) & ~crossing
    usual = _steady(np.where(alone, core, np.nan), float(np.median(core)))
    levels, share = PIXEL.darker
    own &= (strip >= usual - np.maximum(levels, share * (paper - usual))) | met
    return np.asarray(own, dtype=np.bool_), thickness


def _extent(dark: Mask, start: Indices) -> tuple[Indices, Indices]:
    """Return how many pixels on end are dark upwards and downwards from row `start` of each column, including that one.

    Ink that never ends is a dark background: a ruling beside it ends where it would on its other side.
    """
    above, below = _reach(dark[::-1], len(dark) - 1 - start), _reach(dark, start)
    up, down = above > start, below >= len(dark) - start
    above, below = np.where(up & ~down, below, above), np.where(down & ~up, above, below)
    return np.where(up & down, 1, above), np.where(up & down, 1, below)


def _reach(dark: Mask, start: Indices) -> Indices:
    """Return how many pixels on end are dark from row `start` of each column downwards, including that one."""
    rows = np.arange(len(dark))[:, None]
    light = np.where((rows >= start) & ~dark, rows, len(dark))
    return np.asarray(light.min(axis=0) - start, dtype=np.intp)


def _frayed(grey: Grey, mask: Mask, reach: int) -> Mask:
    """Return the crumbs of ink that hang on the rulings and lie wholly within `reach` pixels of them."""
    near = dilated(mask, 2 * reach + 1)
    pieces = pieces_of((grey < PIXEL.crumb) & ~mask)
    far = pieces.longest >= PIXEL.letter * reach
    far &= pieces.areas >= PIXEL.stem * reach * pieces.longest
    far[np.unique(pieces.labels[~near])] = True
    return np.asarray(near & ~far[pieces.labels], dtype=np.bool_)


def _steady(values: Floats, usual: float) -> Floats:
    """Return values along a ruling without their noise: the medians of its stretches, joined by straight lines.

    Places without a value (NaN) are left out; `usual` is taken where there is none at all.
    """
    starts = np.arange(0, max(1, len(values) - PIXEL.stretch // 2), PIXEL.stretch)
    parts = [values[at:end] for at, end in pairwise([*starts.tolist(), len(values)])]
    known = [
        (at, np.nanmedian(part)) for at, part in zip(starts, parts, strict=True) if np.isfinite(part).any()
    ]
    if not known:
        return np.full(len(values), usual)
    places, medians = np.array(known).T
    return np.asarray(
        np.interp(np.arange(len(values)), places + PIXEL.stretch / 2, medians), dtype=np.float64
    )
