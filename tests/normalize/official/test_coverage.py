"""What a plan touches of the sheet, what it leaves out, and what is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

import lampiran
from lampiran.resources import load_sheet
from normalize.official import Coverage, coverage_of
from schema.plan import Plan


@pytest.fixture(scope="module")
def plan(samples: Path) -> Plan:
    return lampiran.read(samples / "kpu-batang-2025.pdf").plan


@pytest.fixture(scope="module")
def covered(plan: Plan) -> dict[str, Coverage]:
    return {item.code: item for item in coverage_of(plan, load_sheet())}


def test_every_item_of_the_current_sheet_has_a_row(covered: dict[str, Coverage]) -> None:
    assert sum(item.edition == "2021" for item in covered.values()) == 25 + 87 + 17 + 23


def test_an_answered_question_touches_its_component(covered: dict[str, Coverage]) -> None:
    assert covered["A.I.5.iv.b"].touched is True
    assert covered["A.I.5.iv.b"].action_ids == ("L5.iv.3",)
    assert covered["A.I.5.iv"].touched is True
    assert set(covered["A.I.5.iv"].action_ids) == {f"L5.iv.{n}" for n in range(1, 5)}


def test_a_question_answered_under_another_component_counts_where_it_belongs(
    covered: dict[str, Coverage],
) -> None:
    assert covered["A.I.6.ii.f"].action_ids == ("L6.v.1",)


def test_a_question_nobody_answers_is_left_out(covered: dict[str, Coverage]) -> None:
    assert covered["A.I.1.iii.c"].touched is False
    assert covered["A.II.1.i.a"].touched is False


def test_what_an_unclear_row_may_answer_is_not_called_left_out(covered: dict[str, Coverage]) -> None:
    assert covered["A.I.1.i.a"].touched is None
    assert "L1.i.1" in covered["A.I.1.i.a"].action_ids
    assert covered["A.I.1.i.b"].action_ids == ("L1.i.1",)


def test_the_other_choice_of_a_doubtful_row_is_not_called_left_out(covered: dict[str, Coverage]) -> None:
    assert covered["A.I.4.ii.c"].touched is None


def test_questions_share_the_weight_of_their_component(covered: dict[str, Coverage]) -> None:
    assert covered["A.I.5.iv"].weight == 1.5
    assert covered["A.I.5.iv.a"].weight == pytest.approx(0.5)
    assert covered["2014.6.a.3"].weight is None


def test_what_only_the_old_sheet_asks_stands_behind(covered: dict[str, Coverage]) -> None:
    assert covered["2014.6.a.3"].action_ids == ("L6.i.3",)
    assert list(covered)[-1] == "2014.6.a.3"


def test_every_code_of_an_action_has_a_row(plan: Plan, covered: dict[str, Coverage]) -> None:
    assert {placed.action.lke_code for placed in plan.placed()} <= set(covered)


def test_a_plan_that_follows_no_sheet_has_no_coverage(plan: Plan) -> None:
    assert coverage_of(plan.model_copy(update={"lke_edition": None}), load_sheet()) == ()
