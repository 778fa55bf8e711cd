"""Turns the text of a head whose rulings cannot be seen into its levels: names over the columns that they are names of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.grid.rulings import Box
from extract.grid.words import Line, Word, pieces_of

REACH_OVER = 0.1  # sizes by which a text may run over the edge of its column
SAME_MIDDLE = 0.5  # sizes by which the middle of a name may lie beside the middle of its columns
LOW = 0.25  # sizes below the middle of the head at which the texts of the level below have their middle at least
LABELLED = 0.7  # of the columns with a text of their own: these are labels, and no name over them
BELOW = 1.6  # sizes between the baselines of the lines of one name
BESIDE = 0.9  # sizes between the baselines of two texts up to which they stand beside each other, not one below the other
DESCENT, ASCENT = 0.21, 0.79  # of the size: a line of text below and above its baseline


class Level(NamedTuple):
    """The edge in points below the names of a head's first level, and the first and last column of each."""

    edge: float
    groups: tuple[tuple[int, int], ...]


def first_level(lines: Sequence[Line], edges: Sequence[float], box: Box) -> Level | None:
    """Return the first level of a head's cell whose columns lie between `edges`, or none where it has but one level.

    `lines` are those of the cell, `box` is its place, in points. A name stands in the middle above two columns or more
    whose texts stand in the lower part of the cell; nothing else stands above these.
    """
    names = [piece for line in lines for piece in pieces_of(line, edges[1:-1])]
    pieces = [piece for line in lines for part in at_edges(line, edges[1:-1]) for piece in pieces_of(part)]
    for name in sorted(names, key=lambda piece: piece.base):
        level = [piece for piece in names if abs(piece.base - name.base) <= SAME_MIDDLE * name.size]
        groups = [found for piece in level if (found := _group(piece, names, pieces, edges, box)) is not None]
        if groups:
            ends = max(end for _, _, end in groups)
            starts = min(
                piece.base - ASCENT * piece.size
                for piece in pieces
                if piece.base > ends and any(_over(piece, edges[a], edges[b + 1]) for a, b, _ in groups)
            )
            edge = (ends + DESCENT * name.size + starts) / 2
            return Level(edge, tuple(sorted((a, b) for a, b, _ in groups)))
    return None


def at_edges(line: Line, places: Sequence[float]) -> Iterator[Line]:
    """Yield the parts of a line between those of the places (points) that lie between two of its words."""
    start = 0
    for n, (last, word) in enumerate(pairwise(line), start=1):
        slack = REACH_OVER * word.size
        if any(last.x1 - slack <= place <= word.x0 + slack for place in places):
            yield line[start:n]
            start = n
    yield line[start:]


def _group(
    name: Word, names: Sequence[Word], pieces: Sequence[Word], edges: Sequence[float], box: Box
) -> tuple[int, int, float] | None:
    """Return the first and last of the columns under a name, and the baseline of its last line.

    `names` are the texts that stand apart, `pieces` the same parted at the edges of columns.
    """
    middle = (name.x0 + name.x1) / 2
    for first, last in _ranges(name, edges):
        left, right = edges[first], edges[last + 1]
        if abs(left + right - 2 * middle) > 2 * SAME_MIDDLE * name.size:
            continue
        base = _last_line(name, names, left, right)
        above = [other for other in names if other.base <= base and other.x0 < right and other.x1 > left]
        alone = all(abs(other.x0 + other.x1 - 2 * middle) <= 2 * SAME_MIDDLE * name.size for other in above)
        labels = [piece for piece in pieces if piece.base == name.base and name.x0 <= piece.x0 < name.x1]
        columns = range(first, last + 1)
        if not alone or len(labels) >= LABELLED * len(columns):
            continue
        if all(_is_low([p for p in pieces if _over(p, edges[n], edges[n + 1])], base, box) for n in columns):
            return first, last, base
    return None


def _ranges(name: Word, edges: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield the runs of two columns or more that a name stands inside, the longest first."""
    count = len(edges) - 1
    runs = ((first, last) for first in range(count) for last in range(first + 1, count))
    held = [(a, b) for a, b in runs if edges[a] <= name.x0 and name.x1 <= edges[b + 1]]
    yield from sorted(held, key=lambda run: run[0] - run[1])


def _last_line(name: Word, names: Sequence[Word], left: float, right: float) -> float:
    """Return the baseline of a name's last line: each is the only text over its columns and has the same middle."""
    base = name.base
    for piece in sorted(names, key=lambda piece: piece.base):
        near = 0 < piece.base - base <= BELOW * name.size and _over(piece, left, right)
        level = sum(
            abs(other.base - piece.base) < BESIDE * piece.size and _over(other, left, right)
            for other in names
        )
        same = abs(piece.x0 + piece.x1 - name.x0 - name.x1) <= 2 * SAME_MIDDLE * name.size
        if near and same and level == 1:
            base = piece.base
    return base


def _is_low(pieces: Sequence[Word], base: float, box: Box) -> bool:
    """Tell whether a column has text below a baseline, and it stands in the lower part of the cell."""
    below = [piece for piece in pieces if piece.base > base + SAME_MIDDLE * piece.size]
    if not below:
        return False
    top = min(piece.base - ASCENT * piece.size for piece in below)
    bottom = max(piece.base + DESCENT * piece.size for piece in below)
    return (top + bottom) / 2 > (box[1] + box[3]) / 2 + LOW * below[0].size


def _over(piece: Word, left: float, right: float) -> bool:
    return left < (piece.x0 + piece.x1) / 2 < right or (piece.x0 < left and piece.x1 > right)
