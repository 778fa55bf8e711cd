"""Time cells of rows turned into schedules, each month with a certainty or a finding."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from normalize.draft import Draft, Row, TimeEvidence
from normalize.facts import Fact, fact
from normalize.marks.cells import schedule_of_cells
from normalize.marks.context import ChunkContext
from normalize.marks.labelled import with_labelled_periods
from normalize.marks.readings import Readings, nearly_regular, rank, read_offsets, regular_months
from normalize.marks.stray_marks import ask_for_stray_marks
from normalize.marks.visibility import Sight
from normalize.marks.worded import beside_marks, schedule_of_words
from normalize.resources import Resources
from schema.findings import RuleName
from schema.periods import MONTHS, PER_YEAR
from schema.plan import Period, PeriodState, Schedule
from schema.provenance import SourceRef
from schema.rules.texts import plan_year

RULE: RuleName = "decode-marks"
CERTAIN = 0.97
PROBABLE = 0.9
_PERIODS = 12
_SHOWN = 3
_DOUBTED = "schedule-cell-doubtful"


def decode_schedules(draft: Draft) -> Draft:
    """Give every action row its schedule."""
    chunks: dict[int, list[TimeEvidence]] = defaultdict(list)
    for row in draft.rows:
        if row.kind == "action" and row.evidence is not None:
            chunks[row.chunk].append(row.evidence)
    year, sight = plan_year(draft.head), Sight(draft)
    doubted = frozenset(
        f.ref for row in draft.rows for f in row.facts if f.code == _DOUBTED and f.ref is not None
    )
    contexts = {chunk: ChunkContext.of(rows, _PERIODS) for chunk, rows in chunks.items()}

    def decoded(row: Row) -> Row:
        if row.evidence is None:
            return _of_cells(row, draft.resources, year, sight, doubted)
        return _decode(row, row.evidence, contexts[row.chunk])

    return draft.map_rows(lambda row: ask_for_stray_marks(decoded(row), draft.resources.form))


def _of_cells(
    row: Row, resources: Resources, year: int | None, sight: Sight, doubted: frozenset[SourceRef]
) -> Row:
    """Read the marks of the cells that stand for periods, or the words of those that do not."""
    if not row.times:
        return replace(row, schedule=Schedule(state="unknown"))
    if all(time.period is None for time in row.times):
        row = replace(row, times=with_labelled_periods(row.times, resources))
    if all(time.period is not None for time in row.times):
        return schedule_of_cells(row, resources.form)
    grid = tuple(time for time in row.times if time.period is not None)
    if not grid or len(grid) < PER_YEAR[grid[0].period_type]:
        return schedule_of_words(row, resources, year, sight, doubted)
    marked = schedule_of_cells(replace(row, times=grid), resources.form)
    words = tuple(time for time in row.times if time.period is None)
    return beside_marks(marked, schedule_of_words(replace(row, times=words), resources, year, sight, doubted))


def _decode(row: Row, evidence: TimeEvidence, context: ChunkContext) -> Row:
    row = row.noting(*_odd_cells(evidence))
    if not evidence.marks:
        return replace(
            row.report("schedule-unknown", rule=RULE, field="schedule", certainty="ambiguous"),
            schedule=_schedule(evidence, frozenset(), frozenset(range(1, MONTHS + 1))),
        )
    shift = evidence.shift
    readings = _readings(evidence, context, shift)
    unseen = _unseen(evidence)
    if _verified(evidence, context, shift) and not unseen:
        return replace(
            row, schedule=_schedule(evidence, frozenset(k + 1 for k in evidence.marks), frozenset())
        )
    if readings.share < PROBABLE or unseen or evidence.odd:
        unknown = (readings.possible - readings.sure) | unseen | _odd_periods(evidence)
        if readings.share < PROBABLE or unseen:
            row = row.noting(_ambiguous(readings, evidence))
        return replace(row, schedule=_schedule(evidence, readings.sure - unknown, unknown))
    row = row.noting(*_remarks(evidence, readings))
    return replace(row, schedule=_schedule(evidence, readings.best, frozenset()))


def _readings(evidence: TimeEvidence, context: ChunkContext, shift: int) -> Readings:
    """Rank the readings; a plan that is nearly even is one more of them."""
    widths = context.widths(evidence, shift, _PERIODS)
    weighted = read_offsets(evidence.marks, widths, _PERIODS)
    regular = nearly_regular(evidence.marks, _PERIODS)
    disturbed = set(widths) != {_PERIODS} or max(evidence.marks) >= _PERIODS
    if regular is not None and disturbed:
        weighted.append((regular, 1.0))
    fixed = frozenset(k + 1 for k in evidence.marks if k <= context.aligned_through)
    if evidence.team_at in (None, _PERIODS) and not context.is_odd(evidence, shift):
        weighted = [(months, weight) for months, weight in weighted if fixed <= months] or weighted
    return rank(weighted or [(frozenset(), 1.0), (frozenset(range(1, MONTHS + 1)), 1.0)])


def _verified(evidence: TimeEvidence, context: ChunkContext, shift: int) -> bool:
    """Tell whether the marks stand where another row of the stretch, evenly planned, shows the cells to be."""
    if evidence.team_at not in (None, _PERIODS) or evidence.odd:
        return False
    if context.is_odd(evidence, shift):
        return False
    own = regular_months(len(evidence.marks), _PERIODS)
    even = (
        own is not None and len(evidence.marks) > 2 and sorted(own) == [k + 1 for k in sorted(evidence.marks)]
    )
    return max(evidence.marks) < _PERIODS and (even or max(evidence.marks) <= context.aligned_through)


def _unseen(evidence: TimeEvidence) -> frozenset[int]:
    """Return the months whose cells lie beyond the row's end."""
    seen = evidence.cells if evidence.team_at is None else _PERIODS
    return frozenset(range(seen + 1, _PERIODS + 1))


def _odd_periods(evidence: TimeEvidence) -> frozenset[int]:
    return frozenset(k + 1 for k, _ in evidence.odd if k < _PERIODS)


def _odd_cells(evidence: TimeEvidence) -> tuple[Fact, ...]:
    return tuple(
        fact(
            "mark-unclear",
            rule=RULE,
            ref=cell.ref,
            field="schedule",
            raw=cell.text,
            value=str(offset + 1),
            certainty="ambiguous",
        )
        for offset, cell in evidence.odd
    )


def _ambiguous(readings: Readings, evidence: TimeEvidence) -> Fact:
    shown = [listed(sorted(months)) for months, _ in readings.ranked[:_SHOWN]]
    return fact(
        "schedule-ambiguous",
        rule=RULE,
        ref=evidence.refs[0],
        field="schedule",
        raw=_printed(evidence),
        alternatives=shown,
        certainty="ambiguous",
    )


def _remarks(evidence: TimeEvidence, readings: Readings) -> list[Fact]:
    """Report what was mended on the way to a certain or probable reading."""
    value = listed(sorted(readings.best))
    others = [listed(sorted(months)) for months, _ in readings.ranked[1:_SHOWN]]
    certainty = "certain" if readings.share >= CERTAIN else "probable"
    common = {
        "rule": RULE,
        "ref": evidence.refs[0],
        "field": "schedule",
        "raw": _printed(evidence),
        "value": value,
        "certainty": certainty,
    }
    facts: list[Fact] = []
    beyond = [k for k in evidence.marks if k > _PERIODS]
    if beyond and len(evidence.marks) - len(beyond) <= _PERIODS:
        facts += [fact("mark-orphaned", **common, cell=k + 1) for k in beyond]  # type: ignore[arg-type]
    elif len(evidence.marks) > len(readings.best):
        facts.append(fact("mark-surplus", **common, marks=len(evidence.marks)))  # type: ignore[arg-type]
    elif readings.share < CERTAIN or evidence.team_at not in (None, _PERIODS):
        cells = evidence.team_at if evidence.team_at is not None else evidence.cells
        facts.append(fact("month-cells-lost", **common, alternatives=others, cells=cells))  # type: ignore[arg-type]
    return facts


def listed(months: list[int]) -> str:
    """Return periods as `3;6;9;12`, none as `-`."""
    return ";".join(map(str, months)) or "-"


def _printed(evidence: TimeEvidence) -> str:
    """Return the marks as they stood: their cells counted from the first one right of the text."""
    return "√ " + ";".join(str(k + 1) for k in evidence.marks)


def _schedule(evidence: TimeEvidence, planned: frozenset[int], unknown: frozenset[int]) -> Schedule:
    def state(month: int) -> PeriodState:
        if month in unknown:
            return "unknown"
        return "planned" if month in planned else "not-planned"

    periods = tuple(Period(period_type="month", period=m, state=state(m)) for m in range(1, _PERIODS + 1))
    return Schedule(
        state="marked" if not unknown else "partial" if planned else "unknown",
        periods=periods,
        printed=_printed(evidence) if evidence.marks else "",
        refs=evidence.refs,
    )
