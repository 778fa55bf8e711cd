"""Periods turned into the months they hold."""

from __future__ import annotations

from schema.plan import PeriodType

_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}


def months_of(kind: PeriodType, period: int) -> frozenset[int]:
    """Return the months (1 to 12) of a period."""
    size = _MONTHS[kind]
    return frozenset(range((period - 1) * size + 1, period * size + 1))


def touch(one: tuple[PeriodType, int], other: tuple[PeriodType, int]) -> bool:
    """Tell whether two periods of different types have a month in common."""
    return one[0] != other[0] and bool(months_of(*one) & months_of(*other))
