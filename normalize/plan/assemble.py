"""Rows turned into the areas, components and actions of a Plan, each action with its id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from normalize.draft import Draft, Row
from normalize.labels import clean_numeral
from normalize.text import fold
from normalize.words import split_documents
from schema.catalogue import make_finding
from schema.decree import Field
from schema.findings import Finding, RuleName
from schema.plan import Action, Area, Component, ExtraField, Schedule

RULE: RuleName = "number-actions"
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(slots=True)
class Assembled:
    """The areas and the findings of their actions."""

    areas: list[Area] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def assemble(draft: Draft) -> Assembled:
    """Build the areas in the order of print; an area that goes on after another is continued there."""
    result = Assembled()
    actions = [row for row in draft.rows if row.kind == "action"]
    titles = {row.area_number: row for row in reversed(draft.rows) if row.kind == "area"}
    result.findings += [f for row in draft.rows if row.kind != "action" for f in row.findings]
    order = list(dict.fromkeys(row.area_number for row in draft.rows if row.kind in ("area", "action")))
    numbered = any(row.get("component_no").text for row in actions)
    named = "component" in draft.roles or any(row.get("component").text for row in actions)
    for number in order:
        rows = [row for row in actions if row.area_number == number]
        title = titles.get(number)
        components = tuple(_components(rows, number or 0, draft, result, numbered=numbered, named=named))
        result.areas.append(
            Area(
                number=number or 0,
                label=title.get("area_no") if title else Field(status="missing"),
                name=title.get("area") if title else Field(status="missing"),
                components=components,
            )
        )
    return result


def _components(
    rows: Sequence[Row], area: int, draft: Draft, result: Assembled, *, numbered: bool, named: bool
) -> Iterator[Component]:
    used: Counter[str] = Counter()
    for ordinal, (_, group) in enumerate(groupby(rows, key=_component_key), 1):
        members = list(group)
        numeral = members[0].get("component_no")
        label = _UNSAFE.sub("-", clean_numeral(numeral.text)).strip("-") or str(ordinal)
        used[label.lower()] += 1
        repeats = used[label.lower()]
        unique = label if repeats == 1 else f"{label}-{repeats}"
        findings = _label_findings(members[0], label, unique, numbered=numbered, named=named)
        yield Component(
            number=numeral if numeral.text else Field(text=str(ordinal), status="inferred"),
            name=members[0].get("component"),
            actions=tuple(_actions(members, f"L{area}.{unique}", findings, draft, result)),
        )


def _component_key(row: Row) -> tuple[str, str]:
    return clean_numeral(row.get("component_no").text), fold(row.get("component").text)


def _label_findings(row: Row, label: str, unique: str, *, numbered: bool, named: bool) -> list[Finding]:
    """Report a numeral used twice, and a numeral or a name that is missing where the form has them."""
    found: list[Finding] = []
    if unique != label:
        suffix = unique.removeprefix(label)
        found.append(
            make_finding(
                "numeral-repeated", rule=RULE, ref=row.ref, field="component_no", raw=label, value=suffix
            )
        )
    if numbered and not row.get("component_no").text:
        found.append(
            make_finding(
                "numeral-inferred",
                rule=RULE,
                ref=row.ref,
                field="component_no",
                value=label,
                certainty="ambiguous",
            )
        )
    if named and not row.get("component").text:
        found.append(
            make_finding(
                "component-name-missing",
                rule=RULE,
                ref=row.ref,
                field="component",
                value=label,
                certainty="ambiguous",
            )
        )
    return found


def _actions(
    rows: Sequence[Row], prefix: str, findings: Sequence[Finding], draft: Draft, result: Assembled
) -> Iterator[Action]:
    for position, row in enumerate(rows, 1):
        action_id = f"{prefix}.{position}"
        own = [*row.findings, *(findings if position == 1 else ())]
        result.findings += [f.model_copy(update={"action_id": action_id}) for f in own]
        yield _action(row, action_id, position, draft)


def _action(row: Row, action_id: str, position: int, draft: Draft) -> Action:
    evidence = row.get("evidence")
    return Action(
        action_id=action_id,
        position=position,
        indicator=row.get("indicator"),
        action=row.get("action"),
        evidence=evidence,
        documents=split_documents(evidence.text, draft.resources.document_nouns),
        responsible=row.get("responsible"),
        schedule=row.schedule or Schedule(state="unknown"),
        page_first=row.page,
        page_last=row.last_page or row.page,
        line=row.ref.line,
        extra=tuple(ExtraField(column=name, field=value) for name, value in row.extra),
    )
