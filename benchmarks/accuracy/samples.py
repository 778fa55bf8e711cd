"""Reads the samples and compares them with their truth files: a table for each sample.

A field is certain unless the truth file doubts it. Silent is a wrong field in a row without an undecided
review finding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import lampiran
from benchmarks import command
from benchmarks.reading import TEXTS, texts_of
from benchmarks.tree import SAMPLES
from benchmarks.tree import truth as truth_of
from schema.plan import Placed, Plan

FILES = {
    "kpu-batang-2025.pdf": "kpu-batang-2025",
    "kpu-batang-2025.signed.pdf": "kpu-batang-2025",
    "kpu-batang-2025.transcript.txt": "kpu-batang-2025",
    "kpu-contoh-2024.pdf": "kpu-contoh-2024",
}
FIELDS = ("area_no", "area", "component_no", "component", *TEXTS, "months")
_TRUTH_NAMES = {"no": "component_no", "name": "component", "number": "component_no"}


@dataclass(slots=True)
class Score:
    """Counts of one sample; `right` and `certain` by field."""

    actions: int = 0
    true_actions: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    certain: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    silent: list[str] = field(default_factory=list)
    doubtful_schedules: int = 0
    doubtful_with_finding: int = 0
    certain_rows_for_review: list[str] = field(default_factory=list)


def score(plan: Plan, truth: dict[str, Any], *, doubts: bool) -> Score:
    """Compare a plan with the truth row by row, in the order of print.

    `doubts` leaves out what the truth file doubts: the drawn PDF has no doubts, the transcription has.
    """
    rows = [(wanted, doubted if doubts else set[str]()) for wanted, doubted in _truth_rows(truth)]
    placed = list(plan.placed())
    result = Score(actions=len(placed), true_actions=len(rows))
    for row, (wanted, doubted) in zip(placed, rows, strict=False):
        _score_row(plan, row, wanted, doubted, result)
    return result


def _truth_rows(truth: dict[str, Any]) -> Iterator[tuple[dict[str, Any], set[str]]]:
    for area in truth["areas"]:
        for component in area["components"]:
            for action in component["actions"]:
                wanted = {"area_no": area["no"], "area": area["name"]}
                wanted |= {"component_no": component["no"], "component": component["name"]}
                wanted |= {name: action[name] for name in FIELDS[4:]}
                doubts = (*component.get("doubts", ()), *action.get("doubts", ()))
                yield wanted, {_TRUTH_NAMES.get(d["field"], d["field"]) for d in doubts}


def _read(row: Placed) -> dict[str, Any]:
    return {**texts_of(row), "area_no": row.area.number, "months": list(row.action.schedule.planned())}


def _score_row(plan: Plan, row: Placed, wanted: dict[str, Any], doubted: set[str], result: Score) -> None:
    read = _read(row)
    for name in FIELDS:
        if name in doubted:
            continue
        result.certain[name] += 1
        result.right[name] += read[name] == wanted[name]
        if read[name] != wanted[name] and not row.action.needs_review:
            result.silent.append(f"{row.action.action_id} {name}")
    if "months" in doubted:
        result.doubtful_schedules += 1
        found = any(f.field == "schedule" for f in plan.findings_of(row.action.action_id))
        result.doubtful_with_finding += found
    if row.action.needs_review and not doubted:
        result.certain_rows_for_review.append(row.action.action_id)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each sample."""
    command.parser("samples", __doc__).parse_args(arguments)
    for name, truth_name in FILES.items():
        truth = truth_of(truth_name)
        plan = lampiran.read(SAMPLES / name).plan
        result = score(plan, truth, doubts=name.endswith(".txt"))
        components = sum(len(area.components) for area in plan.areas)
        print(
            f"\n{name}: {len(plan.areas)} areas, {components} components, {result.actions} of {result.true_actions} actions"
        )
        for field_name in FIELDS:
            print(
                f"  {field_name:13} {result.right[field_name]:3} of {result.certain[field_name]:3} certain values right"
            )
        print(
            f"  doubtful schedules {result.doubtful_schedules}, with a finding {result.doubtful_with_finding}"
        )
        print(f"  silent errors {len(result.silent)} {result.silent or ''}")
        waiting = sum(row.action.needs_review for row in plan.placed())
        certain = result.certain_rows_for_review
        print(f"  rows asking for review {waiting}, of them certain {len(certain)} {certain or ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
