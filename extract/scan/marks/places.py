"""The candidates of a group turned into their usual size and place in the cell, by which others are judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.scan.marks.pieces import Candidate

FEWEST = 5  # candidates that show how large the page's marks or dashes are
SLACK = 0.06  # widths of a cell by which places may differ in any case
SPREAD = 4.0  # times the usual difference of places by which they may differ
WIDTHS = (0.55, 1.7)  # shares of the usual width
HEIGHTS = (0.4, 2.1)
AREAS = (0.4, 1.9)
SIZES = (0.5, 1.8)  # shares of the usual width and height that a mark of another look may have
PALER = 0.55  # share of the usual darkness
SPECK = 3.1  # points; larger ink is no speck
OUT = 0.1  # widths of a cell by which a speck lies beside the place of marks
LIGHT = 0.36  # share of the usual mark's ink that a speck may have
BLACK = 0.9  # of the page's usual print: paler ink may be what is left of a mark


class Usual(NamedTuple):
    """Medians over a group of candidates, and how far the places are from theirs in the middle."""

    members: int
    width: float
    height: float
    area: float
    tone: float
    aside: float
    below: float
    head: float
    slack: tuple[float, float, float]


def usual_of(group: Sequence[Candidate]) -> Usual:
    """Return the usual size and place of candidates that show the same glyph."""
    values = np.array([(*one.size, one.area, one.tone, one.aside, one.below, one.head) for one in group])
    middle = np.median(values, axis=0)
    spread = np.median(np.abs(values[:, 4:] - middle[4:]), axis=0)
    slack = np.maximum(SLACK, SPREAD * spread).tolist()
    width, height, area, tone, aside, below, head = middle.tolist()
    return Usual(len(group), width, height, area, tone, aside, below, head, (slack[0], slack[1], slack[2]))


def is_like(candidate: Candidate, usual: Usual) -> bool:
    """Tell whether a candidate has about the size of a group and lies in its place in the cell."""
    width, height = candidate.size
    return (
        WIDTHS[0] <= width / usual.width <= WIDTHS[1]
        and HEIGHTS[0] <= height / usual.height <= HEIGHTS[1]
        and AREAS[0] <= candidate.area / usual.area <= AREAS[1]
        and candidate.tone >= PALER * usual.tone
        and abs(candidate.aside - usual.aside) <= usual.slack[0]
        and abs(candidate.below - usual.below) <= usual.slack[1]
    )


def is_placed(candidate: Candidate, usual: Usual) -> bool:
    """Tell whether a candidate lies where those of a group lie, from the middle of the cell or from its top.

    Of these two counts the one from which the group's places differ less, both where they do not differ.
    """
    aside, below, head = (max(OUT, slack) for slack in usual.slack)
    middle = below <= head and abs(candidate.below - usual.below) <= below
    top = head <= below and abs(candidate.head - usual.head) <= head
    return (middle or top) and abs(candidate.aside - usual.aside) <= aside


def is_odd(candidate: Candidate, marks: Sequence[Usual]) -> bool:
    """Tell whether a candidate is much larger or smaller than all marks of a page that has several."""
    known = [mark for mark in marks if mark.members >= FEWEST]
    ratios = [(candidate.size[0] / mark.width, candidate.size[1] / mark.height) for mark in known]
    return bool(known) and all(max(pair) > SIZES[1] or min(pair) < SIZES[0] for pair in ratios)


def is_dirt(candidate: Candidate, marks: Sequence[Usual], usual: float, dpi: float) -> bool:
    """Tell whether a candidate is a dark speck beside the place where the page's marks are."""
    return (
        bool(marks)
        and max(candidate.size) * 72.0 <= SPECK * dpi
        and candidate.area <= LIGHT * usual
        and candidate.tone >= BLACK
        and all(abs(candidate.aside - mark.aside) > max(OUT, mark.slack[0]) for mark in marks)
    )


def is_small(candidate: Candidate, beside: Candidate, dpi: float) -> bool:
    """Tell whether a piece of ink can be a speck beside a mark or dash."""
    return max(candidate.size) * 72.0 <= SPECK * dpi and candidate.area <= 1.6 * beside.area
