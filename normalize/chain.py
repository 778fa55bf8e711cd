"""An Extraction turned into a Plan: the steps in their order, each from draft to draft."""

from __future__ import annotations

from extract.types import Extraction
from normalize.assemble import assemble
from normalize.certainty import weigh_words
from normalize.draft import Draft, Step
from normalize.head import decree_id_of
from normalize.head_step import read_head, report_unplaced
from normalize.marks import decode_schedules
from normalize.resources import Resources
from normalize.rows import build_rows
from normalize.structure import assign_areas, continue_components, infer_lost_components
from normalize.teams import fill_teams, take_loose_teams
from normalize.texts import join_cell_lines, tidy_texts
from normalize.word_step import correct_words
from schema.findings import Finding
from schema.plan import Action, Area, Component, Plan
from schema.rules import validate

STEPS: tuple[Step, ...] = (
    build_rows,
    read_head,
    take_loose_teams,
    assign_areas,
    continue_components,
    infer_lost_components,
    decode_schedules,
    join_cell_lines,
    tidy_texts,
    weigh_words,
    correct_words,
    fill_teams,
    report_unplaced,
)


def build_plan(extraction: Extraction, resources: Resources) -> Plan:
    """Run every step and return the validated plan; a file without a plan gives one without areas."""
    draft = Draft(extraction, resources)
    for step in STEPS:
        draft = step(draft)
    assembled = assemble(draft)
    plan = Plan(
        decree_id=decree_id_of(draft.head, extraction.source, resources.rules.abbreviations),
        source=extraction.source,
        head=draft.head,
        areas=tuple(assembled.areas),
        findings=(*extraction.findings, *draft.findings, *assembled.findings),
        versions=extraction.versions,
    )
    findings = (*plan.findings, *validate(plan, resources.rules))
    return plan.model_copy(update={"findings": findings, "areas": _flagged(plan.areas, findings)})


def _flagged(areas: tuple[Area, ...], findings: tuple[Finding, ...]) -> tuple[Area, ...]:
    """Set `needs_review` on the actions that hold an undecided review finding."""
    undecided = {f.action_id for f in findings if f.severity == "review"}

    def action(a: Action) -> Action:
        return a.model_copy(update={"needs_review": True}) if a.action_id in undecided else a

    def component(c: Component) -> Component:
        return c.model_copy(update={"actions": tuple(map(action, c.actions))})

    return tuple(a.model_copy(update={"components": tuple(map(component, a.components))}) for a in areas)
