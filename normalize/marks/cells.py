"""Time cells of an exact grid turned into a schedule: an empty cell was seen to be empty, a mark elsewhere is reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.types import Cell, MarkState
from normalize.certainty.settings import CERTAINTY
from normalize.draft import Row, TimeCell
from normalize.facts import Fact, doubt
from normalize.marks.settings import MARKS
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary
from schema.findings import RuleName
from schema.plan import Period, PeriodState, Schedule, ScheduleState
from schema.provenance import SourceRef

RULE: RuleName = "decode-marks"
_SEEN: dict[MarkState, PeriodState] = {
    "marked": "planned",
    "empty": "not-planned",
    "unknown": "unknown",
    "covered": "covered",
}
_OPEN = ("unknown", "covered")
_States = Sequence[tuple[TimeCell, PeriodState]]


def schedule_of_cells(row: Row, form: FormVocabulary) -> Row:
    """Read each time cell that belongs to a period as planned, not planned or unknown."""
    own = {id(time.cell) for time in row.times}
    shade = shade_of(cell for cell in row.cells if id(cell) not in own)
    states = [(time, _state(time.cell, form, shade)) for time in row.times]
    schedule = Schedule(
        state=_overall([state for _, state in states]),
        periods=tuple(_period(time, state) for time, state in states),
        printed=" ".join(squeeze(t.cell.printed) for t in row.times if t.cell.text.strip()),
        refs=tuple(time.cell.ref for time, state in states if state == "planned"),
    )
    return replace(row.noting(*_doubts(states)), schedule=schedule)


def shade_of(cells: Iterable[Cell]) -> str | None:
    """Return the colour of more than half of some cells, which is therefore not a mark; `None` if there is none."""
    fills = Counter(cell.fill for cell in cells)
    return next((fill for fill, count in fills.most_common(1) if 2 * count > fills.total()), None)


def _period(time: TimeCell, state: PeriodState) -> Period:
    cell, number = time.cell, time.period or 0
    return Period(
        period_type=time.period_type, period=number, state=state, confidence=cell.confidence, ref=cell.ref
    )


def _state(cell: Cell, form: FormVocabulary, shade: str | None) -> PeriodState:
    if cell.border is not None and cell.border < CERTAINTY.sure_border:
        return "unknown"
    if cell.mark == "marked" and cell.column_span > 1 and cell.ref.reader == "pdf-text":
        return "unknown"  # as with a typed mark in a cell of several periods: which of them it means is open
    return _SEEN[cell.mark] if cell.mark is not None else _unread_state(cell, form, shade)


def _unread_state(cell: Cell, form: FormVocabulary, shade: str | None) -> PeriodState:
    """Read a cell whose ink was not examined as a mark: by its text and fill.

    A bar of colour over several periods, between which no ruling is seen, plans each of them.
    """
    filled = cell.fill is not None and cell.fill != shade
    text = cell.text.strip()
    if cell.column_span > 1 or (cell.row_span > 1 and text):
        if text or cell.ink:
            return "unknown"
        return "planned" if filled else "not-planned"
    if form.is_mark(cell.text):
        return "planned"
    if text and not form.is_empty_mark(cell.text):
        return "unknown"
    if filled:
        return "planned"
    return "unknown" if cell.ink is not None and cell.ink > MARKS.ink else "not-planned"


def _overall(states: Sequence[PeriodState]) -> ScheduleState:
    still_open = sum(state in _OPEN for state in states)
    if still_open:
        return "partial" if still_open < len(states) else "unknown"
    return "marked" if "planned" in states else "none"


def _doubts(states: _States) -> Iterator[Fact]:
    """Yield a doubt for each open cell, which may belong to several periods."""
    cells: dict[SourceRef, list[tuple[TimeCell, PeriodState]]] = defaultdict(list)
    for time, state in states:
        if state in _OPEN:
            cells[time.cell.ref].append((time, state))
    for ref, own in cells.items():
        first, state = own[0]
        code = "mark-covered" if state == "covered" else "mark-unclear"
        periods = ", ".join(str(time.period) for time, _ in own)
        yield doubt(code, RULE, ref, "schedule", raw=first.cell.text, value=periods)


def ask_for_stray_marks(row: Row, form: FormVocabulary) -> Row:
    """Ask about a row of a page that plans nothing as far as was read, but has marks in columns without a period.

    Where the labels of a header were not read, the marks below have no meaning: they are not an empty schedule.
    """
    if (
        row.kind != "action"
        or not row.exact
        or (row.schedule and row.schedule.state not in ("none", "unknown"))
    ):
        return row
    times = {id(time.cell) for time in row.times if time.period is not None}
    shade = shade_of(row.cells)
    marks = [cell for cell in row.cells if id(cell) not in times and _is_stray_mark(cell, form, shade)]
    if not marks or row.asks("schedule"):
        return row
    shown = " ".join(squeeze(cell.text) or "■" for cell in marks)
    asked = doubt("mark-unplaced", RULE, marks[0].ref, "schedule", raw=shown, value=str(len(marks)))
    schedule = (row.schedule or Schedule(state="unknown")).replace(state="unknown")
    return replace(row.noting(asked), schedule=schedule)


def _is_stray_mark(cell: Cell, form: FormVocabulary, shade: str | None) -> bool:
    if cell.text.strip():
        return all(map(form.is_mark, cell.text.split()))  # one cell may hold the marks of several columns
    filled = cell.fill is not None and cell.fill != shade
    return cell.mark == "marked" or filled or (cell.mark is None and (cell.ink or 0) > MARKS.filled)
