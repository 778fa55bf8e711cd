"""Turns the characters that are seen on a page into its text proper, and what is struck out or lies across it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.grid.chars import Chars, Flags
from extract.grid.rulings import Box, Reach, Segment, merge
from extract.pdf.page_content import PageContent
from extract.pdf.struck_text import part_by_strokes
from extract.pdf.tracking import with_tracking

SAME_RUN = 1.0  # sizes between two characters of one run of text that is told of


class PageText(NamedTuple):
    """The characters of a page that are its text, those struck out, and those that run across (a watermark).

    `level` are the horizontal rulings but for the strokes under the text and through it.
    """

    chars: Chars
    struck: Chars
    slanted: Chars
    level: tuple[Segment, ...]


class Run(NamedTuple):
    """Characters that follow each other on a line: their text and the box around them in points."""

    text: str
    box: Box


def page_text(content: PageContent, reach: Reach) -> PageText:
    """Part a page's characters; spread letters say how far they are set apart."""
    chars = content.chars
    slanted = chars[chars.slanted]
    level = chars[~chars.slanted] if len(slanted) else chars
    parted = part_by_strokes(level, merge(content.horizontal, reach), content.view)
    return PageText(with_tracking(parted.chars), parted.struck, slanted, parted.rulings)


def runs_of(chars: Chars) -> list[Run]:
    """Return characters as the runs of text in which they were drawn."""
    if not len(chars):
        return []
    starts = [0, *(np.flatnonzero(~_follow(chars)) + 1).tolist(), len(chars)]
    return [
        Run("".join(chars.texts[first:last]).strip(), box_around(chars[first:last]))
        for first, last in pairwise(starts)
    ]


def box_around(chars: Chars) -> Box:
    """Return the box around characters."""
    x0, top = chars.boxes[:, :2].min(axis=0).tolist()
    x1, bottom = chars.boxes[:, 2:].max(axis=0).tolist()
    return x0, top, x1, bottom


def _follow(chars: Chars) -> Flags:
    """Tell of each character but the first whether it follows the one before it on a line."""
    last, char = chars[:-1], chars[1:]
    near = SAME_RUN * np.maximum(char.size, last.size)
    gap, rise = char.x0 - last.x1, np.abs(char.origin_y - last.origin_y)
    across = (np.abs(gap) <= 2 * near) & (np.abs(char.top - last.top) <= 2 * near)
    upright = (np.abs(char.origin_x - last.origin_x) <= near / 2) & (rise <= 2 * near)
    level = (rise <= near / 2) & (-near <= gap) & (gap <= near)
    turned = (char.turn == 90) | (char.turn == 270)
    return np.where(char.slanted & last.slanted, across, np.where(turned, upright, level))
