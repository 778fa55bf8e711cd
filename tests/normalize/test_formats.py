"""The same table written as tab-separated text, as Markdown and as HTML gives the same plan."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.faults.mutations import wrong_fields
from benchmarks.faults.sheets import drawn
from benchmarks.faults.transcription import Form, lines_of, written
from schema.plan import Placed, Plan

Read = Callable[[str], Plan]


def values(row: Placed) -> tuple[object, ...]:
    action = row.action
    texts = (action.indicator.text, action.action.text, action.evidence.text, action.responsible.text)
    component = (row.component.number.text, row.component.name.text)
    return (
        row.area.number,
        row.area.name.text,
        *component,
        *texts,
        action.schedule.planned(),
        action.action_id,
    )


@given(seed=st.integers(min_value=0, max_value=2**32 - 1))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_format_of_a_transcription_does_not_matter(
    seed: int, truths: dict[str, Any], plan_of: Read
) -> None:
    lines = lines_of(drawn(truths, random.Random(seed)))
    forms: tuple[Form, ...] = ("txt", "md", "html")
    plans = [plan_of(written(lines, form).decode()) for form in forms]
    read = [[values(row) for row in plan.placed()] for plan in plans]
    assert read[1] == read[0]
    assert read[2] == read[0]
    codes = [sorted(f.code for f in plan.findings) for plan in plans]
    assert codes[1] == codes[0] == codes[2]


@given(seed=st.integers(min_value=0, max_value=2**32 - 1))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_read_from_html_is_what_was_written(seed: int, truths: dict[str, Any], plan_of: Read) -> None:
    sheet = drawn(truths, random.Random(seed))
    placed = list(plan_of(written(lines_of(sheet), "html").decode()).placed())
    assert len(placed) == len(sheet.entries)
    for row, expected in zip(placed, sheet.entries, strict=True):
        assert wrong_fields(row, expected) == []
        assert row.action.schedule.planned() == expected.months


def test_a_team_in_a_merged_html_cell_holds_for_its_rows(plan_of: Read) -> None:
    months = "".join(f"<td>{month}</td>" for month in range(1, 13))
    ticks = "".join(f"<td>{'√' if month in (3, 9) else ''}</td>" for month in range(1, 13))
    text = f"""
<table>
<tr><th rowspan=2>NO</th><th rowspan=2 colspan=2>KOMPONEN</th><th rowspan=2>INDIKATOR</th>
<th rowspan=2>LANGKAH AKSI</th><th rowspan=2>BUKTI/EVIDEN</th><th colspan=12>PELAKSANAAN (BULAN)</th>
<th rowspan=2>PENANGGUNG JAWAB</th></tr>
<tr>{months}</tr>
<tr><td colspan=19>1. MANAJEMEN PERUBAHAN</td></tr>
<tr><td rowspan=2></td><td rowspan=2>i.</td><td rowspan=2>Penyusunan Tim Kerja</td><td>Tim kerja dibentuk</td>
<td>Menyusun keputusan</td><td>Keputusan tim</td>{ticks}<td rowspan=2>TIM MANAJEMEN PERUBAHAN</td></tr>
<tr><td>Tim kerja bekerja</td><td>Menyusun laporan</td><td>Laporan tim</td>{ticks}</tr>
</table>
"""
    placed = list(plan_of(text).placed())
    assert [row.action.responsible.text for row in placed] == ["TIM MANAJEMEN PERUBAHAN"] * 2
    assert [row.action.schedule.planned() for row in placed] == [(3, 9), (3, 9)]
    assert [row.action.action.text for row in placed] == ["Menyusun keputusan", "Menyusun laporan"]
    assert [row.component.number.text for row in placed] == ["i", "i"]
    assert [row.action.evidence.text for row in placed] == ["Keputusan tim", "Laporan tim"]
