"""Rows of a transcription of an unusual form: cells are taken by their places where their number is the head's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.types import Grid
from normalize.breaks.table import covering_of
from normalize.breaks.transcribed_rows import length_of
from normalize.draft import Row
from normalize.form import Form, HeadSplit
from normalize.resources import Resources
from normalize.rows.physical import rows_of
from normalize.rows.transcribed import titled_row
from schema.findings import RuleName

RULE: RuleName = "place-cells"
_MOST_TITLE_CELLS = 2


def placed_rows(
    split: HeadSplit, form: Form, grid: Grid, place: tuple[int, int], resources: Resources
) -> Iterator[Row]:
    """Yield the rows below a head; a row of more or fewer cells than the head asks for a decision as a whole.

    A row without a mark says nothing of its schedule.
    """
    covering = covering_of(grid)
    for cells in split.body:
        texts = [cell for cell in cells if cell.text.strip()]
        title = None
        if len(texts) <= _MOST_TITLE_CELLS and texts:
            title = titled_row(Row(*place, cells, exact=False), texts, resources)
        if title is not None:
            yield title
            continue
        for row in rows_of(cells, form, covering, place, resources):
            yield _weighed(replace(row, exact=False), whole=length_of(cells) == len(form.columns))


def _weighed(row: Row, *, whole: bool) -> Row:
    if row.kind != "action":
        return row
    if not whole:
        texts = " | ".join(" ".join(c.text.split()) for c in row.cells if c.text.strip())
        names = ", ".join(name for name, value in row.fields.items() if value.text) or "-"
        row = row.report("action-fragment", rule=RULE, raw=texts, value=names, certainty="ambiguous")
    if any(time.cell.text.strip() for time in row.times):
        return row
    return replace(row, times=()).report(
        "schedule-unknown", rule=RULE, field="schedule", certainty="ambiguous"
    )
