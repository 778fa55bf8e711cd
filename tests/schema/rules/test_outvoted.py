"""One doubtful value of the head is told once, not for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schema.findings import Finding
from schema.plan import Plan
from schema.rules import RuleData, told_once, validate

Rows = Callable[..., Plan]
Make = dict[str, Callable[..., Any]]


def findings_of(plan: Plan, reference: RuleData) -> list[Finding]:
    wanted = ("year-mismatch", "office-mismatch", "head-outvoted")
    return [f for f in told_once(validate(plan, reference), plan) if f.code in wanted]


def test_rows_that_all_name_another_year_doubt_the_head_once(
    rows: Rows, make: Make, reference: RuleData
) -> None:
    named = [make["action"](n, action="Menyusun keputusan tahun 2019") for n in range(1, 8)]
    (told,) = findings_of(rows(*named), reference)
    assert (told.code, told.field, told.raw, told.value) == ("head-outvoted", "year", "2019", "2025")
    assert told.message.en.startswith("7 places")
    assert "L1.i.1" in told.message.en


def test_few_rows_keep_their_own_findings(rows: Rows, make: Make, reference: RuleData) -> None:
    old = [make["action"](n, evidence="Keputusan tim tahun 2019") for n in range(1, 4)]
    own = [make["action"](n) for n in range(4, 8)]
    found = findings_of(rows(*old, *own), reference)
    assert [(f.code, f.action_id) for f in found] == [("year-mismatch", f"L1.i.{n}") for n in range(1, 4)]


def test_rows_that_all_name_another_office_doubt_the_head_once(
    rows: Rows, make: Make, reference: RuleData
) -> None:
    named = [make["action"](n, evidence="Rapat di KPU Kabupaten Uji") for n in range(1, 5)]
    (told,) = findings_of(rows(*named), reference)
    assert (told.code, told.field, told.raw) == ("head-outvoted", "institution", "KPU Kabupaten Uji")
