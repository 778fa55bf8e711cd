"""Filled cells of a schedule: a bar over several periods plans each of them, a shaded row plans none."""

from __future__ import annotations

import pytest

from extract.types import Cell
from normalize.draft import Row, TimeCell
from normalize.marks.cells import schedule_of_cells
from normalize.resources import Resources
from schema.geometry import BBox
from schema.provenance import SourceRef


def cell(column: int, text: str = "", columns: int = 1, fill: str | None = None) -> Cell:
    box = BBox(x0=column * 20, top=0, x1=(column + columns) * 20, bottom=10)
    ref = SourceRef(sha256="0" * 64, page=1, bbox=box, reader="pdf-text")
    return Cell(row=0, column=column, column_span=columns, text=text, ref=ref, fill=fill)


def planned(resources: Resources, bar: Cell, shade: str | None = None) -> list[int]:
    texts = (cell(0, "1", fill=shade), cell(1, "Menyusun laporan", fill=shade))
    last = cell(4, fill=shade)
    times = tuple(TimeCell(c, "quarter", n, f"TW {n}") for n, c in enumerate((bar, bar, last), start=1))
    row = schedule_of_cells(Row(0, 0, (*texts, bar, last), exact=True, times=times), resources.form)
    assert row.schedule is not None
    assert not row.facts
    return list(row.schedule.planned("quarter"))


@pytest.mark.parametrize("shade", [None, "#ddebf7"])
def test_a_bar_over_two_periods_plans_both(resources: Resources, shade: str | None) -> None:
    assert planned(resources, cell(2, columns=2, fill="#4472c4"), shade) == [1, 2]


def test_a_wide_cell_without_a_fill_or_in_the_shade_of_its_row_plans_nothing(resources: Resources) -> None:
    assert planned(resources, cell(2, columns=2)) == []
    assert planned(resources, cell(2, columns=2, fill="#ddebf7"), "#ddebf7") == []


def test_a_mark_in_a_cell_over_two_periods_is_one_doubt(resources: Resources) -> None:
    bar, last = cell(2, "v", columns=2), cell(4)
    times = tuple(TimeCell(c, "quarter", n, f"TW {n}") for n, c in enumerate((bar, bar, last), start=1))
    row = schedule_of_cells(Row(0, 0, (bar, last), exact=True, times=times), resources.form)
    assert [(f.code, f.value) for f in row.facts] == [("mark-unclear", "1, 2")]
    assert row.schedule is not None
    assert [period.state for period in row.schedule.periods] == ["unknown", "unknown", "not-planned"]
