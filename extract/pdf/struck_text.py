"""Finds the strokes of a page that belong to its text: those under it, and those that strike it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Chars
from extract.grid.rulings import Segment
from extract.pdf.drawn_page import PageView
from extract.pdf.settings import LINES, STROKES


class TextStrokes(NamedTuple):
    """The horizontal strokes of a page that are rulings, the characters that stay and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: Chars
    struck: Chars


def part_by_strokes(chars: Chars, strokes: Sequence[Segment], view: PageView) -> TextStrokes:
    """Separate strokes that begin and end with the text they go through or are under from the other ones.

    A stroke that runs on past its text is a ruling: text on it is not struck out, and neither is text on
    the edge of a drawing, such as a watermark.
    """
    struck = np.zeros(len(chars), dtype=np.bool_)
    rulings: list[Segment] = []
    printed = np.flatnonzero((chars.turn == 0) & chars.printed)
    printed = printed[np.argsort(chars.origin_y[printed], kind="stable")]
    text = chars[printed]
    base, size = text.origin_y, np.maximum(text.size, LINES.least_size)
    middle = (text.x0 + text.x1) / 2
    largest = float(size.max(initial=0.0))
    for stroke in strokes:
        y = stroke.position
        near = slice(*np.searchsorted(base, (y - STROKES.under * largest, y + STROKES.high * largest)))
        heights = (base[near] - y) / size[near]
        along = (stroke.start < middle[near]) & (middle[near] < stroke.end)
        through = along & (heights > STROKES.low) & (heights < STROKES.high)
        above = along & (heights <= STROKES.low) & (heights > -STROKES.under)
        crossed = text[near][through]
        if _fits(stroke, crossed, STROKES.end) and _is_stroke(stroke, float(crossed.size[0]), view):
            struck[printed[near][through]] = True
        elif not _fits(stroke, text[near][above], STROKES.under_end):
            rulings.append(stroke)
    return TextStrokes(tuple(rulings), chars[~struck] if struck.any() else chars, chars[struck])


def _is_stroke(stroke: Segment, size: float, view: PageView) -> bool:
    """Tell whether the drawing has the same ground above and below a line through text of this size in points."""
    at = np.array([stroke.position - STROKES.beside * size, stroke.position + STROKES.beside * size])
    rows = np.clip((at * view.y_scale).astype(np.intp), 0, view.drawing.shape[0] - 1)
    columns = slice(int(stroke.start * view.x_scale), max(int(stroke.end * view.x_scale), 1))
    above, below = np.median(view.drawing[rows, columns], axis=1)
    return bool(abs(above - below) <= STROKES.same_ground)


def _fits(stroke: Segment, text: Chars, end: float) -> bool:
    """Tell whether a stroke begins and ends with some text, `end` of its size further at most."""
    if not len(text):
        return False
    room = end * text.size.max()
    inside = stroke.start >= text.x0.min() - room and stroke.end <= text.x1.max() + room
    return bool(inside and (text.x1 - text.x0).sum() >= STROKES.filled * stroke.length)
