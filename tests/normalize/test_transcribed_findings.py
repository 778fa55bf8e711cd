"""What a transcription hides or garbles is mended with a finding, or stays unknown and asks for a review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schema.findings import Finding
from schema.plan import Action, Plan

Read = Callable[[str], Plan]
TEAM = "TIM MANAJEMEN PERUBAHAN"
EVERY_MONTH = tuple(range(1, 13))


def only(plan: Plan, code: str) -> Finding:
    found = [f for f in plan.findings if f.code == code]
    assert len(found) == 1, [f.code for f in plan.findings]
    return found[0]


def actions(plan: Plan) -> list[Action]:
    return [row.action for row in plan.placed()]


def place(finding: Finding) -> tuple[int | None, int | None]:
    assert finding.ref is not None
    return finding.ref.line, finding.ref.cell


def unknown(action: Action) -> list[int]:
    return [p.period for p in action.schedule.periods if p.state == "unknown"]


def test_a_row_of_column_numbers_is_no_data(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12)))
    dropped = only(plan, "column-numbers-dropped")
    assert place(dropped) == (3, 1)
    assert (dropped.raw or "").startswith("1 | 2 | 3 | 4")
    assert [a.line for a in actions(plan)] == [5]


def test_a_numeral_in_one_cell_with_the_name_is_parted_from_it(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(1, numeral="", name="i. Penyusunan Tim Kerja")))
    moved = only(plan, "numeral-misplaced")
    component = plan.areas[0].components[0]
    assert place(moved) == (5, 3)
    assert (moved.raw, moved.value) == ("i. Penyusunan Tim Kerja", "i")
    assert (component.number.text, component.name.text) == ("i", "Penyusunan Tim Kerja")
    assert component.name.printed == "i. Penyusunan Tim Kerja"


def test_a_lost_month_cell_is_put_back_where_one_reading_stands_out(plan_of: Read, write: Any) -> None:
    row = write.first(1)
    del row[10]
    plan = plan_of(write.page(write.first(3, 6, 9, 12), row))
    mended = only(plan, "month-cells-lost")
    assert place(mended) == (6, 7)
    assert (mended.raw, mended.value, mended.certainty) == ("√ 1", "1", "probable")
    assert "2" in mended.alternatives
    assert actions(plan)[1].schedule.planned() == (1,)
    assert not actions(plan)[1].needs_review


def test_a_13th_mark_beside_twelve_is_surplus(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(*EVERY_MONTH, team="√")))
    surplus = only(plan, "mark-surplus")
    assert place(surplus) == (6, 7)
    assert (surplus.value, surplus.certainty) == (";".join(map(str, EVERY_MONTH)), "certain")
    assert "13" in surplus.message.en
    assert actions(plan)[1].schedule.planned() == EVERY_MONTH


def test_a_mark_beyond_the_team_is_told_and_not_counted(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page([*write.first(3, 6, 9, 12), "√"]))
    orphan = only(plan, "mark-orphaned")
    assert (orphan.raw, orphan.value) == ("√ 3;6;9;12;14", "3;6;9;12")
    assert actions(plan)[0].schedule.planned() == (3, 6, 9, 12)


def test_a_mark_in_the_team_s_column_leaves_december_open(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(2, team="√")))
    open_row = actions(plan)[1]
    doubt = only(plan, "schedule-ambiguous")
    assert place(doubt) == (6, 8)
    assert (doubt.raw, doubt.value, doubt.alternatives) == ("√ 2;13", None, ("2", "2;12"))
    assert (open_row.schedule.state, open_row.schedule.planned(), unknown(open_row)) == (
        "partial",
        (2,),
        [12],
    )
    assert open_row.needs_review


def test_a_row_without_marks_is_unknown_and_not_empty(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row()))
    assert place(only(plan, "schedule-unknown"))[0] == 6
    assert actions(plan)[1].schedule.state == "unknown"
    assert unknown(actions(plan)[1]) == list(EVERY_MONTH)


@pytest.mark.parametrize("glyph", ["4", "J", "/", "vV"])
def test_a_glyph_that_is_no_mark_leaves_its_month_unknown(glyph: str, plan_of: Read, write: Any) -> None:
    row = write.row(1)
    row[8] = glyph
    plan = plan_of(write.page(write.first(3, 6, 9, 12), row))
    unclear = only(plan, "mark-unclear")
    assert place(unclear) == (6, 9)
    assert (unclear.raw, unclear.value) == (glyph, "3")
    assert (actions(plan)[1].schedule.planned(), unknown(actions(plan)[1])) == ((1,), [3])
    assert actions(plan)[1].needs_review


def test_a_team_printed_once_holds_for_the_rows_below(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1)))
    filled = only(plan, "responsible-filled")
    assert (filled.action_id, filled.value, place(filled)) == ("L1.i.2", TEAM, (5, 19))
    assert [(a.responsible.text, a.responsible.status) for a in actions(plan)] == [
        (TEAM, "read"),
        (TEAM, "filled"),
    ]


def test_a_team_in_the_first_column_is_given_back_to_its_rows(plan_of: Read, write: Any) -> None:
    fallen = [TEAM, *[""] * 18]
    plan = plan_of(write.page(write.first(3, 6, 9, 12, team=""), write.row(1), fallen))
    restored = [f for f in plan.findings if f.code == "responsible-restored"]
    assert [(f.action_id, f.value, place(f)) for f in restored] == [
        ("L1.i.1", TEAM, (7, 1)),
        ("L1.i.2", TEAM, (7, 1)),
    ]
    assert [a.responsible.text for a in actions(plan)] == [TEAM, TEAM]


def test_a_team_in_a_paragraph_below_the_table_is_given_back(plan_of: Read, write: Any) -> None:
    above = write.page(write.first(3, 6, 9, 12, team=""))
    plan = plan_of(f"{above}**{TEAM}**\n\n" + write.page(write.row(1, team=TEAM), title=None))
    restored = only(plan, "responsible-restored")
    assert (restored.action_id, restored.value, place(restored)) == ("L1.i.1", TEAM, (7, None))
    assert actions(plan)[0].responsible.printed == f"**{TEAM}**"


def test_a_page_without_a_team_takes_the_area_s_and_one_review_asks_for_the_cell(
    plan_of: Read, write: Any
) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12)) + write.page(write.row(1), write.row(2), title=None))
    inferred = [f for f in plan.findings if f.code == "responsible-inferred"]
    asked = only(plan, "responsible-cell-missing")
    assert [(f.action_id, f.value, place(f)[0]) for f in inferred] == [
        ("L1.i.2", TEAM, 10),
        ("L1.i.3", TEAM, 11),
    ]
    assert (asked.severity, asked.value, asked.alternatives) == ("review", "10-11", (TEAM,))
    assert actions(plan)[1].responsible.status == "inferred"


def test_two_teams_on_a_page_leave_the_row_between_them_open(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1), write.row(2, team="SEKRETARIS")))
    doubt = only(plan, "responsible-ambiguous")
    assert (doubt.action_id, place(doubt)[0], doubt.value) == ("L1.i.2", 6, None)
    assert doubt.alternatives == (TEAM, "SEKRETARIS")
    assert (actions(plan)[1].responsible.text, actions(plan)[1].responsible.status) == ("", "uncertain")
    assert actions(plan)[1].needs_review


def test_a_team_named_nowhere_is_unknown(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12, team="")))
    asked = only(plan, "responsible-unknown")
    assert (asked.action_id, place(asked)[0], asked.value) == ("L1.i.1", 5, None)
    assert actions(plan)[0].responsible.text == ""
    assert "missing-responsible" not in {f.code for f in plan.findings}


def test_a_row_without_numeral_and_name_goes_on_with_the_component_above(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1)))
    filled = only(plan, "component-filled")
    assert (filled.action_id, filled.value, place(filled)[0]) == ("L1.i.2", "i Penyusunan Tim Kerja", 6)
    assert len(plan.areas[0].components) == 1


def test_a_lost_component_takes_numeral_and_name_from_the_gap_and_the_official_list(
    plan_of: Read, write: Any
) -> None:
    question = "Terdapat dokumen rencana pembangunan Zona Integritas menuju WBK/WBBM"
    monitoring = "Pemantauan dan Evaluasi Pembangunan WBK/WBBM"
    plan = plan_of(
        write.page(
            write.first(3, 6, 9, 12),
            write.row(1, indicator=question),
            write.row(2, numeral="iii.", name=monitoring),
        )
    )
    numeral, name = only(plan, "numeral-inferred"), only(plan, "component-name-inferred")
    lost = plan.areas[0].components[1]
    assert (numeral.action_id, numeral.raw, numeral.value) == ("L1.ii.1", "", "ii")
    assert numeral.alternatives == ("ii", "i")
    assert (name.raw, name.value) == ("", "Rencana Pembangunan Zona Integritas")
    assert "Dokumen Rencana Pembangunan ZI" in name.alternatives
    assert (lost.number.text, lost.number.status, lost.name.status) == ("ii", "inferred", "inferred")
    assert lost.actions[0].needs_review


def test_a_name_without_numeral_among_numbered_ones_gets_its_place_and_a_review(
    plan_of: Read, write: Any
) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1, name="Agen Perubahan")))
    numeral = only(plan, "numeral-inferred")
    assert (numeral.value, numeral.certainty, place(numeral)) == ("2", "ambiguous", (6, 3))
    assert plan.areas[0].components[1].number.status == "inferred"
    assert actions(plan)[1].needs_review


def test_a_numeral_without_a_name_is_a_component_without_one(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1, numeral="ii.")))
    missing = only(plan, "component-name-missing")
    assert (missing.action_id, missing.value, place(missing)) == ("L1.ii.1", "ii", (6, 2))
    assert plan.areas[0].components[1].name.text == ""
    assert actions(plan)[1].needs_review


def test_a_numeral_used_twice_keeps_its_print_and_makes_the_id_unique(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1, numeral="i.", name="Agen Perubahan")))
    repeated = only(plan, "numeral-repeated")
    assert (repeated.severity, repeated.raw, repeated.value) == ("notice", "i", "-2")
    assert [c.number.text for c in plan.areas[0].components] == ["i", "i"]
    assert [a.action_id for a in actions(plan)] == ["L1.i.1", "L1.i-2.1"]


@pytest.mark.parametrize("lost", ["indicator", "action", "evidence"])
def test_a_lost_text_makes_the_row_a_fragment(lost: str, plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1, **{lost: ""})))
    fragment = only(plan, "action-fragment")
    row = actions(plan)[1]
    assert (fragment.action_id, place(fragment)[0]) == ("L1.i.2", 6)
    assert lost not in (fragment.value or "")
    assert getattr(row, lost).text == ""
    assert row.needs_review
    assert f"missing-{lost}" not in {f.code for f in plan.findings}


def test_rows_before_any_area_ask_for_their_area(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), title=None))
    missing = only(plan, "area-missing")
    assert (missing.action_id, place(missing)[0]) == ("L0.i.1", 4)
    assert plan.areas[0].number == 0
    assert actions(plan)[0].needs_review


def test_a_line_between_two_tables_that_nobody_understands_is_told(plan_of: Read, write: Any) -> None:
    stray = "Catatan dari panitia arsip kabupaten"
    plan = plan_of(
        write.page(write.first(3, 6, 9, 12))
        + f"{stray}\n\n"
        + write.page(write.row(1, team=TEAM), title=None)
    )
    unplaced = only(plan, "text-unplaced")
    assert (unplaced.raw, unplaced.value, place(unplaced)) == (stray, None, (7, None))


def test_a_column_that_nobody_knows_is_told(plan_of: Read, write: Any) -> None:
    text = write.page(write.first(3, 6, 9, 12)).replace("PENANGGUNG JAWAB", "PENANGGUNG JAWAB\tCATATAN MUTU")
    unknown_column = only(plan_of(text), "column-unknown")
    assert (unknown_column.raw, place(unknown_column)[0]) == ("CATATAN MUTU", 1)
    assert unknown_column.severity == "info"


def test_a_clean_page_asks_for_nothing(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12), write.row(1)))
    asked = {f.code for f in plan.findings if f.severity in ("warning", "review") and f.field != "head"}
    assert asked <= {"decree-not-named"}
    assert not any(a.needs_review for a in actions(plan))
