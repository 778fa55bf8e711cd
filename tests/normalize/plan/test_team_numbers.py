"""Recognised teams of one area that differ in their numbers: one that was lost is put back, two of them ask."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import TITLE, action, extraction_of, line, page_of


@pytest.mark.parametrize(
    ("read", "settled", "code"),
    [
        ("POKJA V PERUBAHAN", "POKJA V PERUBAHAN", "text-uncertain"),
    ],
)
def test_a_team_beside_the_sure_reading_of_its_area(
    read: str, settled: str, code: str, resources: Resources
) -> None:
    rows = [
        dataclasses.replace(action("1.", "Penyusunan Tim Kerja"), team="POKJA I PERUBAHAN"),
        dataclasses.replace(
            action("2.", "Agen Perubahan"),
            team=line(read, 0.5, agreed=None, choices={"PERUBAHAN": {"PERUBAHAM": 0.4}, "V": {"Y": 0.4}}),
        ),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.responsible.text for p in plan.placed()] == ["POKJA I PERUBAHAN", settled]
    assert {f.code for f in plan.findings if f.field == "responsible"} == {code}
