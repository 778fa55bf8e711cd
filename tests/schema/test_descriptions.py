"""Every property of the published JSON Schemas says what it is, and nothing is described that is not there."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from schema.audit import AUDIT_VERSION, Audit
from schema.jsonschema import plan_schema, published, records_schema, verification_schema
from schema.profile import profile_schema

SCHEMAS = {
    "Plan": plan_schema(),
    "ActionRecords": records_schema(),
    "Verification": verification_schema(),
    "Profile": profile_schema(),
    "Audit": published(Audit, "audit", AUDIT_VERSION, "schema_version", "audit"),
}


def properties(name: str) -> dict[tuple[str, str], dict[str, Any]]:
    body = SCHEMAS[name]
    shapes = {name: body, **body["$defs"]}
    return {
        (model, key): value
        for model, shape in shapes.items()
        for key, value in shape.get("properties", {}).items()
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described(name: str) -> None:
    silent = [".".join(key) for key, value in properties(name).items() if not value.get("description")]
    assert silent == []
    assert len(properties(name)) > 15


def test_nothing_is_described_that_is_not_there() -> None:
    text = files("schema").joinpath("data/descriptions.toml").read_text(encoding="utf-8")
    said = {(model, key) for model, keys in tomllib.loads(text).items() for key in keys}
    known = {key for name in SCHEMAS for key in properties(name)}
    assert said - known == set()
