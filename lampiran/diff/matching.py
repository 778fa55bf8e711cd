"""Two plans -> which action, component and area of the one is which of the other, by content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment

from lampiran.alignment.likeness import Likeness, Matrix, row_likeness, rows_of, text_likeness
from lampiran.alignment.wording import wording
from lampiran.diff.reference import Reference
from schema.plan import Area, Component, Placed, Plan, Schedule

Pairs = dict[int, int]
NOTHING = Reference()

# Among rows of equal text the place decides, then the months, then the order; never against the text.
SAME_COMPONENT, SAME_AREA, SAME_TIME, NEAR = 0.04, 0.02, 0.01, 0.005
PART_FLOOR = 0.4  # likeness, by name for two thirds and by common rows, from which two parts may be the same
OFFICIAL = 0.9  # likeness of two names that the official list knows for the same part
HELD = 0.7  # the same of a name that stands whole in the other
SHORTEST_HELD = 8  # letters of a name that is not held by accident
COMMON_ROWS = 0.4  # the same by common rows alone, whatever the names


@dataclass(frozen=True)
class Part:
    """A component, or an area as a whole, with the numbers of its rows in the order of print."""

    area: Area
    component: Component | None
    rows: tuple[int, ...]

    @cached_property
    def name(self) -> str:
        """The part's name as it is compared."""
        return wording((self.component.name if self.component else self.area.name).text)


@dataclass(frozen=True)
class Matching:
    """Pairs of indices, A's to B's, of rows, components and areas; `likeness` by rows of A and of B."""

    a_rows: tuple[Placed, ...]
    b_rows: tuple[Placed, ...]
    a_components: tuple[Part, ...]
    b_components: tuple[Part, ...]
    a_areas: tuple[Part, ...]
    b_areas: tuple[Part, ...]
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
    rows_a, rows_b = tuple(a.placed()), tuple(b.placed())
    components_a, components_b = _components(a), _components(b)
    areas_a, areas_b = _areas(a), _areas(b)
    alike = row_likeness(rows_of(rows_a), rows_of(rows_b))
    ties = _ties(rows_a, rows_b)
    rows: Pairs = {}
    components = match_parts(components_a, components_b, rows, reference)
    areas = match_parts(areas_a, areas_b, rows, reference)
    for _ in range(2):
        place = SAME_COMPONENT * _together(components_a, components_b, components, alike.score.shape)
        place += SAME_AREA * _together(areas_a, areas_b, areas, alike.score.shape)
        rows = match_rows(alike, ties + place)
        components = match_parts(components_a, components_b, rows, reference)
        areas = match_parts(areas_a, areas_b, rows, reference)
    return Matching(
        rows_a, rows_b, components_a, components_b, areas_a, areas_b, rows, components, areas, alike.score
    )


def match_rows(alike: Likeness, ties: Matrix) -> Pairs:
    """Return the best pairs of rows; the cube keeps two fair matches from outweighing one exact one."""
    return _assigned(np.where(alike.allowed, alike.score**3 + ties, 0.0))


def match_parts(a: Sequence[Part], b: Sequence[Part], rows: Mapping[int, int], reference: Reference) -> Pairs:
    """Match components or areas by their names and by the rows they have in common."""
    if not a or not b:
        return {}
    names = np.maximum(
        text_likeness([part.name for part in a], [part.name for part in b]),
        _each(a, b, lambda one, other: _kindred(one.name, other.name, reference)),
    )
    common = _common(a, b, rows)
    near = _each(a, b, lambda one, other: float(one.area.number == other.area.number))
    score: Matrix = (2 * names + common) / 3 + 0.02 * near
    return _assigned(np.where((score >= PART_FLOOR) | (common >= COMMON_ROWS), score, 0.0))


def _each(a: Sequence[Part], b: Sequence[Part], value: Callable[[Part, Part], float]) -> Matrix:
    return np.array([[value(one, other) for other in b] for one in a], dtype=np.float64)


def _kindred(one: str, other: str, reference: Reference) -> float:
    """Return the likeness of names that are official ones of the same, or of which one holds the other."""
    if reference.same_name(one, other):
        return OFFICIAL
    shorter, longer = sorted((one, other), key=len)
    return HELD if len(shorter) >= SHORTEST_HELD and shorter in longer else 0.0


def moved(ranks: Sequence[int]) -> frozenset[int]:
    """Return which of the places in a sequence of ranks moved: as few as explain the new order.

    What stays is the longest rising run; of equally long ones that which keeps more in its own place.
    """
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    own = {place: rank for rank, place in enumerate(order)}
    best: list[tuple[int, int]] = []
    before: list[int | None] = []
    for n, rank in enumerate(ranks):
        value, previous = max(
            ((best[m], m) for m in range(n) if ranks[m] < rank),
            default=((0, 0), -1),
            key=lambda pair: pair[0],
        )
        best.append((value[0] + 1, value[1] + (own[n] == n)))
        before.append(previous if previous >= 0 else None)
    stays: set[int] = set()
    at = max(range(len(ranks)), key=best.__getitem__, default=None)
    while at is not None:
        stays.add(at)
        at = before[at]
    return frozenset(range(len(ranks))) - stays


def _assigned(weight: Matrix) -> Pairs:
    """Return the pairs of the greatest total weight; a weight of 0 is no pair."""
    chosen = zip(*linear_sum_assignment(weight, maximize=True), strict=True)
    return {int(n): int(m) for n, m in chosen if weight[n, m] > 0}


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


def homes(parts: Sequence[Part]) -> dict[int, int]:
    """Return the number of the part that each row stands in."""
    return {row: number for number, part in enumerate(parts) for row in part.rows}


def _together(a: Sequence[Part], b: Sequence[Part], parts: Pairs, shape: tuple[int, ...]) -> Matrix:
    """Return 1 for each pair of rows that stand in parts that are matched."""
    found: Matrix = np.zeros(shape)
    for n, m in parts.items():
        found[np.ix_(a[n].rows, b[m].rows)] = 1.0
    return found


def _ties(a: Sequence[Placed], b: Sequence[Placed]) -> Matrix:
    """Return what tells rows of equal text apart: the months, then how near their places in the plan are."""
    times_a, times_b = (
        [_time(item.action.schedule) for item in a],
        [_time(item.action.schedule) for item in b],
    )
    same = np.array([[float(one == other) for other in times_b] for one in times_a]).reshape(len(a), len(b))
    at_a, at_b = np.arange(len(a)) / max(1, len(a)), np.arange(len(b)) / max(1, len(b))
    near = 1 - np.abs(at_a[:, None] - at_b[None, :])
    ties: Matrix = SAME_TIME * same + NEAR * near
    return ties


def _time(schedule: Schedule) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((p.period_type, p.period) for p in schedule.periods if p.state == "planned"))


def _components(plan: Plan) -> tuple[Part, ...]:
    parts = [
        (area, component, len(component.actions)) for area in plan.areas for component in area.components
    ]
    return tuple(_numbered(parts))


def _areas(plan: Plan) -> tuple[Part, ...]:
    return tuple(_numbered((area, None, sum(len(c.actions) for c in area.components)) for area in plan.areas))


def _numbered(parts: Iterable[tuple[Area, Component | None, int]]) -> Iterable[Part]:
    at = 0
    for area, component, count in parts:
        yield Part(area, component, tuple(range(at, at + count)))
        at += count
