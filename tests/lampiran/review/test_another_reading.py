"""Decisions meet another reading of the decree: what fits is applied, nothing lands in a wrong cell, the rest is told."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path

import pikepdf
import pytest

import lampiran
from lampiran.decisions import load_decisions
from lampiran.review.cards import cards_of
from lampiran.review.desk import Choice, Desk
from lampiran.review.opening import open_desk
from schema.decisions import DecisionFile
from schema.plan import Plan

CHANGED = 0.05  # share of the cells that another version has in another wording


def outcome(plan: Plan) -> tuple[int, int]:
    """How many decisions were applied, and how many no longer fitted."""
    codes = [finding.code for finding in plan.findings]
    return codes.count("decided"), codes.count("decision-unfit")


def planned_by_action(plan: Plan) -> dict[str, tuple[int, ...]]:
    return {action.action.text: action.schedule.planned() for action in plan.actions}


@pytest.fixture(scope="module")
def scanned(
    scan_once: Path, scan_source: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, DecisionFile, Plan]:
    """The stamped sample, every doubt of which is decided, and its plan after that."""
    source = scan_source
    folder = tmp_path_factory.mktemp("decided") / "scan"
    shutil.copytree(scan_once, folder)
    desk = open_desk(folder, source=source)
    for card in desk.cards:
        desk.decide(card, Choice("value", "2;3;4" if card.kind else f"Teks {card.field}"))
    file = load_decisions(desk.path)
    return source, file, lampiran.read(source, decisions=file).plan


def test_the_same_file_gets_every_decision(scanned: tuple[Path, DecisionFile, Plan]) -> None:
    _, file, plan = scanned
    assert outcome(plan) == (len(file.decisions), 0)
    assert not cards_of(plan)


def test_another_text_reader_gets_every_decision_about_rows(scanned: tuple[Path, DecisionFile, Plan]) -> None:
    source, file, before = scanned
    plan = lampiran.read(source, text_readers=["rapidocr"], decisions=file).plan
    applied, unfit = outcome(plan)
    assert applied + unfit == len(file.decisions)
    assert [a.schedule.planned() for a in plan.actions] == [a.schedule.planned() for a in before.actions]


def test_pages_before_the_table_do_not_matter(
    scanned: tuple[Path, DecisionFile, Plan], tmp_path: Path, samples: Path
) -> None:
    source, file, before = scanned
    with pikepdf.open(source) as document, pikepdf.open(samples / "kpu-contoh-2024.pdf") as other:
        document.pages.insert(2, other.pages[-1])
        packed = io.BytesIO()
        document.save(packed)
    (tmp_path / "longer.pdf").write_bytes(packed.getvalue())
    plan = lampiran.read(tmp_path / "longer.pdf", decisions=file).plan
    assert plan.source.sha256 != before.source.sha256
    applied, unfit = outcome(plan)
    assert applied + unfit == len(file.decisions)
    assert planned_by_action(before).items() <= planned_by_action(plan).items()


@pytest.mark.parametrize("seed", range(6))
def test_changes_elsewhere_leave_decisions_where_they_belong(
    desk: Desk, samples: Path, tmp_path: Path, seed: int
) -> None:
    for card in desk.cards:
        desk.decide(card, Choice("value", "2;3;4") if card.kind else Choice("as-read"))
    file = load_decisions(desk.path)
    source = samples / "kpu-batang-2025.transcript.txt"
    before = lampiran.read(source, decisions=file).plan
    changed = tmp_path / "changed.txt"
    changed.write_text(another_version(source.read_text(encoding="utf-8"), seed), encoding="utf-8")
    plan = lampiran.read(changed, decisions=file).plan
    applied, unfit = outcome(plan)
    assert applied + unfit == len(file.decisions)
    assert applied >= 0.9 * len(file.decisions)
    pairs = zip(before.actions, plan.actions, strict=True)
    assert not [
        now.action_id
        for then, now in pairs
        if now.schedule.planned() == (2, 3, 4) and then.schedule.planned() != (2, 3, 4)
    ]


def another_version(text: str, seed: int) -> str:
    """A transcription with a line more at its top, and one word of every twentieth long cell another."""
    chance = random.Random(seed)
    lines = ["PENGANTAR", ""]
    for line in text.split("\n"):
        cells = line.split("\t")
        for n, cell in enumerate(cells):
            if len(cell) > 15 and chance.random() < CHANGED:
                parts = cell.split()
                parts[chance.randrange(len(parts))] = "dokumen"
                cells[n] = " ".join(parts)
        lines.append("\t".join(cells))
    return "\n".join(lines)


def test_a_changed_value_is_not_decided_over(desk: Desk, samples: Path, tmp_path: Path) -> None:
    card = next(card for card in desk.cards if "√ 3;6;9;13" in card.printed)
    row = card.targets[0].row or 0
    desk.decide(card, Choice("value", "1"))
    file = load_decisions(desk.path)
    lines = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8").split("\n")
    at = (card.place.line or 1) - 1
    lines[at] = lines[at].replace("\t√", "\t", 1)
    (tmp_path / "other.txt").write_text("\n".join(lines), encoding="utf-8")
    plan = lampiran.read(tmp_path / "other.txt", decisions=file).plan
    assert outcome(plan) == (0, 1)
    assert list(plan.actions)[row].schedule.planned() != (1,)
    (unfit,) = [finding for finding in plan.findings if finding.code == "decision-unfit"]
    assert unfit.severity == "warning"
    assert unfit.value == "1"


def test_a_row_that_is_there_twice_is_nobodys(desk: Desk, samples: Path, tmp_path: Path) -> None:
    card = next(card for card in desk.cards if card.kind is not None)
    desk.decide(card, Choice("value", "2;3;4"))
    file = load_decisions(desk.path)
    lines = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8").split("\n")
    at = (card.place.line or 1) - 1
    lines[at:at] = lines[at - 1 : at + 1] * 2
    (tmp_path / "twice.txt").write_text("\n".join(lines), encoding="utf-8")
    plan = lampiran.read(tmp_path / "twice.txt", decisions=file).plan
    assert sum(a.schedule.planned() == (2, 3, 4) for a in plan.actions) <= 1
    assert sum(outcome(plan)) == 1


def test_different_decisions_that_meet_in_one_row_are_both_told(
    desk: Desk, samples: Path, tmp_path: Path
) -> None:
    card = next(card for card in desk.cards if card.kind is not None)
    (made,) = desk.decide(card, Choice("value", "2;3;4")).decisions
    elsewhere = made.replace(sha256="d" * 64)
    twin = elsewhere.replace(place=made.place.replace(line=7), value="9")
    source = samples / "kpu-batang-2025.transcript.txt"
    row = card.targets[0].row or 0
    alone = lampiran.read(source, decisions=DecisionFile(decisions=(elsewhere,))).plan
    assert outcome(alone) == (1, 0)
    both = lampiran.read(source, decisions=DecisionFile(decisions=(elsewhere, twin))).plan
    assert outcome(both) == (0, 2)
    assert both.actions[row].needs_review
    again = lampiran.read(source, decisions=DecisionFile(decisions=(made.replace(value="3"), elsewhere))).plan
    assert outcome(again) == (1, 0)
    assert again.actions[row].schedule.planned() == (3,)
