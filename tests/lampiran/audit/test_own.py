"""The program's own reading as something to be judged by a sample."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lampiran import read
from lampiran.audit.figures.sampling import population, with_sample
from lampiran.audit.own_reading import own_audit
from lampiran.audit.report.sample_sheet import sample_files
from schema.audit import Audit


@pytest.fixture(scope="module")
def own(samples: Path) -> Audit:
    return own_audit(read(samples / "kpu-contoh-2024.pdf").plan)


def test_each_text_and_period_of_a_row_is_a_cell_with_its_place(own: Audit) -> None:
    assert not own.faults()
    assert len(own.rows) == 36
    assert sum(cell.level == "mark" for cell in own.cells) == 36 * 12
    assert sum(cell.field == "evidence" for cell in own.cells) == 36
    assert sum(cell.field == "area" for cell in own.cells) == 6
    assert [cell.n for cell in own.cells] == list(range(1, len(own.cells) + 1))
    assert all(cell.paper_ref is not None for cell in own.cells if cell.field == "action")


def test_a_sample_of_it_can_be_drawn(own: Audit) -> None:
    drawn = with_sample(own, 30, seed=1)
    assert drawn.sample is not None
    assert drawn.sample.population == len(population(own.cells)) == len(own.cells)
    sheet = csv.reader(io.StringIO(sample_files(drawn)["audit-sample.csv"].decode(), newline=""))
    assert len(list(sheet)) == 31
