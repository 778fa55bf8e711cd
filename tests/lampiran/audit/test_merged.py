"""What the paper merges over rows, a transcription may write once: above, or in a line of its own."""

from __future__ import annotations

from collections.abc import Callable

from lampiran.result import Result
from schema.audit import Audit
from schema.plan import Action, Plan
from tests.lampiran.audit.conftest import FIRST, INDICATOR, TEAM, Row, cell_of, row_at, told

UPPER, LOWER = "L1.iv.1", "L1.iv.2"


def merged_marks(plan: Plan) -> Plan:
    """Return the plan with the marks of two rows in merged cells: both rows have all of the upper one's."""
    upper = next(item.action for item in plan.placed() if item.action.action_id == UPPER)

    def change(action: Action) -> Action:
        if action.action_id != LOWER:
            return action
        return action.model_copy(update={"schedule": upper.schedule})

    return with_actions(plan, change)


def with_actions(plan: Plan, change: Callable[[Action], Action]) -> Plan:
    """Return the plan with its actions changed."""
    areas = [
        area.model_copy(
            update={
                "components": tuple(
                    part.model_copy(update={"actions": tuple(map(change, part.actions))})
                    for part in area.components
                )
            }
        )
        for area in plan.areas
    ]
    return plan.model_copy(update={"areas": tuple(areas)})


def test_marks_go_on_downwards_in_a_merged_cell(result: Result, audited: Callable[..., Audit]) -> None:
    def leave_blank(rows: list[Row]) -> None:
        row_at(rows, "Menetapkan SK Tim Agen Perubahan")[FIRST:TEAM] = [""] * 12

    audit = audited(leave_blank, plan=merged_marks(result.plan))
    assert told(audit) == []
    assert cell_of(audit, LOWER, "m12").stated == "true"


def test_marks_of_cells_of_their_own_do_not(audited: Callable[..., Audit]) -> None:
    def leave_blank(rows: list[Row]) -> None:
        row_at(rows, "Menetapkan SK Tim Agen Perubahan")[FIRST:TEAM] = [""] * 12

    assert told(audited(leave_blank)) == [(LOWER, "m01", "mark-lost")]


def title_above(rows: list[Row]) -> None:
    """Write what begins a component in a line of its own: numeral, name and indicator."""
    row = row_at(rows, "Penyusunan dokumen rencana aksi")
    above = [*row[: INDICATOR + 1], *[""] * (len(row) - INDICATOR - 1)]
    row[: INDICATOR + 1] = [""] * (INDICATOR + 1)
    rows.insert(rows.index(row), above)


def test_a_title_stands_beside_merged_cells_where_the_paper_has_it_so(
    result: Result, audited: Callable[..., Audit]
) -> None:
    def raised(action: Action) -> Action:
        if action.action_id != "L1.ii.1":
            return action
        ref = action.indicator.refs[0]
        assert ref.bbox is not None
        higher = ref.model_copy(update={"bbox": ref.bbox.model_copy(update={"top": ref.bbox.top - 12})})
        return action.model_copy(
            update={"indicator": action.indicator.model_copy(update={"refs": (higher,)})}
        )

    audit = audited(title_above, plan=with_actions(result.plan, raised))
    assert told(audit) == []
    assert {row.state for row in audit.rows} == {"matched"}


def test_a_row_that_begins_in_a_line_of_its_own_is_split(audited: Callable[..., Audit]) -> None:
    assert told(audited(title_above)) == [("L1.ii.1", "action", "row-split")]
