"""The shape of `decree.json`: turns the Plan model into a JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any

from schema.plan import SCHEMA_VERSION, Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a written plan.

    Every key is required, as every key is written. `version` is the `schema_version` of the plans
    it describes; a file of another major version does not fit.
    """
    body = Plan.model_json_schema(mode="serialization")
    for shape in (body, *body["$defs"].values()):
        if "properties" in shape:
            shape["required"] = list(shape["properties"])
    major = SCHEMA_VERSION.split(".", maxsplit=1)[0]
    body["properties"]["schema_version"]["pattern"] = rf"^{major}\.\d+\.\d+$"
    head = {
        "$schema": DIALECT,
        "$id": f"urn:lampiran:schema:decree:{SCHEMA_VERSION}",
        "version": SCHEMA_VERSION,
        "title": "lampiran decree.json",
    }
    return head | {key: value for key, value in body.items() if key not in head}
