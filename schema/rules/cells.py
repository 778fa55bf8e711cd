"""Cells of the rows -> findings on what is missing or plainly misprinted in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from schema.catalogue import make_finding
from schema.decree import Field
from schema.findings import Finding
from schema.plan import Action, Plan
from schema.rules.data import RuleData
from schema.rules.texts import cells_of, first_ref

_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKETS = frozenset("()[]{}")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,.:/]))(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)")
_DOUBTED = {"uncertain", "covered"}


def missing_responsible(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Every row has somebody who answers for it."""
    del reference
    yield from _missing(plan, "responsible", "missing-responsible")


def missing_evidence(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Every row names its evidence."""
    del reference
    yield from _missing(plan, "evidence", "missing-evidence")


def missing_action(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Every row says what is to be done."""
    del reference
    yield from _missing(plan, "action", "missing-action")


def _missing(
    plan: Plan, name: str, code: Literal["missing-evidence", "missing-action", "missing-responsible"]
) -> Iterator[Finding]:
    """Report rows whose cell is empty; a column that no row fills is not part of the form.

    A row whose cells are doubted, the one at hand or the row as a whole, says nothing about the decree.
    """
    actions = list(plan.actions())
    if not any(_cell(action, name).text for action in actions):
        return
    doubted = {f.action_id for f in plan.findings if f.field in (name, None) and f.severity == "review"}
    for action in actions:
        field = _cell(action, name)
        if not field.text and field.status not in _DOUBTED and action.action_id not in doubted:
            yield make_finding(
                code,
                rule=code,
                ref=first_ref(field) or first_ref(action.indicator) or first_ref(action.action),
                action_id=action.action_id,
                field=name,
            )


def _cell(action: Action, name: str) -> Field:
    field: Field = getattr(action, name)
    return field


def bracket_unbalanced(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Brackets in the cells come in pairs; the bracket of an enumeration (`1)`, `a)`) stands alone."""
    del reference
    for action in plan.actions():
        for name, field in cells_of(action):
            if not _balanced(field.text):
                yield make_finding(
                    "bracket-unbalanced",
                    rule="bracket-unbalanced",
                    ref=first_ref(field),
                    action_id=action.action_id,
                    field=name,
                    raw=field.text,
                )


def _balanced(text: str) -> bool:
    return _BRACKETS.isdisjoint(text) or _paired(text) or _paired(_ENUMERATOR.sub("", text))


def _paired(text: str) -> bool:
    open_brackets: list[str] = []
    for char in text:
        if char in _PAIRS.values():
            open_brackets.append(char)
        elif char in _PAIRS and (not open_brackets or open_brackets.pop() != _PAIRS[char]):
            return False
    return not open_brackets
