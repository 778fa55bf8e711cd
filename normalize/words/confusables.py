"""Signs that readers take for each other, each class by one prototype: texts are compared by their skeletons.

The method is that of Unicode Technical Standard 39; the classes are those that recognisers and hasty typists confuse in
the Latin types of office documents. Longer confusions (`rn` for `m`) have costs and lie in `confusions.json`.
"""

from __future__ import annotations

from collections.abc import Mapping

STROKES = frozenset("Il1|i!")  # one upright stroke
LONE = frozenset("Ljt")  # further signs that are strokes where a numeral stands alone
_ROUND = frozenset("Oo0")
_FIGURES: Mapping[str, frozenset[str]] = {"5": frozenset("Ss5"), "2": frozenset("Zz2"), "8": frozenset("Bb8")}


def _table(*classes: tuple[frozenset[str], str]) -> dict[int, str]:
    return {ord(sign): prototype for signs, prototype in classes for sign in signs}


_FIGURE_CLASSES = tuple((signs, prototype) for prototype, signs in _FIGURES.items())
_LOOK = _table((STROKES, "i"))
_SKELETON = _table((STROKES, "i"), (_ROUND, "o"))
_NUMERAL = _table((STROKES | LONE, "i"), (_ROUND, "o"), *_FIGURE_CLASSES)
_DIGITS = _table((STROKES | {"L"}, "1"), (_ROUND, "0"), *_FIGURE_CLASSES)
_ROMAN = _table((STROKES | {"L", "j"}, "I"), (frozenset("vV"), "V"), (frozenset("xX"), "X"))
_CAPITALS = _table((frozenset("IL1|"), "I"), (frozenset("O0"), "O"))


def strokes(text: str) -> str:
    """Return a text with all signs of one upright stroke made equal."""
    return text.translate(_LOOK)


def skeleton(text: str) -> str:
    """Return a text with upright strokes, and round signs, made equal."""
    return text.translate(_SKELETON)


def numeral_skeleton(text: str) -> str:
    """Return what a numeral or a code that stands alone looks like: without case, signs that look alike made equal."""
    return text.casefold().translate(_NUMERAL)


def capital_skeleton(text: str) -> str:
    """Return a text in capitals with strokes, and round signs, made equal."""
    return text.translate(_CAPITALS)


def as_digits(text: str) -> str:
    """Return a text with the digits that its signs look like."""
    return text.translate(_DIGITS)


def as_roman(text: str) -> str:
    """Return a text with the capital roman figures that its signs look like."""
    return text.translate(_ROMAN)
