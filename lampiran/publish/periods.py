"""Schedules as the outputs need them: turns a Schedule into the state of each of its periods."""

from __future__ import annotations

from collections.abc import Mapping

from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Plan, Schedule

_PERIOD_FIELDS: Mapping[PeriodType, str] = {
    "month": "m{:02d}",
    "quarter": "q{}",
    "semester": "s{}",
    "year": "y{}",
}
_STRENGTH: Mapping[PeriodState, int] = {"not-planned": 0, "unknown": 1, "covered": 2, "planned": 3}


def period_states(schedule: Schedule, period_type: PeriodType) -> dict[int, PeriodState]:
    """Return the state of every period of one type that the form has a cell for, ascending.

    A schedule whose state is `unknown` says nothing for certain, so none of its periods is shown as
    planned or not planned.
    """
    found: dict[int, PeriodState] = {}
    for period in schedule.periods:
        if period.period_type == period_type:
            state = _doubted(period.state) if schedule.state == "unknown" else period.state
            found[period.period] = max(found.get(period.period, state), state, key=_STRENGTH.__getitem__)
    return dict(sorted(found.items()))


def planned(schedule: Schedule, period_type: PeriodType) -> tuple[int, ...]:
    """Return the periods that are planned for certain, ascending."""
    states = period_states(schedule, period_type)
    return tuple(period for period, state in states.items() if state == "planned")


def used_types(plan: Plan) -> tuple[PeriodType, ...]:
    """Return the period types that the plan's form has cells for, from month to year."""
    present = {period.period_type for placed in plan.placed() for period in placed.action.schedule.periods}
    return tuple(kind for kind in PER_YEAR if kind in present)


def listed(periods: tuple[int, ...]) -> str:
    """Return periods as the CSVs write them, such as `3;6;9;12`."""
    return ";".join(str(period) for period in periods)


def _doubted(state: PeriodState) -> PeriodState:
    return "covered" if state == "covered" else "unknown"


def period_field(kind: PeriodType, period: int) -> str:
    """Return the name of a period's cell: `m03`, `q1`, `s2`, `y1`."""
    return _PERIOD_FIELDS[kind].format(period)
