"""Each view says of plans made by hand what was counted on paper, in every database; nothing is lost on the way there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import lampiran
from lampiran.databases.database import Database
from lampiran.databases.engines import transaction
from lampiran.databases.entries import keyed, result_id_of, rows_of
from lampiran.databases.target import target_of
from lampiran.publish.frames import to_frames
from schema.errors import InputError
from schema.many import many_tables, views
from schema.plan import Plan
from schema.tables import tables
from tests.lampiran.databases.plans import COPY, KEYED, NEWER, OLDER, asked, placed

KINDS = ("sqlite", "duckdb", "postgresql")
ID, OTHER = result_id_of(KEYED), result_id_of(COPY)


@pytest.fixture(scope="module", params=KINDS)
def published(request: pytest.FixtureRequest, place: Callable[[str], str]) -> str:
    """A database of each kind that holds the plans, the copy first."""
    target = place(request.param)
    lampiran.publish(COPY, OLDER, KEYED, NEWER, to=target)
    return target


def test_due_by_month_tells_what_is_due_from_what_may_be(published: str) -> None:
    found = asked(
        published, f"SELECT month, due, perhaps FROM due_by_month WHERE result_id = '{ID}' ORDER BY month"
    )
    # months 3 and 6, the second quarter, month 5 with the sixth covered, the second semester; one is unknown throughout
    due = [0, 0, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1]
    perhaps = [1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1]
    assert found == list(zip(range(1, 13), due, perhaps, strict=True))


def test_due_by_month_says_what_lampiran_due_says(published: str) -> None:
    months = asked(
        published, "SELECT month, due, perhaps FROM due_by_month WHERE decree_id = 'kpu-contoh-8-10-2025'"
    )
    for month, due, perhaps in months:
        listed = lampiran.due(KEYED, month=month)
        assert (due, perhaps) == (len(listed.due), len(listed.perhaps))


def test_load_by_team_counts_months_and_names_what_is_not_known(published: str) -> None:
    found = asked(
        published,
        "SELECT team, actions, due, perhaps, waiting, team_in_doubt FROM load_by_team "
        f"WHERE result_id = '{ID}' ORDER BY coalesce(team, 'z')",
    )
    assert found == [("TIM A", 2, 5, 0, 0, 0), ("TIM B", 2, 7, 1, 0, 1), (None, 1, 0, 12, 1, 1)]


def test_waiting_lists_what_asks_a_person(published: str) -> None:
    found = asked(
        published, "SELECT result_id, action_id, field, code, raw, alternatives, message_en FROM waiting"
    )
    assert found == [
        (ID, "L1.i.3", "schedule", "schedule-unknown", "?", "3 | 6", "Its schedule could not be read.")
    ]


def test_changes_by_year_counts_as_the_comparison_does(published: str) -> None:
    names = "same, reworded, moved, new, gone, changed, reading, unknown"
    found = asked(published, f"SELECT office, a_year, b_year, {names} FROM changes_by_year")
    # one stays, one is in April, one is reworded, one is gone and another new
    assert found == [("KPU Kota Uji", 2024, 2025, 1, 1, 1, 1, 1, 4, 0, 0)]
    counts = lampiran.diff(OLDER, NEWER).counts
    assert found[0][3:] == tuple(getattr(counts, name) for name in names.split(", "))


def sheet_rows() -> pd.DataFrame:
    """Rows of the sheet by hand: of area 1 one of two components, of its three questions one, one is not known."""
    said: list[tuple[str, str, str, str, float | None, bool | None]] = [
        ("A1", "component", "2021", "A1", 2.0, True),
        ("A1a", "question", "2021", "A1", 1.1, True),
        ("A1b", "question", "2021", "A1", 0.2, None),
        ("A1c", "question", "2021", "A1", 0.7, False),
        ("A2", "component", "2021", "A2", 1.5, False),
        ("A2a", "question", "2021", "A2", 1.5, False),
        ("B1", "question", "2014", "B1", None, True),
    ]
    rows = [
        {
            "decree_id": KEYED.decree_id,
            "code": code,
            "level": level,
            "edition": edition,
            "area_no": 1,
            "part": "pemenuhan",
            "component": component,
            "name": code,
            "weight": weight,
            "touched": touched,
            "action_ids": None,
        }
        for code, level, edition, component, weight, touched in said
    ]
    return pd.DataFrame(rows).astype(tables()["lke_coverage"].dtypes())


@pytest.mark.parametrize("kind", KINDS)
def test_coverage_counts_the_newer_sheet_and_keeps_what_is_not_known_apart(
    kind: str, place: Callable[[str], str]
) -> None:
    target = place(kind)
    lampiran.publish(OLDER, to=target)
    frames = rows_of(KEYED, "0")
    frames["lke_coverage"] = keyed("lke_coverage", sheet_rows(), ID)
    with transaction(target_of(target)) as connection:
        Database(connection).put(KEYED, frames)
    names = "components, all_components, questions, doubtful, all_questions, weight, whole"
    found = asked(target, f"SELECT area_no, part, {names} FROM coverage")
    assert found == [(1, "pemenuhan", 1, 2, 1, 1, 4, 1.1, 3.5)]


def test_of_two_results_of_a_decree_one_counts_and_both_are_there(published: str) -> None:
    counted = asked(
        published, "SELECT result_id, counted FROM decree WHERE decree_id = 'kpu-contoh-8-10-2025'"
    )
    assert sorted(counted) == sorted([(ID, True), (OTHER, False)])
    for view in views():
        assert asked(published, f"SELECT count(*) FROM {view} WHERE result_id = '{OTHER}'") == [(0,)]


def test_types_are_those_of_the_definition(published: str) -> None:
    truth: Any = 1 if published.endswith("sqlite") else True
    planned = asked(published, f"SELECT m03, m04, q1 FROM actions WHERE result_id = '{ID}' ORDER BY row_no")
    assert planned[0] == (truth, not truth, None)
    assert asked(published, f"SELECT count(*) FROM actions WHERE m03 AND result_id = '{ID}'") == [(1,)]
    number, year = asked(published, f"SELECT number, year FROM decree WHERE result_id = '{ID}'")[0]
    assert (number, year) == ("8.10", 2025)


@pytest.mark.parametrize("plan", [KEYED, COPY, OLDER, placed(NEWER)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_result_comes_back_as_it_went_in(kind: str, plan: Plan, place: Callable[[str], str]) -> None:
    target = place(kind)
    lampiran.publish(OLDER, COPY, plan, to=target)
    found = lampiran.read_back(target, result_id_of(plan))
    expected = to_frames(plan)
    assert list(found) == list(expected)
    for name, frame in expected.items():
        pd.testing.assert_frame_equal(found[name], frame)


@pytest.mark.parametrize("name", ["kpu-contoh-2024.pdf"])
def test_a_sample_comes_back_as_it_went_in(name: str, samples: Any, place: Callable[[str], str]) -> None:
    result = lampiran.read(samples / name)
    for kind in KINDS:
        target = place(kind)
        lampiran.publish(result, to=target)
        found = lampiran.read_back(target, result.plan.decree_id)
        for table, frame in result.to_frames().items():
            pd.testing.assert_frame_equal(found[table], frame)


def test_a_decree_is_named_by_its_id_where_one_result_counts(published: str) -> None:
    found = lampiran.read_back(published, KEYED.decree_id)
    pd.testing.assert_frame_equal(found["findings"], to_frames(KEYED)["findings"])
    with pytest.raises(InputError, match="no result lain"):
        lampiran.read_back(published, "lain")


def test_keys_of_many_decrees_are_those_of_one_within_a_result() -> None:
    for name, table in many_tables().items():
        assert table.primary_key[0] == "result_id", name
        assert {column.name for column in table.columns} >= set(table.primary_key), name
        for key in table.foreign_keys:
            assert set(key.references) <= set(many_tables()[key.table].primary_key), name
