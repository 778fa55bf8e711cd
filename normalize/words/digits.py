"""Turns numbers with letters in them (2O2O, lOO%) into numbers, and tells words with digits in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.words.confusables import as_digits
from normalize.words.settings import SPACING

_LIKE_A_NUMBER = re.compile(r"[0-9OoIl|]{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = re.compile(r" ?%")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from a word; `clear` when it is a year or a percentage."""

    value: str
    clear: bool


def misread_number(raw: str, behind: str) -> Number | None:
    """Return the number a word was, or `None` where it is not a number. `behind` is the text that follows it.

    Letters alone are a number only before a per cent sign; II and I stay Roman numerals.
    """
    if not _LIKE_A_NUMBER.fullmatch(raw) or raw.isdigit():
        return None
    value, percent = as_digits(raw), _PERCENT.match(behind) is not None
    if percent and (int(value) <= _WHOLE):
        return Number(str(int(value)) if value.strip("0") else "0", clear=True)
    if not any(char.isdigit() for char in raw):
        return None
    return Number(value, clear=_YEAR.fullmatch(value) is not None)


def hides_letters(raw: str) -> bool:
    """Tell whether a word with digits is a word with misread letters (1ntegritas) and no code (B03)."""
    letters = sum(char.isalpha() for char in raw)
    return letters >= SPACING.fewest_letters and len(raw) - letters <= SPACING.most_digits
