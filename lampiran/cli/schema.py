"""A call -> the JSON Schema of a published file, or the definitions of the CSVs, on stdout."""

from __future__ import annotations

import json

import typer

from lampiran.cli.options import Schema
from lampiran.cli.texts import Texts
from schema.audit import AUDIT_VERSION, Audit
from schema.due import DUE_VERSION, DueList
from schema.errors import UsageError
from schema.jsonschema import plan_schema, published, verification_schema
from schema.profile import profile_schema
from schema.tables import audit_tables, comparison_tables, tables


def run(call: Schema, texts: Texts) -> int:
    """Print a schema; `decree.json`'s if none is named. Raises `UsageError` where more than one is."""
    del texts
    if call.tables + call.verification + call.profile + call.audit + call.due > 1:
        raise UsageError(
            id="--tables, --verification, --profile, --audit, dan --due tidak dapat diminta sekaligus; pilih salah satu.",
            en="--tables, --verification, --profile, --audit and --due cannot be asked for together; choose one.",
        )
    typer.echo(json.dumps(_content(call), ensure_ascii=False, indent=2))
    return 0


def _content(call: Schema) -> object:
    if call.tables:
        every = {**tables(), **comparison_tables(), **audit_tables()}
        return {name: table.table_schema() for name, table in every.items()}
    if call.audit:
        return published(Audit, "audit", AUDIT_VERSION, "schema_version", "lampiran audit.json")
    if call.due:
        return published(DueList, "due", DUE_VERSION, "due_version", "lampiran due --json")
    if call.verification:
        return verification_schema()
    return profile_schema() if call.profile else plan_schema()
