"""Paths that a call names -> the folders of results in them: of a store, of a folder of results, or the path itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from lampiran.decisions import SUFFIX
from lampiran.loading import FILE
from lampiran.publish.atomic_folder import KEPT
from schema.errors import InputError

MARKER, RESULTS = "store.json", "results"  # a store holds this file, and its results in a folder
CATALOGUE, RECORDS = "catalogue.sqlite", "records"
SUPERSEDED = "superseded"  # the state of a decree that another one took the place of
AUDIT_SUFFIX = ".audit"  # of the folder that `lampiran audit` writes


def is_store(path: Path) -> bool:
    """Tell whether a path is a store of `lampiran ingest`."""
    return (path / MARKER).is_file()


def results_in(paths: Sequence[Path], *, superseded: bool = False) -> list[Path]:
    """Return the results that a call names: of a store or a folder that holds results each, of several paths only results.

    So `out` and `out/*` are the same, whatever else of ours lies there: audits, kept files, decisions. Of a store, decrees
    that another one took the place of are left out unless `superseded`. Raises `InputError` for a damaged store.
    """
    homes = [path / RESULTS if is_store(path) else path for path in paths]
    left_out = {
        home / name / FILE
        for path, home in zip(paths, homes, strict=True)
        if path != home and not superseded
        for name in superseded_in(path)
    }
    inside = [
        [file for file in sorted(home.glob(f"*/{FILE}")) if file not in left_out] if home.is_dir() else []
        for home in homes
    ]
    found = [
        one
        for home, below in zip(homes, inside, strict=True)
        for one in ([home] if not below or (home / FILE).is_file() else [file.parent for file in below])
    ]
    ours = [path for path in found if not _is_beside(path)]
    return (
        ours if len(paths) > 1 and ours else [path for path in found if path in homes or not _is_beside(path)]
    )


def superseded_in(store: Path) -> frozenset[str]:
    """Return the names of the results in a store that another decree took the place of.

    The catalogue knows; where a run was killed before it made one, the records do. Raises `InputError` for a damaged one.
    """
    catalogue = (store / CATALOGUE).absolute()
    try:
        if not catalogue.is_file():
            records = [json.loads(path.read_bytes()) for path in sorted((store / RECORDS).glob("*.json"))]
            return frozenset(str(each["result"]) for each in records if each["state"] == SUPERSEDED)
        with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            rows = base.execute("SELECT result FROM decrees WHERE state = ?", (SUPERSEDED,)).fetchall()
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            id=f"{store}: katalog atau catatannya rusak ({error}); jalankan lampiran ingest lagi, yang membuatnya.",
            en=f"{store}: its catalogue or records are damaged ({error}); run lampiran ingest again, which makes them.",
        ) from error
    return frozenset(str(name) for (name,) in rows)


def _is_beside(path: Path) -> bool:
    """Tell by its name whether a path is what lies beside results: an audit, kept copies, a file of decisions."""
    return KEPT in path.name or path.name.endswith((SUFFIX, AUDIT_SUFFIX))
