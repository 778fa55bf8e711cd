"""The plan read from a mutated transcription judged against what was planted: right, found, or silently wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.line_faults import Mutated
from benchmarks.faults.sheets import Expected, Sheet
from extract.transcript import read_transcript
from normalize import Resources, build_plan
from schema.plan import Placed, Plan
from schema.provenance import Source


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a mutated transcription was read.

    `silent_schedules` and `silent_fields` name rows that are wrong without a finding, `reviews` counts rows
    that ask for a review, `wrong` all rows that are not as planted, `lost` rows missing or invented.
    """

    silent_schedules: tuple[int, ...]
    silent_fields: tuple[tuple[int, str], ...]
    reviews: int
    wrong: int
    lost: int


ANNOTATION = "lke_code"  # a finding about our own annotation tells nothing about what was read


def read_sheet(sheet: Sheet, resources: Resources) -> Plan:
    """Read a sheet's text as the program reads a transcription."""
    data = sheet.text().encode()
    digest = hashlib.sha256(data).hexdigest()
    source = Source(name="sheet.txt", sha256=digest, media_type="text/plain", size=len(data))
    return build_plan(read_transcript(Path("sheet.txt"), data, source), resources)


def judge(mutated: Mutated, plan: Plan) -> Verdict:
    """Compare a plan with what the sheet says row by row; a row that differs must hold a finding."""
    placed = list(plan.placed())
    if len(placed) != len(mutated.sheet.expected):
        told = bool(plan.findings)
        missing = abs(len(placed) - len(mutated.sheet.expected))
        return Verdict((), () if told else ((-1, "rows"),), 0, missing, missing)
    silent_schedules: list[int] = []
    silent_fields: list[tuple[int, str]] = []
    wrong = 0
    for n, (row, expected) in enumerate(zip(placed, mutated.sheet.expected, strict=True)):
        fields = wrong_fields(row, expected)
        months = not _schedule_right(row, expected)
        wrong += bool(fields or months)
        own = [f for f in plan.findings_of(row.action.action_id) if f.field != ANNOTATION]
        found = {f.field for f in own}
        if months and "schedule" not in found and "action-fragment" not in _codes(plan, row):
            silent_schedules.append(n)
        if fields and not own:
            silent_fields += [(n, name) for name in fields]
    reviews = sum(row.action.needs_review for row in placed)
    return Verdict(tuple(silent_schedules), tuple(silent_fields), reviews, wrong, 0)


def _codes(plan: Plan, row: Placed) -> set[str]:
    return {f.code for f in plan.findings_of(row.action.action_id)}


def _schedule_right(row: Placed, expected: Expected) -> bool:
    unknown = any(p.state == "unknown" for p in row.action.schedule.periods)
    return row.action.schedule.planned() == expected.months and not unknown


def wrong_fields(row: Placed, expected: Expected) -> list[str]:
    """Name the text fields of a row that differ from what was planted."""
    read = {
        "area_no": row.area.number,
        "component_no": row.component.number.text,
        "component": row.component.name.text,
        "indicator": row.action.indicator.text,
        "action": row.action.action.text,
        "evidence": row.action.evidence.text,
        "responsible": row.action.responsible.text,
    }
    wanted = {
        "area_no": expected.area,
        "component_no": expected.component_no,
        "component": expected.component,
        "indicator": expected.indicator,
        "action": expected.action,
        "evidence": expected.evidence,
        "responsible": expected.responsible,
    }
    return [name for name, value in read.items() if value != wanted[name]]
