"""A decision about an action's schedule turned into its periods."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.draft import Row
from normalize.form.model import Form
from schema.decisions import Decision
from schema.periods import PER_YEAR
from schema.plan import Period, PeriodType, Schedule

NONE = "-"  # no period is planned


def decided_schedule(row: Row, decision: Decision, forms: Sequence[Form]) -> Schedule | None:
    """Return a row's schedule as it was decided, `None` where the value names no periods of the form."""
    schedule = row.schedule or Schedule(state="unknown")
    if decision.verdict == "unreadable":
        return schedule
    kind = period_type_of(schedule, [form.schedule for form in forms])
    if decision.value is None:
        planned = frozenset(
            p.period for p in schedule.periods if p.period_type == kind and p.state == "planned"
        )
    else:
        read = periods_in(decision.value, kind)
        if read is None:
            return None
        planned = read
    return with_planned(schedule, kind, planned)


def with_planned(schedule: Schedule, kind: PeriodType, planned: frozenset[int]) -> Schedule:
    """Return a schedule in which these periods of one type are planned and no other of that type is."""
    known = {p.period: p for p in schedule.periods if p.period_type == kind}
    periods = [
        known.get(n, Period(period_type=kind, period=n, state="unknown")).replace(
            state="planned" if n in planned else "not-planned", confidence=None
        )
        for n in range(1, PER_YEAR[kind] + 1)
    ]
    others = [p for p in schedule.periods if p.period_type != kind]
    marked = bool(planned) or any(p.state == "planned" for p in others)
    open_ = any(p.state in ("unknown", "covered") for p in others)
    state = "partial" if open_ and marked else "unknown" if open_ else "marked" if marked else "none"
    return schedule.replace(periods=(*periods, *others), state=state)


def period_type_of(schedule: Schedule, forms: Sequence[str]) -> PeriodType:
    """Return the type of the periods that a schedule is decided in: its own first one, else that of the form."""
    if schedule.periods:
        return schedule.periods[0].period_type
    return next((kind for form in forms for kind in PER_YEAR if kind == form), "month")


def periods_in(value: str, kind: PeriodType) -> frozenset[int] | None:
    """Return the periods that a value as `3;6;9;12` names, `-` for none; `None` for anything else."""
    if value.strip() == NONE:
        return frozenset()
    parts = [part.strip() for part in value.replace(",", ";").split(";") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = frozenset(map(int, parts))
    return numbers if numbers <= frozenset(range(1, PER_YEAR[kind] + 1)) else None
