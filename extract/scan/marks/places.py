"""The candidates of a group turned into their usual size and place in the cell, by which others are judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.scan.marks.pieces import Candidate, Measures
from extract.scan.marks.settings import PLACES
from extract.scan.marks.shapes import SIDE, Patch, Shape
from extract.scan.model import HALF_PIXEL, Floats

TINY = 1e-6  # keeps a division from failing


class Usual(NamedTuple):
    """Medians over a group of candidates, and how far aside, below and deep their places may be from these."""

    members: int
    ink: Measures
    slack: tuple[float, ...]

    def is_like(self, candidate: Candidate) -> bool:
        """Tell whether a candidate has about the size of the group and is in its place in the cell."""
        own, other = candidate.ink, self.ink
        aside, below, _ = self.slack
        sizes = zip(own[:3], other[:3], (PLACES.widths, PLACES.heights, PLACES.areas), strict=True)
        return (
            all(low <= one / two <= high for one, two, (low, high) in sizes)
            and own.tone >= PLACES.paler * other.tone
            and abs(own.aside - other.aside) <= aside
            and abs(own.below - other.below) <= below
        )

    def is_place_of(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is where those of the group are, counted from the middle of the cell or from its top.

        Whichever of these differs less among the group counts, both where they differ alike.
        """
        own, other = candidate.ink, self.ink
        aside, below, depth = (max(PLACES.out, slack) for slack in self.slack)
        middle = below <= depth and abs(own.below - other.below) <= below
        top = depth <= below and abs(own.depth - other.depth) <= depth
        return (middle or top) and abs(own.aside - other.aside) <= aside


def usual_of(group: Sequence[Candidate]) -> Usual:
    """Return the usual size and place of candidates that show the same glyph."""
    values = np.array([one.ink for one in group])
    middle = np.median(values, axis=0)
    spread = np.median(np.abs(values - middle), axis=0)[-3:]
    slack = np.maximum(PLACES.slack, PLACES.spread * spread).tolist()
    return Usual(len(group), Measures(*middle.tolist()), tuple(slack))


def is_odd(candidate: Candidate, marks: Sequence[Usual]) -> bool:
    """Tell whether a candidate is much larger or smaller than all marks of a page that has several."""
    known = [mark.ink for mark in marks if mark.members >= PLACES.fewest]
    ratios = [(candidate.ink.width / mark.width, candidate.ink.height / mark.height) for mark in known]
    least, most = PLACES.sizes
    return bool(known) and all(max(pair) > most or min(pair) < least for pair in ratios)


def is_dirt(candidate: Candidate, marks: Sequence[Usual], usual: float) -> bool:
    """Tell whether a candidate is a dark speck beside the place where the page's marks are."""
    return (
        bool(marks)
        and max(candidate.points) <= PLACES.speck
        and candidate.ink.area <= PLACES.speck_ink * usual
        and candidate.ink.tone >= PLACES.black
        and all(abs(candidate.ink.aside - mark.ink.aside) > max(PLACES.out, mark.slack[0]) for mark in marks)
    )


def is_small(candidate: Candidate, beside: Candidate) -> bool:
    """Tell whether a piece of ink can be a speck beside a mark or dash."""
    few = candidate.ink.area <= PLACES.beside * beside.ink.area
    return few and max(candidate.points) <= PLACES.speck


def strays(group: Sequence[Candidate]) -> bool:
    """Tell whether spots are scattered over their cells, as dirt is; a few must also be at one height."""
    aside, along = _astray(group)
    return aside > PLACES.stray or (len(group) < PLACES.many and along > PLACES.stray)


def spots_of(
    group: Sequence[Candidate], picture: Patch, shape: Shape, usual: float, bare: float
) -> Shape | None:
    """Return the shape of spots that are a mark of the page for being many, alike and in one place, or None.

    Marks of a few pixels are told by their number and their one place in the cells, which their look alone cannot.

    Args:
        group: the spots, which look alike.
        picture: the mean of their pictures.
        shape: what that looks like.
        usual: pixels of the page's other marks; 0 if it has none.
        bare: share of the page's cells that hold no ink.
    """
    if len(group) < PLACES.many or bare < PLACES.bare or shape.glyph == "dash":
        return None
    tones = np.array([one.ink.tone for one in group])
    middle = float(np.median(tones))
    even = float(np.median(np.abs(tones - middle))) <= PLACES.tones * middle
    heavy = float(np.median([one.ink.area for one in group])) > PLACES.light * usual
    if even and heavy and max(_astray(group)) <= PLACES.still and _is_round(group, picture):
        return Shape("blob", PLACES.spot_fit, shape.dash)
    return None


def _astray(group: Sequence[Candidate]) -> tuple[float, float]:
    """Return how far the spots are from their middle place, sideways, and from the cell's middle or its top."""
    places = np.array([one.ink[-3:] for one in group])
    aside, below, depth = np.median(np.abs(places - np.median(places, axis=0)), axis=0).tolist()
    return float(aside), float(min(below, depth))


def _is_round(group: Sequence[Candidate], picture: Patch) -> bool:
    width, height = np.mean([one.ink[:2] for one in group], axis=0).tolist()
    ink: Floats = np.clip(picture.astype(np.float64) - PLACES.round_cut, 0.0, None)
    steps = np.arange(SIDE, dtype=np.float64) + HALF_PIXEL
    wide, high = (_spread(ink.sum(axis=axis), steps) for axis in (0, 1))
    ratio = wide * width / max(high * height, TINY)
    return 1.0 / PLACES.round <= ratio <= PLACES.round


def _spread(weights: Floats, places: Floats) -> float:
    total = max(float(weights.sum()), TINY)
    middle = float(weights @ places) / total
    return float(np.sqrt(weights @ (places - middle) ** 2 / total))
