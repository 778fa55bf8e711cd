import csv
import io
from collections.abc import Callable

import pandas as pd
import pytest

from benchmarks.faults.diffs import plan_of
from benchmarks.faults.year_changes import planted
from lampiran.diff.table import to_frame
from lampiran.diff.writing import FILE_NAMES, render_files
from samples.draw.truth import Truth
from schema.comparison import Comparison
from schema.plan import Plan
from schema.tables import comparison_tables

COLUMNS = (
    "n level field kinds changed reading spelling unknown in_doubt copied_years copied_offices verbatim adapted likeness "
    "a_decree_id b_decree_id "
    "a_action_id a_area_no a_area a_component_no a_component a_position a_indicator a_action a_evidence a_responsible "
    "a_months a_quarters a_schedule_text a_lke_code a_page a_line a_value "
    "b_action_id b_area_no b_area b_component_no b_component b_position b_indicator b_action b_evidence b_responsible "
    "b_months b_quarters b_schedule_text b_lke_code b_page b_line b_value"
).split()


@pytest.fixture(scope="module")
def found(truth: Truth, plan: Plan, compared: Callable[[Plan, Plan], Comparison]) -> Comparison:
    new = planted(truth, 3).truth
    head = new.head.model_copy(update={"year": 2026, "title": "RENCANA AKSI 2025"})
    return compared(plan, plan_of(new.model_copy(update={"head": head})))


def test_the_columns_are_the_published_ones(found: Comparison) -> None:
    assert list(to_frame(found).columns) == COLUMNS
    assert [column.name for column in comparison_tables()["diff"].columns] == COLUMNS


def test_every_action_part_and_value_has_its_row(found: Comparison) -> None:
    frame = to_frame(found)
    counts = frame["level"].value_counts().to_dict()
    assert counts["action"] == len(found.actions)
    assert counts["area"] + counts["component"] == len(found.parts)
    assert counts["head"] >= len(found.head)
    assert list(frame["n"]) == list(range(1, len(frame) + 1))
    assert list(frame["n"][: len(found.actions)]) == [action.n for action in found.actions]


def test_every_cell_keeps_to_the_definition(found: Comparison) -> None:
    frame = to_frame(found)
    for column in comparison_tables()["diff"].columns:
        values = frame[column.name]
        assert str(values.dtype) == column.dtype
        if column.required:
            assert values.notna().all(), column.name
        if column.pattern:
            assert values.dropna().str.fullmatch(column.pattern).all(), column.name


def test_both_sides_of_a_change_stand_in_its_row(found: Comparison) -> None:
    frame = to_frame(found).set_index("n")
    for action in found.actions:
        row = frame.loc[action.n]
        assert row["kinds"] == ";".join(action.kinds)
        assert pd.isna(row["a_action_id"]) == (action.a is None)
        assert pd.isna(row["b_action_id"]) == (action.b is None)
        if "schedule" in action.changed:
            assert str(row["a_months"]) != str(row["b_months"])
    gone = frame[frame["kinds"].eq("gone") & frame["level"].eq("action")]
    assert gone["a_action"].notna().all()
    assert gone["b_action"].isna().all()


def test_what_was_copied_stands_in_its_row(found: Comparison) -> None:
    frame = to_frame(found)
    assert found.copies
    for note in found.copies:
        rows = frame[frame["n"].eq(note.n)] if note.n else frame[frame["field"].eq(note.field)]
        column = "copied_years" if note.kind == "year" else "copied_offices"
        assert note.mention in str(rows.iloc[0][column]).split(";")


def test_the_csv_is_rfc_4180(found: Comparison) -> None:
    files = render_files(found)
    assert tuple(files) == FILE_NAMES
    text = files["diff.csv"].decode("utf-8")
    assert not text.startswith("\ufeff")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == len(to_frame(found)) + 1


def test_guarded_cells_cannot_run(found: Comparison) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(render_files(found, spreadsheet_safe=True)["diff.csv"].decode(), newline="")
        )
    )
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_two_runs_give_the_same_bytes(found: Comparison) -> None:
    assert render_files(found) == render_files(found)
    assert Comparison.model_validate_json(render_files(found)["diff.json"]) == found
