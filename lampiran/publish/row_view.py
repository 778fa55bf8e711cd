"""An Action -> what the filters of `report.html` go by: its team, and the months in which it is due or perhaps is."""

from __future__ import annotations

from dataclasses import dataclass

from lampiran.publish.month_state import State, month_state
from lampiran.publish.periods import period_field
from schema.periods import MONTHS
from schema.plan import Action, Plan, Schedule

_NOT_SURE = frozenset({"uncertain", "covered", "missing"})


@dataclass(frozen=True, slots=True)
class RowView:
    """What the page's script reads of a row.

    `due` and `perhaps` hold a word for each month and period by which it is so, such as `3/m03` or `2/q1`; a month
    without a period (`3/`) is perhaps due since the schedule is not understood. `team_unsure`: who is responsible was
    not read, or not for sure.
    """

    team: str
    team_unsure: bool
    due: str
    perhaps: str


def row_view(action: Action) -> RowView:
    """Return what the filters go by."""
    return RowView(
        team=_team(action),
        team_unsure=not action.responsible.text or action.responsible.status in _NOT_SURE,
        due=_months(action.schedule, "due"),
        perhaps=_months(action.schedule, "perhaps"),
    )


def team_names(plan: Plan) -> tuple[str, ...]:
    """Return the teams of a plan in the order of print."""
    return tuple(dict.fromkeys(team for action in plan.actions if (team := _team(action))))


def _team(action: Action) -> str:
    return " ".join(action.responsible.text.split())


def _months(schedule: Schedule, wanted: State) -> str:
    """Return the months of one state, each with its periods."""
    found: list[str] = []
    for month in range(1, MONTHS + 1):
        said = month_state(schedule, month)
        if said.state == wanted:
            periods = [period_field(kind, period) for kind, period, _ in said.periods] or [""]
            found += [f"{month}/{period}" for period in periods]
    return " ".join(found)
