"""Numerals in a column, or at the head of a list's lines, set against those above and below: do they count on?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.types import Grid, TextLine
from normalize.recognised.settings import CANDIDATES
from normalize.text import counted, from_roman, to_roman
from normalize.words.confusables import numeral_skeleton
from schema.numerals import from_letter

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
        values += [("arabic", number)] if (number := counted(inner)) is not None else []
    elif inner:
        number = from_roman(inner)
        if number is not None and to_roman(number) == inner.lower():
            values.append((kinds[0], number))
        if (letter := from_letter(inner)) is not None:
            values.append((kinds[1], letter))
    return frozenset(values)


def counts_on(text: str, above: Collection[str]) -> float:
    """Return 1 where a numeral is the next one after one above it, 0.5 where it is the same, -1 where it is another of a kind.

    0 where it is of no kind of theirs.
    """
    return _agreement(_steps(text, above), 1)


def leads_on(text: str, below: Collection[str]) -> float:
    """Return what `counts_on` does of the numerals below; 0, too, where one below begins anew."""
    steps = _steps(text, below)
    return 0.0 if -1 not in steps and any(map(begins, below)) else _agreement(steps, -1)


def _agreement(steps: set[int], wanted: int) -> float:
    return 1.0 if wanted in steps else 0.5 if 0 in steps else -1.0 if steps else 0.0


def _steps(text: str, others: Collection[str]) -> set[int]:
    """Return by how much a numeral exceeds others of its kinds."""
    values = [value for other in others for value in ordinals(other)]
    return {number - last for kind, number in ordinals(text) for other, last in values if kind == other}


def begins(text: str) -> bool:
    """Tell whether a numeral is the first one of its kind."""
    return any(number == 1 for _, number in ordinals(text))


class Beside(NamedTuple):
    """The nearest numerals above a line's first one in its column or its list, one of each kind, and those below it."""

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


ALONE = Beside()


def numerals_beside(grids: Iterable[Grid]) -> Mapping[int, Beside]:
    """Return, by the `id` of a line that begins with a numeral, those beside it in its column or its list."""
    columns: dict[int, list[tuple[TextLine, str]]] = {}
    found: dict[int, Beside] = {}
    for grid in grids:
        columns.clear()
        for cell in sorted(grid.cells, key=lambda each: (each.row, each.column)):
            firsts = list(_first_numerals(cell.lines))
            columns.setdefault(cell.column, []).extend(firsts[:1])
            texts = [text for _, text in firsts]
            for n, (line, _) in enumerate(firsts):
                found[id(line)] = Beside(_nearest(texts[:n][::-1]), _nearest(texts[n + 1 :]))
        for column in columns.values():
            texts = [text for _, text in column]
            for n, (line, _) in enumerate(column):
                own = found[id(line)]
                found[id(line)] = Beside(_nearest(texts[:n][::-1]), _nearest([*own.below, *texts[n + 1 :]]))
    return found


def _nearest(texts: Sequence[str]) -> tuple[str, ...]:
    """Return of texts, the nearest first, those of a kind that none before them is of."""
    kinds: set[str] = set()
    chosen = []
    for text in texts[: CANDIDATES.near]:
        own = {kind for kind, _ in ordinals(text)}
        if own - kinds:
            chosen.append(text)
            kinds |= own
    return tuple(chosen)


def _first_numerals(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, str]]:
    for line in lines:
        first = line.words[0].text if line.words else ""
        if _LOOK.fullmatch(numeral_skeleton(first)) is not None:
            yield line, first
