"""Finds the strokes of a page that belong to its text: those under it, and those that strike it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.chars import ORIGIN_Y, SIZE, X0, X1, Chars, Floats
from extract.grid.rulings import Segment
from extract.pdf.drawn_page import PageView

LOW, HIGH = 0.1, 0.65  # of the size above the baseline: a line between them goes through the letters
UNDER = 0.35  # of the size below the baseline: a line above that belongs to the letters
END, UNDER_END = 0.6, 0.25  # sizes by which a stroke through text, or one under it, may pass it at each end
FILLED = 0.5  # share of a stroke's length along which it has text
BESIDE = 0.2  # of the size above and below a stroke there is the same ground; at the edge of a drawing there is not
SAME_GROUND = 6.0  # grey levels of 255 by which the grounds may differ: less is not seen


class TextStrokes(NamedTuple):
    """The level strokes of a page that are rulings, the characters that stand and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: Chars
    struck: Chars


def part_by_strokes(chars: Chars, level: Sequence[Segment], view: PageView) -> TextStrokes:
    """Part strokes that begin and end with the text they go through or stand under from the other ones.

    A stroke that runs on past its text is a ruling: text that lies over it is not struck out, and neither is text over
    the edge of a drawing, such as a watermark.
    """
    struck = np.zeros(len(chars), dtype=np.bool_)
    rulings: list[Segment] = []
    printed = np.flatnonzero((chars.turn == 0) & chars.printed)
    printed = printed[np.argsort(chars.origin_y[printed], kind="stable")]
    places = chars.places[printed]
    base, size = places[:, ORIGIN_Y], np.maximum(places[:, SIZE], 0.01)
    middle = (places[:, X0] + places[:, X1]) / 2
    largest = float(size.max(initial=0.0))
    for segment in level:
        near = slice(
            *np.searchsorted(base, (segment.position - UNDER * largest, segment.position + HIGH * largest))
        )
        heights = (base[near] - segment.position) / size[near]
        along = (segment.start < middle[near]) & (middle[near] < segment.end)
        through = along & (heights > LOW) & (heights < HIGH)
        above = along & (heights <= LOW) & (heights > -UNDER)
        struck_out = places[near][through]
        if _fits(segment, struck_out, END) and _is_stroke(segment, float(struck_out[0, SIZE]), view):
            struck[printed[near][through]] = True
        elif not _fits(segment, places[near][above], UNDER_END):
            rulings.append(segment)
    if not struck.any():
        return TextStrokes(tuple(rulings), chars, chars[struck])
    return TextStrokes(tuple(rulings), chars[~struck], chars[struck])


def _is_stroke(segment: Segment, size: float, view: PageView) -> bool:
    """Tell whether the drawing has the same ground above and below a line through text of this size in points."""
    at = np.array([segment.position - BESIDE * size, segment.position + BESIDE * size])
    rows = np.clip((at * view.y_scale).astype(np.intp), 0, view.drawing.shape[0] - 1)
    columns = slice(int(segment.start * view.x_scale), max(int(segment.end * view.x_scale), 1))
    above, below = np.median(view.drawing[rows, columns], axis=1)
    return bool(abs(above - below) <= SAME_GROUND)


def _fits(segment: Segment, printed: Floats, end: float) -> bool:
    """Tell whether a stroke begins and ends with some text (the places of its characters)."""
    if not len(printed):
        return False
    room = end * printed[:, SIZE].max()
    x0, x1 = printed[:, X0], printed[:, X1]
    return bool(
        segment.start >= x0.min() - room
        and segment.end <= x1.max() + room
        and (x1 - x0).sum() >= FILLED * (segment.end - segment.start)
    )
