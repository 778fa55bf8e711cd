"""A text of a stranger -> one that a terminal shows and does not obey, or that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

# What a spreadsheet may take for the beginning of a formula, in ASCII and in full width.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
QUOTE = "'"
# Controls but line feed and tab, what turns the direction of writing, separators that break lines, halves of a pair, what XML cannot hold.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_UNSEEN_IN_A_LINE = re.compile(f"{_UNSEEN.pattern}|[\n\t]")


def visible(text: str, *, one_line: bool = False) -> str:
    """Return a text with each control character as `<U+202E>`; line feeds and tabs stay unless it must be `one_line`."""
    return (_UNSEEN_IN_A_LINE if one_line else _UNSEEN).sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula, with an apostrophe before what it may take for one.

    `unguarded` takes it back, so a text that has such an apostrophe already gets one more.
    """
    return QUOTE + text if text.lstrip(QUOTE).startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that `guarded`, or a spreadsheet, has put before it."""
    return text[1:] if text[:1] == QUOTE and text.lstrip(QUOTE).startswith(FORMULA_STARTS) else text
