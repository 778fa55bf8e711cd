"""Cells of an audit and a seed -> a random sample for a person to judge; judgements -> the share right.

The population is all cells of the table in which the transcription takes a stand: every text and period of a row
of the paper, also where the transcription left it empty or where the machine could not read the paper.
What it does not state, the head, and rows that only the transcription has (there is nothing on the paper to look
at) are not in it. It may be narrowed to some fields; a figure then speaks of them alone. Each set of so many cells
is as likely as any other (simple random sampling without replacement); the same seed draws the same again.

The interval is the exact one of sampling from a finite population: all numbers of right cells in the population
under which a sample with as many right ones as this is not rarer than 2.5 % on either side (hypergeometric tails; J.
P. Buonaccorsi, The American Statistician 41, 1987). It holds for every size of sample, covers at least 95 %, and
closes up when everything was judged.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from lampiran.audit.settings import INTERVALS
from schema.audit import Audit, AuditCell, Figure, Sample, SampleCell
from schema.base import Frozen
from schema.errors import UsageError


class SampleOutcome(Frozen):
    """What judgements of a sample say.

    `figure` is the share right of the cells that a person could judge, with its interval; `wrong_low` and
    `wrong_high` the same interval as a number of wrong cells in the population. `unreadable` cells, which the person
    could not tell either, are in neither part of the share. `open` cells were drawn but not judged: while there are
    any, the interval holds only if they were left by chance and not by choice.
    """

    figure: Figure
    population: int
    drawn: int
    right: int
    wrong: int
    unreadable: int
    open: int
    wrong_low: int
    wrong_high: int


def population(cells: Iterable[AuditCell], fields: Sequence[str] = ()) -> tuple[AuditCell, ...]:
    """Return the cells that a sample is drawn from; of some `fields` only, where any are named."""
    return tuple(
        cell
        for cell in cells
        if cell.level != "head"
        and cell.verdict not in {"not-stated", "invented"}
        and (cell.paper is not None or cell.verdict == "unreadable")
        and (not fields or cell.field in fields)
    )


def draw(cells: Iterable[AuditCell], size: int, *, seed: int = 1, fields: Sequence[str] = ()) -> Sample:
    """Draw `size` cells, all where there are fewer, in the order of the paper.

    Raises `UsageError` if the size is below 1 or there is nothing to draw from.
    """
    held = population(cells, fields)
    if size < 1 or not held:
        raise UsageError(
            id="Sampel kosong: beri jumlah sel paling sedikit 1, dan kolom yang ada dalam audit ini.",
            en="The sample is empty: give at least 1 cell, and columns that this audit holds.",
        )
    chance = random.Random(seed)  # noqa: S311 - it draws a sample, it keeps no secret
    places = sorted(chance.sample(range(len(held)), min(size, len(held))))
    drawn = tuple(SampleCell(cell=held[place].n) for place in places)
    return Sample(size=len(drawn), seed=seed, population=len(held), fields=tuple(fields), cells=drawn)


def with_sample(audit: Audit, size: int, *, seed: int = 1, fields: Sequence[str] = ()) -> Audit:
    """Return the audit with a sample drawn from its cells. Raises `UsageError` as `draw` does."""
    return audit.replace(sample=draw(audit.cells, size, seed=seed, fields=fields))


def outcome(sample: Sample) -> SampleOutcome:
    """Return what the judgements of a sample say of its population."""
    given = [cell.judgement for cell in sample.cells]
    right, wrong, unreadable = (given.count(word) for word in ("right", "wrong", "unreadable"))
    judged = right + wrong
    whole = sample.population - unreadable
    low, high = finite_interval(right, judged, whole)
    figure = Figure(name="sample-right", value=None, n=0)
    if judged:
        figure = Figure(
            name="sample-right", value=right / judged, n=judged, low=low / whole, high=high / whole,
            method="hypergeometric",
        )  # fmt: skip
    return SampleOutcome(
        figure=figure,
        population=sample.population,
        drawn=len(sample.cells),
        right=right,
        wrong=wrong,
        unreadable=unreadable,
        open=given.count(None),
        wrong_low=whole - high,
        wrong_high=whole - low,
    )


def finite_interval(right: int, drawn: int, whole: int) -> tuple[int, int]:
    """Return the least and the greatest number of right cells in a population that a sample allows, with 95 %.

    `right` of `drawn` were right, without replacement, of `whole`. Without a draw: 0 to `whole`.
    """
    if not drawn:
        return 0, whole
    from scipy.stats import hypergeom  # takes half a second to load

    tail = (1 - INTERVALS.level) / 2
    least, greatest = right, whole - (drawn - right)
    low = _first(least, greatest, lambda held: hypergeom.sf(right - 1, whole, held, drawn) > tail)
    high = _first(-greatest, -least, lambda held: hypergeom.cdf(right, whole, -held, drawn) > tail)
    return low, -high


def _first(start: int, end: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from `start` to `end` from which on something holds; it holds at `end`."""
    while start < end:
        middle = (start + end) // 2
        start, end = (start, middle) if holds(middle) else (middle + 1, end)
    return start
