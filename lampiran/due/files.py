"""The bytes of a calendar -> a file, written whole or not at all, that replaces nothing but a calendar of ours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from extract.held_file import read_regular
from extract.settings import LIMITS
from lampiran.due.calendar import is_calendar_of_ours
from schema.errors import OutputError
from schema.system_reasons import reason_of


def check_file(path: Path) -> None:
    """Raise `OutputError` if a calendar may not be written here: its folder is missing, or another file has the name."""
    if not path.absolute().parent.is_dir():
        raise _error(path, "foldernya tidak ada", "its folder does not exist")
    if path.is_dir():
        raise _error(path, "itu sebuah folder", "it is a folder")
    try:
        ours = not path.exists() or is_calendar_of_ours(read_regular(path, LIMITS.result_bytes))
    except OSError as error:
        reason = reason_of(error)
        raise _error(path, reason.id, reason.en) from error
    if not ours:
        raise _error(path, "di situ ada berkas lain", "another file is there")


def write_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there. Raises `OutputError`, and leaves what was there then."""
    check_file(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
        staged = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            staged.chmod(0o666 & ~_umask())
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        reason = reason_of(error)
        raise _error(path, reason.id, reason.en) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _error(path: Path, id: str, en: str) -> OutputError:
    return OutputError(
        id=f"Kalender tidak dapat ditulis ke {path}: {id}. Berikan nama lain.",
        en=f"The calendar cannot be written to {path}: {en}. Give another name.",
    )
