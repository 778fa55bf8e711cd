"""A call -> the JSON Schema of a published file, or the definitions of the CSVs, on stdout."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lampiran.cli.options import Schema
from lampiran.cli.terminal import give
from lampiran.cli.texts import Texts
from schema.audit import AUDIT_VERSION, Audit
from schema.due import DUE_VERSION, DueList
from schema.errors import UsageError
from schema.jsonschema import plan_schema, published, records_schema, verification_schema
from schema.profile import profile_schema
from schema.tables import audit_tables, comparison_tables, tables


def run(call: Schema, texts: Texts) -> int:
    """Print a schema; `decree.json`'s if none is named. Raises `UsageError` where more than one is."""
    asked = [name for name in _SCHEMAS if getattr(call, name)]
    if len(asked) > 1:
        raise UsageError(**texts.both("schema_one", names=", ".join(f"--{name}" for name in _SCHEMAS)))
    content = _SCHEMAS[asked[0]]() if asked else plan_schema()
    give(json.dumps(content, ensure_ascii=False, indent=2))
    return 0


def _tables() -> dict[str, Any]:
    every = {**tables(), **comparison_tables(), **audit_tables()}
    return {name: table.table_schema() for name, table in every.items()}


def _audit() -> dict[str, Any]:
    return published(Audit, "audit", AUDIT_VERSION, "schema_version", "lampiran audit.json")


def _due() -> dict[str, Any]:
    return published(DueList, "due", DUE_VERSION, "due_version", "lampiran due --json")


# What each option of the command prints.
_SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "tables": _tables,
    "actions": records_schema,
    "verification": verification_schema,
    "profile": profile_schema,
    "audit": _audit,
    "due": _due,
}
