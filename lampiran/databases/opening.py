"""A target -> its shelf, kept as a whole when its context ends in order, and left as it was where something is raised."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from lampiran.databases.failures import problem
from lampiran.databases.shelf import Shelf
from lampiran.databases.table_files import TableFiles
from lampiran.databases.target import Target
from lampiran.publish.atomic_folder import clear_staged, placing_folder, staged_beside
from lampiran.publish.file_lock import alone


@contextmanager
def opened(target: Target) -> Iterator[Shelf]:
    """Give the shelf of a target. Raises `OutputError` where something else is: a pipe, say, or a folder for a file."""
    check_kind(target)
    if target.kind == "stdout":
        with tempfile.TemporaryDirectory() as folder, _lines(target, Path(folder) / "lines") as shelf:
            yield shelf
    elif target.kind in {"parquet", "package", "lines"}:
        path = target.path
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            clear_staged(path)
            with _file(target) as shelf:
                yield shelf
    else:
        from lampiran.databases.database import Database
        from lampiran.databases.datasette import check_metadata, write_metadata
        from lampiran.databases.engines import transaction
        from lampiran.databases.structure import prepare

        if target.kind == "sqlite":
            check_metadata(target)
        with transaction(target) as connection:
            prepare(connection, target)
            yield Database(connection)
        if target.kind == "sqlite":
            write_metadata(target)


def check_kind(target: Target) -> None:
    """Refuse what is at a target's path and is of another kind: it would be waited for. Raises `OutputError`."""
    path, is_path = target.path, target.server is None and target.kind != "stdout"
    if is_path and path.exists() and not (path.is_dir() if target.kind == "parquet" else path.is_file()):
        raise problem(target, "foreign_file", path.name)


def tables_in(target: Target) -> TableFiles | None:
    """Return the tables of a target that is files, to be read only; `None` for one of another kind.

    Raises `OutputError` for files that are not ours.
    """
    if target.kind == "parquet":
        from lampiran.databases.parquet import Parquet

        return Parquet(target, Path())
    if target.kind == "package":
        from lampiran.databases.package import Package

        return Package(target, Path(), Path())
    return None


@contextmanager
def _file(target: Target) -> Iterator[Shelf]:
    if target.kind == "parquet":
        from lampiran.databases.parquet import Parquet

        with placing_folder(target.path) as staged:
            tables = Parquet(target, staged)
            try:
                yield tables
                tables.finish()
            except BaseException:
                tables.abandon()
                raise
        return
    with staged_beside(target.path) as new, staged_beside(target.path) as folder:
        if target.kind == "lines":
            with _lines(target, new) as lines:
                yield lines
        else:
            from lampiran.databases.package import Package

            folder.mkdir()
            package = Package(target, folder, new)
            yield package
            package.finish()
        if new.exists():
            with new.open("rb") as stream:
                os.fsync(stream.fileno())
            new.replace(target.path)


@contextmanager
def _lines(target: Target, new: Path) -> Iterator[Shelf]:
    from lampiran.databases.lines import Lines

    lines = Lines(target, new)
    with closing(lines):
        yield lines
        lines.finish()
