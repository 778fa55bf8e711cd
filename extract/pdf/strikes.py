"""Finds the strokes of a page that belong to its text: those under it, and those that strike it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.pdf.seam import Char, Segment
from extract.pdf.view import PageView

LOW, HIGH = 0.1, 0.65  # of the size above the baseline: a line between them goes through the letters
UNDER = 0.35  # of the size below the baseline: a line above that belongs to the letters
END, UNDER_END = 0.6, 0.25  # sizes by which a stroke through text, or one under it, may pass it at each end
FILLED = 0.5  # share of a stroke's length along which it has text
BESIDE = 0.2  # of the size above and below a stroke there is the same ground; at the edge of a drawing there is not
SAME_GROUND = 6.0  # grey levels of 255 by which the grounds may differ: less is not seen


class TextStrokes(NamedTuple):
    """The level strokes of a page that are rulings, the characters that stand and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: tuple[Char, ...]
    struck: tuple[Char, ...]


def part_by_strokes(chars: Sequence[Char], level: Sequence[Segment], view: PageView) -> TextStrokes:
    """Part strokes that begin and end with the text they go through or stand under from the other ones.

    A stroke that runs on past its text is a ruling: text that lies over it is not struck out, and neither is text over
    the edge of a drawing, such as a watermark.
    """
    struck: set[int] = set()
    rulings: list[Segment] = []
    printed = [n for n, char in enumerate(chars) if char.turn == 0 and not char.text.isspace()]
    places = np.array([_place(chars[n]) for n in printed]).reshape(-1, 3)
    for segment in level:
        heights = (places[:, 1] - segment.position) / places[:, 2]
        along = (segment.start < places[:, 0]) & (places[:, 0] < segment.end)
        through = [printed[n] for n in np.flatnonzero(along & (heights > LOW) & (heights < HIGH))]
        above = [printed[n] for n in np.flatnonzero(along & (heights <= LOW) & (heights > -UNDER))]
        struck_out = [chars[n] for n in through]
        if _fits(segment, struck_out, END) and _is_stroke(segment, struck_out[0].size, view):
            struck.update(through)
        elif not _fits(segment, [chars[n] for n in above], UNDER_END):
            rulings.append(segment)
    kept = tuple(char for n, char in enumerate(chars) if n not in struck)
    return TextStrokes(tuple(rulings), kept, tuple(chars[n] for n in sorted(struck)))


def _place(char: Char) -> tuple[float, float, float]:
    return (char.x0 + char.x1) / 2, char.origin_y, max(char.size, 0.01)


def _is_stroke(segment: Segment, size: float, view: PageView) -> bool:
    """Tell whether the drawing has the same ground above and below a line through text of this size in points."""
    at = np.array([segment.position - BESIDE * size, segment.position + BESIDE * size])
    rows = np.clip((at * view.y_scale).astype(np.intp), 0, view.drawing.shape[0] - 1)
    columns = slice(int(segment.start * view.x_scale), max(int(segment.end * view.x_scale), 1))
    above, below = np.median(view.drawing[rows, columns], axis=1)
    return bool(abs(above - below) <= SAME_GROUND)


def _fits(segment: Segment, printed: Sequence[Char], end: float) -> bool:
    """Tell whether a stroke begins and ends with some text."""
    if not printed:
        return False
    room = end * max(char.size for char in printed)
    first, last = min(char.x0 for char in printed), max(char.x1 for char in printed)
    filled = sum(char.x1 - char.x0 for char in printed)
    return (
        segment.start >= first - room
        and segment.end <= last + room
        and filled >= FILLED * (segment.end - segment.start)
    )
