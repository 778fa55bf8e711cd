"""Marks in columns without a period: a schedule that only looks empty asks."""

from __future__ import annotations

import pytest

from extract.types import Cell
from normalize.draft import Row
from normalize.marks.cells import ask_for_stray_marks
from normalize.resources import Resources
from schema.geometry import BBox
from schema.plan import Schedule
from schema.provenance import SourceRef


def cell(column: int, text: str = "", **seen: object) -> Cell:
    box = BBox(x0=column * 20, top=0, x1=column * 20 + 20, bottom=10)
    ref = SourceRef(sha256="0" * 64, page=1, bbox=box, reader="pdf-text")
    return Cell(row=0, column=column, text=text, ref=ref, **seen)  # type: ignore[arg-type]


def row_of(*cells: Cell, state: str = "none") -> Row:
    return Row(0, 0, cells, exact=True, schedule=Schedule(state=state))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "mark",
    [cell(2, "√"), cell(2, "√ √\n√"), cell(2, mark="marked"), cell(2, fill="#00b050")],
    ids=["typed", "several", "drawn", "filled"],
)
def test_a_mark_in_a_column_without_a_period_asks_where_nothing_is_planned(
    mark: Cell, resources: Resources
) -> None:
    row = ask_for_stray_marks(row_of(cell(0, "1"), cell(1, "Menyusun laporan"), mark), resources.form)
    assert [(f.code, f.value) for f in row.facts] == [("mark-unplaced", "1")]
    assert row.schedule is not None
    assert row.schedule.state == "unknown"


def test_a_row_that_plans_something_and_a_shaded_row_do_not_ask(resources: Resources) -> None:
    planned = row_of(cell(0, "1"), cell(1, "Menyusun laporan"), cell(2, "√"), state="marked")
    shaded = row_of(
        cell(0, "1", fill="#eeeeee"), cell(1, "Menyusun", fill="#eeeeee"), cell(2, fill="#eeeeee")
    )
    assert ask_for_stray_marks(planned, resources.form) is planned
    assert ask_for_stray_marks(shaded, resources.form) is shaded
