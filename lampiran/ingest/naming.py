"""A name that a person gives -> the one record of a store that it means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from lampiran.ingest.record import Record
from schema.errors import UsageError


def named(name: str, records: Iterable[Record]) -> Record:
    """Return the record of a file, a result or a sha256 of a name; folders and an ending of the name may be left out.

    Raises `UsageError` where none has it, or several do, or nothing could be read of what has it.
    """
    known = [record for record in records if record.outcome != "failed"]
    found = [record for record in known if name in (*record.names, record.result, record.sha256)]
    found = found or [record for record in known if any(_is_short(name, full) for full in record.names)]
    if not found:
        raise UsageError(
            id=f"{name}: tidak ada keputusan dengan nama itu di gudang; lihat summary.csv.",
            en=f"{name}: no decree of the store has that name; see summary.csv.",
        )
    if len(found) > 1:
        results = ", ".join(sorted(str(record.result) for record in found))
        raise UsageError(
            id=f"{name}: {len(found)} keputusan bernama demikian; sebutkan salah satu hasilnya: {results}.",
            en=f"{name}: {len(found)} decrees have that name; name one of their results: {results}.",
        )
    return found[0]


def _is_short(name: str, full: str) -> bool:
    """Tell whether a name is the last part of another one."""
    path = PurePosixPath(full.replace("\\", "/"))
    return name in (path.name, path.stem)
