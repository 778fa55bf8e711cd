"""An Extraction turned into a Plan: the steps in their order, each from draft to draft."""

from __future__ import annotations

from collections.abc import Mapping

from extract.types import Extraction
from normalize.certainty.extra_columns import weigh_further
from normalize.certainty.fields import weigh_fields
from normalize.certainty.preamble import weigh_head
from normalize.draft import Draft, Step
from normalize.marks import decode_schedules
from normalize.placing import place_findings
from normalize.plan.areas import assign_areas
from normalize.plan.assemble import Assembled, assemble
from normalize.plan.components import continue_components, infer_lost_components
from normalize.plan.numerals import settle_numerals
from normalize.plan.published_forms import published
from normalize.plan.sheet_codes import match_plan
from normalize.plan.teams import fill_teams, take_loose_teams
from normalize.plan.texts import join_cell_lines, tidy_texts
from normalize.plan.unplaced_text import report_unplaced
from normalize.plan.word_repair import correct_words
from normalize.preamble import decree_id_of
from normalize.preamble.step import read_preamble
from normalize.profile import area_changes
from normalize.recognised.decide import decide_words
from normalize.resources import Resources
from normalize.rows.build import build_rows
from normalize.rows.plan_likeness import likeness
from normalize.rows.sections import rank_titles
from schema.decree import Field
from schema.findings import Finding
from schema.plan import Action, Area, Component, Plan
from schema.rules import told_once, validate

STEPS: tuple[Step, ...] = (
    build_rows,
    rank_titles,
    read_preamble,
    take_loose_teams,
    assign_areas,
    settle_numerals,
    continue_components,
    infer_lost_components,
    decode_schedules,
    join_cell_lines,
    tidy_texts,
    correct_words,
    weigh_fields,
    weigh_further,
    weigh_head,
    fill_teams,
    place_findings,
    report_unplaced,
)
_LABEL = frozenset({"component_no", "component"})
_SHARED = frozenset(
    {"area_no", "area", "component_no", "component", "indicator", "evidence", "responsible", "schedule"}
)


def build_plan(extraction: Extraction, resources: Resources) -> Plan:
    """Run every step and return the validated plan; a file without a plan gives one without areas.

    So does one whose table only looks like a plan's, with the finding `plan-unlikely`.
    """
    draft = Draft(decide_words(extraction, resources.words, resources.word_model), resources)
    for step in STEPS:
        draft = step(draft)
    assembled = assemble(draft)
    found = any(area.components for area in assembled.areas)
    said = likeness(draft, assembled.areas).finding() if found else None
    if not found or (said is not None and said.code == "plan-unlikely"):
        assembled = Assembled()
    forms = published(draft.forms, draft.rows)
    matched = match_plan(assembled.areas, assembled.findings, resources.lke)
    plan = Plan(
        decree_id=decree_id_of(draft.head, extraction.source, resources.rules.abbreviations),
        source=extraction.source,
        head=draft.head,
        forms=forms,
        areas=matched.areas,
        findings=(
            *draft.extraction.findings,
            *draft.findings,
            *area_changes(forms, resources.profile),
            *matched.findings,
            *((said,) if said else ()),
        ),
        versions=extraction.versions,
        pages=extraction.ledger(),
        lke_edition=matched.edition,
    )
    findings = told_once((*plan.findings, *validate(plan, resources.rules)), plan)
    return plan.model_copy(update={"findings": findings, "areas": _flagged(plan.areas, findings)})


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
        return a.model_copy(update={"needs_review": True}) if asks else a

    def component(c: Component, *, above: bool) -> Component:
        asks = above or doubted({"component_no": c.number, "component": c.name})
        asks = asks or any(a.action_id in unnamed for a in c.actions)
        return c.model_copy(update={"actions": tuple(action(a, above=asks) for a in c.actions)})

    def area(a: Area) -> Area:
        asks = doubted({"area_no": a.label, "area": a.name})
        return a.model_copy(update={"components": tuple(component(c, above=asks) for c in a.components)})

    return tuple(map(area, areas))
