from collections.abc import Callable

import pandas as pd
import pytest

from lampiran.publish.frames import to_frames
from schema.decree import DecreeHead, Field
from schema.plan import ExtraField, Period, Plan, Schedule
from schema.tables import tables

MONTHS = [f"m{n:02d}" for n in range(1, 13)]
QUARTERS = [f"q{n}" for n in range(1, 5)]


def row(plan: Plan, action_id: str) -> pd.Series:
    actions = to_frames(plan)["actions"]
    return actions[actions["action_id"] == action_id].iloc[0]


@pytest.mark.parametrize("name", list(tables()))
def test_columns_and_types_are_those_of_the_tables(plan: Plan, name: str) -> None:
    frame = to_frames(plan)[name]
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == tables()[name].dtypes()
    assert list(frame.columns) == list(tables()[name].dtypes())


@pytest.mark.parametrize("name", list(tables()))
def test_an_empty_plan_keeps_columns_and_types(plan: Plan, name: str) -> None:
    empty = to_frames(Plan(decree_id="x", source=plan.source, head=DecreeHead()))[name]
    assert {column: str(dtype) for column, dtype in empty.dtypes.items()} == tables()[name].dtypes()
    assert len(empty) == (1 if name == "decree" else 0)


def test_a_marked_row_has_true_and_false_months_and_no_quarters(plan: Plan) -> None:
    found = row(plan, "L1.i.1")
    assert found["months"] == "3;6;9;12"
    assert [n for n, name in enumerate(MONTHS, 1) if found[name]] == [3, 6, 9, 12]
    assert not found[MONTHS].isna().any()
    assert pd.isna(found["quarters"])
    assert found[QUARTERS].isna().all()


def test_a_plan_by_quarter_leaves_the_months_empty(plan: Plan) -> None:
    found = row(plan, "L2.1.1")
    assert found["quarters"] == "1;4"
    assert list(found[QUARTERS]) == [True, False, False, True]
    assert pd.isna(found["months"])
    assert found[MONTHS].isna().all()


def test_an_unknown_schedule_leaves_every_cell_empty_and_lists_its_months(plan: Plan) -> None:
    found = row(plan, "L1.i.2")
    assert found[MONTHS].isna().all()
    assert pd.isna(found["months"])
    schedule = to_frames(plan)["schedule"]
    own = schedule[schedule["action_id"] == "L1.i.2"]
    assert list(own["period"]) == list(range(1, 13))
    assert set(own["state"]) == {"unknown"}


def test_cells_seen_empty_are_false_and_give_no_row_in_the_schedule(plan: Plan) -> None:
    assert list(row(plan, "L2.1.3")[MONTHS]) == [False] * 12
    assert "L2.1.3" not in set(to_frames(plan)["schedule"]["action_id"])


def test_a_covered_month_is_empty_and_listed_as_covered(plan: Plan) -> None:
    found = row(plan, "L1.i.3")
    assert found["months"] == "1"
    assert pd.isna(found["m12"])
    schedule = to_frames(plan)["schedule"]
    own = schedule[schedule["action_id"] == "L1.i.3"]
    assert list(zip(own["period"], own["state"], strict=True)) == [(1, "planned"), (12, "covered")]


def test_a_schedule_whose_state_is_unknown_is_never_shown_as_planned(plan: Plan) -> None:
    doubtful = Schedule(state="unknown", periods=(Period(period_type="month", period=1, state="planned"),))
    area = plan.areas[0]
    component = area.components[0]
    action = component.actions[0].model_copy(update={"schedule": doubtful})
    changed = plan.model_copy(
        update={
            "areas": (
                area.model_copy(
                    update={"components": (component.model_copy(update={"actions": (action,)}),)}
                ),
            )
        }
    )
    assert pd.isna(row(changed, "L1.i.1")["m01"])
    assert list(to_frames(changed)["schedule"]["state"]) == ["unknown"]


def test_a_component_number_loses_its_punctuation(plan: Plan) -> None:
    assert row(plan, "L1.i.1")["component_no"] == "i"


def test_the_decree_row_counts_what_the_plan_holds(plan: Plan) -> None:
    decree = to_frames(plan)["decree"].iloc[0]
    counted = ["areas", "components", "actions", "marks", "errors", "reviews", "warnings", "notices", "infos"]
    assert list(decree[counted]) == [2, 2, 6, 8, 0, 1, 2, 1, 1]
    assert decree["number"] == "8.1"
    assert decree["year"] == 2025
    assert decree["date"] == pd.Timestamp("2025-01-03")


@pytest.mark.parametrize("text", ["", "20Z5", "²025", "99999"])
def test_a_year_that_is_no_year_stays_empty(plan: Plan, text: str) -> None:
    year = plan.head.year.model_copy(update={"text": text})
    changed = plan.model_copy(update={"head": plan.head.model_copy(update={"year": year})})
    assert to_frames(changed)["decree"]["year"].isna().all()


def test_every_action_has_its_eight_fields_with_their_place(plan: Plan) -> None:
    fields = to_frames(plan)["fields"]
    own = fields[fields["action_id"] == "L1.i.1"].set_index("field")
    assert len(own) == 8
    assert own.loc["schedule", "printed"] == "..√..√..√..√"
    assert own.loc["schedule", "text"] == "3;6;9;12"
    assert own.loc["schedule", "line"] == 3
    assert own.loc["responsible", "status"] == "filled"


def test_a_schedule_in_doubt_is_not_given_out_as_read(plan: Plan) -> None:
    fields = to_frames(plan)["fields"]
    status = fields[fields["field"] == "schedule"].set_index("action_id")["status"]
    assert dict(status) == {
        "L1.i.1": "read",
        "L1.i.2": "uncertain",
        "L1.i.3": "covered",
        "L2.1.1": "read",
        "L2.1.2": "read",
        "L2.1.3": "read",
    }


def test_a_finding_is_laid_flat(plan: Plan, formula: str) -> None:
    finding = to_frames(plan)["findings"].iloc[3]
    assert finding["n"] == 4
    assert (finding["line"], finding["cell"], finding["reader"]) == (3, 4, "transcript")
    assert finding["alternatives"] == f"{formula} | sarana"
    assert finding["message_id"] != finding["message_en"]


def test_documents_are_counted_from_one(plan: Plan) -> None:
    evidence = to_frames(plan)["evidence"]
    assert list(evidence["n"][:2]) == [1, 2]
    assert evidence["document"][0] == "- Laporan"


def test_another_decree_has_its_own_id_in_every_row(plan_of: Callable[..., Plan]) -> None:
    frames = to_frames(plan_of(decree_id="lain-1-2024"))
    for name in ("decree", "actions", "schedule", "fields", "findings"):
        assert set(frames[name]["decree_id"]) == {"lain-1-2024"}


def test_further_columns_are_a_row_a_text_in_their_order(plan: Plan) -> None:
    first = plan.areas[0].components[0].actions[0]
    cells = [("TARGET", "1 dokumen"), ("ANGGARAN", ""), ("TARGET", "100%")]
    extra = tuple(ExtraField(column=name, field=Field(printed=text, text=text)) for name, text in cells)
    part = plan.areas[0].components[0]
    part = part.model_copy(update={"actions": (first.model_copy(update={"extra": extra}), *part.actions[1:])})
    area = plan.areas[0].model_copy(update={"components": (part, *plan.areas[0].components[1:])})
    frame = to_frames(plan.model_copy(update={"areas": (area, *plan.areas[1:])}))["actions_extra"]
    assert frame[["n", "column", "text", "status"]].to_numpy().tolist() == [
        [1, "TARGET", "1 dokumen", "read"],
        [2, "TARGET", "100%", "read"],
    ]
    assert set(frame["action_id"]) == {first.action_id}
