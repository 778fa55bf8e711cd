"""Numerals in a column, or at the head of a list's lines, set against the one above: do they count on?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.types import Cell, Grid, TextLine
from normalize.confusables import numeral_skeleton
from normalize.text import from_roman, to_roman

# A numeral by its look, however its strokes were read: figures, a letter, strokes and crosses of a roman one, and its signs.
_LOOK = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,6})[.,)]{0,2}")
_NUMERAL = re.compile(r"\(?(\d{1,3}|[A-Za-z]|[ivxIVX]{1,6})[.)]{0,2}")


def is_numeral(text: str) -> bool:
    """Tell whether a text is a numeral or a letter that counts, with the signs around it."""
    return _NUMERAL.fullmatch(text) is not None


def ordinals(text: str) -> frozenset[tuple[str, int]]:
    """Return what a numeral may stand for: its kind (`arabic`, `roman`, `letter`, capitals apart) and its ordinal."""
    found = _NUMERAL.fullmatch(text)
    inner = found.group(1) if found else ""
    case = "ROMAN", "LETTER"
    kinds = case if inner.isupper() else tuple(kind.lower() for kind in case)
    values: list[tuple[str, int]] = []
    if inner.isdigit():
        values.append(("arabic", int(inner)))
    elif inner:
        number = from_roman(inner)
        if number is not None and to_roman(number) == inner.lower():
            values.append((kinds[0], number))
        if len(inner) == 1:
            values.append((kinds[1], ord(inner.lower()) - ord("a") + 1))
    return frozenset(values)


def counts_on(text: str, above: str) -> float:
    """Return 1 where a numeral is the next one after that above it, 0.5 where it is the same, -1 where it is another of its kind.

    0 where they are of no one kind.
    """
    own, before = ordinals(text), ordinals(above)
    steps = {number - last for kind, number in own for other, last in before if kind == other}
    if 1 in steps:
        return 1.0
    return 0.5 if 0 in steps else -1.0 if steps else 0.0


def begins(text: str) -> bool:
    """Tell whether a numeral is the first one of its kind."""
    return any(number == 1 for _, number in ordinals(text))


def numerals_above(grids: Iterable[Grid]) -> Mapping[int, str]:
    """Return, by the `id` of a line that begins with a numeral, the numeral above it in its column or its list."""
    found: dict[int, str] = {}
    for grid in grids:
        last: dict[int, str] = {}
        for cell in sorted(grid.cells, key=lambda each: (each.row, each.column)):
            found |= _of_cell(cell, last)
    return found


def _of_cell(cell: Cell, last: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the numerals above the lines of a cell; keeps the cell's own in `last`, by its column."""
    firsts = list(_first_numerals(cell.lines))
    for n, (line, numeral) in enumerate(firsts):
        above = firsts[n - 1][1] if n else last.get(cell.column, "")
        if above:
            yield id(line), above
        if not n:
            last[cell.column] = numeral


def _first_numerals(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, str]]:
    for line in lines:
        first = line.words[0].text if line.words else ""
        if _LOOK.fullmatch(numeral_skeleton(first)) is not None:
            yield line, first
