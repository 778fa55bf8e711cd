"""A Schedule and a month -> whether the action is due in it, for certain, perhaps or not, and by which periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lampiran.publish.periods import period_states
from schema.periods import PER_YEAR, months_of
from schema.plan import PeriodState, PeriodType, Schedule

State = Literal["due", "perhaps", "not-due"]


@dataclass(frozen=True, slots=True)
class MonthState:
    """What a schedule says of a month.

    `periods` hold the month and are planned, where the state is `due`, else unknown or covered; from the shortest to
    the longest. Perhaps due without a period: the schedule is not understood and names none.
    """

    state: State
    periods: tuple[tuple[PeriodType, int, PeriodState], ...] = ()


def month_state(schedule: Schedule, month: int) -> MonthState:
    """Return what a schedule says of a month (1 to 12). What is not known is never `not-due`."""
    told = [
        (kind, period, state)
        for kind in PER_YEAR
        for period, state in period_states(schedule, kind).items()
        if month in months_of(kind, period)
    ]
    if planned := tuple(one for one in told if one[2] == "planned"):
        return MonthState("due", planned)
    if doubtful := tuple(one for one in told if one[2] in {"unknown", "covered"}):
        return MonthState("perhaps", doubtful)
    return MonthState("perhaps" if not told and _is_silent(schedule) else "not-due")


def _is_silent(schedule: Schedule) -> bool:
    """Tell whether a schedule leaves something open without a cell that shows it, as words do that were not understood."""
    if schedule.state == "partial":
        return not any(period.state in {"unknown", "covered"} for period in schedule.periods)
    return schedule.state == "unknown"
