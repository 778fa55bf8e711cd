"""CSV files: turns frames into the bytes of RFC 4180 and describes them in `datapackage.json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schema.plan import Plan
from schema.tables import PACKAGE_PROFILE, tables

# What a spreadsheet may take for the begin of a formula, in ASCII and in full width.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_files(frames: Mapping[str, pd.DataFrame], *, spreadsheet_safe: bool = False) -> dict[str, bytes]:
    """Return the bytes of each CSV by its file name.

    UTF-8 without a byte order mark, CRLF line ends, quotes where needed, `true` and `false`, empty
    for a missing value. With `spreadsheet_safe` a text that begins with one of `FORMULA_STARTS` gets
    an apostrophe before it, so that no cell can run as a formula; numbers and dates stay.
    """
    return {
        f"{name}.csv": to_csv(_guarded(frame) if spreadsheet_safe else frame)
        for name, frame in frames.items()
    }


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return one frame as CSV bytes."""
    text = frame.copy()
    for name in text.columns[text.dtypes == "boolean"]:
        text[name] = text[name].map({True: "true", False: "false"}).astype("string")
    return text.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d").encode("utf-8")


def _guarded(frame: pd.DataFrame) -> pd.DataFrame:
    guarded = frame.copy()
    for name in guarded.columns[guarded.dtypes == "string"]:
        risky = guarded[name].str.startswith(FORMULA_STARTS).fillna(value=False)
        guarded[name] = guarded[name].mask(risky, "'" + guarded[name])
    return guarded


def datapackage(plan: Plan, files: Mapping[str, bytes]) -> bytes:
    """Return `datapackage.json` (Data Package v2) for the CSVs in `files`, each with its hash and size."""
    described: dict[str, Any] = {
        "$schema": PACKAGE_PROFILE,
        "name": plan.decree_id,
        "title": plan.head.title.text or plan.decree_id,
        "version": plan.schema_version,
        "sources": [{"title": plan.source.name, "sha256": plan.source.sha256}],
        "resources": [_resource(name, files[table.path]) for name, table in tables().items()],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _resource(name: str, content: bytes) -> dict[str, Any]:
    return tables()[name].resource(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
