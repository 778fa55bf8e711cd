"""The tables of many decrees -> those of a database, typed, with keys and indexes."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from lampiran.databases.version import NAME
from schema.many import many_tables
from schema.tables import Column, ColumnType, Table

SCHEMA_TABLE = NAME
# What is asked for besides the keys: the views' joins, and what a row that is replaced is referred to by.
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "decree": (("decree_id",), ("office", "plan_year")),
    "actions": (("responsible",),),
    "due": (("month", "state"),),
    "findings": (("result_id", "action_id"), ("severity",)),
    "changes": (("a_result_id",),),
}


def _types() -> dict[ColumnType, sa.types.TypeEngine[Any]]:
    """Return the type of each kind of column; SQLite's strict tables know neither truth values nor days."""
    return {
        "string": sa.Text(),
        "integer": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        "number": sa.Double().with_variant(sa.REAL(), "sqlite"),
        "boolean": sa.Boolean().with_variant(sa.Integer(), "sqlite"),
        "date": sa.Date().with_variant(sa.Text(), "sqlite"),
    }


@cache
def metadata(*, references: bool = True) -> sa.MetaData:
    """Return the tables of a database, each before those that refer to it.

    Without `references` no table names another: DuckDB cannot replace a row that is referred to in one transaction.
    """
    held = sa.MetaData()
    sa.Table(
        SCHEMA_TABLE,
        held,
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    for table in many_tables().values():
        _sql_table(table, held, references=references)
    return held


def sql_columns(table: Table) -> list[sa.Column[Any]]:
    """Return a table's columns with their types and what must not be empty."""
    types = _types()
    return [
        sa.Column(
            column.name,
            types[column.type],
            nullable=not column.required,
            primary_key=column.name in table.primary_key,
            autoincrement=False,
        )
        for column in table.columns
    ]


def _sql_table(table: Table, held: sa.MetaData, *, references: bool) -> None:
    made = sa.Table(table.name, held, *sql_columns(table), *map(_truth, _booleans(table)), sqlite_strict=True)
    for key in table.foreign_keys if references else ():
        there = [f"{key.table}.{name}" for name in key.references]
        made.append_constraint(sa.ForeignKeyConstraint(list(key.fields), there))
    for names in INDEXES.get(table.name, ()):
        sa.Index(f"ix_{table.name}_{'_'.join(names)}", *(made.c[name] for name in names))


def _booleans(table: Table) -> list[Column]:
    return [column for column in table.columns if column.type == "boolean"]


def _truth(column: Column) -> sa.CheckConstraint:
    """Return the rule that a truth value of SQLite is 0 or 1."""
    rule = sa.CheckConstraint(sa.column(column.name).in_([0, 1]))
    return rule.ddl_if(dialect="sqlite")
