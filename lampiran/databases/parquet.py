"""Results -> a folder of Parquet, a file a table, each column typed, also where it is empty."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lampiran.databases.arrow import arrow_schema, arrow_table
from lampiran.databases.failures import problem
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.table_files import TableFiles, typed
from lampiran.databases.target import Target
from lampiran.databases.version import NAME, VERSION
from lampiran.publish.checksums import ASIDE, touched
from lampiran.publish.checksums import NAME as SUMS
from schema.many import DECREE, many_tables
from schema.tables import Table

_ENDING = ".parquet"


class Parquet(TableFiles):
    """The tables of a folder."""

    def __init__(self, target: Target, staged: Path) -> None:
        super().__init__(staged)
        self.folder = target.path
        self._writers: dict[str, pq.ParquetWriter] = {}
        _check(target)

    def old(self, table: Table) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table of the old files, some thousand at a time."""
        path = self.folder / f"{table.name}{_ENDING}"
        if path.is_file():
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=AMOUNTS.rows):
                    # Through Python's values: pandas' own way would read a column of truths with gaps as objects.
                    yield typed(table, pd.DataFrame(batch.to_pydict(), dtype=object))

    def append(self, table: Table, frame: pd.DataFrame) -> None:
        """Write rows at the end of a table's new file."""
        if table.name not in self._writers:
            said = arrow_schema(table)
            schema = said.with_metadata({**said.metadata, NAME: str(VERSION)})
            path = self.staged / f"{table.name}{_ENDING}"
            self._writers[table.name] = pq.ParquetWriter(path, schema, compression="zstd")
        rows: pa.Table = arrow_table(table, frame)
        writer = self._writers[table.name]
        writer.write_table(rows.replace_schema_metadata(writer.schema.metadata))

    def close(self) -> None:
        """Complete the new files and their checksums."""
        lines = []
        for name, writer in sorted(self._writers.items()):
            writer.close()
            with (self.staged / f"{name}{_ENDING}").open("rb") as stream:
                lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {name}{_ENDING}\n")
        (self.staged / SUMS).write_text("".join(lines), encoding="utf-8")

    def abandon(self) -> None:
        """Leave the new files incomplete; a writer that is not closed would say so later."""
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()
            writer.is_open = False


def _check(target: Target) -> None:
    """Refuse a folder that holds what is not ours, was changed, or comes of a newer program. Raises `OutputError`."""
    folder = target.path
    if not folder.exists():
        return
    names = (
        sorted(entry.name for entry in folder.iterdir() if entry.name not in ASIDE)
        if folder.is_dir()
        else ["?"]
    )
    foreign = [name for name in names if name.removesuffix(_ENDING) not in many_tables()]
    if foreign:
        raise problem(target, "foreign_file", foreign[0])
    if not names:
        return
    changed = touched(folder, {})
    if changed:
        raise problem(target, "changed_file", changed[0])
    said = (pq.read_schema(folder / f"{DECREE}{_ENDING}").metadata or {}).get(NAME.encode(), b"")
    if not said.isdigit():
        raise problem(target, "foreign_file", f"{DECREE}{_ENDING}")
    if int(said) > VERSION:
        raise problem(target, "newer", int(said))
