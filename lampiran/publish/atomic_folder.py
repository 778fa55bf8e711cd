"""Rendered files -> a result folder that appears whole or not at all, by one rename."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from itertools import count
from pathlib import Path

from lampiran.publish.checksums import NAME, checksums, refuse, touched
from schema.errors import OutputError
from schema.system_reasons import reason_of

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of Linux's renameat2
_ASIDE = "lampiran-old"
KEPT = ".kept"
_STAGED = re.compile(r"[0-9a-f]{32}")  # the end of a hidden name, as `staged_beside` makes it


@contextmanager
def as_output_error(folder: Path) -> Iterator[None]:
    """Turn an error of the file system into an `OutputError` that names the folder and the reason."""
    try:
        yield
    except OSError as error:
        reason = reason_of(error)
        raise OutputError(
            id=f"Hasil tidak dapat ditulis ke {folder}: {reason.id}. Pilih folder lain dengan -o.",
            en=f"The result cannot be written to {folder}: {reason.en}. Choose another folder with -o.",
        ) from error


def check_untouched(folder: Path) -> None:
    """Refuse with `OutputError` if a person changed or added something in a folder.

    It can be asked before anything is read; `place_folder` asks again.
    """
    with as_output_error(folder):
        refuse(folder, touched(folder), _kept_at(folder))


def place_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> Path | None:
    """Write `files` and their `SHA256SUMS` as the whole content of `folder`, replacing what it held.

    What a person changed or added there is never lost: it is refused, or with `force` copied to a folder next to it,
    which is returned.

    The files are first written to a hidden folder next to it and flushed to the disk. Where the system can exchange
    two folders in one step (Linux), a reader sees either the old result or the new one; elsewhere the old one is put
    aside for a moment and put back if the second rename fails, or by `recover` after a crash. Raises `OutputError`
    and leaves the old content whole if anything cannot be written.
    """
    with as_output_error(folder):
        recover(folder)
        names = touched(folder, files)
        if not force:
            refuse(folder, names, _kept_at(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        kept = _keep(folder, names) if names else None
        try:
            with staged_beside(folder) as staged:
                _write_all(staged, {**files, NAME: checksums(files)})
                _swap(staged, folder)
                _flush(folder.parent)
        except BaseException:
            if kept is not None:
                shutil.rmtree(kept, ignore_errors=True)
            raise
        return kept


def move_folder(made: Path, folder: Path) -> Path | None:
    """Make a folder that was written on the same disk the whole content of `folder`, replacing what it held.

    What a person changed or added there is kept in a folder next to it, which is returned. Raises `OutputError` and leaves the
    old content whole if that cannot be done.
    """
    with as_output_error(folder):
        recover(folder)
        names = touched(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        kept = _keep(folder, names) if names else None
        with staged_beside(folder) as staged:
            made.rename(staged)
            _swap(staged, folder)
            _flush(folder.parent)
        return kept


def _keep(folder: Path, names: Collection[str]) -> Path:
    """Copy what a person changed or added to a folder next to it, and return that."""
    kept = _kept_at(folder)
    with staged_beside(folder) as staged:
        staged.mkdir()
        for name in names:
            (staged / name).parent.mkdir(exist_ok=True)
            if (folder / name).is_dir() and not (folder / name).is_symlink():
                shutil.copytree(folder / name, staged / name, symlinks=True)
            else:
                shutil.copy2(folder / name, staged / name, follow_symlinks=False)
        staged.rename(kept)
    return kept


@contextmanager
def staged_beside(path: Path) -> Iterator[Path]:
    """Give a hidden path next to another; what is left there in the end is deleted."""
    staged = _hidden(path, uuid.uuid4().hex)
    try:
        yield staged
    finally:
        if staged.is_dir():
            shutil.rmtree(staged, ignore_errors=True)
        else:
            staged.unlink(missing_ok=True)


def _kept_at(folder: Path) -> Path:
    """Return the first free name for what is kept: `NAME.kept`, `NAME.kept-2` ..."""
    names = (f"{folder.name}{KEPT}{'' if n == 1 else f'-{n}'}" for n in count(1))
    return next(path for name in names if not os.path.lexists(path := folder.with_name(name)))


def place_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in place of an older one. Raises `OutputError`."""
    with as_output_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with staged_beside(path) as staged:
            _write(staged, content)
            staged.replace(path)
        _flush(path.parent)


@contextmanager
def placing_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `folder` whole when the context ends in order and it holds something.

    For content that does not fit into memory. Who asks keeps others from doing the same, and has looked whether the
    old content may be replaced. Raises `OSError`.
    """
    recover(folder)
    with staged_beside(folder) as staged:
        staged.mkdir(parents=True)
        yield staged
        if any(staged.iterdir()):
            for entry in staged.iterdir():
                _flush(entry)
            _flush(staged)
            _swap(staged, folder)
            _flush(folder.parent)


def clear_staged(path: Path) -> None:
    """Delete what publishers that were killed left beside a path; nobody else may be at work there."""
    for left in path.parent.glob(f".{escape(path.name)}.*"):
        if _STAGED.fullmatch(left.name.removeprefix(f".{path.name}.")):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def recover(folder: Path) -> None:
    """Put back the old content that a crash between two renames left next to `folder`, or delete it if it was replaced."""
    aside = _hidden(folder, _ASIDE)
    if aside.is_dir() and not aside.is_symlink():
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(folder)


def clear_abandoned(folder: Path) -> None:
    """Delete what a process that was killed left next to a folder that nobody writes now, and put back its old content."""
    with as_output_error(folder):
        clear_staged(folder)
        recover(folder)


def _hidden(folder: Path, mark: str) -> Path:
    return folder.with_name(f".{folder.name}.{mark}")


def _write_all(staged: Path, files: Mapping[str, bytes]) -> None:
    staged.mkdir()
    for name, content in files.items():
        (staged / name).parent.mkdir(exist_ok=True)
        _write(staged / name, content)
    for within in {(staged / name).parent for name in files}:
        _flush(within)
    _flush(staged)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _swap(staged: Path, folder: Path) -> None:
    """Put `staged` in the place of `folder`; the old content ends up in `staged` or is deleted."""
    if not folder.exists():
        staged.rename(folder)
    elif not _exchanged(staged, folder):
        _swap_in_two_steps(staged, folder)


def _swap_in_two_steps(staged: Path, folder: Path) -> None:
    aside = _hidden(folder, _ASIDE)
    folder.rename(aside)
    try:
        staged.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; `False` where the system or the file system cannot."""
    rename = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    )
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


def _flush(folder: Path) -> None:
    """Flush a folder's entries to the disk; systems that cannot open a folder need no flush."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
