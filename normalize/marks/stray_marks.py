"""Marks in columns that stand for no period told, so that a schedule that looks empty is not taken for one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extract.types import Cell
from normalize.draft import Row
from normalize.facts import fact
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary
from schema.findings import RuleName
from schema.plan import Schedule

RULE: RuleName = "decode-marks"
_EMPTY = ("none", "unknown")
_DARK = 0.1  # dark share of a blank cell of a recognised page from which on it is filled


def ask_for_stray_marks(row: Row, form: FormVocabulary) -> Row:
    """Ask about a row of a page that plans nothing as far as was read, but holds marks in columns without a period.

    A head whose labels were not read leaves the marks below it without a meaning: they are no empty schedule.
    """
    if row.kind != "action" or not row.exact or (row.schedule and row.schedule.state not in _EMPTY):
        return row
    times = {id(time.cell) for time in row.times if time.period is not None}
    shades = Counter(cell.fill for cell in row.cells)
    marks = [cell for cell in row.cells if id(cell) not in times and _is_mark(cell, form, shades)]
    if not marks or row.asks("schedule"):
        return row
    finding = fact(
        "mark-unplaced",
        rule=RULE,
        ref=marks[0].ref,
        field="schedule",
        raw=" ".join(squeeze(cell.text) or "■" for cell in marks),
        value=str(len(marks)),
        certainty="ambiguous",
    )
    schedule = (row.schedule or Schedule(state="unknown")).replace(state="unknown")
    return replace(row.noting(finding), schedule=schedule)


def _is_mark(cell: Cell, form: FormVocabulary, shades: Counter[str | None]) -> bool:
    if cell.text.strip():
        return all(map(form.is_mark, cell.text.split()))  # of several columns, which nothing parts
    filled = cell.fill is not None and 2 * shades[cell.fill] <= shades.total()
    return cell.mark == "marked" or filled or (cell.mark is None and (cell.ink or 0.0) > _DARK)
