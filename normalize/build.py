"""An Extraction turned into a Plan: the chain of steps, then areas, findings and the rules that a plan is checked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.types import Extraction
from normalize.draft import Draft
from normalize.findings import findings_of
from normalize.plan.assemble import Assembled, assemble
from normalize.plan.published_forms import published
from normalize.plan.sheet_codes import match_plan
from normalize.preamble import decree_id_of
from normalize.profile import area_changes
from normalize.resources import Resources
from normalize.rows.plan_likeness import likeness
from normalize.steps import run_steps
from schema.decree import Field
from schema.findings import Finding
from schema.plan import Action, Area, Component, Plan
from schema.rules import told_once, validate

_LABEL = frozenset({"component_no", "component"})
_SHARED = frozenset(
    {"area_no", "area", "component_no", "component", "indicator", "evidence", "responsible", "schedule"}
)


def build_plan(extraction: Extraction, resources: Resources) -> Plan:
    """Run every step and return the validated plan; a file without a plan gives one without areas.

    So does one whose table only looks like a plan's, with the finding `plan-unlikely`.
    """
    draft = run_steps(Draft(extraction, resources))
    forms = published(draft.forms, draft.rows)
    assembled = assemble(draft)
    found = any(area.components for area in assembled.areas)
    said = likeness(draft, assembled.areas).fact() if found else None
    if not found or (said is not None and said.code == "plan-unlikely"):
        assembled = Assembled()
        draft = replace(draft, rows=())
    draft = draft.noting(*area_changes(forms, resources.profile))
    matched = match_plan(assembled.areas, resources.lke)
    plan = Plan(
        decree_id=decree_id_of(draft.head, extraction.source, resources.rules.abbreviations),
        source=extraction.source,
        head=draft.head,
        forms=forms,
        areas=matched.areas,
        findings=tuple(findings_of(draft, assembled, (*matched.facts, *((said,) if said else ())))),
        versions=extraction.versions,
        pages=extraction.ledger(),
        lke_edition=matched.edition,
    )
    findings = told_once((*plan.findings, *validate(plan, resources.rules)), plan)
    return plan.replace(findings=findings, areas=_flagged(plan.areas, findings))


def _flagged(areas: tuple[Area, ...], findings: tuple[Finding, ...]) -> tuple[Area, ...]:
    """Set `needs_review` on the actions that hold an undecided review finding.

    A text that stands for several rows (a merged cell, an area's title, a component's numeral and name) is each row's
    own, and so is a doubt about it.
    """
    undecided = {f.action_id for f in findings if f.severity == "review"}
    unnamed = {
        f.action_id
        for f in findings
        if f.severity == "review" and f.field in _LABEL and f.ref is not None and f.ref.reader == "ocr"
    }
    shared = {
        (f.field, f.ref)
        for f in findings
        if f.severity == "review" and f.ref is not None and f.field in _SHARED
    }

    names = {name for name, _ in shared}

    def doubted(values: Mapping[str, Field]) -> bool:
        asked = ((name, value) for name, value in values.items() if name in names)
        return any((name, ref) in shared for name, value in asked for ref in value.refs)

    def action(a: Action, *, above: bool) -> Action:
        own = {"indicator": a.indicator, "evidence": a.evidence, "responsible": a.responsible}
        asks = above or a.action_id in undecided or doubted(own)
        cells = (*a.schedule.refs, *(period.ref for period in a.schedule.periods))
        asks = asks or ("schedule" in names and any(("schedule", ref) in shared for ref in cells))
        return a.replace(needs_review=True) if asks else a

    def component(c: Component, *, above: bool) -> Component:
        asks = above or doubted({"component_no": c.number, "component": c.name})
        asks = asks or any(a.action_id in unnamed for a in c.actions)
        return c.replace(actions=tuple(action(a, above=asks) for a in c.actions))

    def area(a: Area) -> Area:
        asks = doubted({"area_no": a.label, "area": a.name})
        return a.replace(components=tuple(component(c, above=asks) for c in a.components))

    return tuple(map(area, areas))
