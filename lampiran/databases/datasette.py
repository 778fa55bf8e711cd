"""The tables and views of many decrees -> what Datasette shows of them: titles, descriptions, units and facets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.held_file import read_regular
from extract.settings import LIMITS
from lampiran.databases.failures import problem
from lampiran.databases.target import Target
from lampiran.databases.version import NAME, VERSION
from lampiran.publish.atomic_folder import place_file
from schema.findings import Message
from schema.json_text import from_json
from schema.many import many_tables, views
from schema.tables import Column, Table

_TITLE = Message.of("Rencana aksi", "Action plans")
_ABOUT = Message.of(
    "Rencana aksi dari lampiran keputusan, dibaca oleh lampiran. Kosong berarti tidak diketahui, bukan tidak direncanakan.",
    "Action plans of the annexes of decrees, read by lampiran. Empty means unknown, not that nothing is planned.",
)
# What rows are told apart by at a glance: few values, many rows each.
_FACETS: Mapping[str, tuple[str, ...]] = {
    "decree": ("plan_year", "counted", "partly_read"),
    "actions": ("area_no", "responsible", "needs_review"),
    "schedule": ("period_type", "state"),
    "fields": ("field", "status"),
    "findings": ("severity", "origin", "code"),
    "lke_coverage": ("area_no", "part", "touched"),
    "due": ("month", "state"),
    "changes": ("level", "kinds"),
}


def metadata_path(database: Path) -> Path:
    """Return where the description of a database is: beside it, under its name."""
    return database.with_name(f"{database.stem}.metadata.json")


def check_metadata(target: Target) -> None:
    """Refuse a description that somebody else wrote. Raises `OutputError`."""
    path = metadata_path(target.path)
    if path.exists() and not _is_ours(path):
        raise problem(target, "foreign_file", path.name)


def write_metadata(target: Target) -> None:
    """Write the description of a database beside it, unless it is there. Raises `OutputError`."""
    path = metadata_path(target.path)
    content = (json.dumps(metadata_of(target.path.stem), ensure_ascii=False, indent=1) + "\n").encode()
    if not path.exists() or read_regular(path, LIMITS.result_bytes) != content:
        place_file(path, content)


def metadata_of(database: str) -> dict[str, Any]:
    """Return the metadata of a database by its name, as Datasette reads it; no licence, for the data's own is not known."""
    columns = _columns()
    shown = {name: _table(table) for name, table in many_tables().items()}
    for name, view in views().items():
        named = {column: both(about) for column, about in {**columns, **view.columns}.items()}
        used = {column: about for column, about in named.items() if _names(view.sql, column)}
        shown[name] = {**_said(view.title, view.about), "columns": used, "facets": list(view.facets)}
    return {
        **_said(_TITLE, _ABOUT),
        NAME: VERSION,
        "databases": {database: {**_said(_TITLE, _ABOUT), "tables": {**shown, NAME: {"hidden": True}}}},
    }


def both(said: Message) -> str:
    """Return a sentence in both languages."""
    return said.id if said.id == said.en else f"{said.id} / {said.en}"


def _table(table: Table) -> dict[str, Any]:
    units = {column.name: column.unit for column in table.columns if column.unit}
    return {
        **_said(table.title, table.about),
        "columns": {column.name: _column(column) for column in table.columns},
        **({"units": units} if units else {}),
        **({"facets": list(_FACETS[table.name])} if table.name in _FACETS else {}),
    }


def _column(column: Column) -> str:
    return f"{both(column.title)}: {both(column.about)}"


def _said(title: Message, about: Message) -> dict[str, str]:
    return {"title": both(title), "description": both(about)}


def _columns() -> dict[str, Message]:
    """Return what each column is, of those of one name the first."""
    found: dict[str, Message] = {}
    for table in many_tables().values():
        for column in table.columns:
            found.setdefault(column.name, column.about)
    return found


def _names(sql: str, column: str) -> bool:
    """Tell whether a view has a column of that name."""
    chosen = sql.partition("\nFROM")[0]
    return any(f"{sign}{column}{end}" in f"{chosen}\n" for sign in (".", "AS ") for end in (",", "\n"))


def _is_ours(path: Path) -> bool:
    try:
        held = from_json(read_regular(path, LIMITS.result_bytes))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and NAME in held
