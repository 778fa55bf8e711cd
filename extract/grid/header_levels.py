"""Turns the text of a header whose rulings cannot be seen into its levels: names over the columns they are names of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from operator import attrgetter
from typing import NamedTuple

from extract.grid.boxes import Box
from extract.grid.settings import HEADERS, WORDS
from extract.grid.words import Line, Word, pieces_of

LABELLED, ASCENT, DESCENT = HEADERS.labelled, WORDS.ascent, WORDS.descent


class Level(NamedTuple):
    """The edge in points below the names of a header's first level, and the first and last column of each name."""

    edge: float
    groups: tuple[tuple[int, int], ...]


def first_level(lines: Sequence[Line], edges: Sequence[float], box: Box) -> Level | None:
    """Return the first level of a header's cell, or none where it has only one level.

    `lines` are those of the cell, `edges` those of its columns, `box` its place, in points. A name is
    centred above two columns or more whose texts are in the lower part of the cell; nothing else is above these.
    """
    inner = edges[1:-1]
    names = [piece for line in lines for piece in pieces_of(line, inner)]
    pieces = [piece for line in lines for part in at_edges(line, inner) for piece in pieces_of(part)]
    for name in sorted(names, key=attrgetter("base")):
        level = [piece for piece in names if abs(piece.base - name.base) <= WORDS.same_place * name.size]
        groups = [found for piece in level if (found := _group(piece, names, pieces, edges, box)) is not None]
        if groups:
            ends = max(end for _, _, end in groups)
            starts = min(
                piece.top
                for piece in pieces
                if piece.base > ends and any(_is_over(piece, edges[a], edges[b + 1]) for a, b, _ in groups)
            )
            edge = (ends + WORDS.descent * name.size + starts) / 2
            return Level(edge, tuple(sorted((a, b) for a, b, _ in groups)))
    return None


def at_edges(line: Line, places: Sequence[float]) -> Iterator[Line]:
    """Yield the parts of a line between those of the places (points) that are between two of its words."""
    start = 0
    for n, (last, word) in enumerate(pairwise(line), start=1):
        slack = HEADERS.reach_over * word.size
        if any(last.x1 - slack <= place <= word.x0 + slack for place in places):
            yield line[start:n]
            start = n
    yield line[start:]


def _group(
    name: Word, names: Sequence[Word], pieces: Sequence[Word], edges: Sequence[float], box: Box
) -> tuple[int, int, float] | None:
    """Return the first and last column under a name and the baseline of its last line; `pieces` are split at edges."""
    runs = combinations(range(len(edges) - 1), 2)
    inside = [(a, b) for a, b in runs if edges[a] <= name.x0 and name.x1 <= edges[b + 1]]
    for first, last in sorted(inside, key=lambda run: run[0] - run[1]):
        left, right = edges[first], edges[last + 1]
        if not name.is_centred(left, right):
            continue
        base = _last_line(name, names, left, right)
        above = [other for other in names if other.base <= base and other.x0 < right and other.x1 > left]
        labels = [piece for piece in pieces if piece.base == name.base and name.x0 <= piece.x0 < name.x1]
        columns = range(first, last + 1)
        if len(labels) >= HEADERS.labelled * len(columns):
            continue
        if not all(name.is_centred(other.x0, other.x1) for other in above):
            continue
        if all(
            _is_low([p for p in pieces if _is_over(p, edges[n], edges[n + 1])], base, box) for n in columns
        ):
            return first, last, base
    return None


def _last_line(name: Word, names: Sequence[Word], left: float, right: float) -> float:
    """Return the baseline of a name's last line: each is the only text over its columns and centred like the first."""
    base = name.base
    over = [other for other in names if _is_over(other, left, right)]
    for piece in sorted(over, key=attrgetter("base")):
        near = 0 < piece.base - base <= HEADERS.below * name.size and name.is_centred(piece.x0, piece.x1)
        if near and sum(abs(other.base - piece.base) < HEADERS.beside * piece.size for other in over) == 1:
            base = piece.base
    return base


def _is_low(pieces: Sequence[Word], base: float, box: Box) -> bool:
    """Tell whether a column has text below a baseline, and in the lower part of the cell."""
    below = [piece for piece in pieces if piece.base > base + WORDS.same_place * piece.size]
    if not below:
        return False
    middle = min(piece.top for piece in below) + max(piece.foot for piece in below)
    return middle / 2 > (box.top + box.bottom) / 2 + HEADERS.low * below[0].size


def _is_over(piece: Word, left: float, right: float) -> bool:
    return left < (piece.x0 + piece.x1) / 2 < right or (piece.x0 < left and piece.x1 > right)
