"""Marks in columns without a period reported, so that a schedule that looks empty is not taken for one."""

from __future__ import annotations

from dataclasses import replace

from extract.types import Cell
from normalize.draft import Row
from normalize.facts import doubt
from normalize.marks.cells import RULE, shade_of
from normalize.marks.settings import MARKS
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary
from schema.plan import Schedule

_EMPTY = ("none", "unknown")


def ask_for_stray_marks(row: Row, form: FormVocabulary) -> Row:
    """Ask about a row of a page that plans nothing as far as was read, but has marks in columns without a period.

    Where the labels of a header were not read, the marks below have no meaning: they are not an empty schedule.
    """
    if row.kind != "action" or not row.exact or (row.schedule and row.schedule.state not in _EMPTY):
        return row
    times = {id(time.cell) for time in row.times if time.period is not None}
    shade = shade_of(row.cells)
    marks = [cell for cell in row.cells if id(cell) not in times and _is_mark(cell, form, shade)]
    if not marks or row.asks("schedule"):
        return row
    shown = " ".join(squeeze(cell.text) or "■" for cell in marks)
    asked = doubt("mark-unplaced", RULE, marks[0].ref, "schedule", raw=shown, value=str(len(marks)))
    schedule = (row.schedule or Schedule(state="unknown")).replace(state="unknown")
    return replace(row.noting(asked), schedule=schedule)


def _is_mark(cell: Cell, form: FormVocabulary, shade: str | None) -> bool:
    if cell.text.strip():
        return all(map(form.is_mark, cell.text.split()))  # one cell may hold the marks of several columns
    filled = cell.fill is not None and cell.fill != shade
    return cell.mark == "marked" or filled or (cell.mark is None and (cell.ink or 0) > MARKS.filled)
