"""The column edges of two grids turned into the columns they have in common, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.tables.settings import JOINING


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sets of edges as one: `edges` from the first table's left edge, and the places of each one's own edges in it.

    `equal` tells that both have the same edges; else those of one are some of the other's.
    """

    edges: tuple[float, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]
    equal: bool


def align(first: Sequence[float], second: Sequence[float], *, seen: bool) -> Alignment | None:
    """Lay two sets of edges (points) over each other; `None` where they are not those of one table.

    Both are as wide, and every edge of one is an edge of the other. `seen` allows for what a scanner does to them.
    """
    if abs(first[0] - second[0]) > JOINING.shift:
        return None
    one, two = _from_left(first), _from_left(second)
    width = one[-1]
    if seen and two[-1] > 0:
        two = [edge * width / two[-1] for edge in two] if abs(two[-1] / width - 1) < 0.05 else two
    tolerance = _tolerance(width, seen=seen)
    if abs(two[-1] - width) > tolerance:
        return None
    more, fewer = (one, two) if len(one) >= len(two) else (two, one)
    places = [_nearest(edge, more) for edge in fewer]
    if any(abs(more[at] - edge) > tolerance for at, edge in zip(places, fewer, strict=True)):
        return None
    if any(a == b for a, b in pairwise(places)):
        return None
    every = tuple(range(len(more)))
    own = (every, tuple(places)) if more is one else (tuple(places), every)
    return Alignment(tuple(more), own[0], own[1], equal=len(one) == len(two))


def by_order(first: Sequence[float], second: Sequence[float]) -> Alignment | None:
    """Take the columns of two grids for the same ones, one after the other, however wide; `None` for other numbers of them."""
    every = tuple(range(len(first)))
    return Alignment(tuple(first), every, every, equal=False) if len(first) == len(second) else None


def share_places(first: Sequence[float], second: Sequence[float], *, seen: bool) -> bool:
    """Tell whether all edges of one are edges of the other in the same places of the page: it lacks outer columns."""
    more, fewer = (first, second) if len(first) >= len(second) else (second, first)
    tolerance = _tolerance(max(more) - min(more), seen=seen)
    near = all(abs(more[_nearest(edge, more)] - edge) <= tolerance for edge in fewer)
    return near and len(more) > len(fewer) > JOINING.fewest_shared


def _tolerance(width: float, *, seen: bool) -> float:
    return max(JOINING.tolerance, JOINING.tolerance_seen * width if seen else 0.0)


def _from_left(edges: Sequence[float]) -> list[float]:
    return [edge - edges[0] for edge in edges]


def _nearest(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
