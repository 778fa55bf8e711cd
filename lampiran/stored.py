"""Paths that a call names -> the folders of results in them: of a store, of a folder of results, or the path itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lampiran.decisions import SUFFIX
from lampiran.loading import FILE
from lampiran.publish.atomic_folder import KEPT

MARKER, RESULTS = "store.json", "results"  # a store holds this file, and its results in a folder
AUDIT_SUFFIX = ".audit"  # of the folder that `lampiran audit` writes


def is_store(path: Path) -> bool:
    """Tell whether a path is a store of `lampiran ingest`."""
    return (path / MARKER).is_file()


def results_in(paths: Sequence[Path]) -> list[Path]:
    """Return the results that a call names: of a store or a folder that holds results each, of several paths only results.

    So `out` and `out/*` are the same, whatever else of ours lies there: audits, kept files, decisions.
    """
    homes = [path / RESULTS if is_store(path) else path for path in paths]
    inside = [sorted(home.glob(f"*/{FILE}")) if home.is_dir() else [] for home in homes]
    found = [
        one
        for home, below in zip(homes, inside, strict=True)
        for one in ([home] if not below or (home / FILE).is_file() else [file.parent for file in below])
    ]
    ours = [path for path in found if not _is_beside(path)]
    return (
        ours if len(paths) > 1 and ours else [path for path in found if path in homes or not _is_beside(path)]
    )


def _is_beside(path: Path) -> bool:
    """Tell by its name whether a path is what lies beside results: an audit, kept copies, a file of decisions."""
    return KEPT in path.name or path.name.endswith((SUFFIX, AUDIT_SUFFIX))
