"""Time cells of an exact grid turned into a schedule: an empty cell was seen to be empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell, MarkState
from normalize.draft import Row, TimeCell
from normalize.facts import Fact, fact
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary
from schema.findings import RuleName
from schema.plan import Period, PeriodState, Schedule, ScheduleState
from schema.provenance import SourceRef

RULE: RuleName = "decode-marks"
_INK = 0.02
_SURE_BORDER = 0.75  # a mark beside a border that may be none may belong to the next month
_SEEN: dict[MarkState, PeriodState] = {
    "marked": "planned",
    "empty": "not-planned",
    "unknown": "unknown",
    "covered": "covered",
}


def schedule_of_cells(row: Row, form: FormVocabulary) -> Row:
    """Read each time cell that stands for a period as planned, not planned or unknown."""
    shade = _row_shade(row)
    states = [(time, _state(time, form, shade)) for time in row.times]
    findings = _doubts([(time, state) for time, state in states if state in ("unknown", "covered")])
    periods = tuple(
        Period(
            period_type=t.period_type,
            period=t.period or 0,
            state=s,
            confidence=t.cell.confidence,
            ref=t.cell.ref,
        )
        for t, s in states
    )
    marked = [t for t, s in states if s == "planned"]
    schedule = Schedule(
        state=_overall([s for _, s in states]),
        periods=periods,
        printed=" ".join(squeeze(t.cell.printed) for t, _ in states if t.cell.text.strip()),
        refs=tuple(t.cell.ref for t in marked),
    )
    return replace(row.noting(*findings), schedule=schedule)


def _row_shade(row: Row) -> str | None:
    """Return the colour that shades the row's other cells too, so that it is no mark."""
    times = {id(time.cell) for time in row.times}
    others = [cell.fill for cell in row.cells if id(cell) not in times]
    fills = Counter(others)
    common = max(fills, key=lambda f: fills[f]) if fills else None
    return common if common and fills[common] * 2 > len(others) else None


def _state(time: TimeCell, form: FormVocabulary, shade: str | None) -> PeriodState:
    cell = time.cell
    if cell.border is not None and cell.border < _SURE_BORDER:
        return "unknown"
    if cell.mark == "marked" and cell.column_span > 1 and cell.ref.reader == "pdf-text":
        return "unknown"  # as with a typed mark in a cell of several periods: which of them it means is open
    return _SEEN[cell.mark] if cell.mark is not None else _unread_state(cell, form, shade)


def _unread_state(cell: Cell, form: FormVocabulary, shade: str | None) -> PeriodState:
    """Read a cell whose ink nobody looked at as a mark: by its text and fill.

    A bar of colour over several periods, between which no ruling is seen, plans each of them.
    """
    filled = cell.fill is not None and cell.fill != shade
    if cell.column_span > 1 or (cell.row_span > 1 and cell.text.strip()):
        if cell.text.strip() or cell.ink:
            return "unknown"
        return "planned" if filled else "not-planned"
    if form.is_mark(cell.text):
        return "planned"
    if cell.text.strip() and not form.is_empty_mark(cell.text):
        return "unknown"
    if filled:
        return "planned"
    return "unknown" if cell.ink is not None and cell.ink > _INK else "not-planned"


def _overall(states: list[PeriodState]) -> ScheduleState:
    open_states = [s for s in states if s in ("unknown", "covered")]
    if open_states:
        return "partial" if len(open_states) < len(states) else "unknown"
    return "marked" if "planned" in states else "none"


def _doubts(states: Sequence[tuple[TimeCell, PeriodState]]) -> list[Fact]:
    """Return a doubt for each cell, which may stand for several periods."""
    cells: dict[SourceRef, list[tuple[TimeCell, PeriodState]]] = {}
    for time, state in states:
        cells.setdefault(time.cell.ref, []).append((time, state))
    return [
        _unclear(own[0][0], own[0][1], ", ".join(str(time.period) for time, _ in own))
        for own in cells.values()
    ]


def _unclear(time: TimeCell, state: PeriodState, periods: str) -> Fact:
    return fact(
        "mark-covered" if state == "covered" else "mark-unclear",
        rule=RULE,
        ref=time.cell.ref,
        field="schedule",
        raw=time.cell.text,
        value=periods,
        certainty="ambiguous",
    )
