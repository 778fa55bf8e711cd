"""Two schedules -> what changed between them, period by period; what is not known is no change."""

from __future__ import annotations

from collections.abc import Mapping

from lampiran.alignment.wording import wording
from lampiran.publish.periods import period_states
from schema.comparison import PeriodDelta, ScheduleDelta, State
from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Schedule

States = Mapping[int, PeriodState]
_KNOWN = ("planned", "not-planned")


def compare_schedules(a: Schedule, b: Schedule, doubts: tuple[str, ...] = ()) -> ScheduleDelta:
    """Compare two schedules by the finest period type both tell of.

    A period that is unknown or covered on one side is not compared. Where one decree plans by month and the other
    by quarter, a quarter is planned if one of its months is. Without cells on one side the texts are compared.
    """
    states_a, states_b = _by_type(a), _by_type(b)
    kind = _common(states_a, states_b)
    periods: tuple[PeriodDelta, ...] = ()
    if kind is not None:
        one, other = _coarse(states_a, kind), _coarse(states_b, kind)
        periods = tuple(_period(kind, n, one.get(n), other.get(n)) for n in sorted(one.keys() | other.keys()))
    state = _from_periods(periods) if periods else _from_texts(a, b, cells=bool(states_a or states_b))
    return ScheduleDelta(
        state="reading" if state == "changed" and doubts else state,
        compared=kind,
        periods=periods,
        a_text=a.text.text,
        b_text=b.text.text,
        doubts=doubts,
    )


def _by_type(schedule: Schedule) -> dict[PeriodType, dict[int, PeriodState]]:
    found = {kind: period_states(schedule, kind) for kind in PER_YEAR}
    return {kind: states for kind, states in found.items() if states}  # the finest first


def _common(a: Mapping[PeriodType, States], b: Mapping[PeriodType, States]) -> PeriodType | None:
    """Return the finest type that both have, or the coarser one's finest; `None` where one has none."""
    if not a or not b:
        return None
    shared = [kind for kind in PER_YEAR if kind in a and kind in b]
    order = tuple(PER_YEAR)
    return shared[0] if shared else order[max(order.index(next(iter(a))), order.index(next(iter(b))))]


def _coarse(states: Mapping[PeriodType, States], kind: PeriodType) -> States:
    """Return the states of periods of `kind`, made from finer ones where there are no others."""
    if kind in states:
        return states[kind]
    fine = next(name for name in PER_YEAR if name in states)
    size = PER_YEAR[fine] // PER_YEAR[kind]
    parts: dict[int, list[PeriodState]] = {}
    for n, state in states[fine].items():
        parts.setdefault((n - 1) // size + 1, []).append(state)
    return {n: _whole(found) for n, found in parts.items()}


def _whole(parts: list[PeriodState]) -> PeriodState:
    if "planned" in parts:
        return "planned"
    return next((state for state in parts if state not in _KNOWN), "not-planned")


def _period(kind: PeriodType, n: int, a: PeriodState | None, b: PeriodState | None) -> PeriodDelta:
    """Compare one period; no cell for it is as good as an empty one."""
    one, other = a or "not-planned", b or "not-planned"
    changed = one in _KNOWN and other in _KNOWN and one != other
    return PeriodDelta(period_type=kind, period=n, a=a, b=b, changed=changed)


def _from_periods(periods: tuple[PeriodDelta, ...]) -> State:
    if any(period.changed for period in periods):
        return "changed"
    doubtful = any(p.a not in (*_KNOWN, None) or p.b not in (*_KNOWN, None) for p in periods)
    return "unknown" if doubtful else "same"


def _from_texts(a: Schedule, b: Schedule, *, cells: bool) -> State:
    one, other = a.text.text, b.text.text
    if cells or bool(one) != bool(other):
        return "unknown"
    if one == other:
        return "same"
    return "spelling" if wording(one) == wording(other) else "changed"
