"""Plans, months and filters -> the list of what is due, apart from what perhaps is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from lampiran.diff.sides import plan_of
from lampiran.due.months import first_day, months_named, today
from lampiran.due.teams import names_team
from lampiran.page_states import is_partly_read
from lampiran.publish.month_state import month_state
from lampiran.result import Result
from schema.decree import Field
from schema.due import DueAction, DueDecree, DueList, DuePeriod, WaitsFor
from schema.errors import UsageError
from schema.periods import MONTHS_IN
from schema.plan import PeriodState, PeriodType, Placed, Plan
from schema.rules.texts import plan_year

_DOUBTFUL = frozenset({"uncertain", "covered", "missing"})


def due(
    *results: Plan | Result | str | Path,
    month: int | str | None = None,
    team: str | None = None,
    area: int | None = None,
    year: int | None = None,
) -> DueList:
    """Return what is due in a month (1 to 12, its name, or `all`); without one in the current month.

    Each result is a plan, a `Result`, a result's folder, its `decree.json`, or a decree's file, which is then read.
    Raises `UsageError` for a month, team or area that there is not, `InputError` and `NoPlanError` for what cannot be
    read.
    """
    months = (today().month,) if month is None else months_named(month)
    return due_list([plan_of(result) for result in results], months, team=team, area=area, year=year)


def due_list(
    plans: Sequence[Plan],
    months: Sequence[int],
    *,
    team: str | None = None,
    area: int | None = None,
    year: int | None = None,
) -> DueList:
    """Return what is due in some months, by month, plan and order of print.

    `team` is as forgiving as `names_team`. A plan of another `year` is not counted; one whose year was not read is
    taken to be of that year. Of plans of the same decree the first counts. Raises `UsageError` where no row of any plan
    has the team or the area, and names those there are.
    """
    different = tuple({plan.decree_id: plan for plan in reversed(plans)}.values())[::-1]
    asked = [(plan, plan_year(plan.head) or year) for plan in different]
    counted = [(plan, own) for plan, own in asked if year in {None, own}]
    _check_area(area, different)
    _check_team(team, different)
    rows = [
        row
        for month in months
        for plan, own in counted
        for item in plan.placed()
        if area in {None, item.area.number}
        for row in _row(plan, item, month, team, own)
    ]
    return DueList(
        months=tuple(months),
        year=year,
        team=team,
        area=area,
        decrees=tuple(_decree(plan, own, counted=year in {None, own}) for plan, own in asked),
        due=tuple(row for row in rows if not row.waits_for),
        perhaps=tuple(row for row in rows if row.waits_for),
    )


def _row(plan: Plan, item: Placed, month: int, team: str | None, year: int | None) -> Iterator[DueAction]:
    """Yield an action as it is in a month, unless it is known not to be due or not to be the team's."""
    action = item.action
    when = month_state(action.schedule, month)
    meant = _is_meant(team, action.responsible)
    if when.state == "not-due" or meant is False:
        return
    doubts: list[tuple[WaitsFor, bool]] = [
        ("schedule", when.state == "perhaps"),
        ("responsible", meant is None),
    ]
    yield DueAction(
        decree_id=plan.decree_id,
        action_id=action.action_id,
        month=month,
        area_no=item.area.number,
        area=item.area.name.text,
        component_no=item.component.number.text,
        component=item.component.name.text,
        indicator=action.indicator.text,
        action=action.action.text,
        responsible=action.responsible.text,
        documents=action.documents or ((action.evidence.text,) if action.evidence.text else ()),
        periods=tuple(_period(*period, year=year) for period in when.periods),
        waits_for=tuple(name for name, doubted in doubts if doubted),
        needs_review=action.needs_review,
        page=action.page_first,
        line=action.line,
    )


def _is_meant(team: str | None, responsible: Field) -> bool | None:
    """Tell whether a row is the team's; `None` where who is responsible was not read, or not for sure."""
    if team is None or names_team(team, responsible.text):
        return True
    return None if not responsible.text or responsible.status in _DOUBTFUL else False


def _period(kind: PeriodType, period: int, state: PeriodState, *, year: int | None) -> DuePeriod:
    size = MONTHS_IN[kind]
    first = first_day(year, (period - 1) * size + 1) if year else None
    last = first_day(year, period * size + 1) - datetime.timedelta(days=1) if year else None
    return DuePeriod(period_type=kind, period=period, state=state, first=first, last=last)


def _decree(plan: Plan, year: int | None, *, counted: bool) -> DueDecree:
    head = plan.head
    return DueDecree(
        decree_id=plan.decree_id,
        number=head.number.text,
        title=head.title.text,
        office=head.institution.text,
        date=head.date,
        year=year,
        file=plan.source.name,
        counted=counted,
        partly_read=is_partly_read(plan.findings),
        pages_not_read=tuple(page.number for page in plan.pages if page.state == "not_read"),
    )


def _check_team(team: str | None, plans: Sequence[Plan]) -> None:
    """Raise `UsageError` for a team that no row has, with those there are."""
    named = (action.responsible.text for plan in plans for action in plan.actions)
    teams = dict.fromkeys(" ".join(name.split()) for name in named if name.strip())
    if team is None or any(names_team(team, name) for name in teams):
        return
    known = "; ".join(teams)
    raise UsageError(
        id=f'Tidak ada penanggung jawab "{team}". Yang ada: {known or "tidak satu pun terbaca"}.',
        en=f'No team is called "{team}". There are: {known or "none that was read"}.',
    )


def _check_area(area: int | None, plans: Sequence[Plan]) -> None:
    """Raise `UsageError` for an area that no plan has, with those there are."""
    areas = dict.fromkeys((one.number, one.name.text) for plan in plans for one in plan.areas)
    if area is None or area in {number for number, _ in areas}:
        return
    known = "; ".join(f"{number} {name}".strip() for number, name in areas)
    raise UsageError(
        id=f"Tidak ada area {area}. Yang ada: {known or 'tidak satu pun terbaca'}.",
        en=f"There is no area {area}. There are: {known or 'none that was read'}.",
    )
