"""A Plan -> the decree of a dashboard: its rows with their months, what waits, what of the official sheet it touches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lampiran.dashboard.model import Answer, DecreeView, Question, Row
from lampiran.due.calendar import plain
from lampiran.page_states import is_partly_read
from lampiran.publish.frames import component_number
from lampiran.publish.month_state import State, month_state
from lampiran.publish.periods import period_field, period_states
from lampiran.publish.row_view import row_view
from lampiran.resources import load_resources, load_sheet
from normalize.official import Coverage, coverage_of
from schema.findings import SEVERITIES
from schema.periods import MONTHS, PER_YEAR
from schema.plan import Placed, Plan, Schedule
from schema.rules.texts import plan_year

_PROGRAM = "lampiran"
_DIGITS, _WIDEST = re.compile(r"\d+"), 12  # digits of a number in a name
_CURRENT = "2021"  # the edition of the sheet whose questions are counted
_INITIALS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2}[A-Z]?")  # a word that cannot be spoken, as DKI


def decree_view(plan: Plan, folder: Path) -> DecreeView:
    """Return what a dashboard holds of a plan; `folder` is where its result lies."""
    head = plan.head
    return DecreeView(
        decree_id=plan.decree_id,
        folder=folder,
        office=" ".join(head.institution.text.split()),
        office_name=short_office(head.institution.text),
        number=head.number.text,
        year=plan_year(head),
        title=" ".join(head.title.text.split()),
        date=head.date.isoformat() if head.date else "",
        file=plan.source.name,
        sha256=plan.source.sha256,
        program=dict(plan.versions).get(_PROGRAM, ""),
        partly_read=is_partly_read(plan.findings),
        pages_not_read=tuple(page.number for page in plan.pages if page.state == "not_read"),
        severities={
            severity: sum(finding.severity == severity for finding in plan.findings)
            for severity in SEVERITIES
        },
        waiting=Counter(finding.code for finding in plan.findings if finding.severity == "review"),
        edition=plan.lke_edition,
        answers=_answers(plan),
        rows=tuple(_rows(plan)),
    )


def short_office(name: str) -> str:
    """Return an office's name as it fits into a table: kinds of offices abbreviated, other words not all in capitals."""
    words = " ".join(name.split())
    for whole, short in load_resources().rules.abbreviations.items():
        start = words.upper().find(whole)
        if start >= 0:
            words = f"{words[:start]}{short}{words[start + len(whole) :]}"
    kept = set(load_resources().rules.abbreviations.values())
    return " ".join(
        word if word in kept or not word.isupper() or _INITIALS.fullmatch(word) else word.capitalize()
        for word in words.split()
    )


def natural(text: str) -> str:
    """Return what a text is sorted by: case does not count, and 2 comes before 10."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_WIDEST), text.casefold())


def questions() -> tuple[Question, ...]:
    """Return the questions of the official sheet in its order."""
    return tuple(
        Question(question.code, component.area, component.part, question.text)
        for component in load_sheet().components
        if component.edition == _CURRENT
        for question in component.questions
    )


def _answers(plan: Plan) -> tuple[Answer, ...]:
    """Return what a plan says to the sheet of today; empty where it touches none of its questions, not even perhaps.

    A plan may be known by the sheet's older edition, or by a component alone; it would lower each share as if it had been asked.
    """
    number = {item.action.action_id: n for n, item in enumerate(plan.placed())}
    found = tuple(
        Answer(item.touched, tuple(number[own] for own in item.action_ids if own in number))
        for item in coverage_of(plan, load_sheet())
        if _is_question(item)
    )
    return found if any(answer.touched is not False for answer in found) else ()


def _is_question(item: Coverage) -> bool:
    return item.level == "question" and item.edition == _CURRENT


def _rows(plan: Plan) -> Iterator[Row]:
    waiting: dict[str | None, int] = {}
    for n, finding in enumerate(plan.findings, start=1):
        if finding.severity == "review":
            waiting.setdefault(finding.action_id, n)
    for item in plan.placed():
        yield _row(item, waiting.get(item.action.action_id))


def _row(item: Placed, finding: int | None) -> Row:
    action, view = item.action, row_view(item.action)
    evidence = action.documents or ((action.evidence.text,) if action.evidence.text else ())
    return Row(
        action_id=action.action_id,
        area=item.area.number,
        area_name=" ".join(item.area.name.text.split()),
        component_no=component_number(item),
        component=item.component.name.text,
        indicator=action.indicator.text,
        action=action.action.text,
        documents=tuple(plain(evidence)),
        team=view.team,
        team_unsure=view.team_unsure,
        due=_months(action.schedule, "due"),
        perhaps=_months(action.schedule, "perhaps"),
        state=action.schedule.state,
        schedule_text=action.schedule.text.text,
        periods=tuple(_periods(action.schedule)),
        needs_review=action.needs_review,
        finding=finding,
        page=action.page_first,
        line=action.line,
    )


def _months(schedule: Schedule, state: State) -> frozenset[int]:
    return frozenset(month for month in range(1, MONTHS + 1) if month_state(schedule, month).state == state)


def _periods(schedule: Schedule) -> Iterator[str]:
    signs = {"planned": "", "unknown": "?", "covered": "?"}
    for kind in PER_YEAR:
        for period, state in period_states(schedule, kind).items():
            if state in signs:
                yield period_field(kind, period) + signs[state]
