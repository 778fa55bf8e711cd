"""Names that somebody chose -> names that a workbook allows for its sheets, each different from the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from lampiran.publish.settings import SHEETS

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
_RESERVED = "history"  # Excel keeps it for itself


def sheet_titles(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return a title for each name, of at most 31 characters, without those that Excel forbids.

    Titles differ from each other and from those `taken` by more than their case; a name that was shortened ends with
    an ellipsis, one that was there before with a number.
    """
    used = {title.casefold() for title in taken} | {_RESERVED}
    found = []
    for name in names:
        plain = " ".join(_FORBIDDEN.sub(" ", name).split()).strip("'") or "-"
        title = next(
            t for n in count(1) if (t := _short(plain, "" if n == 1 else f" ({n})")).casefold() not in used
        )
        used.add(title.casefold())
        found.append(title)
    return found


def _short(name: str, ending: str) -> str:
    """Return a name with its ending in Excel's length, which counts UTF-16 units."""
    if _units(name + ending) <= SHEETS.title_length:
        return name + ending
    while _units(f"{name}…{ending}") > SHEETS.title_length:
        name = name[:-1].rstrip()
    return f"{name}…{ending}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
