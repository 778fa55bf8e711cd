"""Settles letters whose case a recogniser could not tell (s and S, c and C) by their height and their word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extract.scan.text.crops import Crop
from extract.scan.text.ink import BOTTOM, TOP, X0, X1, Ints, letters
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading

DOUBT = 0.1  # chance of the other case from which on the case is looked into
LOW_CAPITAL = frozenset("cosuvwxz")  # small letters shaped like their capitals, only lower
ASCENDERS = frozenset(
    "bdfhklt0123456789"
)  # signs that show, as capitals do, how high a line's tall letters are
TALL = 0.87  # of the tallest letter: a capital is at least so high, an x about 0.73
LONGEST = 1.6  # letter sizes: a wider piece is several letters grown together
WORD = 3  # letters from which on a word without any low letter is one of capitals
KEPT = 0.97  # of the two cases' summed chance, after the case was settled by evidence


def settled(reading: RawReading, line: InkLine, crop: Crop) -> RawReading:
    """Return the reading with the case of doubtful letters decided where there is evidence for it."""
    if not any(char.twin >= DOUBT for char in reading.chars):
        return reading
    ink = _Heights(reading, line, crop)
    chars = [ink.settled(char) for char in reading.chars]
    for start, end in _words(chars):
        word = chars[start:end]
        chars[start:end] = [_by_word(word, index, ink) for index in range(len(word))]
    return RawReading(tuple(chars))


class _Heights:
    """How high the letters of a line are over its foot, against the tallest one."""

    def __init__(self, reading: RawReading, line: InkLine, crop: Crop) -> None:
        self._chosen: Ints = line.pieces[letters(line.pieces, line.size)]
        self._left, self._width = crop.x0, crop.picture.shape[1]
        self._widest = LONGEST * line.size
        telling = any(
            char.text in ASCENDERS or (char.text.isupper() and char.twin < DOUBT) for char in reading.chars
        )
        foot = float(np.median(self._chosen[:, BOTTOM])) if len(self._chosen) else 0.0
        self._over = foot - self._chosen[:, TOP]
        self._limit = TALL * float(self._over.max()) if telling and len(self._chosen) else None

    def settled(self, char: RawChar) -> RawChar:
        """Decide a letter by its own height."""
        if char.twin < DOUBT or char.text.lower() not in LOW_CAPITAL or self._limit is None:
            return char
        over = self._over[self._hit(char.place, char.place) & self._single()]
        return _in_case(char, upper=bool(over[0] > self._limit)) if len(over) == 1 else char

    def all_tall(self, word: Sequence[RawChar]) -> bool:
        """Tell whether a word has no low letter."""
        if self._limit is None or len(word) < WORD:
            return False
        over = self._over[self._hit(word[0].place, word[-1].place)]
        return len(over) >= WORD and bool((over > self._limit).all())

    def _hit(self, first: float, last: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        start, end = (self._left + place * self._width for place in (first, last))
        return np.asarray((self._chosen[:, X0] - 1 <= end) & (start <= self._chosen[:, X1] + 1))

    def _single(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.asarray(self._chosen[:, X1] - self._chosen[:, X0] <= self._widest)


def _words(chars: Sequence[RawChar]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for index, char in enumerate([*chars, RawChar(" ", 0.0, 0.0)]):
        if char.text.isalpha() and start is None:
            start = index
        elif not char.text.isalpha() and start is not None:
            yield start, index
            start = None


def _by_word(word: Sequence[RawChar], index: int, ink: _Heights) -> RawChar:
    """Decide a letter by the certain ones of its word; the first of a small word may be either and stays."""
    char = word[index]
    if char.twin < DOUBT:
        return char
    others = [other.text.isupper() for at, other in enumerate(word) if at != index and other.twin < DOUBT]
    if (len(others) > 1 and all(others)) or ink.all_tall(word):
        return _in_case(char, upper=True)
    if index and len(others) > 1 and not any(others[1:]):
        return _in_case(char, upper=False)
    return char


def _in_case(char: RawChar, *, upper: bool) -> RawChar:
    text = char.text.upper() if upper else char.text.lower()
    return replace(char, text=text, confidence=KEPT * min(1.0, char.confidence + char.twin), twin=0.0)
