"""Signs that readers take for each other, made equal: texts are compared by these skeletons.

The classes are in `schema/data/confusions.json`, beside the longer confusions (`rn` for `m`), which have costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schema.confusions import confusions

_CLASSES = confusions()["alike"]
STROKES = frozenset(_CLASSES["strokes"])  # one upright stroke
_FIGURES: Mapping[str, str] = _CLASSES["figures"]


def _table(classes: Mapping[str, Iterable[str]]) -> dict[int, str]:
    return {ord(sign): prototype for prototype, signs in classes.items() for sign in signs}


_LOOK = _table({"i": STROKES})
_SKELETON = _table({"i": STROKES, "o": _CLASSES["round"]})
_NUMERAL = _table({"i": STROKES.union(_CLASSES["lone"]), "o": _CLASSES["round"], **_FIGURES})
_DIGITS = _table({"1": STROKES | {"L"}, "0": _CLASSES["round"], **_FIGURES})
_ROMAN = _table({"I": STROKES | {"L", "j"}, **_CLASSES["roman"]})
_CAPITALS = _table({"I": "IL1|l", "O": "O0"})
_MARKS = _table(_CLASSES["marks"])
_DASHES = _table({"-": _CLASSES["dashes"], " ": "\u00a0"})


def strokes(text: str) -> str:
    """Return a text with all signs of one upright stroke made equal."""
    return text.translate(_LOOK)


def skeleton(text: str) -> str:
    """Return a text with upright strokes, and round signs, made equal."""
    return text.translate(_SKELETON)


def numeral_skeleton(text: str) -> str:
    """Return what a lone numeral or code looks like: without case, signs that look alike made equal."""
    return text.casefold().translate(_NUMERAL)


def capital_skeleton(text: str) -> str:
    """Return a text in capitals with strokes (a small l among them), and round signs, made equal."""
    return text.translate(_CAPITALS)


def as_digits(text: str) -> str:
    """Return a text with the digits that its signs look like."""
    return text.translate(_DIGITS)


def as_roman(text: str) -> str:
    """Return a text with the capital roman figures that its signs look like."""
    return text.translate(_ROMAN)


def plain_marks(text: str) -> str:
    """Return a text with quotation marks and dashes, which recognisers write either way, in their plainest form."""
    return text.translate(_MARKS)


def plain_dashes(text: str) -> str:
    """Return a text with every dash as a hyphen and no space that forbids a line's end."""
    return text.translate(_DASHES)
