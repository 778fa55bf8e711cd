"""A database of an older version gets what it lacks, keeps what it has, and its results are filled in when they come again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import lampiran
from lampiran.databases.version import VERSION
from lampiran.publish.frames import to_frames
from tests.lampiran.databases.plans import KEYED, NEWER, OLDER, asked
from tests.lampiran.databases.server import Postgres


def test_a_database_of_version_1_is_brought_to_this_one(tmp_path: Path) -> None:
    target = tmp_path / "x.sqlite"
    held = sqlite3.connect(target)
    held.executescript(Path(__file__).with_name("schema-1.sql").read_bytes().decode("utf-8"))
    held.close()
    assert asked(str(target), "SELECT version FROM lampiran_schema") == [(1,)]
    told = lampiran.publish(NEWER, to=target)
    assert len(told.kept) == 2
    assert asked(str(target), "SELECT version FROM lampiran_schema") == [(VERSION,)]
    assert asked(str(target), "SELECT count(*), count(crop) FROM fields") == [(5 * 8 + 4 * 8 + 4 * 8, 0)]
    assert len(asked(str(target), "SELECT crop FROM waiting")) == 1
    for plan in (KEYED, OLDER):
        found = lampiran.read_back(target, plan.decree_id)
        for name, frame in to_frames(plan).items():
            pd.testing.assert_frame_equal(found[name], frame)
    told = lampiran.publish(KEYED, OLDER, NEWER, to=target)
    assert (len(told.replaced), len(told.unchanged)) == (2, 1)
    assert len(asked(str(target), "SELECT * FROM changes_by_year")) == 1


def test_a_table_and_a_column_that_are_missing_on_a_server_come_back(
    postgres: Postgres, place: Callable[[str], str]
) -> None:
    target = place("postgresql")
    database = target.rpartition("/")[2]
    lampiran.publish(KEYED, OLDER, NEWER, to=target)
    postgres.run(
        "DROP VIEW waiting; ALTER TABLE fields DROP COLUMN crop; DROP TABLE due CASCADE; UPDATE lampiran_schema SET version = 1; UPDATE decree SET digest = 'lama'",
        database,
    )
    told = lampiran.publish(KEYED, OLDER, NEWER, to=target)
    assert len(told.replaced) == 3
    assert asked(target, "SELECT count(*), count(crop) FROM waiting") == [(1, 0)]
    assert asked(target, "SELECT count(*) FROM due WHERE decree_id = 'kpu-contoh-8-10-2025'") == [(25,)]
