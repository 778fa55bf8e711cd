"""Turns the text of a character map, or a list of widths, into how many entries a reader would make of its ranges."""

from __future__ import annotations

import re

from pikepdf import Array

from extract.settings import LIMITS
from extract.survey.streams import items

TOKEN = re.compile(rb"%[^\r\n]*|begin([a-z]*)(range|char)|end[a-z]+|\[|\]|<([0-9A-Fa-f\s\0]*)>|(\d+)")
SPACES = b"codespace"  # ranges of what codes may be: no entry is made of them
BYTE = 2  # figures of one
NAMED = 8  # figures of a name up to which it costs no more than its entry


def codes_of(text: bytes) -> int:
    """Return how many entries the ranges of a character map make, one with a long name counting as many."""
    total, waiting = 0, list[tuple[int, int]]()  # value and figures of what a range has so far
    size, lists = 0, 0
    for found in TOKEN.finditer(text):
        word = found[0]
        if word.startswith(b"begin"):
            size = 0 if found[1] == SPACES else 3 if found[2] == b"range" else 2
            waiting, lists = [], 0
        elif word in {b"[", b"]"}:
            lists += 1 if word == b"[" else -1
            waiting += [(0, 0)] if word == b"]" and lists == 0 else []
        elif size and lists <= 0 and not word.startswith((b"%", b"end")):
            figures = b"".join((found[3] or b"").split()) or b"0"
            waiting.append((int(found[4][:NAMED]) if found[4] else int(figures[:NAMED], 16), len(figures)))
        if size and len(waiting) >= size:
            (low, _), (high, _), (_, named) = waiting[0], waiting[size - 2], waiting[size - 1]
            total += (max(high - low, 0) + 1) * (1 + named // NAMED)
            waiting = []
            if total > LIMITS.codes:
                break
    return total


def widths_of(array: Array, size: int) -> int:
    """Return for how many glyphs a list gives widths: `first [...]`, or `first last` with `size` less two numbers."""
    every: list[object] = list(items(array))
    total = place = 0
    while place + 1 < len(every) and total <= LIMITS.codes:
        first, last = every[place], every[place + 1]
        if isinstance(last, Array):
            total, place = total + len(last), place + 2
        else:
            wide = last - first if isinstance(first, int) and isinstance(last, int) else 0
            total, place = total + max(wide, 0) + 1, place + size
    return total
