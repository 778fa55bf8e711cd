"""Offsets of marks right of a row's last text turned into weighted readings of the months they mean.

A transcriber miscounts runs of like cells: the commonest faults are an empty cell too few or too many in
a row of empties, and a mark too few or too many in a row of marks. Each way to undo such a fault is a
reading; readings that give the same months add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from normalize.marks.settings import MARKS
from schema.periods import MONTHS

Months = frozenset[int]
ALL_MONTHS: Months = frozenset(range(1, MONTHS + 1))


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one row: months with their share of the weight, best first; shares sum to 1."""

    ranked: tuple[tuple[Months, float], ...]

    @property
    def best(self) -> Months:
        """Return the reading with the most weight."""
        return self.ranked[0][0]

    @property
    def share(self) -> float:
        """Return the best reading's share of the weight, 0 to 1."""
        return self.ranked[0][1]

    @property
    def sure(self) -> Months:
        """Return the months that every reading plans."""
        return frozenset.intersection(*(months for months, _ in self.ranked))

    @property
    def possible(self) -> Months:
        """Return the months that some reading plans."""
        return frozenset.union(*(months for months, _ in self.ranked))

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the best readings as a person can choose between them."""
        return tuple(listed(months) for months, _ in self.ranked[: MARKS.shown])


def listed(periods: Iterable[int]) -> str:
    """Return periods as `3;6;9;12`, none as `-`."""
    return ";".join(map(str, sorted(periods))) or "-"


def rank(weighted: Iterable[tuple[Months, float]]) -> Readings:
    """Add up equal readings and order them by weight; those far behind the best are left out.

    `weighted` must not be empty.
    """
    total: dict[Months, float] = defaultdict(float)
    for months, weight in weighted:
        total[months] += weight
    whole = sum(total.values())
    kept = [item for item in total.items() if item[1] >= whole * MARKS.negligible]
    ordered = sorted(kept, key=lambda item: (-item[1], sorted(item[0])))
    return Readings(tuple((months, weight / whole) for months, weight in ordered))


def read_offsets(
    marks: Sequence[int], widths: Mapping[int, float], periods: int
) -> list[tuple[Months, float]]:
    """Return the readings of marks under each assumed number of time cells, weighted.

    `marks` are offsets from the first time cell, `widths` maps a number of time cells to the weight of
    the assumption that the row has so many, `periods` is 12 for months and 4 for quarters.
    """
    readings: list[tuple[Months, float]] = []
    for width, weight in widths.items():
        found = list(_under(marks, width, periods))
        whole = sum(w for _, w in found) or 1.0
        readings += [(months, weight * w / whole) for months, w in found]
    return readings


def _under(marks: Sequence[int], width: int, periods: int) -> Iterable[tuple[Months, float]]:
    inside = [k for k in marks if k < width]
    surplus = len(marks) - len(inside)
    if abs(width - periods) > MARKS.faults:
        return
    undo = _with_lost if width < periods else _with_added
    for months, weight in undo(inside, width, periods):
        yield months, weight * (1.0 if not surplus else MARKS.surplus_lost)
        if surplus and periods not in months:
            yield months | {periods}, weight * MARKS.surplus_last


def _with_lost(marks: Sequence[int], width: int, periods: int) -> Iterable[tuple[Months, float]]:
    """Put lost cells back at every place, as an empty cell and as a marked one."""
    seen = set(marks)
    for places in combinations(range(periods), periods - width):
        months = frozenset(_shifted(k, places) for k in marks)
        lost = frozenset(p + 1 for p in places)
        empties = marked = 1.0
        for n, place in enumerate(places):
            neighbours = [k for k in (place - n - 1, place - n) if 0 <= k < width]
            empties *= 1.0 if any(k not in seen for k in neighbours) else MARKS.possible
            in_run = any(k in seen and run_length(k, seen) >= MARKS.long_run for k in neighbours)
            marked *= 1.0 if in_run else MARKS.unlikely
        yield months, empties
        if marks:
            yield months | lost, marked


def _shifted(offset: int, places: Sequence[int]) -> int:
    """Return the month of a mark once the lost places (ascending, in months from 0) are put back."""
    month = offset
    for place in places:
        if place <= month:
            month += 1
    return month + 1


def _with_added(marks: Sequence[int], width: int, periods: int) -> Iterable[tuple[Months, float]]:
    """Take surplus cells out at every place; a lone mark is hardly the surplus cell itself."""
    seen = set(marks)
    for places in combinations(range(width), width - periods):
        kept = [k for k in marks if k not in places]
        months = frozenset(k - sum(p < k for p in places) + 1 for k in kept)
        weight = 1.0
        for place in places:
            if place in seen:
                weight *= 1.0 if run_length(place, seen) >= MARKS.long_run else MARKS.unlikely
        yield months, weight


def run_length(offset: int, marks: set[int]) -> int:
    """Return the length of the run of adjacent marks that contains the offset."""
    low = high = offset
    while low - 1 in marks:
        low -= 1
    while high + 1 in marks:
        high += 1
    return high - low + 1


def regular_months(count: int, periods: int) -> Months | None:
    """Return the months of an even plan with so many dates, each at the end of its stretch (4: 3, 6, 9, 12)."""
    if count < 2 or periods % count:
        return None
    step = periods // count
    return frozenset(range(step, periods + 1, step))


def nearly_regular(marks: Sequence[int], periods: int) -> Months | None:
    """Return the even plan that the marks come close to, each within two cells of its place."""
    regular = regular_months(len(marks), periods)
    if regular is None:
        return None
    pairs = zip(sorted(marks), sorted(regular), strict=True)
    return regular if all(abs(k + 1 - month) <= MARKS.faults for k, month in pairs) else None
