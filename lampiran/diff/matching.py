"""Two plans -> which action, component and area of one is which of the other, by content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lampiran.alignment.likeness import CHANCE, Flags, Matrix, nearness, row_likeness, same, text_likeness
from lampiran.alignment.pairing import Pairs, best_pairs, longest_rise, row_pairs
from lampiran.alignment.wording import wording
from lampiran.diff.plan_side import Part, Side, homes
from lampiran.diff.reference import Reference
from lampiran.diff.settings import PARTS, ROWS, TIES
from schema.plan import Plan

NOTHING = Reference()
_WEIGHTS = {"action": ROWS.action, "indicator": ROWS.indicator, "evidence": ROWS.evidence}


@dataclass(frozen=True)
class Matching:
    """Pairs of numbers, A's to B's, of rows, components and areas; `likeness` by rows of A and of B."""

    a: Side
    b: Side
    rows: Pairs
    components: Pairs
    areas: Pairs
    likeness: Matrix

    @cached_property
    def back(self) -> Pairs:
        """The pairs of rows, B's to A's."""
        return {m: n for n, m in self.rows.items()}


def match(a: Plan, b: Plan, reference: Reference = NOTHING) -> Matching:
    """Match two plans by content: each row with at most one other, so that the sum of likenesses is greatest.

    Rows are matched twice: the first time the names of their parts break ties, then the parts found by the first.
    """
    one, other = Side(a), Side(b)
    score, allowed = _likeness(one, other)
    ties = TIES.time * same(_times(one), _times(other)) + TIES.near * nearness(*score.shape)
    rows: Pairs = {}
    for _ in range(2):
        components, areas = _matched_parts(one, other, rows, reference)
        place = TIES.component * _together(one.components, other.components, components, score.shape)
        place += TIES.area * _together(one.areas, other.areas, areas, score.shape)
        rows = row_pairs(score, allowed, ties + place)
    return Matching(one, other, rows, *_matched_parts(one, other, rows, reference), score)


def _likeness(a: Side, b: Side) -> tuple[Matrix, Flags]:
    """Return the likeness of each pair of rows, and whether the two may be the same action.

    A column that one of the plans does not have is left out. The same code of the official list raises the likeness a
    little, two different codes lower it. A pair is allowed from a floor on, and below it where the two, and no other
    row of either plan, ask the same question: by code, or by an indicator that is all but equal.
    """
    texts = [
        {name: [wording(getattr(row.action, name).text) for row in side.rows] for name in _WEIGHTS}
        for side in (a, b)
    ]
    alike = {
        name: text_likeness(texts[0][name], texts[1][name])
        for name in _WEIGHTS
        if any(texts[0][name]) and any(texts[1][name])
    }
    if not alike:
        shape = (len(a.rows), len(b.rows))
        return np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    score = row_likeness(alike, _WEIGHTS, dict.fromkeys(alike, np.ones((len(a.rows), 1), dtype=np.bool_)))
    one, two = (np.array([row.action.lke_code or "" for row in side.rows]) for side in (a, b))
    known = (one != "")[:, None] & (two != "")[None, :]
    equal = known & (one[:, None] == two[None, :])
    score = np.where(known & ~equal, score * ROWS.other_code, score + ROWS.same_code * equal * (1 - score))
    question = equal | _ask_the_same(alike)
    alone = question & (question.sum(axis=1, keepdims=True) == 1) & (question.sum(axis=0, keepdims=True) == 1)
    return score, (score >= ROWS.floor) | alone


def _ask_the_same(alike: Mapping[str, Matrix]) -> Flags | bool:
    found = alike.get("indicator")
    return found * (1 - CHANCE) + CHANCE >= ROWS.same_question if found is not None else False


def _times(side: Side) -> list[set[tuple[str, int]]]:
    """Return the planned periods of each row."""
    schedules = (row.action.schedule.periods for row in side.rows)
    return [{(p.period_type, p.period) for p in periods if p.state == "planned"} for periods in schedules]


def _matched_parts(a: Side, b: Side, rows: Pairs, reference: Reference) -> tuple[Pairs, Pairs]:
    """Match the components and the areas of two plans."""
    components = match_parts(a.components, b.components, rows, reference)
    return components, match_parts(a.areas, b.areas, rows, reference)


def match_parts(a: Sequence[Part], b: Sequence[Part], rows: Mapping[int, int], reference: Reference) -> Pairs:
    """Match components or areas by their names and by the rows they have in common."""
    if not a or not b:
        return {}
    names = np.maximum(
        text_likeness([part.name for part in a], [part.name for part in b]),
        _each(a, b, lambda one, other: _name_likeness(one.name, other.name, reference)),
    )
    common = _common(a, b, rows)
    near = _each(a, b, lambda one, other: float(one.area.number == other.area.number))
    score: Matrix = (2 * names + common) / 3 + PARTS.same_number * near
    return best_pairs(np.where((score >= PARTS.floor) | (common >= PARTS.common_rows), score, 0.0))


def _each(a: Sequence[Part], b: Sequence[Part], value: Callable[[Part, Part], float]) -> Matrix:
    return np.array([[value(one, other) for other in b] for one in a], dtype=np.float64)


def _name_likeness(one: str, other: str, reference: Reference) -> float:
    """Return the likeness of names that are official ones of the same part, or of which one holds the other."""
    if reference.same_name(one, other):
        return PARTS.official
    shorter, longer = sorted((one, other), key=len)
    return PARTS.held if len(shorter) >= PARTS.shortest_held and shorter in longer else 0.0


def _common(a: Sequence[Part], b: Sequence[Part], rows: Mapping[int, int]) -> Matrix:
    """Return how much each two parts have in common, 0 to 1: the mean of the shares of all rows and of the smaller's."""
    homes_a, homes_b = homes(a), homes(b)
    shared: Matrix = np.zeros((len(a), len(b)))
    for n, m in rows.items():
        shared[homes_a[n], homes_b[m]] += 1
    sizes_a = np.array([max(1, len(part.rows)) for part in a])[:, None]
    sizes_b = np.array([max(1, len(part.rows)) for part in b])[None, :]
    found: Matrix = shared / (sizes_a + sizes_b) + shared / np.minimum(sizes_a, sizes_b) / 2
    return found


def _together(a: Sequence[Part], b: Sequence[Part], parts: Pairs, shape: tuple[int, ...]) -> Matrix:
    """Return 1 for each pair of rows whose parts are matched."""
    found: Matrix = np.zeros(shape)
    for n, m in parts.items():
        found[np.ix_(a[n].rows, b[m].rows)] = 1.0
    return found


def moved(ranks: Sequence[int]) -> frozenset[int]:
    """Return which of the places in a sequence of ranks moved: as few as explain the new order.

    What stays is the longest rising run; of equally long ones that which keeps more in its own place.
    """
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    stays = longest_rise(ranks, [order[n] == n for n in range(len(ranks))])
    return frozenset(range(len(ranks))) - frozenset(stays)
