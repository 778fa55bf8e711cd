"""Results -> a zip that is a Data Package (v2): a CSV a table, and `datapackage.json`, which describes them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from lampiran.databases.failures import problem
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.table_files import TableFiles, typed
from lampiran.databases.target import Target
from lampiran.databases.version import NAME, VERSION
from lampiran.publish.csvs import csv_files
from schema.json_text import from_json
from schema.many import many_tables
from schema.tables import PACKAGE_PROFILE, Table

DESCRIPTION = "datapackage.json"
_OURS = "lampiran-decrees"
_TITLE = "Rencana aksi banyak keputusan / Action plans of many decrees"
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can state: equal results give equal bytes


class Package(TableFiles):
    """The tables of a data package; its new CSVs lie in a folder until they are packed."""

    def __init__(self, target: Target, staged: Path, packed: Path) -> None:
        super().__init__(staged)
        self.path = target.path
        self.packed = packed
        _check(target)

    def old(self, table: Table) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table of the old package, some thousand at a time."""
        if not self.path.exists():
            return
        days = [column.name for column in table.columns if column.type == "date"]
        dtypes = {name: "string" if name in days else dtype for name, dtype in table.dtypes().items()}
        with zipfile.ZipFile(self.path) as archive, archive.open(table.path) as stream:
            chunks = pd.read_csv(
                stream, dtype=dtypes, chunksize=AMOUNTS.rows, keep_default_na=False, na_values=[""]
            )
            for chunk in chunks:
                yield typed(
                    table,
                    chunk.assign(**{name: pd.to_datetime(chunk[name]) for name in days if name in chunk}),
                )

    def append(self, table: Table, frame: pd.DataFrame) -> None:
        """Write rows at the end of a table's new file."""
        path = self.staged / table.path
        head, _, rows = csv_files({table.name: frame}, spreadsheet_safe=False)[table.path].partition(b"\r\n")
        with path.open("ab") as stream:
            if not stream.tell():
                stream.write(head + b"\r\n")
            stream.write(rows)

    def close(self) -> None:
        """Describe the new files and pack them."""
        resources = []
        with zipfile.ZipFile(self.packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in many_tables().values():
                path = self.staged / table.path
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                resources.append(table.resource_of(path.stat().st_size, digest))
                _add(archive, table.path, path)
            described = {
                "$schema": PACKAGE_PROFILE,
                "name": _OURS,
                "title": _TITLE,
                NAME: VERSION,
                "resources": resources,
            }
            archive.writestr(_entry(DESCRIPTION), json.dumps(described, ensure_ascii=False, indent=1) + "\n")


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    with path.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as packed:
        while part := source.read(1 << 20):
            packed.write(part)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _check(target: Target) -> None:
    """Refuse a file that is no package of ours, or of a newer program. Raises `OutputError`."""
    if not target.path.exists():
        return
    try:
        with zipfile.ZipFile(target.path) as archive:
            described: Any = from_json(archive.read(DESCRIPTION))
        name, version = described["name"], int(described[NAME])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise problem(target, "foreign_file", target.path.name) from None
    if name != _OURS:
        raise problem(target, "foreign_file", target.path.name)
    if version > VERSION:
        raise problem(target, "newer", version)
