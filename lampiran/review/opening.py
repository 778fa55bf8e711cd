"""A result's folder -> the desk at which its doubts are decided, and the result made again with the decisions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from extract.types import Extraction
from lampiran.decisions import decisions_path, load_decisions
from lampiran.diff.sides import plan_of
from lampiran.pipeline import plan_from
from lampiran.publish.existing_output import WrittenFiles
from lampiran.result import Result
from lampiran.review.desk import Desk
from schema.choices import DEFAULT_THRESHOLD
from schema.errors import InputError
from schema.plan import Plan, ReadingSettings

_EXTRACTION = "extraction.json"
_ABOVE = 3  # folders over a result in which its input is looked for


def open_desk(result: Path, *, source: Path | None = None, by: str = "") -> Desk:
    """Return the desk of a result: a folder, or the `decree.json` in it.

    `source` is the file that was read, for pictures of the page; without it, it is looked for by its name and sha256
    beside the result and where the program was called. Raises `InputError` if the folder holds no result with its
    extraction, or `source` is another file, and `UsageError` if the file of decisions cannot be used.
    """
    folder = result if result.is_dir() else result.parent
    stored = plan_of(result)
    extraction = _extraction(folder)
    path = decisions_path(folder.absolute())
    load_decisions(path)
    plan = plan_from(extraction, settings_of(stored), checked=stored)
    return Desk(plan, extraction, path, _source(stored, folder, source), by)


def renew(desk: Desk, folder: Path, *, spreadsheet_safe: bool = False) -> tuple[Plan, WrittenFiles]:
    """Make the result again with all decisions, from its extraction, and write it in place of the old one.

    Raises `OutputError`, and leaves the old one, if somebody changed a file in it.
    """
    decisions = load_decisions(desk.path).decisions
    plan = plan_from(desk.extraction, settings_of(desk.plan), decisions, checked=desk.plan)
    result = Result(plan=plan, extraction=desk.extraction, source_path=desk.source)
    return plan, result.write(folder, spreadsheet_safe=spreadsheet_safe)


def settings_of(plan: Plan) -> ReadingSettings:
    """Return what a plan was made with; an older one does not say, and was made as usual."""
    return plan.settings or ReadingSettings(review_threshold=DEFAULT_THRESHOLD)


def _extraction(folder: Path) -> Extraction:
    try:
        return Extraction.model_validate_json((folder / _EXTRACTION).read_bytes())
    except FileNotFoundError as error:
        raise InputError(
            id=f"{folder}: tidak ada {_EXTRACTION} di dalamnya; berikan folder hasil lampiran extract yang utuh.",
            en=f"{folder}: there is no {_EXTRACTION} in it; give the whole folder of a result of lampiran extract.",
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            id=f"{folder / _EXTRACTION}: tidak dapat dibaca; buat hasilnya lagi dengan lampiran extract.",
            en=f"{folder / _EXTRACTION}: it cannot be read; make the result again with lampiran extract.",
        ) from error


def _source(plan: Plan, folder: Path, given: Path | None) -> Path | None:
    if given is not None:
        if _sha256(given) != plan.source.sha256:
            raise InputError(
                id=f"{given}: bukan berkas yang dibaca untuk hasil ini ({plan.source.name}).",
                en=f"{given}: it is not the file that this result was read from ({plan.source.name}).",
            )
        return given
    return next((path for path in _places(plan, folder) if _sha256(path) == plan.source.sha256), None)


def _places(plan: Plan, folder: Path) -> Iterator[Path]:
    """Yield where a result's input may be: beside it, in folders above, and where the program was called."""
    name = Path(plan.source.name).name
    yield from (place / name for place in (Path.cwd(), *list(folder.absolute().parents)[:_ABOVE]))


def _sha256(path: Path) -> str | None:
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
    return None
