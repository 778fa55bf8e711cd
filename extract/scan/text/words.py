"""Turns the characters of a line into its words with their boxes on the page and their confidences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.scan.model import PixelBox, WordReading
from extract.scan.text.choices import Lattice, Lattices
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1
from extract.scan.text.lines import InkLine
from extract.scan.text.passed_over import UNREAD
from extract.scan.text.reader import RawChar, RawReading

LONE_SIGN = (
    0.5  # confidence at most of a sign that stands alone in a line of words: printed, or dirt at its place
)
SIGNS = frozenset(".,;'\"*`^~")
LEAST = 0.001  # chance from which on another text of a word is told


def words_of(reading: RawReading, line: InkLine, cut: Crop) -> tuple[WordReading, ...]:
    """Return the words of a reading; a word's box is that of the ink between the spaces beside it."""
    groups = list(_groups(reading.chars))
    edges = _edges(groups)
    alone = len(groups) == 1
    return tuple(
        _word(reading.lattice, group, (left, right), _box(left, right, line, cut), alone=alone)
        for group, left, right in zip(groups, edges, edges[1:], strict=False)
    )


def with_strokes(word: WordReading, counted: Sequence[tuple[str, float]]) -> WordReading:
    """Return a word of upright strokes as they were counted, with what its reader saw as one more choice."""
    seen = {text: chance for text, chance in ((word.text, word.confidence), *word.choices) if text}
    chances = {text: chance * (0.5 + 0.5 * seen.get(text, 0.0)) for text, chance in counted}
    left = max(0.0, 1 - sum(chances.values()))
    for text, chance in seen.items():
        chances[text] = max(chances.get(text, 0.0), left * chance)
    total = sum(chances.values())
    (text, chance), *others = sorted(chances.items(), key=lambda each: -each[1])
    choices = tuple((other, round(c / total, 5)) for other, c in others if c >= LEAST * total)
    return WordReading(text, word.box, round(chance / total, 5), choices)


def spoken(reading: RawReading) -> Iterator[tuple[str, float]]:
    """Yield the words of a reading, each with the confidence of its least certain character."""
    for group in _groups(reading.chars):
        yield "".join(char.text for char in group), round(min(char.confidence for char in group), 4)


def _word(
    lattice: Lattice | Lattices | None,
    group: Sequence[RawChar],
    between: tuple[float, float],
    box: PixelBox,
    *,
    alone: bool,
) -> WordReading:
    """Return a word with the texts that its reader weighed beside it; of these the likeliest is the word's."""
    text = "".join(char.text for char in group)
    chance = min(char.confidence for char in group)
    found = lattice.texts(*between) if lattice is not None and UNREAD not in text else []
    if found and " " not in found[0][0] and found[0][0]:
        text, chance = found[0]
    choices = tuple((other, round(c, 5)) for other, c in found if other != text and c >= LEAST)
    if not alone and len(text) == 1 and text in SIGNS:
        chance = min(LONE_SIGN, chance)
    return WordReading(text, box, round(chance, 5), choices)


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
