"""Faults planted into clean transcriptions: the result is right, or the row it is in holds a finding."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.faults.line_faults import DETECTABLE, TRACELESS, planted
from benchmarks.faults.mutations import judge, read_lines, tally, wrong_fields
from benchmarks.faults.sheets import drawn
from benchmarks.faults.transcription import lines_of
from normalize import Resources

# 32 detectable kinds x 70 examples: more than 2,000 planted faults in each run.
EXAMPLES = 70
quiet = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
    ],
)
seeds = st.integers(min_value=0, max_value=2**32 - 1)


@given(seed=seeds)
@quiet
def test_a_clean_transcription_is_read_right_and_asks_for_no_review(
    seed: int, truths: dict[str, Any], resources: Resources
) -> None:
    sheet = drawn(truths, random.Random(seed))
    verdict = judge(sheet.entries, read_lines(lines_of(sheet), resources))
    assert (verdict.wrong, verdict.lost, verdict.reviews) == (0, 0, 0)


@pytest.mark.parametrize("kind", sorted(DETECTABLE))
def test_a_fault_with_a_trace_is_mended_or_found(
    kind: str, truths: dict[str, Any], resources: Resources
) -> None:
    planted_faults = []

    @given(seed=seeds)
    @quiet
    def check(seed: int) -> None:
        sheet = planted(kind, truths, seed)
        planted_faults.append(sheet)
        verdict = judge(sheet.entries, read_lines(sheet.lines, resources))
        assert verdict.silent_schedules == ()
        assert verdict.lost == 0
        if kind != "word misread":
            assert verdict.silent_fields == ()

    check()
    assert len(planted_faults) >= EXAMPLES


@pytest.mark.parametrize("kind", sorted(TRACELESS))
def test_a_fault_without_a_trace_gives_what_the_text_says(
    kind: str, truths: dict[str, Any], resources: Resources
) -> None:
    @given(seed=seeds)
    @quiet
    def check(seed: int) -> None:
        sheet = planted(kind, truths, seed)
        plan = read_lines(sheet.lines, resources)
        for row, entry in zip(plan.placed(), sheet.entries, strict=True):
            assert row.action.schedule.planned() == entry.months
            assert wrong_fields(row, entry) == []

    check()


def test_misread_words_are_seldom_passed_over(truths: dict[str, Any], resources: Resources) -> None:
    silent = 0
    for seed in range(200):
        sheet = planted("word misread", truths, seed)
        silent += bool(judge(sheet.entries, read_lines(sheet.lines, resources)).silent_fields)
    assert silent <= 4


def test_the_table_of_figures_counts_every_fault_once(truths: dict[str, Any], resources: Resources) -> None:
    counted = tally("component's name lost", truths, resources, range(5))
    assert counted.planted == 5
    assert counted.right + counted.found + bool(counted.silent_fields) >= 5
    assert 0 < counted.reviews <= counted.rows
    assert tally("markup residue", truths, resources, range(3)).right == 3
