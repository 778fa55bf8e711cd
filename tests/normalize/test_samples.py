"""The sample decrees read end to end against their truth files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract.reading import read_document
from normalize import Resources, build_plan
from schema.plan import Placed, Plan

DIGITAL = [
    ("kpu-batang-2025.pdf", "kpu-batang-2025"),
    ("kpu-batang-2025.signed.pdf", "kpu-batang-2025"),
    ("kpu-contoh-2024.pdf", "kpu-contoh-2024"),
]
TEXTS = ("indicator", "action", "evidence", "responsible")


@pytest.fixture(scope="module")
def plans(samples: Path, resources: Resources) -> dict[str, Plan]:
    names = [name for name, _ in DIGITAL] + ["kpu-batang-2025.transcript.txt"]
    return {name: build_plan(read_document(samples / name), resources) for name in names}


def truth_rows(truth: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    return [(a, c, r) for a in truth["areas"] for c in a["components"] for r in c["actions"]]


def read_values(row: Placed) -> dict[str, object]:
    return {
        "area_no": row.area.number,
        "area": row.area.name.text,
        "component_no": row.component.number.text,
        "component": row.component.name.text,
        "months": list(row.action.schedule.planned()),
        **{name: getattr(row.action, name).text for name in TEXTS},
    }


def true_values(area: Any, component: Any, row: Any) -> dict[str, object]:
    return {
        "area_no": area["no"],
        "area": area["name"],
        "component_no": component["no"],
        "component": component["name"],
        "months": row["months"],
        **{name: row[name] for name in TEXTS},
    }


@pytest.mark.parametrize(("name", "truth"), DIGITAL)
def test_every_field_and_month_of_a_digital_decree_is_as_drawn(
    name: str, truth: str, plans: dict[str, Plan], truths: dict[str, Any]
) -> None:
    read = [read_values(row) for row in plans[name].placed()]
    assert read == [true_values(*row) for row in truth_rows(truths[truth])]


@pytest.mark.parametrize("name", [name for name, _ in DIGITAL])
def test_a_digital_decree_asks_for_no_review_and_its_own_mistakes_are_notices(
    name: str, plans: dict[str, Plan]
) -> None:
    assert not [f for f in plans[name].findings if f.severity in ("review", "error")]
    own = [f for f in plans[name].findings if f.origin == "decree"]
    assert own
    assert {f.severity for f in own} == {"notice"}


def test_a_signed_copy_gives_the_same_plan(plans: dict[str, Plan]) -> None:
    plain, signed = plans["kpu-batang-2025.pdf"], plans["kpu-batang-2025.signed.pdf"]
    assert signed.head.signature_kind == "electronic"
    assert [read_values(r) for r in signed.placed()] == [read_values(r) for r in plain.placed()]
    assert [f.code for f in signed.findings] == [f.code for f in plain.findings]


def doubtful_fields(component: Any, row: Any) -> set[str]:
    named = {d["field"] for d in (*component.get("doubts", ()), *row.get("doubts", ()))}
    aliases = {"no": "component_no", "name": "component", "number": "component_no"}
    return {aliases.get(name, name) for name in named}


def test_each_certain_field_of_the_transcription_is_right(
    plans: dict[str, Plan], truths: dict[str, Any]
) -> None:
    rows = truth_rows(truths["kpu-batang-2025"])
    placed = list(plans["kpu-batang-2025.transcript.txt"].placed())
    assert len(placed) == len(rows) == 53
    for row, (area, component, true) in zip(placed, rows, strict=True):
        read, wanted = read_values(row), true_values(area, component, true)
        doubted = doubtful_fields(component, true)
        assert row.action.line == true["line"]
        assert {k: v for k, v in read.items() if k not in doubted} == {
            k: v for k, v in wanted.items() if k not in doubted
        }


def test_each_doubtful_schedule_of_the_transcription_carries_a_finding_with_alternatives(
    plans: dict[str, Plan], truths: dict[str, Any]
) -> None:
    plan = plans["kpu-batang-2025.transcript.txt"]
    for row, (_, _, true) in zip(plan.placed(), truth_rows(truths["kpu-batang-2025"]), strict=True):
        doubts = [d for d in true.get("doubts", ()) if d["field"] == "months"]
        if not doubts:
            assert row.action.schedule.state == "marked"
            continue
        found = [f for f in plan.findings_of(row.action.action_id) if f.field == "schedule"]
        assert found
        if doubts[0].get("certainty") != "probable":
            assert row.action.needs_review
            assert row.action.schedule.state in ("unknown", "partial")


def test_few_certain_rows_of_the_transcription_ask_for_a_review(
    plans: dict[str, Plan], truths: dict[str, Any]
) -> None:
    plan = plans["kpu-batang-2025.transcript.txt"]
    certain = [
        row.action.line
        for row, (_, component, true) in zip(
            plan.placed(), truth_rows(truths["kpu-batang-2025"]), strict=True
        )
        if row.action.needs_review and not doubtful_fields(component, true)
    ]
    assert len(certain) <= 3


@pytest.mark.parametrize("name", ["kpu-batang-2025.pdf", "kpu-batang-2025.transcript.txt"])
def test_no_text_holds_markup_tabs_doubled_spaces_or_a_head(name: str, plans: dict[str, Plan]) -> None:
    for row in plans[name].placed():
        for value in read_values(row).values():
            text = str(value)
            assert not re.search(r"</?[A-Za-z][^>]*>|\*\*|\t| {2}", text), text
            assert "LANGKAH AKSI" not in text


def test_the_named_misreadings_are_repaired_with_a_finding(plans: dict[str, Plan]) -> None:
    plan = plans["kpu-batang-2025.transcript.txt"]
    repaired = {f.raw: f.value for f in plan.findings if f.code == "word-corrected"}
    assert repaired == {
        "rnonev": "monev",
        "rnenerapkan": "menerapkan",
        "rnonitoring": "monitoring",
        "Intormasi": "Informasi",
        "terkaif": "terkait",
        "evaluasiit": "evaluasi",
        "ongotanya": "anggotanya",
    }
    body = " ".join(str(v) for row in plan.placed() for v in read_values(row).values())
    assert not [raw for raw in repaired if raw in body]


def test_real_but_wrong_words_are_suggested_and_spelling_habits_kept(plans: dict[str, Plan]) -> None:
    plan = plans["kpu-batang-2025.transcript.txt"]
    suggested = {f.raw: f.alternatives for f in plan.findings if f.code == "word-suspect"}
    assert "sarana" in suggested["saran"]
    body = " ".join(str(v) for row in plan.placed() for v in read_values(row).values())
    for habit in ("resiko", "survey"):
        assert habit in body
        assert habit in {f.raw for f in plan.findings if f.code == "spelling-habit"}
    assert "PROVINSI JAWA TENGAH" in plan.head.decides.text
    assert "office-mismatch" in {f.code for f in plan.findings}


def test_a_lost_component_is_inferred_and_asks_for_a_review(plans: dict[str, Plan]) -> None:
    plan = plans["kpu-batang-2025.transcript.txt"]
    lost = [c for a in plan.areas if a.number == 2 for c in a.components if c.number.text == "ii"]
    assert len(lost) == 1
    assert (lost[0].number.status, lost[0].number.printed) == ("inferred", "")
    assert all(action.needs_review for action in lost[0].actions)


def test_reading_twice_gives_equal_plans(samples: Path, resources: Resources) -> None:
    extraction = read_document(samples / "kpu-batang-2025.transcript.txt")
    assert build_plan(extraction, resources) == build_plan(extraction, resources)


def test_an_extraction_read_back_from_json_gives_the_same_plan(samples: Path, resources: Resources) -> None:
    extraction = read_document(samples / "kpu-contoh-2024.pdf")
    again = type(extraction).model_validate_json(extraction.model_dump_json())
    assert build_plan(again, resources) == build_plan(extraction, resources)


def test_a_plan_read_back_from_json_is_equal(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        assert Plan.model_validate(json.loads(plan.model_dump_json())) == plan
