"""Marks of a transcribed row turned into a schedule, each month with a certainty or a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from normalize.draft import Row, TimeEvidence
from normalize.facts import Fact, doubt, fact
from normalize.marks.cells import RULE
from normalize.marks.context import ChunkContext
from normalize.marks.readings import ALL_MONTHS, Months, Readings, listed, nearly_regular, rank, read_offsets
from normalize.marks.settings import MARKS
from schema.periods import MONTHS
from schema.plan import Period, PeriodState, Schedule


def schedule_of_evidence(row: Row, evidence: TimeEvidence, context: ChunkContext) -> Row:
    """Give a transcribed row the months that its marks mean, or ask where several readings are likely."""
    for offset, cell in evidence.odd:
        row = row.noting(
            doubt("mark-unclear", RULE, cell.ref, "schedule", raw=cell.text, value=str(offset + 1))
        )
    if not evidence.marks:
        row = row.noting(doubt("schedule-unknown", RULE, row.ref, "schedule"))
        return _with_schedule(row, evidence, frozenset(), ALL_MONTHS)
    readings = _readings(evidence, context)
    seen = evidence.cells if evidence.team_at is None else MONTHS
    unseen = frozenset(month for month in ALL_MONTHS if month > seen)
    if context.proves(evidence) and not unseen:
        return _with_schedule(row, evidence, evidence.months)
    unsure = readings.share < MARKS.probable or bool(unseen)
    if unsure:
        raw, ref, shown = _printed(evidence), evidence.refs[0], readings.shown
        row = row.noting(doubt("schedule-ambiguous", RULE, ref, "schedule", raw=raw, alternatives=shown))
    if unsure or evidence.odd:
        odd = {offset + 1 for offset, _ in evidence.odd if offset < MONTHS}
        unknown = (readings.possible - readings.sure) | unseen | odd
        return _with_schedule(row, evidence, readings.sure - unknown, unknown)
    return _with_schedule(row.noting(*_remarks(evidence, readings)), evidence, readings.best)


def _readings(evidence: TimeEvidence, context: ChunkContext) -> Readings:
    """Rank the readings; a plan that is nearly even is one more of them."""
    widths = context.widths(evidence)
    weighted = read_offsets(evidence.marks, widths, MONTHS)
    regular = nearly_regular(evidence.marks, MONTHS)
    disturbed = set(widths) != {MONTHS} or max(evidence.marks) >= MONTHS
    if regular is not None and disturbed:
        weighted.append((regular, 1.0))
    fixed = frozenset(k + 1 for k in evidence.marks if k <= context.aligned_through)
    if evidence.team_at in (None, MONTHS) and not context.is_odd(evidence):
        weighted = [(months, weight) for months, weight in weighted if fixed <= months] or weighted
    return rank(weighted or [(frozenset(), 1.0), (ALL_MONTHS, 1.0)])


def _remarks(evidence: TimeEvidence, readings: Readings) -> Iterator[Fact]:
    """Yield what was put right on the way to a certain or probable reading."""
    said = partial(
        fact,
        rule=RULE,
        ref=evidence.refs[0],
        field="schedule",
        raw=_printed(evidence),
        value=listed(readings.best),
        certainty="certain" if readings.share >= MARKS.certain else "probable",
    )
    marks, beyond = len(evidence.marks), [k for k in evidence.marks if k > MONTHS]
    if beyond and marks - len(beyond) <= MONTHS:
        yield from (said("mark-orphaned", cell=k + 1) for k in beyond)
    elif marks > len(readings.best):
        yield said("mark-surplus", marks=marks)
    elif readings.share < MARKS.certain or evidence.team_at not in (None, MONTHS):
        cells = evidence.team_at if evidence.team_at is not None else evidence.cells
        yield said("month-cells-lost", alternatives=readings.shown[1:], cells=cells)


def _printed(evidence: TimeEvidence) -> str:
    """Return the marks as they were found: their cells counted from the first one right of the text."""
    return "√ " + ";".join(str(k + 1) for k in evidence.marks)


def _with_schedule(row: Row, evidence: TimeEvidence, planned: Months, unknown: Months = frozenset()) -> Row:
    def state(month: int) -> PeriodState:
        if month in unknown:
            return "unknown"
        return "planned" if month in planned else "not-planned"

    periods = tuple(Period(period_type="month", period=m, state=state(m)) for m in sorted(ALL_MONTHS))
    schedule = Schedule(
        state="marked" if not unknown else "partial" if planned else "unknown",
        periods=periods,
        printed=_printed(evidence) if evidence.marks else "",
        refs=evidence.refs,
    )
    return replace(row, schedule=schedule)
