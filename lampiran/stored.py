"""Paths that a call names -> the folders of results in them: of a store, of a folder of results, or the path itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.held_file import read_whole
from extract.settings import LIMITS
from lampiran.decisions import SUFFIX
from lampiran.loading import FILE
from lampiran.publish.atomic_folder import KEPT
from schema.errors import InputError
from schema.json_text import from_json

MARKER, RESULTS = "store.json", "results"  # a store holds this file, and its results in a folder
CATALOGUE, RECORDS = "catalogue.sqlite", "records"
SUPERSEDED = "superseded"  # the state of a decree that another one took the place of
AUDIT_SUFFIX = ".audit"  # of the folder that `lampiran audit` writes


def is_store(path: Path) -> bool:
    """Tell whether a path is a store of `lampiran ingest`."""
    return (path / MARKER).is_file()


def named_store(path: Path) -> Path:
    """Return the store of which a path is the folder of results, else the path itself."""
    return path.parent if path.name == RESULTS and is_store(path.parent) else path


def results_in(paths: Sequence[Path], *, superseded: bool = False) -> list[Path]:
    """Return the results that a call names: of a store or a folder that holds results each, of several paths only results.

    So `out` and `out/*` are the same, whatever else of ours lies there: audits, kept files, decisions. Of a store, decrees
    that another one took the place of are left out unless `superseded`. Raises `InputError` for a damaged store.
    """
    found: list[Path] = []
    homes: set[Path] = set()
    for path in map(named_store, paths):
        if is_store(path):
            inside = [folder for folder, old in store_results(path).items() if superseded or not old]
            home = path / RESULTS
        else:
            home = path
            inside = [file.parent for file in sorted(home.glob(f"*/{FILE}"))] if home.is_dir() else []
        homes.add(home)
        found += [home] if not inside or (home / FILE).is_file() else inside
    ours = [path for path in found if not _is_beside(path)]
    return (
        ours if len(paths) > 1 and ours else [path for path in found if path in homes or not _is_beside(path)]
    )


def store_results(store: Path) -> dict[Path, bool]:
    """Return the results that the records of a store name, each with whether another decree took its place.

    A folder that no record names was left by a reading that failed later, or by a run that was killed; it does not
    count. Raises `InputError` for a damaged store.
    """
    found: dict[Path, bool] = {}
    for path in sorted((store / RECORDS).glob("*.json")):
        try:
            record = from_json(read_whole(path, LIMITS.result_bytes))
            name, state = _folder(record.get("result")), record.get("state")
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise InputError(
                id=f"{path}: catatan ini rusak ({type(error).__name__}); hapus berkasnya lalu jalankan lampiran ingest lagi, maka keputusannya dibaca lagi.",
                en=f"{path}: this record is damaged ({type(error).__name__}); delete it and run lampiran ingest again, which reads its decree again.",
            ) from error
        if name and (store / RESULTS / str(name) / FILE).is_file():
            found[store / RESULTS / str(name)] = state == SUPERSEDED
    return dict(sorted(found.items()))


def _folder(name: str | None) -> str | None:
    """Return the name of a result. Raises `ValueError` for one that leads elsewhere."""
    if name and Path(name).name != name:
        raise ValueError(name)
    return name


def _is_beside(path: Path) -> bool:
    """Tell by its name whether a path is what lies beside results: an audit, kept copies, a file of decisions."""
    return KEPT in path.name or path.name.endswith((SUFFIX, AUDIT_SUFFIX))
