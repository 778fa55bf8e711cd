"""Tells how far the letters of spread words are set apart, so that the room between them is no space."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.seam import Char

TRACKED = 0.08  # of the size: letters further apart than this in a whole line are spread
WIDEST = 1.2  # sizes between two letters of one word at most
FEWEST = 3  # gaps that tell how far the letters of a line are spread
SHARE = 20  # percent of a line's gaps that are no wider than its letters are spread


def with_tracking(chars: Sequence[Char]) -> tuple[Char, ...]:
    """Return the characters, those of spread text with how far they are set apart.

    A font gives a letter's width without the room that is added between letters. It is told by the line, over all
    columns: where nearly no two neighbours of a line and size stand close, the narrower gaps are those between letters.
    """
    lines: dict[tuple[int, float, float], list[int]] = defaultdict(list)
    for index, char in enumerate(chars):
        if char.turn == 0:
            lines[char.turn, round(char.origin_y, 1), round(char.size, 1)].append(index)
    widened = list(chars)
    for members in lines.values():
        members.sort(key=lambda n: chars[n].x0)
        room = _room([chars[n] for n in members])
        if room > 0:
            for n in members:
                widened[n] = chars[n]._replace(tracking=room)
    return tuple(widened)


def _room(line: Sequence[Char]) -> float:
    """Return how far the letters of a line are spread, 0 where they are not."""
    gaps = [
        other.x0 - one.x1
        for one, other in pairwise(line)
        if not one.text.isspace() and not other.text.isspace() and other.x0 - one.x1 < WIDEST * one.size
    ]
    if len(gaps) < FEWEST:
        return 0.0
    room = sorted(gaps)[len(gaps) * SHARE // 100]
    return room if room > TRACKED * line[0].size else 0.0
