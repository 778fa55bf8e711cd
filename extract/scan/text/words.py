"""Turns the characters of a line into its words with their boxes on the page and their confidences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.scan.model import PixelBox, WordReading
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

LONE_SIGN = (
    0.5  # confidence at most of a sign that stands alone in a line of words: printed, or dirt at its place
)
SIGNS = frozenset(".,;'\"*`^~")


def words_of(reading: RawReading, line: InkLine, cut: Crop) -> tuple[WordReading, ...]:
    """Return the words of a reading; a word's box is that of the ink between the spaces beside it."""
    groups = list(_groups(reading.chars))
    edges = _edges(groups)
    alone = len(groups) == 1
    return tuple(
        WordReading(
            text := "".join(char.text for char in group),
            _box(left, right, line, cut),
            round(_confidence(text, group, alone=alone), 4),
        )
        for group, left, right in zip(groups, edges, edges[1:], strict=False)
    )


def _groups(chars: Sequence[RawChar]) -> Iterator[list[RawChar]]:
    group: list[RawChar] = []
    for char in chars:
        if char.text != " ":
            group.append(char)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _edges(groups: Sequence[Sequence[RawChar]]) -> list[float]:
    """Return the shares of the crop's width that part the words, with its two ends."""
    between = [(one[-1].place + other[0].place) / 2 for one, other in pairwise(groups)]
    return [float("-inf"), *between, float("inf")]


def _confidence(text: str, group: Sequence[RawChar], *, alone: bool) -> float:
    least = min(char.confidence for char in group)
    return min(LONE_SIGN, least) if not alone and len(text) == 1 and text in SIGNS else least


def _box(left: float, right: float, line: InkLine, cut: Crop) -> PixelBox:
    middle = (line.pieces[:, X0] + line.pieces[:, X1]) / 2
    place = (middle - cut.x0) / cut.picture.shape[1]
    own = line.pieces[(place >= left) & (place < right)]
    if not len(own):
        width = cut.picture.shape[1]
        x0 = max(line.box.x0, cut.x0 + int(max(left, 0.0) * width))
        x1 = min(line.box.x1, cut.x0 + int(min(right, 1.0) * width))
        return PixelBox(x0, line.box.top, max(x0 + 1, x1), line.box.bottom)
    return PixelBox(
        int(own[:, X0].min()), int(own[:, TOP].min()), int(own[:, X1].max()), int(own[:, BOTTOM].max())
    )
