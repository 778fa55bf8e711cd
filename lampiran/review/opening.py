"""A result's folder -> the desk at which its doubts are decided, and the result made again with the decisions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from itertools import chain
from pathlib import Path

from lampiran.decisions import decisions_path, load_decisions
from lampiran.loading import FILE, READING, load
from lampiran.pipeline import plan_from
from lampiran.publish.existing_output import WrittenFiles
from lampiran.result import Result
from lampiran.review.desk import Desk
from schema.choices import DEFAULT_THRESHOLD
from schema.errors import InputError
from schema.plan import Plan, ReadingSettings

_ABOVE = 3  # folders over a result in which its input is looked for


def open_desk(result: Path, *, source: Path | None = None, by: str = "") -> Desk:
    """Return the desk of a result: a folder, or the `decree.json` in it.

    `source` is the file that was read, for pictures of the page; without it, it is looked for by its name and sha256
    beside the result and where the program was called. Raises `InputError` if the folder holds no result with its
    extraction, or `source` is another file, and `UsageError` if the file of decisions cannot be used.
    """
    folder = result if result.is_dir() else result.parent
    if not result.is_dir() and result.name != FILE:
        raise InputError(
            id=f"{result}: bukan hasil; baca dahulu dengan lampiran extract, lalu berikan foldernya.",
            en=f"{result}: it is not a result; read it with lampiran extract first, then give its folder.",
        )
    held = load(result)
    if not held.has_reading:
        raise InputError(
            id=f"{folder}: tidak ada {READING} dari hasil itu; buat hasilnya lagi dengan lampiran extract.",
            en=f"{folder}: there is no {READING} of that result; make it again with lampiran extract.",
        )
    stored, extraction = held.plan, held.extraction
    path = decisions_path(folder.absolute())
    load_decisions(path)
    plan = plan_from(extraction, settings_of(stored), checked=stored)
    return Desk(plan, extraction, path, _source(stored, folder, source), by)


def renew(desk: Desk, folder: Path, *, spreadsheet_safe: bool = True) -> tuple[Plan, WrittenFiles]:
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


def _source(plan: Plan, folder: Path, given: Path | None) -> Path | None:
    if given is not None:
        if _sha256(given) != plan.source.sha256:
            raise InputError(
                id=f"{given}: bukan berkas yang dibaca untuk hasil ini ({plan.source.name}).",
                en=f"{given}: it is not the file that this result was read from ({plan.source.name}).",
            )
        return given
    return find_source(plan, folder)


def find_source(plan: Plan, folder: Path, *named: Path) -> Path | None:
    """Return the file that a result was read from, by its sha256: of those `named`, else by its name beside it, or `None`."""
    places = chain(named, _places(plan, folder))
    return next((path for path in places if _sha256(path) == plan.source.sha256), None)


def _places(plan: Plan, folder: Path) -> Iterator[Path]:
    """Yield where a result's input may be: beside it, in folders above, where the program was called and one below."""
    name = Path(plan.source.name).name
    yield from (place / name for place in (Path.cwd(), *list(folder.absolute().parents)[:_ABOVE]))
    yield from sorted(Path.cwd().glob(f"*/{escape(name)}"))


def _sha256(path: Path) -> str | None:
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
    return None
