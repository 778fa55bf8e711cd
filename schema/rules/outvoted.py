"""Findings that one value of the head causes in many rows -> one finding for that value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schema.findings import Finding
from schema.plan import Plan
from schema.rules.texts import fault, first_ref, key, row_cells

REPEATED = 3  # rows from which on their mismatches may be one doubt of the head, not as many of the rows
_NAMED = 5  # rows that the message names
_CAUSES: Mapping[str, str] = {"year-mismatch": "year", "office-mismatch": "institution"}

Group = tuple[str, str, str]


def told_once(findings: Iterable[Finding], plan: Plan) -> tuple[Finding, ...]:
    """Return the findings, those together that doubt the same value of the head.

    Where more rows name another year or office than the decree's own, one finding of the head says so, with the rows
    that do; else each row keeps its own, since it is the row that is odd.
    """
    kept = tuple(findings)
    groups: dict[Group, list[Finding]] = {}
    for finding in kept:
        if finding.code in _CAUSES:
            groups.setdefault(_group(finding), []).append(finding)
    if not groups:
        return kept
    texts = [key(text) for text in _row_texts(plan)]
    outvoted = {group: found for group, found in groups.items() if _outvotes(group, found, texts)}
    once = {id(found[0]): _told(group, found, plan) for group, found in outvoted.items()}
    dropped = {id(finding) for found in outvoted.values() for finding in found[1:]}
    return tuple(once.get(id(finding), finding) for finding in kept if id(finding) not in dropped)


def _group(finding: Finding) -> Group:
    return finding.code, key(finding.raw or ""), key(finding.value or "")


def _row_texts(plan: Plan) -> Iterable[str]:
    yield from (field.text for _, _, field in row_cells(plan))
    yield from (action.schedule.text.text for action in plan.actions)


def _outvotes(group: Group, found: list[Finding], texts: list[str]) -> bool:
    """Tell whether rows with a mismatch are many, and more than the texts of rows that name the decree's own value."""
    rows = {finding.action_id for finding in found if finding.action_id}
    own = sum(f" {group[2]} " in f" {text} " for text in texts)
    return len(rows) >= REPEATED and len(rows) > own


def _told(group: Group, found: list[Finding], plan: Plan) -> Finding:
    first = found[0]
    name = _CAUSES[group[0]]
    rows = list(dict.fromkeys(finding.action_id for finding in found if finding.action_id))
    field = getattr(plan.head, name)
    details: dict[str, Any] = {"raw": first.raw, "value": first.value, "count": len(found)}
    named = ", ".join(rows[:_NAMED]) + (", ..." if len(rows) > _NAMED else "")
    return fault("head-outvoted", name, field, ref=first_ref(field) or first.ref, rows=named, **details)
