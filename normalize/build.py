"""An Extraction turned into a Plan: the chain of steps, then areas, findings and the rules that a plan is checked by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.types import Extraction
from normalize.decisions.applying import apply_decisions
from normalize.decisions.settling import settle
from normalize.draft import Draft
from normalize.findings import findings_of
from normalize.plan.assemble import Assembled, assemble, published
from normalize.plan.sheet_codes import match_plan
from normalize.preamble import decree_id_of
from normalize.profile import area_changes
from normalize.resources import Resources
from normalize.rows.plan_likeness import likeness
from normalize.steps import run_steps
from schema.findings import Finding
from schema.plan import Action, Area, Component, Plan
from schema.provenance import SourceRef
from schema.rules import told_once, validate

_LABEL = frozenset({"component_no", "component"})
_OWN = ("indicator", "evidence", "responsible")
_SHARED = frozenset({"area_no", "area", "schedule", *_LABEL, *_OWN})


def build_plan(extraction: Extraction, resources: Resources) -> Plan:
    """Run every step and return the validated plan; a file without a plan gives one without areas.

    So does one whose table only looks like a plan's, with the finding `plan-unlikely`.
    """
    draft = apply_decisions(run_steps(Draft(extraction, resources)))
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
    found_out = told_once((*plan.findings, *validate(plan, resources.rules)), plan)
    findings = tuple(settle(draft, assembled.ids, found_out))
    return plan.replace(findings=findings, areas=_flagged(plan.areas, findings))


def _flagged(areas: tuple[Area, ...], findings: tuple[Finding, ...]) -> tuple[Area, ...]:
    """Set `needs_review` on the actions that hold an undecided review finding.

    A text that belongs to several rows (a merged cell, an area's title, a component's numeral and name) is each row's
    own, and so is a doubt about it.
    """
    reviews = [finding for finding in findings if finding.severity == "review"]
    undecided = {f.action_id for f in reviews}
    unnamed = {f.action_id for f in reviews if f.field in _LABEL and f.ref and f.ref.reader == "ocr"}
    shared = {(f.field, f.ref) for f in reviews if f.ref is not None and f.field in _SHARED}
    names = {name for name, _ in shared}

    def doubted(name: str, refs: Iterable[SourceRef | None]) -> bool:
        return name in names and any((name, ref) in shared for ref in refs)

    def action(a: Action, *, above: bool) -> Action:
        times = (*a.schedule.refs, *(period.ref for period in a.schedule.periods))
        asks = (
            above
            or a.action_id in undecided
            or any(doubted(name, getattr(a, name).refs) for name in _OWN)
            or doubted("schedule", times)
        )
        return a.replace(needs_review=True) if asks else a

    def component(c: Component, *, above: bool) -> Component:
        asks = above or doubted("component_no", c.number.refs) or doubted("component", c.name.refs)
        asks = asks or any(a.action_id in unnamed for a in c.actions)
        return c.replace(actions=tuple(action(a, above=asks) for a in c.actions))

    def area(a: Area) -> Area:
        asks = doubted("area_no", a.label.refs) or doubted("area", a.name.refs)
        return a.replace(components=tuple(component(c, above=asks) for c in a.components))

    return tuple(map(area, areas))
