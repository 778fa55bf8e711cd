"""Two readings of the same decree differ in nothing but what carries a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

import lampiran
from benchmarks.drawing.scan_sources import draw
from schema.comparison import Comparison
from schema.plan import Plan


def undoubted(found: Comparison) -> list[str]:
    """Return what is told as a change, or as not comparable, without a finding on it."""
    texts = [
        f"{row.n} {text.field} {text.state}"
        for row in found.actions
        for text in row.texts
        if text.state in {"changed", "unknown"} and row.a and row.b and not text.doubts
    ]
    times = [
        f"{row.n} schedule {row.schedule.state}"
        for row in found.actions
        if row.schedule and row.schedule.state in {"changed", "unknown"} and not row.schedule.doubts
    ]
    places = [f"{row.n} {row.kinds}" for row in found.actions if row.kinds not in {("same",), ("gone",)}]
    return texts + times + places


@pytest.fixture(scope="module")
def digital(samples: Path) -> Plan:
    return lampiran.read(samples / "kpu-contoh-2024.pdf").plan


def test_a_transcription_against_the_print(samples: Path) -> None:
    found = lampiran.diff(samples / "kpu-batang-2025.pdf", samples / "kpu-batang-2025.transcript.txt")
    assert undoubted(found) == []
    assert not found.has_changes
    assert found.counts.unknown > 0
    assert {value.state for value in found.head} == {"same"}


def test_a_stamped_scan_against_the_print(samples: Path, digital: Plan) -> None:
    found = lampiran.diff(digital, samples / "kpu-contoh-2024.scan.pdf")
    kept = [row for row in found.actions if row.b]
    assert len(kept) >= 5
    assert undoubted(found) == []
    assert {row.kinds for row in kept} == {("same",)}
    assert any(row.schedule and row.schedule.state == "unknown" for row in kept)


@pytest.mark.parametrize(("preset", "seed"), [("office200", 7), ("rough150", 3)])
def test_a_drawn_scan_against_the_print(preset: str, seed: int, tmp_path: Path, digital: Plan) -> None:
    scanned = tmp_path / "scan.pdf"
    scanned.write_bytes(draw("kpu-contoh-2024", preset, seed, annex_pages=1).scan.pdf)
    found = lampiran.diff(digital, scanned)
    kept = [row for row in found.actions if row.b]
    assert len(kept) >= 3
    assert undoubted(found) == []
    assert {row.kinds for row in kept} == {("same",)}
