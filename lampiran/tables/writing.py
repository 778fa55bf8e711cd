"""Tables -> the files of one folder, written whole or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lampiran.publish.existing_output import FolderKind, WrittenFiles
from lampiran.publish.writing import to_json
from lampiran.tables.csvs import csv_bytes
from lampiran.tables.page import tables_html
from schema.choices import Language
from schema.ruled import TableSet

_OURS = re.compile(r"tables\.(json|html)|table-\d{2,}\.csv")
FOLDER = FolderKind(
    is_ours=lambda name: _OURS.fullmatch(name) is not None,
    main="tables.json",
    identity=lambda data: str(json.loads(data)["source"]["sha256"]),
    another=("berisi tabel dari berkas lain", "holds the tables of another file"),
)


def write_tables(
    content: TableSet,
    folder: Path,
    *,
    fill_spans: bool = False,
    spreadsheet_safe: bool = True,
    force: bool = False,
    language: Language = "id",
) -> WrittenFiles:
    """Write all files as the whole content of `folder`, see `FolderKind.place`.

    Tables of the same input are replaced, those of another one only with `force`. Equal values give equal bytes.
    """
    tables = {
        f"{table.id}.csv": csv_bytes(table, fill_spans=fill_spans, spreadsheet_safe=spreadsheet_safe)
        for table in content.tables
    }
    files = {
        "tables.json": to_json(content),
        **tables,
        "tables.html": tables_html(content, language=language),
    }
    return FOLDER.place(folder, content.source.sha256, files, force=force)
