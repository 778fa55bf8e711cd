"""Schedules and what the words beside them say -> findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from schema.findings import Finding
from schema.language import decree_words, either
from schema.periods import MONTHS, PER_YEAR, QUARTERS, SEMESTERS
from schema.plan import Action, Plan, Schedule
from schema.rules.data import RuleData
from schema.rules.texts import cells_of, fault, first_ref

_WORDS = {name: either(words) for name, words in decree_words("frequency").items()}
_EACH = rf"(?:{_WORDS['each']}\s+)"
_ORDINAL = rf"(?!\s+(?:{_WORDS['ordinal']}-?)?(?:[ivx]+|\d+|{_WORDS['ordinals']})\b)"
_NOT_MONTHLY = "".join(f"(?<!{word})" for word in (*decree_words("frequency")["not_monthly"], r"\d "))


def _quarterly(schedule: Schedule) -> bool:
    return QUARTERS in (len(schedule.planned("month")), len(schedule.planned("quarter")))


def _half_yearly(schedule: Schedule) -> bool:
    return any(len(schedule.planned(kind)) == SEMESTERS for kind in ("month", "quarter", "semester"))


def _monthly(schedule: Schedule) -> bool:
    return len(schedule.planned("month")) == MONTHS or len(schedule.planned("quarter")) == QUARTERS


# What a text says, and the schedules that it fits.
_FREQUENCIES: tuple[tuple[re.Pattern[str], Callable[[Schedule], bool]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fits)
    for pattern, fits in (
        (rf"\b{_EACH}?{_WORDS['quarter']}\b{_ORDINAL}", _quarterly),
        (rf"\b{_EACH}?{_WORDS['semester']}\b{_ORDINAL}", _half_yearly),
        (rf"\b{_EACH}{_WORDS['month']}\b|{_NOT_MONTHLY}\b{_WORDS['monthly']}\b", _monthly),
    )
)


def missing_schedule(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """A row whose cells were seen and are empty plans nothing."""
    for action in plan.actions:
        if action.schedule.state == "none":
            ref = next(iter(action.schedule.refs), first_ref(action.action))
            yield fault("missing-schedule", "schedule", action.action, action, ref=ref)


def too_many_marks(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """A row plans no more periods than a year has, and none twice."""
    for action in plan.actions:
        for kind, most in PER_YEAR.items():
            planned = action.schedule.planned(kind)
            fitting = min(most, len(set(planned)))
            if len(planned) > fitting:
                places = {"raw": str(len(planned)), "value": str(fitting)}
                ref = next(iter(action.schedule.refs), None)
                yield fault("too-many-marks", "schedule", action.action, action, ref=ref, **places)


def words_against_marks(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """Words for a frequency agree with the number of planned periods.

    A text that names several frequencies ("per semester / per triwulan") is content with any of them.
    Rows whose schedule is unknown or seen only in part are passed over, and those planned for the year as a whole,
    which says nothing of how often.
    """
    for action in plan.actions:
        if action.schedule.state == "marked":
            yield from _against_marks(action)


def _against_marks(action: Action) -> Iterator[Finding]:
    planned = {(p.period_type, p.period) for p in action.schedule.periods if p.state == "planned"}
    count = 0 if planned == {("year", 1)} else len(planned)
    if not count:
        return
    for name, field in cells_of(action):
        found = [(match[0], fits) for pattern, fits in _FREQUENCIES for match in pattern.finditer(field.text)]
        if found and not any(fits(action.schedule) for _, fits in found):
            places = {"raw": found[0][0], "value": str(count)}
            yield fault("words-against-marks", name, field, action, **places)
