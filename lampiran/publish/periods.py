"""A Schedule -> the state of each of its periods, as the outputs need it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Plan, Schedule

_FIELDS: Mapping[PeriodType, str] = {"month": "m{:02d}", "quarter": "q{}", "semester": "s{}", "year": "y{}"}
_WEAKEST_FIRST: tuple[PeriodState, ...] = ("not-planned", "unknown", "covered", "planned")
_PERIOD_FIELD = re.compile(r"([mqsy])(\d\d?)")
_PERIOD_TYPES: Mapping[str, PeriodType] = {kind[0]: kind for kind in PER_YEAR}


def period_states(schedule: Schedule, period_type: PeriodType) -> dict[int, PeriodState]:
    """Return the state of every period of one type that the form has a cell for, ascending.

    A schedule whose state is `unknown` says nothing for certain, so none of its periods is shown as
    planned or not planned.
    """
    found: dict[int, PeriodState] = {}
    for period in schedule.periods:
        if period.period_type == period_type:
            doubted = schedule.state == "unknown" and period.state != "covered"
            state: PeriodState = "unknown" if doubted else period.state
            found[period.period] = max(found.get(period.period, state), state, key=_WEAKEST_FIRST.index)
    return dict(sorted(found.items()))


def planned(schedule: Schedule, period_type: PeriodType) -> tuple[int, ...]:
    """Return the periods that are planned for certain, ascending."""
    states = period_states(schedule, period_type)
    return tuple(period for period, state in states.items() if state == "planned")


def used_types(plan: Plan) -> tuple[PeriodType, ...]:
    """Return the period types that the plan's form has cells for, from month to year."""
    present = {period.period_type for action in plan.actions for period in action.schedule.periods}
    return tuple(kind for kind in PER_YEAR if kind in present)


def listed(periods: tuple[int, ...]) -> str:
    """Return periods as the CSVs write them, such as `3;6;9;12`."""
    return ";".join(map(str, periods))


def period_field(kind: PeriodType, period: int) -> str:
    """Return the name of a period's cell: `m03`, `q1`, `s2`, `y1`."""
    return _FIELDS[kind].format(period)


def period_of(field: str) -> tuple[PeriodType, int] | None:
    """Return the type and number of the period whose cell a field is (`m03` is `month`, 3), `None` for another field."""
    found = _PERIOD_FIELD.fullmatch(field)
    return (_PERIOD_TYPES[found[1]], int(found[2])) if found else None
