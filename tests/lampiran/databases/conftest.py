"""A real PostgreSQL, and an empty place in each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.lampiran.databases.server import PASSWORD, Postgres, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL on loopback, for as long as the tests run."""
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], str]]:
    """Return the maker of an empty target of a kind."""
    folder = tmp_path_factory.mktemp("targets")
    numbers = count(1)

    def made(kind: str) -> str:
        name = f"rencana{next(numbers)}"
        if kind != "postgresql":
            return str(folder / f"{name}.{kind}")
        server: Postgres = request.getfixturevalue("postgres")
        return server.fresh(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        yield made
