"""DuckDB's driver -> a dialect of SQLAlchemy: its SQL is PostgreSQL's, its cursors are those of one connection."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy.dialects.postgresql.base import PGDialect


class Connection:
    """One connection whose cursors share its transaction; a cursor of the driver itself is a connection of its own."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.raw = duckdb.connect(str(path), read_only=read_only)
        self._open = False

    def begin(self) -> None:
        """Begin a transaction, which the driver does not by itself."""
        self.raw.begin()
        self._open = True

    def cursor(self) -> Cursor:
        """Return a cursor in this connection's transaction."""
        return Cursor(self.raw)

    def commit(self) -> None:
        """Keep what was done in the transaction, if there is one."""
        if self._open:
            self._open = False
            self.raw.commit()

    def rollback(self) -> None:
        """Undo the transaction, if there is one; one whose end failed is undone by the driver."""
        if self._open:
            self._open = False
            with suppress(duckdb.TransactionException):
                self.raw.rollback()

    def close(self) -> None:
        """Close the file."""
        self.raw.close()


class Cursor:
    """What SQLAlchemy calls of a cursor."""

    arraysize = 1
    rowcount = -1  # the driver does not tell

    def __init__(self, raw: duckdb.DuckDBPyConnection) -> None:
        self.raw = raw

    @property
    def description(self) -> Any:  # noqa: ANN401 - the driver's
        """The columns of the last result."""
        return self.raw.description or None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run a statement."""
        self.raw.execute(statement, list(parameters))

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        self.raw.executemany(statement, [list(row) for row in rows])

    def fetchone(self) -> Any:  # noqa: ANN401 - the driver's
        """Return the next row."""
        return self.raw.fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows."""
        return list(self.raw.fetchmany(size or self.arraysize))

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        return list(self.raw.fetchall())

    def close(self) -> None:
        """Leave the connection as it is."""


class DuckDialect(PGDialect):
    """PostgreSQL's SQL over DuckDB's driver."""

    name = "duckdb"
    driver = "duckdb"
    default_paramstyle = "qmark"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:  # noqa: ANN401 - as SQLAlchemy has it
        """Return the driver."""
        return duckdb

    def initialize(self, connection: Any) -> None:  # noqa: ANN401 - as SQLAlchemy has it
        """Ask nothing of a server: there is none."""
        del connection
        self.default_schema_name = "main"

    def do_begin(self, dbapi_connection: Any) -> None:  # noqa: ANN401 - as SQLAlchemy has it
        """Begin a transaction."""
        dbapi_connection.begin()
