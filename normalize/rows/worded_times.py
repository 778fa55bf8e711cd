"""Transcribed rows of a form whose time is a column of words: the time's cell found among the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from extract.types import Cell
from normalize.draft import Row, TimeCell
from normalize.form import Column, Form
from normalize.resources import Resources
from normalize.schedule_text import read_schedule_text
from schema.findings import RuleName
from schema.roles import TextRole

RULE: RuleName = "anchor-rows"
_FEWEST_BEFORE = 2


def column_of_words(form: Form) -> Column | None:
    """Return the one column in which a form prints its time in words, `None` where it has marks or no time."""
    columns = form.of("time")
    return columns[0] if len(columns) == 1 and not form.periods else None


def roles_before(form: Form, time: Column) -> tuple[TextRole, ...]:
    """Return the roles of the text columns left of the time, in the order of print."""
    roles = get_args(TextRole)
    return tuple(cast("TextRole", c.role) for c in form.columns if c.role in roles and c.index < time.index)


def time_cells(rows: Sequence[Sequence[Cell]], time: Column, resources: Resources) -> list[Cell | None]:
    """Return the time's cell of each row.

    It is the only cell right of the first texts that is understood as a time in whole; else what stands where that
    cell mostly is, or, where no row shows it, below the head's cell.
    """
    understood = [_understood(cells, resources) for cells in rows]
    alone = Counter(found[0].column for found in understood if len(found) == 1)
    usual = max(alone, key=lambda column: (alone[column], -column)) if alone else time.index
    return [
        found[0] if len(found) == 1 else next((c for c in cells if c.column == usual), None)
        for cells, found in zip(rows, understood, strict=True)
    ]


def _understood(cells: Sequence[Cell], resources: Resources) -> list[Cell]:
    filled = [cell for cell in cells if cell.text.strip()]
    return [cell for cell in filled[_FEWEST_BEFORE:] if _is_time(cell.text, resources)]


def _is_time(text: str, resources: Resources) -> bool:
    words, language = resources.schedule_words, resources.words
    reading = read_schedule_text(text, words, language, may_mend=True)
    return reading.state == "marked" or (bool(reading.open_words) and not reading.unclear)


def with_time(row: Row, cell: Cell | None, time: Column) -> Row:
    """Give an action its time's cell in place of marks; a row that ends before it has an unknown schedule."""
    if row.kind != "action":
        return row
    row = replace(row, evidence=None)
    if cell is not None:
        return replace(row, times=(TimeCell(cell, label=time.name),))
    return row.report("schedule-unknown", rule=RULE, field="schedule", certainty="ambiguous")
