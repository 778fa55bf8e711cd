"""Finds the strokes of a page that belong to its text: those under it, and those that strike it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.pdf.seam import Char, Segment

LOW, HIGH = 0.1, 0.65  # of the size above the baseline: a line between them goes through the letters
UNDER = 0.35  # of the size below the baseline: a line above that belongs to the letters
END, UNDER_END = 0.6, 0.25  # sizes by which a stroke through text, or one under it, may pass it at each end
FILLED = 0.5  # share of a stroke's length along which it has text


class TextStrokes(NamedTuple):
    """The level strokes of a page that are rulings, the characters that stand and those that are struck out."""

    rulings: tuple[Segment, ...]
    chars: tuple[Char, ...]
    struck: tuple[Char, ...]


def part_by_strokes(chars: Sequence[Char], level: Sequence[Segment]) -> TextStrokes:
    """Part strokes that begin and end with the text they go through or stand under from the other ones.

    A stroke that runs on past its text is a ruling: text that lies over it is not struck out.
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
        if _fits(segment, [chars[n] for n in through], END):
            struck.update(through)
        elif not _fits(segment, [chars[n] for n in above], UNDER_END):
            rulings.append(segment)
    kept = tuple(char for n, char in enumerate(chars) if n not in struck)
    return TextStrokes(tuple(rulings), kept, tuple(chars[n] for n in sorted(struck)))


def _place(char: Char) -> tuple[float, float, float]:
    return (char.x0 + char.x1) / 2, char.origin_y, max(char.size, 0.01)


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
