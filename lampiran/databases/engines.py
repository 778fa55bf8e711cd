"""A target that is a database -> a connection in one transaction, with everybody else's turn kept."""

from __future__ import annotations

import socket
import sqlite3
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from lampiran.databases.settings import WAITING
from lampiran.databases.target import Server, Target

# One lock for all publishers of a database: any number that nobody else is likely to use.
_LOCK = int.from_bytes(b"lampiran", "big") >> 1


@contextmanager
def transaction(target: Target, *, writing: bool = True) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that is kept as a whole, or not at all where something is raised.

    A writer waits for its turn. Raises what the driver raises.
    """
    if writing and target.kind != "postgresql":
        target.path.absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(target, writing=writing)
    try:
        with engine.begin() as connection:
            if target.server is not None:
                _take_turn(connection, target.server, writing=writing)
            yield connection
    finally:
        engine.dispose()


def _engine(target: Target, *, writing: bool) -> sa.Engine:
    if target.server is not None:
        connect: Callable[[], Any] = partial(_connect_server, target.server)
        return _made("postgresql+pg8000://", connect)
    if target.kind == "duckdb":
        from sqlalchemy.dialects import registry

        registry.register("duckdb", "lampiran.databases.duck_dialect", "DuckDialect")
        return _made("duckdb://", partial(_connect_duckdb, target.path, writing=writing))
    engine = _made("sqlite://", partial(_connect_sqlite, target.path, writing=writing))
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _made(url: str, connect: Callable[[], Any]) -> sa.Engine:
    return sa.create_engine(url, creator=connect, poolclass=NullPool, hide_parameters=True)


def _connect_sqlite(path: Path, *, writing: bool) -> sqlite3.Connection:
    mode = "rwc" if writing else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=WAITING.turn, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_duckdb(path: Path, *, writing: bool) -> Any:  # noqa: ANN401 - the driver's, behind SQLAlchemy
    from lampiran.databases.duck_dialect import Connection

    return Connection(path, read_only=not writing)


def _connect_server(server: Server) -> Any:  # noqa: ANN401 - the driver's, behind SQLAlchemy
    import pg8000.dbapi

    return pg8000.dbapi.connect(
        user=server.user,
        password=server.password or "",  # without one the driver fails in its own code
        database=server.database or None,
        host=server.host,
        port=server.port,
        ssl_context=_tls(server),
        application_name="lampiran",
        sock=_socket(server),
    )


def _socket(server: Server) -> socket.socket:
    """Return a connection to the server, by its socket where the host is a folder; it waits for an answer only so long."""
    if server.host.startswith("/") and sys.platform != "win32":
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(WAITING.connect)
        found.connect(f"{server.host}/.s.PGSQL.{server.port}")
    else:
        found = socket.create_connection((server.host, server.port), timeout=WAITING.connect)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    found.settimeout(None)
    return found


def _tls(server: Server) -> ssl.SSLContext | None:
    if server.tls == "disable":
        return None
    context = ssl.create_default_context()
    if server.tls == "require":  # hidden from others, but not proven to be that server
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _take_turn(connection: sa.Connection, server: Server, *, writing: bool) -> None:
    """Wait until no other publisher writes to the database, and look into the schema that was named."""
    run = connection.exec_driver_sql
    if writing:
        run(f"SET LOCAL lock_timeout = {round(WAITING.turn * 1000)}")
        run(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if server.schema is not None:
        name = connection.dialect.identifier_preparer.quote(server.schema)
        if writing and not _has_schema(connection, server.schema):
            run(f"CREATE SCHEMA {name}")
        run(f"SET LOCAL search_path TO {name}")


def _has_schema(connection: sa.Connection, name: str) -> bool:
    asked = sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    return connection.execute(asked, {"name": name}).first() is not None
