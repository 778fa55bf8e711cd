"""Faults planted into clean transcriptions of the samples, one of each kind: found, named, and nothing else told."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.faults.audit_plants import NAMES, Base, Score, audited, base, judge, run
from benchmarks.faults.row_faults import HEAD_KINDS, KINDS, MARK_KINDS, ROW_KINDS, letters_of, planted
from benchmarks.faults.transcription import FORMS, Form, lines_of, script_of, written
from samples.draw.truth import load


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return base("kpu-contoh-2024", tmp_path_factory.mktemp("paper"))


def test_there_are_at_least_15_kinds() -> None:
    assert len(KINDS) >= 15
    assert MARK_KINDS | ROW_KINDS | HEAD_KINDS | set(NAMES) <= set(KINDS)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_told_of_a_clean_transcription(paper: Base, form: Form, tmp_path: Path) -> None:
    score = Score()
    judge(audited(paper, paper.script, form, tmp_path), (), paper.places, form, score)
    assert (score.faults, score.lines) == (0, [])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_fault_is_found_and_named(paper: Base, kind: str, tmp_path: Path) -> None:
    script, plants = planted(paper.script, [kind], seed=7)
    form: Form = "txt" if kind in HEAD_KINDS else FORMS[KINDS.index(kind) % len(FORMS)]
    score = Score()
    judge(audited(paper, script, form, tmp_path), plants, paper.places, kind, score)
    assert score.planted[kind] == 1
    assert (score.found[kind], score.named[kind], score.lines) == (1, 1, [])


def test_many_faults_in_one_transcription_are_told_apart(paper: Base, tmp_path: Path) -> None:
    score = run([paper], (1, 2, 4), tmp_path)
    assert score.planted.total() >= 15
    assert (score.recall, score.precision) == (1.0, 1.0)
    assert score.naming >= 0.95


def test_the_same_seed_plants_the_same_faults_on_rows_of_their_own(paper: Base) -> None:
    script, plants = planted(paper.script, KINDS, seed=3)
    assert plants == planted(paper.script, KINDS, seed=3)[1]
    again, _ = planted(paper.script, KINDS, seed=3)
    assert written(lines_of(script), "txt") == written(lines_of(again), "txt")
    rows = [row for plant in plants for row in plant.rows]
    assert len(rows) == len(set(rows))
    assert all(
        letters_of(plant.before) != letters_of(plant.after) for plant in plants if plant.before or plant.after
    )


def test_a_fault_that_nobody_planted_counts_as_false(paper: Base, tmp_path: Path) -> None:
    script, plants = planted(paper.script, ["mark-lost", "word-lost"], seed=5)
    score = Score()
    judge(audited(paper, script, "csv", tmp_path), plants[:1], paper.places, "two", score)
    assert score.false.total() == 1
    assert score.recall == 1.0
    missed = Score()
    judge(audited(paper, paper.script, "csv", tmp_path), plants, paper.places, "none", missed)
    assert (missed.recall, missed.found.total()) == (0.0, 0)


def test_a_transcription_says_each_merged_value_where_it_begins(samples: Path) -> None:
    lines = lines_of(script_of(load(samples / "kpu-contoh-2024.truth.json")))
    assert [line.kind for line in lines].count("area") == 6
    rows = [line for line in lines if line.kind == "row"]
    assert len(rows) == 36
    assert (rows[0].cells[1], rows[0].cells[2]) == ("a.", "Penyusunan Tim Kerja")
    assert rows[1].cells[1] == rows[1].cells[2] == ""
