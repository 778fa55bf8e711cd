"""Datasette serves the database with its description: a real server on loopback, asked by HTTP."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.databases.datasette import metadata_of
from schema.many import many_tables, views
from tests.lampiran.databases.plans import COPY, KEYED, NEWER, OLDER, placed, write

Fetch = Callable[[str], Any]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its description beside it."""
    target = tmp_path_factory.mktemp("datasette") / "rencana.sqlite"
    lampiran.publish(COPY, placed(KEYED), OLDER, NEWER, to=target)
    return target


@pytest.fixture(scope="module")
def fetch(database: Path) -> Iterator[Fetch]:
    """Return what gets a page of a server that serves the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    described = database.with_name("rencana.metadata.json")
    words = ["-m", "datasette", "serve", str(database), "--metadata", str(described), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=database.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        said = []
        for line in server.stdout:  # it says when it can be asked
            said.append(line)
            if "running on" in line:
                break
        assert "running on" in "".join(said[-1:]), "".join(said)

        def get(path: str) -> Any:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                body = answer.read().decode("utf-8")
            return json.loads(body) if ".json" in path else body

        yield get
        server.terminate()
        server.stdout.read()


@pytest.mark.parametrize("name", [*many_tables(), *views()])
def test_each_table_and_view_is_served_with_its_description(name: str, fetch: Fetch, database: Path) -> None:
    held = sqlite3.connect(database)
    count = held.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    held.close()
    page = fetch(f"/rencana/{name}.json?_shape=objects&_size=1")
    assert len(page["rows"]) == min(count, 1)
    shown = fetch(f"/rencana/{name}")
    described = metadata_of("rencana")["databases"]["rencana"]["tables"][name]
    assert described["title"].split(" / ")[0] in shown
    assert set(described["columns"]) == set(page["columns"])
    assert set(described.get("facets", ())) <= set(page["columns"])
    one = next(iter(described["columns"]))
    assert f"<dt>{one}</dt>" in shown


def test_views_are_on_the_first_page_of_the_database(fetch: Fetch) -> None:
    page = fetch("/rencana.json")
    assert {view["name"] for view in page["views"]} == set(views())
    hidden = {table["name"] for table in page["tables"] if table["hidden"]}
    assert "lampiran_schema" in hidden
    assert "Empty means unknown" in fetch("/rencana")


def test_a_view_says_what_was_counted(fetch: Fetch) -> None:
    page = fetch("/rencana/due_by_month.json?_shape=objects&month=6&decree_id=kpu-contoh-8-10-2025")
    assert [(row["due"], row["perhaps"]) for row in page["rows"]] == [(2, 2)]


def test_places_are_shown_with_their_unit(fetch: Fetch) -> None:
    assert "20.0\xa0pp" in fetch("/rencana/fields?field=action&action_id=L1.i.1").replace("&nbsp;", "\xa0")


def test_no_licence_is_invented(database: Path) -> None:
    described = database.with_name("rencana.metadata.json").read_text(encoding="utf-8")
    assert "license" not in described


def test_published_again_the_description_is_not_written(database: Path) -> None:
    described = database.with_name("rencana.metadata.json")
    at = described.stat().st_mtime_ns
    lampiran.publish(OLDER, to=database)
    assert described.stat().st_mtime_ns == at


def test_a_description_of_others_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.metadata.json").write_text('{"title": "Milik orang"}', encoding="utf-8")
    results = write(tmp_path / "out", KEYED)
    assert run(["publish", str(results), "--to", str(tmp_path / "x.sqlite"), "--lang", "en"]) == 6
    assert "something else is there (x.metadata.json)" in capsys.readouterr().err
    assert not (tmp_path / "x.sqlite").exists()
