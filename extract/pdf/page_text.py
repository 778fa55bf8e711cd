"""Turns the characters that are seen on a page into its text proper, and what is struck out or lies across it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.pdf.rulings import Reach, merge
from extract.pdf.seam import Char, PageContent, Segment
from extract.pdf.strikes import part_by_strokes
from extract.pdf.tracking import with_tracking
from extract.pdf.view import Box

SAME_RUN = 1.0  # sizes between two characters of one run of text that is told of


class PageText(NamedTuple):
    """The characters of a page that are its text, those struck out, and those that run across (a watermark).

    `level` are the horizontal rulings but for the strokes under the text and through it.
    """

    chars: tuple[Char, ...]
    struck: tuple[Char, ...]
    slanted: tuple[Char, ...]
    level: tuple[Segment, ...]


class Run(NamedTuple):
    """Characters that follow each other on a line: their text and the box around them in points."""

    text: str
    box: Box


def page_text(content: PageContent, reach: Reach) -> PageText:
    """Part a page's characters; spread letters say how far they are set apart."""
    level = [char for char in content.chars if not char.slanted]
    parted = part_by_strokes(level, merge(content.horizontal, reach), content.view)
    slanted = tuple(char for char in content.chars if char.slanted)
    return PageText(with_tracking(parted.chars), parted.struck, slanted, parted.rulings)


def runs_of(chars: Sequence[Char]) -> list[Run]:
    """Return characters as the runs of text in which they were drawn."""
    breaks, number = [], 0
    for n, char in enumerate(chars):
        number += n > 0 and not _follows(chars[n - 1], char)
        breaks.append(number)
    groups = (
        [char for _, char in group]
        for _, group in groupby(zip(breaks, chars, strict=True), key=lambda item: item[0])
    )
    return [Run("".join(char.text for char in group).strip(), box_around(group)) for group in groups]


def box_around(chars: Iterable[Char]) -> Box:
    """Return the box around characters."""
    boxes = list(chars)
    return (
        min(char.x0 for char in boxes),
        min(char.top for char in boxes),
        max(char.x1 for char in boxes),
        max(char.bottom for char in boxes),
    )


def _follows(last: Char, char: Char) -> bool:
    near = SAME_RUN * max(char.size, last.size)
    if char.slanted and last.slanted:
        return abs(char.x0 - last.x1) <= 2 * near and abs(char.top - last.top) <= 2 * near
    if char.turn in {90, 270}:
        return (
            abs(char.origin_x - last.origin_x) <= near / 2 and abs(char.origin_y - last.origin_y) <= 2 * near
        )
    return abs(char.origin_y - last.origin_y) <= near / 2 and -near <= char.x0 - last.x1 <= near
