"""Cells of the rows -> findings on what is missing or plainly misprinted in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schema.findings import Finding, RuleName
from schema.plan import Plan
from schema.rules.data import RuleData
from schema.rules.texts import fault, first_ref, is_sound, row_cells

_MISSING: Mapping[str, RuleName] = {
    "action": "missing-action",
    "evidence": "missing-evidence",
    "responsible": "missing-responsible",
}
_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKETS = frozenset("()[]{}")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,.:/]))(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)")


def missing_cells(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """Every row says what is to be done, by whom, and names its evidence; a column that no row fills is not of the form.

    A row whose cells are doubted, the one at hand or the row as a whole, says nothing about the decree.
    """
    actions = list(plan.actions)
    for name, code in _MISSING.items():
        doubted = {f.action_id for f in plan.findings if f.field in (name, None) and f.severity == "review"}
        if not any(getattr(action, name).text for action in actions):
            continue
        for action in actions:
            field = getattr(action, name)
            if not field.text and is_sound(field) and action.action_id not in doubted:
                ref = first_ref(field) or first_ref(action.indicator) or first_ref(action.action)
                yield fault(code, name, field, action, ref=ref)


def bracket_unbalanced(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """Brackets in the cells come in pairs; the bracket of an enumeration (`1)`, `a)`) needs none."""
    for action, name, field in row_cells(plan):
        if not _balanced(field.text):
            yield fault("bracket-unbalanced", name, field, action, raw=field.text)


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
