"""What the paper's reading is in doubt of is never a sure fault of the transcription."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lampiran.audit.judge.cells import Judging, text_cell
from lampiran.audit.match.plan_rows import PaperText
from lampiran.result import Result
from schema.audit import Audit
from schema.catalogue import make_finding
from schema.plan import Action, Plan
from tests.lampiran.audit.conftest import ACTION, Row, cell_of, row_at, told

DOUBTED = "L3.iv.3"
Change = Callable[[Action], Action]


def changed(plan: Plan, change: Change) -> Plan:
    """Return the plan with one action changed."""
    areas = []
    for area in plan.areas:
        parts = [
            part.model_copy(
                update={"actions": tuple(change(a) if a.action_id == DOUBTED else a for a in part.actions)}
            )
            for part in area.components
        ]
        areas.append(area.model_copy(update={"components": tuple(parts)}))
    return plan.model_copy(update={"areas": tuple(areas)})


def doubting(plan: Plan, *alternatives: str) -> Plan:
    """Return the plan with a word of one action in doubt."""
    finding = make_finding(
        "text-uncertain",
        rule="test",
        action_id=DOUBTED,
        field="action",
        raw="pengukuran",
        alternatives=alternatives,
    )
    return plan.model_copy(update={"findings": (*plan.findings, finding)})


def spell(text: str) -> Callable[[list[Row]], None]:
    def plant(rows: list[Row]) -> None:
        row = row_at(rows, "Melakukan pengukuran kinerja")
        row[ACTION] = text or row[ACTION].replace("pengukuran", "pengakuran")

    return plant


def test_a_letter_that_differs_where_the_paper_is_in_doubt_is_unreadable(
    result: Result, audited: Callable[..., Audit]
) -> None:
    audit = audited(spell(""), plan=doubting(result.plan))
    cell = cell_of(audit, DOUBTED, "action")
    assert (cell.verdict, cell.consequence) == ("unreadable", "none")
    assert "text-uncertain" in cell.doubts
    assert told(audit) == []


def test_a_reading_that_the_paper_may_have_is_no_fault(result: Result, audited: Callable[..., Audit]) -> None:
    audit = audited(spell("Rapat"), plan=doubting(result.plan, "Rapat"))
    assert cell_of(audit, DOUBTED, "action").verdict == "unreadable"


def test_another_text_is_a_fault_whatever_letter_is_in_doubt(
    result: Result, audited: Callable[..., Audit]
) -> None:
    audit = audited(spell("Foto kendaraan dinas di bengkel"), plan=doubting(result.plan))
    cell = cell_of(audit, DOUBTED, "action")
    assert (cell.verdict, cell.kind) == ("differs", "text-wrong")
    assert "text-uncertain" in cell.doubts


@pytest.mark.parametrize("state", ["unknown", "covered"])
def test_a_period_that_could_not_be_read_is_unreadable(
    state: str, result: Result, audited: Callable[..., Audit]
) -> None:
    def cover(action: Action) -> Action:
        periods = tuple(
            p.model_copy(update={"state": state}) if p.period == 3 else p for p in action.schedule.periods
        )
        return action.model_copy(update={"schedule": action.schedule.model_copy(update={"periods": periods})})

    audit = audited(plan=changed(result.plan, cover))
    assert cell_of(audit, DOUBTED, "m03").verdict == "unreadable"
    assert told(audit) == []


def test_a_text_under_a_stamp_is_unreadable(result: Result, audited: Callable[..., Audit]) -> None:
    def cover(action: Action) -> Action:
        covered = action.evidence.model_copy(update={"text": "", "status": "covered"})
        return action.model_copy(update={"evidence": covered})

    audit = audited(plan=changed(result.plan, cover))
    assert cell_of(audit, DOUBTED, "evidence").verdict == "unreadable"
    assert told(audit) == []


COVERED = PaperText(
    text="Menetapkan encana Aksi bangunan Zona Integ", doubts=("text-covered",), in_doubt=True, confidence=0.5
)


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ("Menetapkan Rencana Aksi Pembangunan Zona Integritas", "unreadable"),
        ("Menetapkan Rencana Kerja Pengadaan Barang dan Jasa", "differs"),
        (
            "Menetapkan Rencana Aksi Pembangunan Zona Integritas di Lingkungan Komisi Pemilihan Umum Kabupaten",
            "differs",
        ),
    ],
)
def test_what_a_stamp_leaves_of_a_text_may_be_what_is_stated(stated: str, verdict: str) -> None:
    assert text_cell("head", "head.title", COVERED, stated, None, Judging()).verdict == verdict


def test_letters_that_are_missing_without_a_cover_are_no_excuse() -> None:
    plain = replace(COVERED, doubts=("text-uncertain",))
    stated = "Menetapkan Rencana Aksi Pembangunan Zona Integritas"
    assert text_cell("head", "head.title", plain, stated, None, Judging()).verdict == "differs"
