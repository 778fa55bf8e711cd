"""The pages that benchmarks draw look as they say, and what is read of them is judged rightly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.accuracy.icdar import PageScore
from benchmarks.drawing.pages.bases import written
from benchmarks.drawing.pages.changes import AXES, Change, changes, drawn
from benchmarks.drawing.pages.spots import KINDS
from benchmarks.drawing.pages.tables import TICK, goods, plan
from benchmarks.faults.legal_changes import TABLE, looks_otherwise
from benchmarks.faults.page_verdicts import goods_verdict, plan_verdict
from benchmarks.faults.plants import Base, clean, judged, pictured, planted
from benchmarks.speed.page_speed import ratios

NOWHERE = (-1, -1)


@pytest.fixture(scope="module")
def base() -> Base:
    table = goods()
    row = table.body_rows[0]
    return Base("strokes", table, row, written(table.emptied(row)))


@pytest.mark.parametrize("name", sorted(KINDS)[::4])
def test_a_plant_is_seen_or_hidden_as_its_kind_says(name: str, base: Base) -> None:
    assert pictured(planted(KINDS[name], base, 1), base) is None


def test_a_page_without_a_plant_is_right_and_asks_nothing(base: Base) -> None:
    verdict = judged(clean(base))
    assert (verdict.word, verdict.asked) == ("right", ())


def test_the_same_seed_plants_the_same_page(base: Base) -> None:
    kind = KINDS["white-text"]
    assert planted(kind, base, 7).pdf == planted(kind, base, 7).pdf


@pytest.mark.parametrize("command", ["plan", "goods"])
def test_another_value_than_a_person_sees_is_silent_where_nothing_asks(command: str, tmp_path: Path) -> None:
    table = plan() if command == "plan" else goods()
    row = table.body_rows[1]
    path = tmp_path / "drawn.pdf"
    path.write_bytes(written(table))
    column = 4
    seen = table.said(row, column, "lain" if command == "plan" else TICK)
    verdict = (plan_verdict if command == "plan" else goods_verdict)(path, seen, NOWHERE, ())
    assert verdict.word == "silent"


def test_a_month_that_is_not_read_is_told(tmp_path: Path) -> None:
    table = plan()
    path = tmp_path / "drawn.pdf"
    path.write_bytes(written(table))
    verdict = plan_verdict(path, table.said(table.body_rows[0], 10, TICK), NOWHERE, ())
    assert "months (1, 2, 5)" in verdict.note


def test_changes_are_different_and_begin_with_each_setting_alone() -> None:
    found = changes(258, 1)
    assert len(set(found)) == 258
    alone = {str(change) for change in found if " " not in str(change)}
    plain = Change()
    wanted = {str(replace(plain, **{axis: s})) for axis, settings in AXES.items() for s in settings}
    assert alone == wanted


@pytest.mark.parametrize("change", changes(258, 1)[::16], ids=str)
def test_a_legal_change_looks_like_the_plain_drawing(change: Change) -> None:
    assert looks_otherwise(drawn(change, TABLE)) is None


def test_a_drawing_that_looks_otherwise_is_named() -> None:
    emptied = TABLE.said(TABLE.body_rows[0], 4, "")
    assert looks_otherwise(drawn(Change(), emptied)) is not None


def test_ratios_compare_the_least_and_round_by_round() -> None:
    assert ratios([2.0, 4.0, 9.0], [4.0, 8.0, 6.0]) == (0.5, 0.5)


def test_a_page_whose_cells_and_relations_agree_is_not_wrong() -> None:
    right = PageScore(1, found=4, surplus=0, missed=0, exact=3, cells=3, asked=0)
    assert not right.is_wrong
    assert replace(right, exact=2).is_wrong
