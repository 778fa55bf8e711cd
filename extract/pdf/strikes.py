"""Parts the characters of a page into those that stand and those that are struck out."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.seam import Char, Segment

LOW, HIGH = 0.1, 0.65  # of the size above the baseline: a line between them goes through the letters
END = 0.6  # sizes by which a stroke may pass the text that it strikes out, at each end
FILLED = 0.5  # share of a stroke's length along which it has text under it


def part_by_strikes(
    chars: Sequence[Char], level: Sequence[Segment]
) -> tuple[tuple[Char, ...], tuple[Char, ...]]:
    """Return the characters that stand and those that a level stroke goes through from end to end.

    A stroke that runs on past its text is a ruling that the text lies over, and strikes nothing out.
    """
    struck: set[int] = set()
    for segment in level:
        under = [
            n
            for n, char in enumerate(chars)
            if char.turn == 0
            and LOW * char.size < char.origin_y - segment.position < HIGH * char.size
            and segment.start < (char.x0 + char.x1) / 2 < segment.end
        ]
        if under and _fits(segment, [chars[n] for n in under]):
            struck.update(under)
    if not struck:
        return tuple(chars), ()
    kept = tuple(char for n, char in enumerate(chars) if n not in struck)
    return kept, tuple(char for n, char in enumerate(chars) if n in struck)


def _fits(segment: Segment, under: Sequence[Char]) -> bool:
    printed = [char for char in under if not char.text.isspace()]
    if not printed:
        return False
    room = END * max(char.size for char in printed)
    first, last = min(char.x0 for char in printed), max(char.x1 for char in printed)
    filled = sum(char.x1 - char.x0 for char in printed)
    return (
        segment.start >= first - room
        and segment.end <= last + room
        and filled >= FILLED * (segment.end - segment.start)
    )
