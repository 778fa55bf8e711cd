"""Decisions applied to a draft whose rows are settled: values, rows that are one, what fits no longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalize.decisions.anchors import EXTRA, SCHEDULE, RowView
from normalize.decisions.matching import Rows
from normalize.decisions.preamble import with_part
from normalize.decisions.rows import joined_rows, split_rows
from normalize.decisions.schedules import decided_schedule
from normalize.decisions.values import decided_field
from normalize.draft import Draft, Row
from normalize.labels import numeral_value
from schema.decisions import Decision
from schema.decree import Field
from schema.roles import FIELD_NAMES

_ROWS = {"row": "action", "join": "action", "area": "area"}


def apply_decisions(draft: Draft) -> Draft:
    """Return the draft with the decisions of its resources that fit; each is noted where it was applied.

    `Row.decided` and `Draft.decided` are what was applied, `Draft.unfit` what no longer fits: a row or a place that is
    not there for sure, a value that is no period or number of an area.
    """
    given = draft.resources.decisions
    if not given:
        return draft
    rows = list(draft.rows)
    unfit = [
        one
        for kind in ("action", "area")
        for one in _on_rows(rows, kind, [d for d in given if _ROWS.get(d.subject) == kind], draft)
    ]
    draft = replace(draft, rows=tuple(split_rows(joined_rows(rows))))
    for decision in given:
        if decision.subject == "preamble":
            head = with_part(draft.head, decision)
            if head is None:
                unfit.append(decision)
            else:
                draft = replace(draft, head=head, decided=(*draft.decided, decision))
        elif decision.subject == "finding":
            draft = replace(draft, decided=(*draft.decided, decision))
    return replace(draft, unfit=tuple(sorted(unfit, key=given.index)))


def _on_rows(rows: list[Row], kind: str, decisions: Iterable[Decision], draft: Draft) -> list[Decision]:
    """Apply decisions to the rows of one kind, in place; return those that fit no row for sure.

    Of decisions on several versions of a file the last one holds. Different ones of one version that meet in a row, since
    the row of one is lost, both fit no more.
    """
    numbers = [n for n, row in enumerate(rows) if row.kind == kind]
    known = Rows([RowView.of_row(rows[n]) for n in numbers], draft.extraction.source.sha256)
    unfit: list[Decision] = []
    meeting: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        at = known.of(decision)
        if at is None:
            unfit.append(decision)
        else:
            meeting[at, f"{decision.subject} {_field(decision)}"].append(decision)
    for (at, _), met in meeting.items():
        latest = _latest(met, known.sha256)
        changed = (
            _decided(rows[numbers[at]], latest[0], draft) if len({d.said for d in latest}) == 1 else None
        )
        if changed is None:
            unfit += latest
        else:
            rows[numbers[at]] = replace(changed, decided=(*changed.decided, latest[0]))
    return unfit


def _latest(met: Sequence[Decision], sha256: str) -> list[Decision]:
    """Return those of decisions about one value that were made on this file, else on the version decided on last."""
    last = max(met, key=lambda decision: (decision.sha256 == sha256, decision.at)).sha256
    return [decision for decision in met if decision.sha256 == last]


def _field(decision: Decision) -> str:
    """Return what is decided about in a row; of its further columns each place is a value of its own."""
    return f"{decision.field} {decision.place}" if decision.field == EXTRA else decision.field


def _decided(row: Row, decision: Decision, draft: Draft) -> Row | None:
    """Return a row with what was decided about one of its fields, `None` where it cannot be."""
    if decision.subject == "join":
        return row
    if decision.field == SCHEDULE:
        schedule = decided_schedule(row, decision, draft.forms)
        return None if schedule is None else replace(row, schedule=schedule)
    if decision.field == EXTRA:
        extra = tuple((name, _at_place(value, decision)) for name, value in row.extra)
        return replace(row, extra=extra)
    name = next((name for name in FIELD_NAMES if name == decision.field), None)
    if name in ("area", "area_no") and row.kind == "action":
        return _in_area(row, decision)
    return None if name is None else row.with_field(name, decided_field(row.get(name), decision))


def _in_area(row: Row, decision: Decision) -> Row | None:
    """Return an action without an area's title as one of the area that was decided."""
    if decision.value is None:
        return row
    number = numeral_value(decision.value)
    return None if number is None else replace(row, area_number=number)


def _at_place(value: Field, decision: Decision) -> Field:
    here = decision.place in [decision.place.of(ref) for ref in value.refs]
    return decided_field(value, decision) if here else value
