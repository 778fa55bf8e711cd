"""Small pure functions on strings: folding for comparison, and roman numerals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_NOT_WORD = re.compile(r"[^\w%]+")


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one space, trimmed."""
    return " ".join(text.split())


@lru_cache(maxsize=8192)  # texts: those of a long document, its heads and labels again and again
def fold(text: str) -> str:
    """Return the text for comparison: compatibility form, upper case, words parted by one space."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).upper()).strip()


def to_roman(number: int) -> str:
    """Return the lower-case roman numeral of 1 to 39."""
    parts: list[str] = []
    for digit, size in _ROMAN:
        while number >= size:
            parts.append(digit)
            number -= size
    return "".join(parts)


def from_roman(text: str) -> int | None:
    """Return the value of a roman numeral of 1 to 39 in any case, else `None`."""
    return _NUMERALS.get(text.lower())


_NUMERALS = {to_roman(number): number for number in range(1, 40)}
