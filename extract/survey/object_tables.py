"""Turns the bytes of a PDF into whether its packed tables of objects are no larger than any reader may unpack.

Of a file that qpdf gives up, nothing else is known before PDFium or pyHanko open it, which unpack them as they are.
"""

from __future__ import annotations

import re

from extract.settings import LIMITS
from extract.survey.filters import FLATE, BrokenError, TooLargeError, unpacked

PACKED = (b"/XRef", b"/ObjStm")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
COUNTS = re.compile(rb"/Size\s+(\d+)|/Index\s*\[([\d\s]*)\]")
FIGURES = 12  # of a number that is looked at
HEAD = 4_096  # bytes before a stream that say what it is


def has_modest_tables(data: bytes) -> bool:
    """Tell whether no table says more objects than there may be, and no packed one unpacks to more than is checked."""
    most = max(len(data), LIMITS.objects)
    for found in COUNTS.finditer(data):
        numbers = [found[1]] if found[1] is not None else found[2].split()
        if any(len(number) > FIGURES or int(number) > most for number in numbers):
            return False
    try:
        for begins in STREAM.finditer(data):
            if _is_table(data, begins.start()):
                _unpack(data[begins.end() : data.find(b"endstream", begins.end())])
    except TooLargeError:
        return False
    return True


def _is_table(data: bytes, at: int) -> bool:
    said = data[max(0, at - HEAD, data.rfind(b"obj", 0, at)) : at]
    named = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), said) if b"#" in said else said
    return any(name in named for name in PACKED)


def _unpack(raw: bytes) -> None:
    try:
        unpacked(raw, [FLATE], LIMITS.checked_bytes)
    except BrokenError:
        return
