"""What a user names as a result (a folder, a decree.json, a decree's file) -> its plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lampiran.loading import load_plan, result_path
from lampiran.own_results import holds_json
from lampiran.pipeline import Progress, read
from lampiran.result import Result
from schema.plan import Plan


def plan_of(
    side: Plan | Result | str | Path,
    *,
    text_readers: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan of one side.

    A folder holds `decree.json`; a JSON file is one; any other file is read as a decree (its
    scanned pages by `text_readers`, `None`: all that are installed), which `progress` is told of.
    Raises `InputError` and `NoPlanError`, and `UsageError` for what is none of these.
    """
    if isinstance(side, Plan):
        return side
    if isinstance(side, Result):
        return side.plan
    path = result_path(side)
    if path.is_dir() or path.suffix.lower() == ".json" or holds_json(path):
        return load_plan(path)
    return read(path, text_readers=text_readers, progress=progress).plan
