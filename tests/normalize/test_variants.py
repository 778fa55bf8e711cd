"""Further drawn forms, listed and by lot: every action, field and month of the digital PDF is as drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.reading import read_document
from normalize import Resources, build_plan
from samples.draw.truth import Truth
from samples.draw.variants import variant, variant_names

NAMES = [*variant_names(), *(f"random-{n}" for n in range(4))]
Row = tuple[object, ...]


def loose(text: str) -> str:
    """Leave out what print cannot tell: white space, and a space after a slash or hyphen."""
    return re.sub(r"\s+", "", text)


def drawn_rows(truth: Truth) -> list[Row]:
    return [
        (
            a.no,
            c.no,
            loose(c.name),
            loose(r.indicator),
            loose(r.action),
            loose(r.evidence),
            r.responsible,
            tuple(r.months),
        )
        for a in truth.areas
        for c in a.components
        for r in c.actions
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_read_as_drawn_and_asks_for_no_review(
    name: str, tmp_path: Path, resources: Resources
) -> None:
    drawn = variant(name)
    path = tmp_path / "decree.pdf"
    path.write_bytes(drawn.pdf())
    plan = build_plan(read_document(path), resources)
    read = [
        (
            row.area.number,
            row.component.number.text,
            loose(row.component.name.text),
            *(loose(getattr(row.action, name).text) for name in ("indicator", "action", "evidence")),
            row.action.responsible.text,
            row.action.schedule.planned(),
        )
        for row in plan.placed()
    ]
    assert read == drawn_rows(drawn.truth)
    assert not [f for f in plan.findings if f.severity in ("review", "error")]
