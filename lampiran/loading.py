"""A written result, a folder or its `decree.json` -> the plan, or the Result with the reading beside it."""

from __future__ import annotations

from pathlib import Path

from extract.held_file import read_whole
from extract.settings import LIMITS
from extract.types import Extraction
from lampiran.result import Result
from schema.errors import InputError, UsageError
from schema.plan import SCHEMA_VERSION, Plan
from schema.system_reasons import reason_of

FILE, READING = "decree.json", "extraction.json"
READABLE = frozenset({"1", SCHEMA_VERSION.partition(".")[0]})  # major versions of the schema


def load(path: str | Path) -> Result:
    """Load a result that was written: its folder, or the `decree.json` in it.

    The raw reading is loaded where `extraction.json` lies beside and is of the same input, else it is empty. The file
    that was read is not looked for. Raises `InputError` where there is no result, or another version wrote it, and
    `UsageError` for what is no path.
    """
    named = result_path(path)
    folder = named if named.is_dir() else named.parent
    plan = load_plan(named)
    try:
        extraction = Extraction.model_validate_json(read_whole(folder / READING, LIMITS.result_bytes))
    except (OSError, ValueError):
        extraction = None
    if extraction is None or extraction.source.sha256 != plan.source.sha256:
        return Result(plan=plan, extraction=Extraction(source=plan.source), has_reading=False)
    return Result(plan=plan, extraction=extraction)


def result_path(given: object) -> Path:
    """Return the path of a result that a caller named. Raises `UsageError` for anything that is no path."""
    if isinstance(given, str):
        return Path(given)
    if isinstance(given, Path):
        return given
    kind = type(given).__name__
    raise UsageError(
        id=f"{kind} bukan hasil; berikan folder hasil, {FILE}-nya, atau yang diberikan oleh lampiran.read.",
        en=f"{kind} is no result; give a result's folder, its {FILE}, or what lampiran.read gives.",
    )


def load_plan(path: Path) -> Plan:
    """Load the plan of a written result, its folder or the `decree.json` in it. Raises `InputError` as `load` does."""
    return load_written(path)[0]


def load_written(path: Path) -> tuple[Plan, bytes]:
    """Load the plan of a written result, with the content of its `decree.json`. Raises `InputError` as `load` does."""
    try:
        content = read_whole(path / FILE if path.is_dir() else path, LIMITS.result_bytes)
        return _checked(content, path), content
    except FileNotFoundError as error:
        raise InputError(
            id=f"{path}: tidak ada {FILE} di dalamnya; berikan folder hasil lampiran extract, {FILE}-nya, atau berkas keputusan.",
            en=f"{path}: there is no {FILE} in it; give a result's folder, its {FILE}, or a decree's file.",
        ) from error
    except OSError as error:
        reason = reason_of(error)
        raise InputError(
            id=f"{path}: tidak dapat dibaca ({reason.id}); periksa berkas dan izinnya.",
            en=f"{path}: it cannot be read ({reason.en}); check the file and its permissions.",
        ) from error


def _checked(content: bytes, named: Path) -> Plan:
    try:
        plan = Plan.model_validate_json(content)
    except ValueError as error:
        raise InputError(
            id=f"{named}: bukan {FILE} dari lampiran, atau ditulis oleh versi lain; buat ulang dengan lampiran extract.",
            en=f"{named}: it is no {FILE} of lampiran, or another version wrote it; make it again with lampiran extract.",
        ) from error
    if plan.schema_version.partition(".")[0] not in READABLE:
        raise InputError(
            id=f"{named}: versi skemanya {plan.schema_version}, program ini membaca {SCHEMA_VERSION}; buat ulang dengan lampiran extract.",
            en=f"{named}: its schema version is {plan.schema_version}, this program reads {SCHEMA_VERSION}; make it again with lampiran extract.",
        )
    return plan
