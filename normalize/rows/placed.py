"""Rows of a transcription of an unusual form: as many cells as its header has are taken by their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.broken_lines import length_of
from normalize.draft import Row
from normalize.rows.cell_fields import titled_row
from normalize.rows.physical import exact_rows
from normalize.rows.stretch import Stretch
from normalize.text import squeeze
from schema.findings import RuleName

RULE: RuleName = "place-cells"
_MOST_TITLE_CELLS = 2  # number and name


def placed_rows(cells: tuple[Cell, ...], stretch: Stretch) -> Iterator[Row]:
    """Yield the rows of a line; one of more or fewer cells than the header has asks for a decision as a whole."""
    texts = [cell for cell in cells if cell.text.strip()]
    title = None
    if 0 < len(texts) <= _MOST_TITLE_CELLS:
        title = titled_row(stretch.row(cells, exact=False), texts, stretch.resources)
    if title is not None:
        yield title
        return
    for row in exact_rows(cells, stretch):
        whole = length_of(cells) == len(stretch.form.columns)
        yield _checked(replace(row, exact=False), whole=whole)


def _checked(row: Row, *, whole: bool) -> Row:
    if row.kind != "action":
        return row
    if not whole:
        texts = " | ".join(squeeze(c.text) for c in row.cells if c.text.strip())
        names = ", ".join(name for name, value in row.fields.items() if value.text) or "-"
        row = row.report("action-fragment", rule=RULE, raw=texts, value=names, certainty="ambiguous")
    if any(time.cell.text.strip() for time in row.times):
        return row
    return replace(row, times=()).report(
        "schedule-unknown", rule=RULE, field="schedule", certainty="ambiguous"
    )
