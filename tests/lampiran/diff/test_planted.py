"""Changes planted in a year: each is told with its kind, and nothing is told that was not planted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lampiran
from benchmarks.faults.diffs import BASES, mistakes, plan_of
from benchmarks.faults.year_changes import KINDS, planted
from benchmarks.tree import SAMPLES
from lampiran.diff.compare import compare
from samples.draw.facsimile import facsimile
from samples.draw.forms import FORMS
from samples.draw.paging import repaged
from samples.draw.truth import Truth, load
from schema.comparison import Comparison
from schema.plan import Plan

TRUTHS = [load(SAMPLES / f"{name}.truth.json") for name in BASES]
# What only some plans have room for may be planted less often than asked.
MANY = {
    "reword": 3,
    "rewrite": 1,
    "respell": 2,
    "reschedule": 3,
    "carry": 2,
    "add": 2,
    "drop": 2,
    "turn": 2,
    "rename": 1,
    "reteam": 1,
}


@given(st.sampled_from(TRUTHS), st.integers(min_value=0, max_value=10**6))
def test_every_planted_change_is_told_and_no_other(old: Truth, seed: int) -> None:
    year = planted(old, seed)
    a, b = plan_of(old), plan_of(year.truth)
    assert mistakes(compare(a, b), year, a, b) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("seed", range(3))
def test_a_single_change_is_told_alone(plan: Plan, truth: Truth, kind: str, seed: int) -> None:
    year = planted(truth, seed, {kind: 1})
    b = plan_of(year.truth)
    found = compare(plan, b)
    assert mistakes(found, year, plan, b) == []
    assert found.has_changes == (kind != "respell")
    assert (found.counts.spelling == 1) == (kind == "respell")


def test_the_check_itself_finds_what_was_not_planted(plan: Plan, truth: Truth) -> None:
    year, other = planted(truth, 1, MANY), planted(truth, 2, MANY)
    b = plan_of(other.truth)
    assert mistakes(compare(plan, b), year, plan, b)


@pytest.mark.parametrize(("name", "seed"), [("kpu-batang-2025", 4), ("kpu-contoh-2024", 5)])
def test_two_drawn_years_differ_in_what_was_planted(
    name: str, seed: int, tmp_path: Path, compared: Callable[[Plan, Plan], Comparison]
) -> None:
    form = next(form for form in FORMS if form.sample == name)
    old = load(SAMPLES / f"{name}.truth.json")
    year = planted(old, seed, MANY)
    drawn = tmp_path / "next.pdf"
    drawn.write_bytes(facsimile(form, repaged(form, year.truth)))
    a, b = lampiran.read(SAMPLES / f"{name}.pdf").plan, lampiran.read(drawn).plan
    assert mistakes(compared(a, b), year, a, b) == []
