"""The tables of one decree -> those of many: each row with the key of its result, and the tables that only many have."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from schema.base import Frozen
from schema.findings import Message
from schema.tables import Column, ForeignKey, Table, column_of, comparison_tables, table_of, tables

RESULT, ROW = "result_id", "row_no"
DECREE, CHANGES = "decree", "changes"
_OWN = "decree_id"


@cache
def many_tables() -> Mapping[str, Table]:
    """Return every table of many decrees by its name, a table before those that refer to it.

    The columns of a decree's table come behind the key of the result and the row's number in it; what is unique there
    is so in its result.
    """
    said = _said()
    own = {name: _keyed(table, _columns(said.get(name, {}))) for name, table in tables().items()}
    due = _keyed(table_of("due", said["due"]), ())
    return {**own, "due": due, CHANGES: _changes(said[CHANGES])}


def added_columns(name: str) -> tuple[str, ...]:
    """Return the names of the columns that a table has beyond that of one decree."""
    one = {column.name for column in tables()[name].columns} if name in tables() else set()
    return tuple(column.name for column in many_tables()[name].columns if column.name not in one)


def _keyed(table: Table, more: Iterable[Column]) -> Table:
    """Return a table whose rows belong to results: its keys begin with that of the result."""
    own = [column.replace(unique=False) for column in table.columns]
    return table.replace(
        columns=(*_columns(_said()["key"]), *own, *more),
        primary_key=_of_result(table.primary_key),
        foreign_keys=tuple(_key_of_result(key) for key in table.foreign_keys),
    )


def _changes(said: Mapping[str, Any]) -> Table:
    compared = comparison_tables()["diff"]
    named = table_of(CHANGES, {**said, "columns": []}).replace(columns=compared.columns)
    return _keyed(named, _columns(said))


def _key_of_result(key: ForeignKey) -> ForeignKey:
    if RESULT in key.references:
        return key
    return key.replace(fields=_of_result(key.fields), references=_of_result(key.references))


def _of_result(names: Iterable[str]) -> tuple[str, ...]:
    return (RESULT, *(name for name in names if name != _OWN))


def _columns(said: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(map(column_of, said.get("columns", ())))


@cache
def _said() -> Mapping[str, Any]:
    return tomllib.loads(files("schema").joinpath("data", "many.toml").read_text(encoding="utf-8"))


class View(Frozen):
    """A view of a database: its query, and what its columns are that no table has under that name."""

    name: str
    title: Message
    about: Message
    sql: str
    facets: tuple[str, ...]
    columns: Mapping[str, Message]


@cache
def views() -> Mapping[str, View]:
    """Return every view by its name."""
    raw = tomllib.loads(files("schema").joinpath("data", "views.toml").read_text(encoding="utf-8"))
    return {name: _view(name, entry) for name, entry in raw.items()}


def _view(name: str, entry: Mapping[str, Any]) -> View:
    columns = {column: Message.of(*said) for column, said in entry["columns"].items()}
    title, about = (Message.of(*entry[key]) for key in ("title", "about"))
    return View(
        name=name,
        title=title,
        about=about,
        sql=entry["sql"].strip(),
        facets=tuple(entry["facets"]),
        columns=columns,
    )
