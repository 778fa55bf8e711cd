"""A schedule in a month: due, perhaps, or known not to be; what is not known is never told as not due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.publish.month_state import month_state
from schema.periods import PER_YEAR, months_of
from schema.plan import Period, PeriodState, PeriodType, Schedule, ScheduleState


def schedule(state: ScheduleState, *cells: tuple[PeriodType, int, PeriodState]) -> Schedule:
    periods = tuple(Period(period_type=kind, period=n, state=said) for kind, n, said in cells)
    return Schedule(state=state, periods=periods)


def every(kind: PeriodType, planned: set[int]) -> list[tuple[PeriodType, int, PeriodState]]:
    return [(kind, n, "planned" if n in planned else "not-planned") for n in range(1, PER_YEAR[kind] + 1)]


@pytest.mark.parametrize(
    ("kind", "period"), [("month", 3), ("quarter", 1), ("quarter", 4), ("semester", 2), ("year", 1)]
)
def test_a_period_is_due_in_each_of_its_months(kind: PeriodType, period: int) -> None:
    plan = schedule("marked", *every(kind, {period}))
    due = {month for month in range(1, 13) if month_state(plan, month).state == "due"}
    assert due == months_of(kind, period)
    assert month_state(plan, min(due)).periods == ((kind, period, "planned"),)


def test_a_month_and_its_quarter_both_count_the_shorter_first() -> None:
    plan = schedule("marked", ("month", 6, "planned"), ("quarter", 2, "planned"))
    assert month_state(plan, 6).periods == (("month", 6, "planned"), ("quarter", 2, "planned"))
    assert month_state(plan, 5).periods == (("quarter", 2, "planned"),)


@pytest.mark.parametrize("doubt", ["unknown", "covered"])
def test_a_cell_that_is_not_known_is_perhaps_due(doubt: PeriodState) -> None:
    plan = schedule("partial", ("month", 1, "planned"), ("month", 2, doubt), ("month", 3, "not-planned"))
    assert [month_state(plan, month).state for month in (1, 2, 3, 4)] == [
        "due",
        "perhaps",
        "not-due",
        "not-due",
    ]


def test_an_unknown_schedule_is_perhaps_due_in_every_month() -> None:
    for plan in (schedule("unknown"), schedule("unknown", *every("month", {3}))):
        assert {month_state(plan, month).state for month in range(1, 13)} == {"perhaps"}


def test_words_that_were_understood_in_part_leave_the_other_months_open() -> None:
    plan = schedule("partial", ("month", 3, "planned"))
    assert month_state(plan, 3).state == "due"
    assert month_state(plan, 5).state == "perhaps"


def test_empty_cells_that_were_seen_are_not_due() -> None:
    for plan in (schedule("none"), schedule("none", *every("month", set()))):
        assert {month_state(plan, month).state for month in range(1, 13)} == {"not-due"}


@given(
    st.sampled_from(["marked", "partial", "unknown"]),
    st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(["planned", "not-planned", "unknown", "covered"]))
    ),
    st.integers(1, 12),
)
def test_a_doubtful_or_planned_cell_is_never_told_as_not_due(
    state: ScheduleState, cells: list[tuple[int, PeriodState]], month: int
) -> None:
    plan = schedule(state, *(("month", n, said) for n, said in cells))
    if {said for n, said in cells if n == month} - {"not-planned"}:
        assert month_state(plan, month).state != "not-due"
