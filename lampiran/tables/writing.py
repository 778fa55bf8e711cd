"""Tables -> the files of one folder, whole or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from lampiran.publish.atomic_folder import as_output_error, place_folder, recover
from lampiran.publish.existing_output import FolderKind
from lampiran.tables.csvs import csv_bytes
from lampiran.tables.page import tables_html
from schema.errors import Language
from schema.ruled import TableSet

JSON_NAME, PAGE_NAME = "tables.json", "tables.html"
_OURS = re.compile(r"tables\.(json|html)|table-\d{2,}\.csv")
FOLDER = FolderKind(
    is_ours=lambda name: _OURS.fullmatch(name) is not None,
    main=JSON_NAME,
    identity=lambda data: str(json.loads(data)["source"]["sha256"]),
    another=("berisi tabel dari berkas lain", "holds the tables of another file"),
)


@dataclass(frozen=True, slots=True)
class WrittenTables:
    """Where tables were written: their folder and its files, `SHA256SUMS` apart.

    `kept` is the folder to which went what a person had changed there, `None`: nothing.
    """

    folder: Path
    files: tuple[Path, ...]
    kept: Path | None = None


def write_tables(
    content: TableSet,
    folder: Path,
    *,
    fill_spans: bool = False,
    spreadsheet_safe: bool = False,
    force: bool = False,
    language: Language = "id",
) -> WrittenTables:
    """Write all files as the whole content of `folder`; its parents are made.

    Tables of the same input that stand there are replaced as a whole, those of another one only with `force`,
    anything else never. What a person changed there is refused, or with `force` kept in a folder beside. Equal values give equal bytes. Raises `OutputError` and leaves what stood there whole.
    """
    with as_output_error(folder):
        recover(folder)
    FOLDER.check_place(folder, content.source.sha256, force=force)
    files = render_tables(
        content, fill_spans=fill_spans, spreadsheet_safe=spreadsheet_safe, language=language
    )
    kept = place_folder(folder, files, force=force)
    return WrittenTables(folder, tuple(folder / name for name in files), kept)


def render_tables(
    content: TableSet,
    *,
    fill_spans: bool = False,
    spreadsheet_safe: bool = False,
    language: Language = "id",
) -> dict[str, bytes]:
    """Return the bytes of every file by its name."""
    files = {JSON_NAME: (content.model_dump_json(indent=1) + "\n").encode("utf-8")}
    for table in content.tables:
        files[f"{table.id}.csv"] = csv_bytes(table, fill_spans=fill_spans, spreadsheet_safe=spreadsheet_safe)
    files[PAGE_NAME] = tables_html(content, language=language)
    return files
