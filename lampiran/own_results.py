"""A file -> the name of the result's file that it is, if any: a result is never read as a decree.

It is known by what it holds, whatever it is called: the columns of our published tables, the keys of our JSON, the
mark in our pages, the author and sheets of our workbooks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from extract.held_file import read_whole
from extract.settings import LIMITS
from extract.survey.survey import JSON, TEXT, XLSX, media_type
from extract.types import Extraction
from lampiran.held_file import is_folder
from lampiran.own_files import FOLDER, PAGE, takers
from schema.errors import InputError
from schema.json_text import from_json
from schema.tables import Table, audit_tables, comparison_tables, tables

_START = 1 << 14  # bytes of a file that hold its mark
_PAGE_MARK = b'<meta name="generator" content="lampiran">'
_PROFILE_MARK = re.compile(rb"^profile: \d+\r?\n(?:.*\n)*?forms:", re.MULTILINE)
_AUTHOR = re.compile(rb"<dc:creator[^>]*>lampiran</dc:creator>")
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_HALF = 0.5  # of a table's columns: a person may have taken some out
_FEWEST_NOTES = 2  # columns of ours that state nothing (id, needs review ...): one alone may be anybody's
_FIRST_LINES = 5  # of loose text, among which the header of a narrow table may be


def holds_json(path: Path) -> bool:
    """Tell whether a file holds JSON; a pipe, whose bytes can be taken only once, is not looked at."""
    start = _start(path)
    return (
        start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] in (b"{", b"[") and media_type(_all(path)) == JSON
    )


def published_file(path: Path) -> str | None:
    """Return which file of a result a path is by its marks, without reading its tables; `None` for any other."""
    if is_folder(path):
        return FOLDER if (path / "decree.json").is_file() else None
    start = _start(path)
    if start.startswith(b"PK"):
        return _workbook(path)
    if _PAGE_MARK in start:
        return PAGE
    if _PROFILE_MARK.search(start):
        return "profile.yaml"
    return _json(_all(path)) if holds_json(path) else None


def published_table(extraction: Extraction) -> str | None:
    """Return which of our tables a transcription holds, by its header; `None` for any other."""
    heads = [[cell.text for cell in grid.rows()[0]] for grid in extraction.grids if grid.line is not None]
    heads += [line.text.split() for line in extraction.lines[:_FIRST_LINES]]
    named = (_named(head, extraction.source.media_type) for head in heads)
    return next((name for name in named if name), None)


def published_early(path: Path) -> str | None:
    """Return which file of a result a path is by its marks, or of a CSV by its first line, however it is separated."""
    name = published_file(path)
    start = b"" if name or is_folder(path) else _start(path)
    if not start or media_type(start) != TEXT:
        return name
    first = start.decode("utf-8-sig", "replace").partition("\n")[0]
    heads = ([text.strip(' "\r') for text in first.split(sign)] for sign in ",;\t")
    return next((found for head in heads if (found := _named(head, TEXT))), None)


def refusal(path: Path, name: str) -> InputError:
    """Return the error for a file of a result: what it is, what to give instead and which commands take it."""
    commands = takers(name)
    id_ = f"Yang menerimanya: {', '.join(commands)}." if commands else "Tidak ada perintah yang membacanya."
    en = f"What takes it: {', '.join(commands)}." if commands else "No command reads it."
    return InputError(
        id=f'"{path}" adalah hasil lampiran ({name}), bukan dokumen untuk dibaca; berikan PDF atau transkripsi asalnya. {id_}',
        en=f'"{path}" is a result of lampiran ({name}), not a document to read; give the PDF or the transcription that it comes from. {en}',
    )


def refuse(path: Path, name: str | None) -> None:
    """Raise `InputError` for a file of a result, if it is one."""
    if name is not None:
        raise refusal(path, name)


def _start(path: Path) -> bytes:
    with suppress(OSError, ValueError):
        if path.is_file():
            with path.open("rb") as stream:
                return stream.read(_START)
    return b""


def _all(path: Path) -> bytes:
    try:
        return read_whole(path, LIMITS.file_bytes)
    except OSError:
        return b""


def _json(data: bytes) -> str | None:
    try:
        keys = set(from_json(data))
    except (ValueError, TypeError):
        return None
    if "resources" in keys and "$schema" in keys:
        return "datapackage.json"
    return next((name for name, model in _models() if keys == set(model.model_fields)), None)


def _models() -> Iterator[tuple[str, Any]]:
    from schema.audit import Audit
    from schema.comparison import Comparison
    from schema.decisions import DecisionFile
    from schema.plan import Plan
    from schema.records import ActionRecords
    from schema.ruled import TableSet

    yield from (("decree.json", Plan), ("extraction.json", Extraction), ("tables.json", TableSet))
    yield from (("audit.json", Audit), ("diff.json", Comparison), ("actions.json", ActionRecords))
    yield "decisions.json", DecisionFile


def _workbook(path: Path) -> str | None:
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            core = archive.open("docProps/core.xml").read(_START)
            book = archive.open("xl/workbook.xml").read(_START).decode("utf-8", "replace")
    except Exception:  # noqa: BLE001 - of a damaged archive: its reader will say so
        return None
    return _sheets().get(next(iter(_SHEET.findall(book)), "")) if _AUTHOR.search(core) else None


@cache
def _sheets() -> dict[str, str]:
    """Return the workbook of each first sheet's title, in both languages."""
    from lampiran.publish.labels import label

    first = {
        "actions.xlsx": label("workbook", "plan_sheet"),
        "audit.xlsx": label("audit_sheet", "faults"),
        "audit-sample.xlsx": label("audit_sheet", "sample"),
    }
    return {title: name for name, said in first.items() for title in (said.id, said.en)}


def _named(texts: Sequence[str], kind: str) -> str | None:
    """Return the table whose key and more than half of whose columns are in a row."""
    from lampiran.publish.own_columns import NOTE, contract_names
    from schema.audit import SAMPLE_COLUMNS

    held = {text.strip() for text in texts}
    if list(contract_names(texts).values()).count(NOTE) >= _FEWEST_NOTES:
        return "actions.xlsx" if kind == XLSX else "actions.csv"
    if held >= set(SAMPLE_COLUMNS):
        return "audit-sample.csv"
    likest = max(_tables(), key=lambda table: _share(held, table))
    return likest.path if _share(held, likest) > _HALF else None


def _tables() -> Iterable[Table]:
    return (*tables().values(), *comparison_tables().values(), *audit_tables().values())


def _share(held: set[str], table: Table) -> float:
    """Return the share of a table's columns that are in a row, 0 where a column of its key is not."""
    names = {column.name for column in table.columns}
    return len(held & names) / len(names) if held >= set(table.primary_key) else 0.0
