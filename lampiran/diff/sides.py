"""What a user names as a result (a folder, a decree.json, a decree's file) -> its plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lampiran.own_results import holds_json
from lampiran.pipeline import Progress, read
from lampiran.result import Result
from schema.errors import InputError
from schema.plan import SCHEMA_VERSION, Plan

FILE = "decree.json"


def plan_of(
    side: Plan | Result | str | Path,
    *,
    text_readers: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return the plan of one side.

    A folder holds `decree.json`; a JSON file is one; any other file is read as a decree (its
    scanned pages by `text_readers`, `None`: all that are installed), which `progress` is told of.
    Raises `InputError` and `NoPlanError`.
    """
    if isinstance(side, Plan):
        return side
    if isinstance(side, Result):
        return side.plan
    path = Path(side) if isinstance(side, str) else side
    if path.is_dir():
        return _loaded(path / FILE, path)
    if path.suffix.lower() == ".json" or holds_json(path):
        return _loaded(path, path)
    return read(path, text_readers=text_readers, progress=progress).plan


def _loaded(path: Path, named: Path) -> Plan:
    """Load a written plan; `named` is what the user called it."""
    try:
        return _checked(path.read_bytes(), named)
    except FileNotFoundError as error:
        raise InputError(
            id=f"{named}: tidak ada {FILE} di dalamnya; berikan folder hasil lampiran extract, {FILE}-nya, atau berkas keputusan.",
            en=f"{named}: there is no {FILE} in it; give a result's folder, its {FILE}, or a decree's file.",
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            id=f"{named}: tidak dapat dibaca ({reason}); periksa berkas dan izinnya.",
            en=f"{named}: it cannot be read ({reason}); check the file and its permissions.",
        ) from error


def _checked(content: bytes, named: Path) -> Plan:
    try:
        plan = Plan.model_validate_json(content)
    except ValueError as error:
        raise InputError(
            id=f"{named}: bukan {FILE} dari lampiran, atau ditulis oleh versi lain; buat ulang dengan lampiran extract.",
            en=f"{named}: it is no {FILE} of lampiran, or another version wrote it; make it again with lampiran extract.",
        ) from error
    if plan.schema_version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise InputError(
            id=f"{named}: versi skemanya {plan.schema_version}, program ini membaca {SCHEMA_VERSION}; buat ulang dengan lampiran extract.",
            en=f"{named}: its schema version is {plan.schema_version}, this program reads {SCHEMA_VERSION}; make it again with lampiran extract.",
        )
    return plan
