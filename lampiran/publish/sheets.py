"""A Plan -> the columns and rows of the sheets of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from lampiran.publish.frames import component_number, to_frames
from lampiran.publish.labels import field_label, finding_title
from lampiran.publish.sheet_columns import SheetData, Ticks, Words
from lampiran.publish.team_sheets import (
    Team,
    evidence_sheet,
    schedule_sheet,
    team_sheets,
    teams_of,
    with_sheet,
)
from schema.choices import Language
from schema.findings import Finding
from schema.plan import Placed, Plan
from schema.provenance import SourceRef
from schema.tables import tables


def sheets(plan: Plan, language: Language) -> tuple[SheetData, ...]:
    """Return the sheets in one language: plan, schedule, evidence, one a team, findings and decree.

    Of very many teams those with most actions have a sheet; the sheet of the decree names the others.
    """
    words = Words(language)
    own, others = with_sheet(teams_of(plan))
    findings = [_finding_row(n, finding, words) for n, finding in enumerate(plan.findings, start=1)]
    decree = [*_decree_rows(plan, words), *_teams_left(others, words)]
    work = (_plan_sheet(plan, words), schedule_sheet(plan, words), evidence_sheet(plan, words))
    reference = (
        SheetData(words("workbook", "findings_sheet"), words.columns("findings"), findings),
        SheetData(words("workbook", "decree_sheet"), words.columns("decree"), decree, filtered=False),
    )
    taken = [sheet.title for sheet in (*work, *reference)]
    return (*work, *team_sheets(own, plan, words, taken), *reference)


def _teams_left(teams: Sequence[Team], words: Words) -> Iterator[Sequence[str]]:
    if teams:
        names = "; ".join(team.name or words("workbook", "no_team") for team in teams)
        yield words("workbook", "teams_left"), f"{words('workbook', 'teams_about')}: {names}"


def _plan_sheet(plan: Plan, words: Words) -> SheetData:
    ticks = Ticks.of(plan)
    further = tuple(dict.fromkeys(e.column for action in plan.actions for e in action.extra))
    columns = words.columns("plan", periods=ticks.titles(words), further=further)
    rows = [_plan_row(item, ticks, further, words) for item in plan.placed()]
    return SheetData(words("workbook", "plan_sheet"), columns, rows, band=1)


def _plan_row(item: Placed, ticks: Ticks, further: Sequence[str], words: Words) -> list[Any]:
    action = item.action
    return [
        action.action_id,
        item.area.number,
        item.area.name.text,
        component_number(item),
        item.component.name.text,
        action.indicator.text,
        action.action.text,
        action.evidence.text,
        *ticks.signs(action.schedule),
        action.schedule.text.text,
        action.responsible.text,
        *("\n".join(e.field.text for e in action.extra if e.column == name) for name in further),
        words("workbook", "yes") if action.needs_review else "",
        _action_place(item, words),
    ]


def _action_place(item: Placed, words: Words) -> str:
    first, last = item.action.page_first, item.action.page_last
    if first is not None:
        return f"{words('report', 'page')} {first}" + (f"-{last}" if last and last != first else "")
    return f"{words('report', 'line')} {item.action.line}" if item.action.line else ""


def _finding_row(n: int, finding: Finding, words: Words) -> list[Any]:
    return [
        n,
        words("severity", finding.severity),
        finding_title(finding.code).text(words.language),
        finding.action_id or "",
        field_label(finding.field).text(words.language) if finding.field else "",
        finding.message.text(words.language),
        finding.raw or "",
        finding.value or "",
        "\n".join(finding.alternatives),
        words("certainty", finding.certainty),
        _ref_place(finding.ref, words) if finding.ref else "",
        finding.code,
    ]


def _ref_place(ref: SourceRef, words: Words) -> str:
    """Return a place in words, such as `page 3` or `line 81, cell 4`."""
    parts = (("page", ref.page), ("line", ref.line), ("cell", ref.cell))
    return ", ".join(f"{words('report', key)} {value}" for key, value in parts if value is not None)


def _decree_rows(plan: Plan, words: Words) -> Iterator[Sequence[Any]]:
    values = to_frames(plan)["decree"].astype("object").iloc[0]
    for column in tables()["decree"].columns:
        value = values[column.name]
        yield column.title.text(words.language), "" if pd.isna(value) else _shown(column.name, value, words)
    yield from plan.versions
    yield words("report", "schema_version"), plan.schema_version


def _shown(name: str, value: object, words: Words) -> str | int:
    if name == "signature_kind":
        return words("signature", value)
    if name == "date":
        return str(value)[:10]
    return int(value) if isinstance(value, int) else str(value)
