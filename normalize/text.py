"""Strings squeezed, and folded for comparison; the roman numerals that number areas, components and periods."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from schema import numerals
from schema.numerals import to_roman

__all__ = ["counted", "fold", "from_roman", "squeeze", "to_roman"]
_MOST_FIGURES = 9
_MOST_NUMBERED = 39  # an `l` or `L` in a label is a misread stroke, not fifty

_NOT_WORD = re.compile(r"[^\w%]+")


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one space, trimmed."""
    return " ".join(text.split())


@lru_cache(maxsize=8192)  # texts: those of a long document, its heads and labels again and again
def fold(text: str) -> str:
    """Return the text for comparison: compatibility form, upper case, words parted by one space."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).upper()).strip()


def counted(figures: str) -> int | None:
    """Return the number that decimal figures say, `None` for more figures than anything in a decree counts to."""
    return int(figures) if len(figures) <= _MOST_FIGURES else None


def from_roman(text: str) -> int | None:
    """Return the value of a roman numeral of 1 to 39 in any case, else `None`."""
    return numerals.from_roman(text, _MOST_NUMBERED)
