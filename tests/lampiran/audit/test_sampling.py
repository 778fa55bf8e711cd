"""Samples for a person to judge: what is drawn, and how far a judgement of them can be trusted."""

from __future__ import annotations

from collections import Counter
from math import comb

import pytest

from lampiran.audit.figures.sampling import draw, finite_interval, outcome, population, with_sample
from schema.audit import AuditCell, Sample, SampleCell
from schema.errors import UsageError
from tests.lampiran.audit.audits import audit, cell, numbered


def cells(count: int) -> tuple[AuditCell, ...]:
    return numbered([cell(n, "action", f"Langkah {n}", f"Langkah {n}") for n in range(1, count + 1)])


def judged(right: int, wrong: int, population: int, *, unreadable: int = 0, left: int = 0) -> Sample:
    words = ["right"] * right + ["wrong"] * wrong + ["unreadable"] * unreadable + [None] * left
    drawn = [SampleCell.model_validate({"cell": n, "judgement": word}) for n, word in enumerate(words, 1)]
    return Sample(size=len(drawn), seed=1, population=population, cells=tuple(drawn))


def test_the_same_seed_draws_the_same_cells_and_another_others() -> None:
    held = cells(200)
    assert draw(held, 20, seed=4) == draw(held, 20, seed=4)
    assert draw(held, 20, seed=4) != draw(held, 20, seed=5)


def test_a_sample_holds_each_cell_once_in_the_order_of_the_paper() -> None:
    sample = draw(cells(200), 50)
    numbers = [one.cell for one in sample.cells]
    assert numbers == sorted(set(numbers))
    assert (sample.size, sample.population, len(numbers)) == (50, 200, 50)
    assert all(one.judgement is None for one in sample.cells)


def test_no_cell_is_drawn_more_readily_than_another() -> None:
    times = Counter(one.cell for seed in range(2000) for one in draw(cells(10), 3, seed=seed).cells)
    assert set(times) == set(range(1, 11))
    assert all(500 < count < 700 for count in times.values())


def test_the_population_is_where_the_transcription_takes_a_stand_on_the_paper() -> None:
    held = numbered([
        cell(1, "action", "Satu", "Satu"),
        cell(1, "evidence", "Dua", None),
        cell(2, "action", None, "Tiga", verdict="unreadable"),
        cell(2, "evidence", "Empat", None, verdict="not-stated"),
        cell(3, "action", None, "Lima"),
        cell(None, "head.number", "1", "1"),
        cell(4, "m01", "false", "false"),
    ])  # fmt: skip
    assert [one.n for one in population(held)] == [1, 2, 3, 7]
    assert [one.n for one in population(held, ["action"])] == [1, 3]


def test_more_than_there_is_draws_all_and_nothing_is_refused() -> None:
    assert draw(cells(3), 50).size == 3
    for size, held, fields in ((0, cells(3), ()), (5, (), ()), (5, cells(3), ("budget",))):
        with pytest.raises(UsageError, match="The sample is empty"):
            draw(held, size, fields=fields)


def test_an_audit_keeps_its_sample() -> None:
    one = with_sample(audit(), 5, seed=3)
    assert one.sample == draw(audit().cells, 5, seed=3)


@pytest.mark.parametrize(("right", "drawn", "whole"), [(18, 20, 60), (20, 20, 60), (0, 5, 30), (7, 30, 31)])
def test_the_interval_holds_just_the_populations_that_the_sample_allows(
    right: int, drawn: int, whole: int
) -> None:
    def chance(held: int, least: int, most: int) -> float:
        ways = sum(comb(held, k) * comb(whole - held, drawn - k) for k in range(least, most + 1))
        return ways / comb(whole, drawn)

    allowed = [
        held
        for held in range(whole + 1)
        if chance(held, right, drawn) > 0.025 and chance(held, 0, right) > 0.025
    ]
    assert finite_interval(right, drawn, whole) == (allowed[0], allowed[-1])


def test_the_interval_covers_at_least_95_of_100_samples() -> None:
    whole, held, drawn = 120, 111, 25
    covered = 0.0
    for right in range(drawn + 1):
        low, high = finite_interval(right, drawn, whole) if right >= drawn - (whole - held) else (0, -1)
        covered += (
            (low <= held <= high) * comb(held, right) * comb(whole - held, drawn - right) / comb(whole, drawn)
        )
    assert covered >= 0.95


def test_an_outcome_says_how_many_cells_may_be_wrong() -> None:
    found = outcome(judged(97, 3, 1000))
    assert (found.figure.value, found.figure.n, found.figure.method) == (0.97, 100, "hypergeometric")
    assert (found.figure.low, found.figure.high) == (0.918, 0.993)
    assert (found.wrong_low, found.wrong_high, found.population) == (7, 82, 1000)


def test_a_whole_population_judged_leaves_no_doubt() -> None:
    found = outcome(judged(9, 1, 10))
    assert (found.figure.low, found.figure.high, found.wrong_low, found.wrong_high) == (0.9, 0.9, 1, 1)


def test_cells_that_nobody_could_tell_or_judged_are_counted_apart() -> None:
    found = outcome(judged(8, 0, 100, unreadable=2, left=5))
    assert (found.figure.value, found.figure.n) == (1.0, 8)
    assert (found.unreadable, found.open, found.drawn) == (2, 5, 15)
    assert found.wrong_high <= 98


def test_without_a_judgement_nothing_is_known() -> None:
    found = outcome(judged(0, 0, 40, left=5))
    assert (found.figure.value, found.figure.n, found.figure.method) == (None, 0, "none")
    assert (found.wrong_low, found.wrong_high) == (0, 40)
