"""Turns the characters of a line into its words with their boxes on the page and their confidences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from extract.grid.chars import UNKNOWN
from extract.scan.model import PixelBox, WordReading
from extract.scan.text.choices import Lattice, Lattices
from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, middles
from extract.scan.text.lines import InkLine
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.settings import WORDS

SIGNS = frozenset(".,;'\"*`^~")
DIGITS = 5  # of a rounded chance


def words_of(reading: RawReading, line: InkLine, cut: Crop) -> tuple[WordReading, ...]:
    """Return the words of a reading; a word's box is that of the ink between the spaces beside it."""
    groups = list(_groups(reading.chars))
    between = [(one[-1].place + other[0].place) / 2 for one, other in pairwise(groups)]
    ends = pairwise([float("-inf"), *between, float("inf")])
    alone = len(groups) == 1
    return tuple(
        _word(reading.lattice, group, sides, _box(*sides, line, cut), alone=alone)
        for group, sides in zip(groups, ends, strict=False)
    )


def with_strokes(word: WordReading, counted: Sequence[tuple[str, float]]) -> WordReading:
    """Return a word of upright strokes as they were counted, with what its reader saw as one more choice."""
    seen = {text: chance for text, chance in ((word.text, word.confidence), *word.choices) if text}
    chances = {text: chance * (1 + seen.get(text, 0.0)) / 2 for text, chance in counted}
    left = max(0.0, 1 - sum(chances.values()))
    for text, chance in seen.items():
        chances[text] = max(chances.get(text, 0.0), left * chance)
    total = sum(chances.values())
    (text, chance), *others = sorted(chances.items(), key=lambda each: -each[1])
    choices = tuple(
        (other, round(c / total, DIGITS)) for other, c in others if c >= WORDS.least_choice * total
    )
    return WordReading(text, word.box, round(chance / total, DIGITS), choices)


def spoken(reading: RawReading) -> Iterator[tuple[str, float]]:
    """Yield the words of a reading, each with the confidence of its least certain character."""
    for group in _groups(reading.chars):
        yield _text(group), round(_confidence(group), 4)


def _groups(chars: Sequence[RawChar]) -> Iterator[list[RawChar]]:
    for is_space, group in groupby(chars, key=lambda char: char.text == " "):
        if not is_space:
            yield list(group)


def _text(group: Sequence[RawChar]) -> str:
    return "".join(char.text for char in group)


def _confidence(group: Sequence[RawChar]) -> float:
    return min(char.confidence for char in group)


def _word(
    lattice: Lattice | Lattices | None,
    group: Sequence[RawChar],
    between: tuple[float, float],
    box: PixelBox,
    *,
    alone: bool,
) -> WordReading:
    """Return a word with the other texts that its reader weighed; the likeliest of all is the word's."""
    text, chance = _text(group), _confidence(group)
    found = lattice.texts(*between) if lattice is not None and UNKNOWN not in text else []
    if found and " " not in found[0][0] and found[0][0]:
        text, chance = found[0]
    choices = tuple(
        (other, round(c, DIGITS)) for other, c in found if other != text and c >= WORDS.least_choice
    )
    if not alone and len(text) == 1 and text in SIGNS:
        chance = min(WORDS.lone_sign, chance)
    return WordReading(text, box, round(chance, DIGITS), choices)


def _box(left: float, right: float, line: InkLine, cut: Crop) -> PixelBox:
    width = cut.picture.shape[1]
    place = (middles(line.pieces) - cut.x0) / width
    own = line.pieces[(place >= left) & (place < right)]
    if len(own):
        return PixelBox(*own[:, [X0, TOP]].min(axis=0).tolist(), *own[:, [X1, BOTTOM]].max(axis=0).tolist())
    x0 = max(line.box.x0, cut.x0 + int(max(left, 0.0) * width))
    x1 = min(line.box.x1, cut.x0 + int(min(right, 1.0) * width))
    return PixelBox(x0, line.box.top, max(x0 + 1, x1), line.box.bottom)
