"""Frames -> CSV files by RFC 4180, and `datapackage.json`, which describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schema.harmless import guarded, visible
from schema.plan import Plan
from schema.tables import PACKAGE_PROFILE, tables


def csv_files(frames: Mapping[str, pd.DataFrame], *, spreadsheet_safe: bool = True) -> dict[str, bytes]:
    """Return the bytes of each CSV by its file name.

    UTF-8 without a byte order mark, CRLF line ends, quotes where needed, `true` and `false`, empty
    for a missing value. With `spreadsheet_safe` no text can run as a formula and controls are shown (see `schema.harmless`);
    numbers and dates stay.
    """
    return {f"{name}.csv": _csv(frame, safe=spreadsheet_safe) for name, frame in frames.items()}


def _csv(frame: pd.DataFrame, *, safe: bool) -> bytes:
    text = frame.copy()
    for name in text.columns[text.dtypes == "boolean"]:
        text[name] = text[name].map({True: "true", False: "false"}).astype("string")
    for name in text.columns[frame.dtypes == "string"] if safe else ():
        text[name] = text[name].map(lambda value: guarded(visible(value)), na_action="ignore")
    return text.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d").encode("utf-8")


def datapackage(plan: Plan, files: Mapping[str, bytes]) -> bytes:
    """Return `datapackage.json` (Data Package v2) for the CSVs in `files`, each with its hash and size."""
    described: dict[str, Any] = {
        "$schema": PACKAGE_PROFILE,
        "name": plan.decree_id,
        "title": plan.head.title.text or plan.decree_id,
        "version": plan.schema_version,
        "sources": [{"title": plan.source.name, "sha256": plan.source.sha256}],
        "resources": [table.resource(files[table.path]) for table in tables().values()],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
