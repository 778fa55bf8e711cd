"""The published models -> JSON Schema (draft 2020-12): `decree.json`, and the answer of `lampiran verify`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from schema.authenticity import VERIFICATION_VERSION, Verification
from schema.base import Frozen
from schema.plan import SCHEMA_VERSION, Plan
from schema.records import RECORDS_VERSION, ActionRecords

# Keys of `decree.json` that came after version 2.0.0: a file of an earlier minor version fits without them.
LATER_KEYS: frozenset[str] = frozenset()
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a written plan; a file of another major version does not fit.

    Every key is required, as every key is written, except those that earlier minor versions did not know.
    """
    return published(Plan, "decree", SCHEMA_VERSION, "schema_version", "lampiran decree.json")


def records_schema() -> dict[str, Any]:
    """Return the JSON Schema of `actions.json`, by the same rules."""
    return published(ActionRecords, "actions", RECORDS_VERSION, "schema_version", "lampiran actions.json")


def verification_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `lampiran verify --json` says of one file, by the same rules."""
    return published(
        Verification, "verification", VERIFICATION_VERSION, "verification_version", "lampiran verify --json"
    )


def published(model: type[Frozen], name: str, version: str, key: str, title: str) -> dict[str, Any]:
    """Return the JSON Schema of what is written of a model; `key` is the one that holds its `version`."""
    body = described(model.model_json_schema(mode="serialization"), model.__name__)
    for shape in (body, *body["$defs"].values()):
        if "properties" in shape:
            shape["required"] = [key for key in shape["properties"] if key not in LATER_KEYS]
    _of_source(body)
    major = version.split(".", maxsplit=1)[0]
    body["properties"][key]["pattern"] = rf"^{major}\.\d+\.\d+$"
    return headed(body, f"{name}:{version}", title, version=version)


def _of_source(body: dict[str, Any]) -> None:
    """Let places be without the sha256 of their file, in a schema of a file that states its one source."""
    place = body["$defs"].get("SourceRef")
    if place is not None and "source" in body["properties"]:
        place["required"].remove("sha256")


def described(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the JSON Schema of a model with a description of each property, from `data/descriptions.toml`."""
    for model, shape in ((name, body), *body.get("$defs", {}).items()):
        said = _descriptions().get(model, {})
        for key, value in shape.get("properties", {}).items():
            if key in said:
                value.setdefault("description", said[key])
    return body


@cache
def _descriptions() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("schema").joinpath("data/descriptions.toml").read_text(encoding="utf-8"))


def headed(body: dict[str, Any], name: str, title: str, **further: str) -> dict[str, Any]:
    """Return a schema with its dialect, identifier and title before all else."""
    head = {"$schema": DIALECT, "$id": f"urn:lampiran:schema:{name}", **further, "title": title}
    return head | {key: value for key, value in body.items() if key not in head}
