"""Roman numerals and their values."""

from __future__ import annotations

MOST = 89
_ROMAN = (("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


def to_roman(number: int) -> str:
    """Return the lower-case roman numeral of a number from 1 to 89."""
    parts: list[str] = []
    for digit, size in _ROMAN:
        while number >= size:
            parts.append(digit)
            number -= size
    return "".join(parts)


_VALUES = {to_roman(number): number for number in range(1, MOST + 1)}


def from_letter(text: str) -> int | None:
    """Return the place of a single letter in the alphabet, from 1, `None` for any other text."""
    return ord(text.lower()) - ord("a") + 1 if len(text) == 1 and text.isascii() and text.isalpha() else None


def from_roman(text: str, most: int = MOST) -> int | None:
    """Return the value of a well-formed roman numeral in any case, `None` for any other text and above `most`."""
    value = _VALUES.get(text.casefold())
    return value if value is not None and value <= most else None
