"""Text, status, certainty and finding of a repaired field say one thing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extract.types import TextLine
from normalize import Resources, build_plan
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, action, extraction_of, line, page_of


def plan_of(read: TextLine, resources: Resources) -> Plan:
    rows = [action("1.", "Penyusunan Tim Kerja"), action("2.", "Pemantauan dan Evaluasi", read)]
    return build_plan(extraction_of(page_of([TITLE, *rows])), resources)


@pytest.mark.parametrize(
    "read",
    [
        line("Menyusun 1aporan kegiatan", 0.55, agreed=None, choices={"1aporan": {"laporan": 0.44}}),
        line(
            "Menyusun 1aporan kegiatan",
            0.55,
            others=("Menyusun laporan kegiatan",),
            choices={"1aporan": {"laporan": 0.44}},
        ),
    ],
    ids=["one reader", "two readers"],
)
def test_a_repaired_word_is_weighed_as_it_stands_in_the_text(read: TextLine, resources: Resources) -> None:
    plan = plan_of(read, resources)
    field = list(plan.placed())[1].action.action
    assert (field.text, field.printed, field.status) == (
        "Menyusun laporan kegiatan",
        "Menyusun 1aporan kegiatan",
        "corrected",
    )
    assert (field.confidence or 0) >= 0.8
    assert [f.code for f in plan.findings if f.field == "action"] == ["word-corrected"]


def test_a_repaired_field_that_is_doubtful_all_the_same_asks_as_one(resources: Resources) -> None:
    read = line("Menyusun 1aporan kxgiatyn", 0.4, others=("Menyusun laporan qegiatan",))
    plan = plan_of(read, resources)
    field = list(plan.placed())[1].action.action
    assert field.status == "uncertain"
    assert (field.confidence or 0) < 0.8
    assert "text-uncertain" in {f.code for f in plan.findings if f.field == "action"}


def test_what_was_filled_from_above_is_as_certain_as_there(resources: Resources) -> None:
    name = line("1. Penyusunan Tim Kerja", 0.7, others=("1. Penyusunan Tlm Karja",))
    first = action("", "").texts
    rows = [
        TITLE,
        type(TITLE)([first[0], name, *first[2:]], frozenset({3}), "TIM KERJA"),
        action("", "", "Membuat notula"),
    ]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    (component,) = plan.areas[0].components
    assert len(component.actions) == 2
    assert component.name.confidence is not None
    assert component.name.confidence < 0.999
