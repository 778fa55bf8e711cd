"""Marks of a few pixels: their number and their one place in the cells tell what their look alone cannot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.pieces import Candidate
from extract.scan.marks.shapes import SIDE, Patch, Shape

Floats = NDArray[np.float64]

SPOT = 3.8  # points; smaller marks count only where they repeat in one place of their cells
STRAY = 0.07  # widths of a cell by which such spots may stray
MANY = 6  # spots that are a mark of the page whatever they look like
FIT = 0.8  # likelihood that such a mark is given
STILL = 0.04  # widths of a cell by which many spots may stray
TONES = 0.15  # share of their usual darkness by which they may differ in the middle
ROUND = 1.14  # times that they may be wider than high, or higher than wide: a dash is flatter
BARE = 0.15  # share of the page's cells that must be bare: signs for no mark stand in every cell without one
CUT = 0.3  # of a picture's darkest part: what is darker counts for its proportions
LIGHT = 0.4  # share of the ink of the page's other marks that a mark has at least


def strays(group: Sequence[Candidate]) -> bool:
    """Tell whether spots lie scattered over their cells, as dirt does; a few must also lie at one height."""
    aside, upright = _astray(group)
    return aside > STRAY or (len(group) < MANY and upright > STRAY)


def spots_of(
    group: Sequence[Candidate], picture: Patch, shape: Shape, usual: float, bare: float
) -> Shape | None:
    """Return the shape of spots that are a mark of the page for being many, alike and in one place, or None.

    Args:
        group: the spots, which look alike.
        picture: the mean of their pictures.
        shape: what that looks like.
        usual: pixels of the page's other marks; 0 if it has none.
        bare: share of the page's cells that hold no ink.
    """
    aside, upright = _astray(group)
    tones = np.array([one.tone for one in group])
    middle = float(np.median(tones))
    even = float(np.median(np.abs(tones - middle))) <= TONES * middle
    heavy = float(np.median([one.area for one in group])) > LIGHT * usual
    settled = len(group) >= MANY and max(aside, upright) <= STILL and even and heavy
    if settled and bare >= BARE and shape.glyph != "dash" and _is_round(group, picture):
        return Shape("blob", FIT, shape.dash)
    return None


def _astray(group: Sequence[Candidate]) -> tuple[float, float]:
    """Return how far the spots lie from their middle place, sideways, and from the cell's middle or its top."""
    places = np.array([(one.aside, one.below, one.head) for one in group])
    aside, below, head = np.median(np.abs(places - np.median(places, axis=0)), axis=0).tolist()
    return float(aside), float(min(below, head))


def _is_round(group: Sequence[Candidate], picture: Patch) -> bool:
    """Tell whether the ink of the spots reaches as far sideways as up and down."""
    width, height = np.mean([one.size for one in group], axis=0).tolist()
    ink: Floats = np.clip(picture.astype(np.float64) - CUT, 0.0, None)
    steps = np.arange(SIDE, dtype=np.float64) + 0.5
    wide, high = (_spread(ink.sum(axis=axis), steps) for axis in (0, 1))
    ratio = wide * width / max(high * height, 1e-6)
    return 1.0 / ROUND <= ratio <= ROUND


def _spread(weights: Floats, places: Floats) -> float:
    total = max(float(weights.sum()), 1e-6)
    middle = float(weights @ places) / total
    return float(np.sqrt(weights @ (places - middle) ** 2 / total))
