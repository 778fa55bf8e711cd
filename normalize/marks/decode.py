"""Time cells of rows turned into schedules: marks of a grid, words, or the marks of a transcription."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalize.draft import Draft, Row, TimeCell, TimeEvidence
from normalize.marks.cells import ask_for_stray_marks, schedule_of_cells
from normalize.marks.context import ChunkContext
from normalize.marks.transcribed import schedule_of_evidence
from normalize.marks.worded import WordedTimes, beside_marks
from normalize.resources import Resources
from normalize.schedule_text import read_schedule_text
from schema.periods import PER_YEAR
from schema.plan import PeriodType, Schedule


def decode_schedules(draft: Draft) -> Draft:
    """Give every action row its schedule."""
    chunks: dict[int, list[TimeEvidence]] = defaultdict(list)
    for row in draft.rows:
        if row.kind == "action" and row.evidence is not None:
            chunks[row.chunk].append(row.evidence)
    contexts = {chunk: ChunkContext.of(rows) for chunk, rows in chunks.items()}
    worded = WordedTimes.of(draft)

    def decoded(row: Row) -> Row:
        if row.evidence is None:
            return _of_cells(row, draft.resources, worded)
        return schedule_of_evidence(row, row.evidence, contexts[row.chunk])

    return draft.map_rows(lambda row: ask_for_stray_marks(decoded(row), draft.resources.form))


def _of_cells(row: Row, resources: Resources, worded: WordedTimes) -> Row:
    """Read the marks of the cells that belong to periods, or the words of those that do not."""
    if not row.times:
        return replace(row, schedule=Schedule(state="unknown"))
    if all(time.period is None for time in row.times):
        row = replace(row, times=_with_labelled_periods(row.times, resources))
    grid = tuple(time for time in row.times if time.period is not None)
    words = tuple(time for time in row.times if time.period is None)
    if not words:
        return schedule_of_cells(row, resources.form)
    if not grid or len(grid) < PER_YEAR[grid[0].period_type]:
        return worded.schedule(row)
    marked = schedule_of_cells(replace(row, times=grid), resources.form)
    return beside_marks(marked, worded.schedule(replace(row, times=words)))


def _with_labelled_periods(times: Sequence[TimeCell], resources: Resources) -> tuple[TimeCell, ...]:
    """Give time cells the periods that their columns' names end in (`Jadwal Smt. I`, `Smt. II`).

    Only where at least two columns name different periods of one type, and either all of them do or all periods are
    named; otherwise the cells come back as they are.
    """
    named = [_labelled_period(time, resources) for time in times]
    found = [period for period in named if period is not None]
    one_type = len({kind for kind, _ in found}) == 1 and len(set(found)) == len(found)
    if len(found) < 2 or not one_type or len(found) not in (len(times), PER_YEAR[found[0][0]]):
        return tuple(times)
    return tuple(
        time if period is None else replace(time, period_type=period[0], period=period[1])
        for time, period in zip(times, named, strict=True)
    )


def _labelled_period(time: TimeCell, resources: Resources) -> tuple[PeriodType, int] | None:
    """Return the one period that a column's name, or the end of it, names."""
    words = time.label.split()
    for at in range(len(words)):
        end = " ".join(words[at:])
        reading = read_schedule_text(end, resources.schedule_words, resources.words)
        if reading.state == "marked" and not reading.finer:
            return next(iter(reading.planned)) if len(reading.planned) == 1 else None
    return None
