"""Settles letters whose case a recogniser could not tell (s and S, j and J) by their word and their height."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, letters
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

DOUBT = 0.1  # chance of the other case from which on the case is looked into
LOW_CAPITAL = frozenset("cosuvwxz")  # small letters shaped like their capitals, only lower
TALL = 1.16  # letter sizes: half-way between an x and a capital, where the line itself does not tell
SPREAD = 1.2  # a line whose highest letter is so many times its lowest holds both kinds
KEPT = 0.97  # of the two cases' summed chance, after the case was settled by evidence


def settled(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with the case of doubtful letters decided where there is evidence for it."""
    if not any(char.twin >= DOUBT for char in reading.chars):
        return reading
    chars = list(reading.chars)
    for start, end in _words(chars):
        for index in range(start, end):
            if chars[index].twin >= DOUBT:
                chars[index] = _settled(chars, index, (start, end), line, crop)
    return RawReading(tuple(chars))


def _words(chars: list[RawChar]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for index, char in enumerate([*chars, RawChar(" ", 0.0, 0.0)]):
        if char.text.isalpha() and start is None:
            start = index
        elif not char.text.isalpha() and start is not None:
            yield start, index
            start = None


def _settled(
    chars: list[RawChar], index: int, word: tuple[int, int], line: InkLine, crop: Crop
) -> RawChar:
    char = chars[index]
    upper = _by_word(chars, index, word)
    if upper is None:
        upper = _by_height(char, line, crop)
    if upper is None:
        return char
    text = char.text.upper() if upper else char.text.lower()
    return replace(char, text=text, confidence=KEPT * min(1.0, char.confidence + char.twin), twin=0.0)


def _by_word(chars: list[RawChar], index: int, word: tuple[int, int]) -> bool | None:
    """Tell the case by the certain letters of the word; `None` for the first of a small word, which may be either."""
    others = [
        chars[at].text.isupper() for at in range(*word) if at != index and chars[at].twin < DOUBT
    ]
    if len(others) > 1 and all(others):
        return True
    return False if index > word[0] and others and not any(others) else None


def _by_height(char: RawChar, line: InkLine, crop: Crop) -> bool | None:
    """Tell the case by the ink: its height over the foot of the line; for j by what hangs below it."""
    chosen = line.pieces[letters(line.pieces, line.size)]
    x = crop.x0 + char.place * crop.picture.shape[1]
    hit = chosen[(chosen[:, X0] - 1 <= x) & (x <= chosen[:, X1] + 1)]
    if len(hit) != 1 or hit[0, X1] - hit[0, X0] > 1.6 * line.size:
        return None
    foot = float(np.median(chosen[:, BOTTOM]))
    if char.text.lower() == "j":
        return bool(hit[0, BOTTOM] <= foot + 0.15 * line.size)
    if char.text.lower() not in LOW_CAPITAL:
        return None
    tall = foot - chosen[:, TOP]
    low, high = float(tall.min()), float(tall.max())
    middle = (low + high) / 2 if low > 0 and high >= SPREAD * low else TALL * line.size
    return bool(foot - hit[0, TOP] > middle)
