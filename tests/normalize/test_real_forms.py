"""Real annexes that stay out of the project: rows, months and texts by their hashes, where the files are at hand.

The folder is that of the variable `LAMPIRAN_REAL_DIR`; without it these tests are skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

import lampiran
from schema.plan import Placed, Plan

TRUTHS = Path(__file__).parent / "real"
NAMES = sorted(path.stem for path in TRUTHS.glob("*.json"))
DIGITS = 12


def real(name: str) -> Path:
    folder = os.environ.get("LAMPIRAN_REAL_DIR")
    if not folder:
        pytest.skip(f"LAMPIRAN_REAL_DIR is not set: {name}.pdf is not at hand")
    path = Path(folder) / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"{name}.pdf is not in LAMPIRAN_REAL_DIR")
    return path


def digest(*texts: str) -> str:
    bare = "\n".join("".join(text.split()) for text in texts)
    return hashlib.sha256(bare.encode()).hexdigest()[:DIGITS]


def read_rows(plan: Plan) -> list[dict[str, Any]]:
    return [_row(placed) for placed in plan.placed()]


def _row(placed: Placed) -> dict[str, Any]:
    action = placed.action
    further = [part for extra in action.extra for part in (extra.column, extra.field.text)]
    return {
        "page": action.page_first,
        "months": list(action.schedule.planned()),
        "indicator": digest(action.indicator.text),
        "action": digest(action.action.text),
        "responsible": digest(action.responsible.text),
        "component": digest(placed.component.name.text),
        "further": len(action.extra),
        "texts": digest(*further),
        "review": action.needs_review,
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_row_month_and_text_of_a_real_form_is_right(name: str) -> None:
    truth = json.loads((TRUTHS / f"{name}.json").read_text(encoding="utf-8"))
    plan = lampiran.read(real(name)).plan
    rows = read_rows(plan)
    assert len(rows) == len(truth["rows"])
    assert rows == truth["rows"]
    assert len({placed.action.action_id for placed in plan.placed()}) == len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_form_without_areas_has_none_and_says_so(name: str) -> None:
    plan = lampiran.read(real(name)).plan
    assert [(area.number, area.name.text) for area in plan.areas] == [(0, "")]
    assert [f.code for f in plan.findings if f.code in {"form-without-areas", "area-missing"}] == [
        "form-without-areas"
    ]
    (form,) = plan.forms
    assert (form.levels, form.schedule, form.areas, len(form.columns)) == (3, "month", "none", 24)
