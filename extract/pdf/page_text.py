"""Turns the characters that are seen on a page into its text, and what is struck out or runs across it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Chars, Flags
from extract.grid.groups import stretches
from extract.grid.rulings import Segment, merge
from extract.grid.settings import Reach
from extract.pdf.page_content import PageContent
from extract.pdf.settings import CHARS, LINES
from extract.pdf.struck_text import part_by_strokes
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
    found = part_by_strokes(straight, merge(content.horizontal, reach), content.view)
    return PageText(_with_tracking(found.chars), found.struck, slanted, found.rulings)


def runs_of(chars: Chars) -> list[Run]:
    """Return characters as the runs of text in which they were drawn."""
    if not len(chars):
        return []
    return [_run(chars[part]) for part in stretches(~_follow(chars))]


def _run(chars: Chars) -> Run:
    sides = (*chars.boxes[:, :2].min(axis=0).tolist(), *chars.boxes[:, 2:].max(axis=0).tolist())
    return Run("".join(chars.texts).strip(), Box(*sides))


def _follow(chars: Chars) -> Flags:
    """Tell for each character but the first whether it follows the one before it on a line."""
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

    A font gives a letter's width without the room that is added between letters. It is told by the line, over all
    columns: where nearly no two neighbours of a line and size are close, the narrower gaps are those between letters.
    """
    horizontal = np.flatnonzero(chars.turn == 0)
    base, size = np.round(chars.origin_y[horizontal], 1), np.round(chars.size[horizontal], 1)
    order = np.lexsort((chars.x0[horizontal], size, base))
    members, base, size = horizontal[order], base[order], size[order]
    text = chars[members]
    gaps = text.x0[1:] - text.x1[:-1]
    counted = text.printed[1:] & text.printed[:-1] & (gaps < LINES.widest_tracked * text.size[:-1])
    tracking = np.zeros(len(chars))
    for line in stretches((np.diff(base) != 0) | (np.diff(size) != 0)) if len(members) else ():
        between = slice(line.start, line.stop - 1)
        own = np.sort(gaps[between][counted[between]])
        if len(own) >= LINES.fewest_gaps:
            room = own[len(own) * LINES.narrow_percent // 100]
            tracking[members[line]] = room if room > LINES.tracked * text.size[line.start] else 0.0
    return chars.with_tracking(tracking) if tracking.any() else chars
