"""A database as it is -> one with our tables and views of this version, or a refusal of what is not ours or is newer."""

from __future__ import annotations

import sqlalchemy as sa

from lampiran.databases.failures import problem
from lampiran.databases.sql_tables import SCHEMA_TABLE, metadata
from lampiran.databases.target import Target
from lampiran.databases.version import VERSION
from lampiran.version import __version__
from schema.errors import InputError, OutputError
from schema.many import many_tables, views

_SCHEMA_COLUMNS = frozenset({"version", "program"})


def prepare(connection: sa.Connection, target: Target) -> None:
    """Make our tables and views where there are none, and bring those of an older version to this one.

    Raises `OutputError`, and changes nothing, where tables of the same name are not ours or a newer program made them.
    """
    held = names(connection)
    version = held_version(connection, target, held)
    if version == VERSION:
        return
    if version is None:
        foreign = sorted(held & {*many_tables(), *views()})
        if foreign:
            raise problem(target, "foreign_tables", foreign[0])
        _tables(connection).create_all(connection, checkfirst=False)
    else:
        _migrate(connection, held)
    _make_views(connection)
    schema = metadata().tables[SCHEMA_TABLE]
    connection.execute(schema.delete())
    connection.execute(schema.insert().values(version=VERSION, program=__version__))


def check_published(connection: sa.Connection, target: Target) -> None:
    """Raise `InputError` where nothing of ours is in a database, or a newer program wrote it."""
    if held_version(connection, target, names(connection), kind=InputError) is None:
        raise problem(target, "unpublished", kind=InputError)


def held_version(
    connection: sa.Connection,
    target: Target,
    held: set[str],
    *,
    kind: type[InputError | OutputError] | None = None,
) -> int | None:
    """Return the version of our tables in a database, `None` where there are none."""
    if SCHEMA_TABLE not in held:
        return None
    error = kind or OutputError
    if not columns(connection, SCHEMA_TABLE) >= _SCHEMA_COLUMNS:
        raise problem(target, "foreign_tables", SCHEMA_TABLE, kind=error)
    version = connection.execute(sa.select(metadata().tables[SCHEMA_TABLE].c.version)).scalar()
    if version is None or version > VERSION:
        raise problem(target, "newer", version, kind=error)
    return int(version)


def names(connection: sa.Connection) -> set[str]:
    """Return the names of all tables and views in the place that is published to."""
    # PostgreSQL's information_schema leaves out what the user may not touch.
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
        "postgresql": "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND c.relkind NOT IN ('i', 'I', 't')",
        "duckdb": "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() "
        "AND table_catalog = current_database()",
    }[connection.dialect.name]
    return set(connection.exec_driver_sql(asked).scalars())


def columns(connection: sa.Connection, table: str) -> set[str]:
    """Return the names of a table's columns."""
    if connection.dialect.name == "sqlite":
        asked = sa.text("SELECT name FROM pragma_table_info(:table)")
    else:
        asked = sa.text(
            "SELECT column_name FROM information_schema.columns WHERE table_name = :table "
            "AND table_schema = current_schema() AND table_catalog = current_database()"
        )
    return set(connection.execute(asked, {"table": table}).scalars())


def _tables(connection: sa.Connection) -> sa.MetaData:
    return metadata(references=connection.dialect.name != "duckdb")


def _migrate(connection: sa.Connection, held: set[str]) -> None:
    """Add the tables and columns that an older version lacks; what they would hold comes when a result is published again.

    A column that is added may be empty in the rows that were there.
    """
    quote = connection.dialect.identifier_preparer.quote
    for view in reversed([name for name in views() if name in held]):
        connection.exec_driver_sql(f"DROP VIEW {quote(view)}")
    tables = _tables(connection)
    for name in many_tables():
        table = tables.tables[name]
        if name not in held:
            table.create(connection, checkfirst=False)
            continue
        there = columns(connection, name)
        for column in (one for one in table.columns if one.name not in there):
            kind = column.type.compile(connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {quote(name)} ADD COLUMN {quote(column.name)} {kind}")


def _make_views(connection: sa.Connection) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for name, view in views().items():
        connection.exec_driver_sql(f"CREATE VIEW {quote(name)} AS {view.sql}")
