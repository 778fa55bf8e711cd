"""A team printed once belongs to the rows of its area on its page, and to no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schema.plan import Plan

Read = Callable[[str], Plan]
TEAM, OTHER = "TIM MANAJEMEN PERUBAHAN", "TIM AKUNTABILITAS"
SECOND = "4. PENGUATAN AKUNTABILITAS"


def teams(plan: Plan) -> list[tuple[str, str]]:
    return [(row.action.responsible.text, row.action.responsible.status) for row in plan.placed()]


def test_a_team_stays_inside_its_area(plan_of: Read, write: Any) -> None:
    second = write.first(1, name="Keterlibatan Pimpinan", team=OTHER)
    plan = plan_of(
        write.page(write.first(3, 6, 9, 12), write.row(1), write.title(SECOND), second, write.row(2))
    )
    assert teams(plan) == [(TEAM, "read"), (TEAM, "filled"), (OTHER, "read"), (OTHER, "filled")]


def test_a_team_printed_below_its_first_row_holds_for_the_rows_above_too(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12, team=""), write.row(1, team=TEAM)))
    assert teams(plan) == [(TEAM, "filled"), (TEAM, "read")]


def test_each_page_has_its_own_team(plan_of: Read, write: Any) -> None:
    first = write.page(write.first(3, 6, 9, 12), write.row(1))
    second = write.page(write.row(2, team="SEKRETARIS"), write.row(3), title=None)
    assert [name for name, _ in teams(plan_of(first + second))] == [TEAM, TEAM, "SEKRETARIS", "SEKRETARIS"]


def test_two_teams_of_an_area_leave_a_page_without_one_unknown(plan_of: Read, write: Any) -> None:
    pages = [
        write.page(write.first(3, 6, 9, 12)),
        write.page(write.row(2, team="SEKRETARIS"), title=None),
        write.page(write.row(3), title=None),
    ]
    plan = plan_of("".join(pages))
    assert teams(plan)[2] == ("", "missing")
    assert {f.code for f in plan.findings_of("L1.i.3")} >= {"responsible-unknown"}


def test_a_team_misread_by_a_letter_is_not_a_second_team(plan_of: Read, write: Any) -> None:
    pages = [
        write.page(write.first(3, 6, 9, 12)),
        write.page(write.row(2, team="TIM MANAJEMEN PERUBAHAM"), title=None),
        write.page(write.row(3), title=None),
    ]
    assert teams(plan_of("".join(pages)))[2] == (TEAM, "inferred")


def test_a_paragraph_after_the_last_table_is_not_a_team(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12, team="")) + f"{TEAM}\n")
    assert teams(plan) == [("", "missing")]


def test_a_form_without_a_column_for_teams_asks_for_none(plan_of: Read, write: Any) -> None:
    text = write.page(write.first(3, 6, 9, 12, team="")).replace("PENANGGUNG JAWAB", "")
    plan = plan_of(text)
    assert teams(plan) == [("", "missing")]
    assert not {f.code for f in plan.findings} & {"responsible-unknown", "missing-responsible"}
