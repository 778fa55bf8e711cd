"""A real PostgreSQL, and an empty place in each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lampiran.databases.server import PASSWORD, Postgres, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL on loopback, for as long as the tests run."""
    with running() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Return the maker of an empty target of a kind."""

    def made(kind: str) -> str:
        if kind != "postgresql":
            return str(tmp_path / f"rencana.{kind}")
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        server: Postgres = request.getfixturevalue("postgres")
        return server.fresh("rencana")

    return made
