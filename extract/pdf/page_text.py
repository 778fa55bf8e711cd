"""Turns the characters that are seen on a page into its text, and what is struck out or runs across it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box, around, middles
from extract.grid.chars import Chars, Flags, Floats, Ints
from extract.grid.groups import stretches
from extract.grid.rulings import Segment, as_rows, merge
from extract.grid.settings import Reach
from extract.pdf.drawn_page import PageView
from extract.pdf.page_content import PageContent
from extract.pdf.settings import CHARS, LINES, STROKES
from extract.types import QUARTER_TURN


class PageText(NamedTuple):
    """The characters of a page that are its text, those struck out, and those that run across (a watermark).

    `horizontal` are the horizontal rulings without the strokes of text.
    """

    chars: Chars
    struck: Chars
    slanted: Chars
    horizontal: tuple[Segment, ...]


class Run(NamedTuple):
    """Characters that follow each other on a line: their text and the box around them in points."""

    text: str
    box: Box


def page_text(content: PageContent, reach: Reach) -> PageText:
    """Sort a page's characters; spread letters say how far they are apart."""
    chars = content.chars
    slanted = chars[chars.slanted]
    straight = chars[~chars.slanted] if len(slanted) else chars
    uprights = as_rows(merge(content.vertical, reach))
    found = _without_strokes(straight, merge(content.horizontal, reach), uprights, content.view)
    return PageText(_with_tracking(found.chars), found.struck, slanted, found.rulings)


def runs_of(chars: Chars) -> list[Run]:
    """Return characters as the runs of text in which they were drawn."""
    if not len(chars):
        return []
    runs = (chars[part] for part in stretches(~_follow(chars)))
    return [Run("".join(run.texts).strip(), around(map(Box._make, run.boxes.tolist()))) for run in runs]


def _follow(chars: Chars) -> Flags:
    last, char = chars[:-1], chars[1:]
    near = CHARS.same_run * np.maximum(char.size, last.size)
    gap, rise = char.x0 - last.x1, np.abs(char.origin_y - last.origin_y)
    across = (np.abs(gap) <= 2 * near) & (np.abs(char.top - last.top) <= 2 * near)
    vertical = (np.abs(char.origin_x - last.origin_x) <= near / 2) & (rise <= 2 * near)
    horizontal = (rise <= near / 2) & (-near <= gap) & (gap <= near)
    turned = char.turn // QUARTER_TURN % 2 == 1
    return np.where(char.slanted & last.slanted, across, np.where(turned, vertical, horizontal))


def _with_tracking(chars: Chars) -> Chars:
    """Return the characters, those of spread text with how far they are apart, so that the room is not a space.

    A font gives a letter's width without the room that is added between letters. A line shows it, over all
    columns: where nearly no two letters of a line and size that stand side by side are close, the narrower gaps are
    those between letters. Figures are no evidence: a row of them (`2 4 6`) is no word.
    """
    horizontal = np.flatnonzero(chars.turn == 0)
    base, size = np.round(chars.origin_y[horizontal], 1), np.round(chars.size[horizontal], 1)
    order = np.lexsort((chars.x0[horizontal], size, base))
    members, base, size = horizontal[order], base[order], size[order]
    x0, x1, own_size = chars.x0[members], chars.x1[members], chars.size[members]
    codes, code = np.unique(chars.codes[members], return_inverse=True)
    letters = (
        chars.printed[members]
        & np.array([n < 0 or chr(n).isalpha() for n in codes.tolist()], dtype=np.bool_)[code]
    )
    gaps = x0[1:] - x1[:-1]
    counted = letters[1:] & letters[:-1] & (gaps < LINES.widest_tracked * own_size[:-1])
    tracking = np.zeros(len(chars))
    for line in stretches((np.diff(base) != 0) | (np.diff(size) != 0)) if len(members) else ():
        between = slice(line.start, line.stop - 1)
        own = np.sort(gaps[between][counted[between]])
        if len(own) >= LINES.fewest_gaps:
            room = own[len(own) * LINES.narrow_percent // 100]
            tracking[members[line]] = room if room > LINES.tracked * own_size[line.start] else 0.0
    return chars.with_tracking(tracking) if tracking.any() else chars


class _Strokes(NamedTuple):
    """The horizontal strokes of a page that are rulings, the characters that stay and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: Chars
    struck: Chars


def _without_strokes(chars: Chars, strokes: Sequence[Segment], uprights: Floats, view: PageView) -> _Strokes:
    """Separate strokes that begin and end with the text they go through or are under from the other ones.

    A stroke that runs on past its text is a ruling, and so is one under text that fills its cell, from one of the
    `uprights` (N x 3: position, start, end) to another: text on it is not struck out, and neither is text on
    the edge of a drawing, such as a watermark.
    """
    struck = np.zeros(len(chars), dtype=np.bool_)
    rulings: list[Segment] = []
    printed = np.flatnonzero((chars.turn == 0) & chars.printed)
    printed = printed[np.argsort(chars.origin_y[printed], kind="stable")]
    base, size = chars.origin_y[printed], np.maximum(chars.size[printed], LINES.least_size)
    middle, _ = middles(chars.boxes[printed])
    largest = float(size.max(initial=0.0))
    for stroke in strokes:
        y = stroke.position
        near = slice(*np.searchsorted(base, (y - STROKES.under * largest, y + STROKES.high * largest)))
        heights = (base[near] - y) / size[near]
        along = (stroke.start < middle[near]) & (middle[near] < stroke.end)
        through = along & (heights > STROKES.low) & (heights < STROKES.high)
        above = along & (heights <= STROKES.low) & (heights > -STROKES.under)
        crossed = printed[near][through]
        if _fits(stroke, chars, crossed, STROKES.end) and _is_stroke(stroke, chars.size[crossed[0]], view):
            struck[crossed] = True
        elif _is_between(stroke, uprights) or not _fits(
            stroke, chars, printed[near][above], STROKES.under_end
        ):
            rulings.append(stroke)
    return _Strokes(tuple(rulings), chars[~struck] if struck.any() else chars, chars[struck])


def _is_between(stroke: Segment, uprights: Floats) -> bool:
    """Tell whether a stroke begins and ends at vertical rulings that pass it or end with it."""
    places, start, end = uprights.T
    passing = places[
        (start - STROKES.at_upright <= stroke.position) & (stroke.position <= end + STROKES.at_upright)
    ]
    return all((np.abs(passing - place) <= STROKES.at_upright).any() for place in (stroke.start, stroke.end))


def _is_stroke(stroke: Segment, size: float, view: PageView) -> bool:
    """Tell whether the drawing has the same ground above and below a line through text of this size in points."""
    at = np.array([stroke.position - STROKES.beside * size, stroke.position + STROKES.beside * size])
    rows = np.clip((at * view.y_scale).astype(np.intp), 0, view.drawing.shape[0] - 1)
    columns = slice(int(stroke.start * view.x_scale), max(int(stroke.end * view.x_scale), 1))
    above, below = np.median(view.drawing[rows, columns], axis=1)
    return bool(abs(above - below) <= STROKES.same_ground)


def _fits(stroke: Segment, chars: Chars, text: Ints, end: float) -> bool:
    """Tell whether a stroke begins and ends with some characters, `end` of their size further at most."""
    if not len(text):
        return False
    x0, x1, room = chars.x0[text], chars.x1[text], end * chars.size[text].max()
    inside = stroke.start >= x0.min() - room and stroke.end <= x1.max() + room
    return bool(inside and (x1 - x0).sum() >= STROKES.filled * stroke.length)
