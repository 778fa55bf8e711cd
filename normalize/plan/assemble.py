"""Rows turned into the areas, components and actions of a Plan, each action with its id; forms as they are published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Literal

from normalize.draft import MISSING, Draft, Row
from normalize.facts import Fact, doubt, fact
from normalize.form.model import Form
from normalize.labels import clean_numeral
from normalize.text import fold
from normalize.words import split_documents
from schema.decree import Field
from schema.findings import RuleName
from schema.plan import Action, Area, Component, ExtraField, FormColumn, Schedule, TableForm

RULE: RuleName = "number-actions"
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_Numbered = tuple[int, Row]  # a row and its number among those of the draft


@dataclass(slots=True)
class Assembled:
    """The areas, the id of each action, and the facts about its component's label, both by the number of its row."""

    areas: list[Area] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)
    labels: dict[int, list[Fact]] = field(default_factory=dict)


def assemble(draft: Draft) -> Assembled:
    """Build the areas in the order of print; an area that is interrupted by another is continued."""
    result = Assembled()
    actions = [(n, row) for n, row in enumerate(draft.rows) if row.kind == "action"]
    titles = {row.area_number: row for row in reversed(draft.rows) if row.kind == "area"}
    numbered = any(row.get("component_no").text for _, row in actions)
    named = "component" in draft.roles or any(row.get("component").text for _, row in actions)
    for number in dict.fromkeys(row.area_number for row in draft.rows if row.kind in ("area", "action")):
        rows = [(n, row) for n, row in actions if row.area_number == number]
        title = titles.get(number)
        area = Area(
            number=number or 0,
            label=title.get("area_no") if title else MISSING,
            name=title.get("area") if title else MISSING,
            components=tuple(_components(rows, number or 0, draft, result, numbered=numbered, named=named)),
        )
        result.areas.append(area)
    return result


def _components(
    rows: Sequence[_Numbered], area: int, draft: Draft, result: Assembled, *, numbered: bool, named: bool
) -> Iterator[Component]:
    used: Counter[str] = Counter()
    for ordinal, (_, group) in enumerate(groupby(rows, key=lambda pair: _component_key(pair[1])), 1):
        members = list(group)
        n, first = members[0]
        numeral = first.get("component_no")
        label = _UNSAFE.sub("-", clean_numeral(numeral.text)).strip("-") or str(ordinal)
        used[label.lower()] += 1
        repeats = used[label.lower()]
        unique = label if repeats == 1 else f"{label}-{repeats}"
        ids = {m: f"L{area}.{unique}.{position}" for position, (m, _) in enumerate(members, 1)}
        result.ids |= ids
        result.labels[n] = list(_label_facts(first, label, unique, numbered=numbered, named=named))
        actions = (_action(row, ids[m], position, draft) for position, (m, row) in enumerate(members, 1))
        number = numeral if numeral.text else Field(text=str(ordinal), status="inferred")
        yield Component(number=number, name=first.get("component"), actions=tuple(actions))


def _component_key(row: Row) -> tuple[str, str]:
    return clean_numeral(row.get("component_no").text), fold(row.get("component").text)


def _label_facts(row: Row, label: str, unique: str, *, numbered: bool, named: bool) -> Iterator[Fact]:
    """Report a numeral used twice, and a numeral or a name that is missing where the form has them."""
    if unique != label:
        suffix = unique.removeprefix(label)
        yield fact("numeral-repeated", RULE, row.ref, "component_no", raw=label, value=suffix)
    if numbered and not row.get("component_no").text:
        yield doubt("numeral-inferred", RULE, row.ref, "component_no", value=label)
    if named and not row.get("component").text:
        yield doubt("component-name-missing", RULE, row.ref, "component", value=label)


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


def published(forms: Sequence[Form], rows: Sequence[Row]) -> tuple[TableForm, ...]:
    """Return the forms of a plan's tables as `decree.json` holds them; the rows tell where areas are printed."""
    sources = {row.source for row in rows if row.kind == "area"}
    titled: Literal["rows", "headings", "none"] = (
        "headings" if "heading" in sources else "rows" if "row" in sources else "none"
    )
    return tuple(
        TableForm(
            levels=form.levels,
            schedule=form.schedule,
            areas="column" if form.of("area") else titled,
            columns=tuple(FormColumn(**asdict(column)) for column in form.columns),
        )
        for form in forms
    )
