"""What a caller gives to be read -> a path whose content lies in memory, by `extract.held_file`, whatever it was."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import BinaryIO, TypeAlias

from extract.held_file import DEFAULT_NAME, HeldFile, held
from extract.settings import LIMITS
from schema.errors import InputError, UsageError

__all__ = ["HeldFile", "Input", "as_path", "is_folder"]

Input: TypeAlias = str | Path | bytes | BinaryIO


def as_path(given: Input, *, name: str | None = None, most: int = LIMITS.file_bytes) -> Path:
    """Return a path with the content of what was given in memory: of a file, of bytes, of the rest of a binary stream.

    Each is read once, to its end; a stream need not be seekable. A folder stays a path. `name` is what errors and
    results call bytes or a stream; by default its own, or `input`. Raises `InputError` for more than `most` bytes and
    for what cannot be read, `UsageError` for a stream of text and for a name that is given with a path.
    """
    if isinstance(given, str | Path):
        if name is not None:
            raise UsageError(
                id="name memberi nama pada byte atau aliran; sebuah path sudah bernama.",
                en="name is for bytes and streams; a path has a name already.",
            )
        path = Path(given) if isinstance(given, str) else given
        return path if is_folder(path) else held(path, most)
    if isinstance(given, bytes | bytearray | memoryview):
        return HeldFile.of(_bounded(bytes(given), name or DEFAULT_NAME, most), name or DEFAULT_NAME)
    if not callable(getattr(given, "read", None)):
        kind = type(given).__name__
        raise UsageError(
            id=f"{kind} bukan berkas; berikan path, byte, atau aliran biner.",
            en=f"{kind} is no file; give a path, bytes or a binary stream.",
        )
    called = name or _name_of(given)
    return HeldFile.of(_bounded(_all(given, called, most + 1), called, most), called)


def is_folder(path: Path) -> bool:
    """Tell whether a path leads to a folder; one that cannot be looked at does not."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _name_of(stream: BinaryIO) -> str:
    """Return the name of the file that a stream reads, of one without a name the default."""
    name = getattr(stream, "name", None)
    return PurePath(name).name if isinstance(name, str) else DEFAULT_NAME


def _all(stream: BinaryIO, name: str, most: int) -> bytes:
    """Return what is left of a stream, at most `most` bytes of it; a raw one gives a part at a time."""
    parts: list[bytes] = []
    size = 0
    try:
        while size < most and (part := stream.read(most - size)):
            if not isinstance(part, bytes):
                raise UsageError(
                    id=f'"{name}" dibuka sebagai teks; bukalah sebagai biner ("rb").',
                    en=f'"{name}" was opened as text; open it as binary ("rb").',
                )
            parts.append(part)
            size += len(part)
    except (OSError, ValueError) as error:
        raise InputError(
            id=f'"{name}" tidak dapat dibaca ({error}).', en=f'"{name}" cannot be read ({error}).'
        ) from error
    return b"".join(parts)


def _bounded(content: bytes, name: str, most: int) -> bytes:
    if len(content) > most:
        size = most >> 20
        raise InputError(
            id=f'"{name}" lebih besar dari {size} MiB; pisahkan keputusannya atau kecilkan gambarnya.',
            en=f'"{name}" is larger than {size} MiB; cut out the decree or shrink its pictures.',
        )
    return content
