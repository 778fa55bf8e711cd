"""Bytes, or a binary stream, and a name -> a path whose content lies in memory, to be read like any other file."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TypeAlias

from extract.settings import LIMITS
from schema.errors import InputError, UsageError

if TYPE_CHECKING:
    _Path = Path
else:
    _Path = type(Path())  # a path of this system, the only kind that can be derived from before Python 3.12

Input: TypeAlias = str | Path | bytes | BinaryIO
DEFAULT_NAME = "input"


class HeldFile(_Path):
    """A file that is in memory and nowhere else; `str()` is its name, which errors and results show.

    It can be read as often as wanted, by the methods that the program reads its inputs with. Paths derived from it
    (its parent, say) are plain ones.
    """

    content: bytes | None = None

    @classmethod
    def of(cls, content: bytes, name: str) -> HeldFile:
        """Return a path of a name, without its folders, that holds some content."""
        made = cls(PurePath(name).name or DEFAULT_NAME)
        made.content = content
        return made

    def __fspath__(self) -> str:
        """Return the path, of bytes in memory nothing: no file of the same name may be opened for them.

        Raises `io.UnsupportedOperation`, an `OSError`.
        """
        if self.content is not None:
            raise io.UnsupportedOperation(f"{self} is in memory")
        return str(self)

    def read_bytes(self) -> bytes:
        """Return the content."""
        return super().read_bytes() if self.content is None else self.content

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:  # type: ignore[override] # noqa: ANN401 - as the method of every path
        """Open the content for reading bytes; whatever the mode, nothing can be written."""
        if self.content is None:
            return super().open(mode, *args, **kwargs)
        return io.BytesIO(self.content)

    def stat(self, **kwargs: Any) -> os.stat_result:  # noqa: ANN401 - as the method of every path
        """Return what the content of a regular file of this size would have."""
        if self.content is None:
            return super().stat(**kwargs)
        return os.stat_result((stat.S_IFREG | 0o444, 0, 0, 1, 0, 0, len(self.content), 0, 0, 0))

    def exists(self, **kwargs: Any) -> bool:  # noqa: ANN401 - as the method of every path
        """Tell that it is there."""
        return self.content is not None or super().exists(**kwargs)

    def is_file(self, **kwargs: Any) -> bool:  # noqa: ANN401 - as the method of every path
        """Tell that it is a file."""
        return self.content is not None or super().is_file(**kwargs)

    def is_dir(self, **kwargs: Any) -> bool:  # noqa: ANN401 - as the method of every path
        """Tell that it is no folder."""
        return self.content is None and super().is_dir(**kwargs)


def as_path(given: Input, *, name: str | None = None, most: int = LIMITS.file_bytes) -> Path:
    """Return a path to what was given: a path as it is, bytes and the rest of a binary stream in memory.

    A stream is read once, to its end, and need not be seekable. `name` is what errors and results call it; by
    default its own, or `input`. Raises `InputError` for more than `most` bytes, and for a stream that cannot be read,
    `UsageError` for a stream of text and for a name that is given with a path.
    """
    if isinstance(given, str | Path):
        if name is not None:
            raise UsageError(
                id="name memberi nama pada byte atau aliran; sebuah path sudah bernama.",
                en="name is for bytes and streams; a path has a name already.",
            )
        return Path(given) if isinstance(given, str) else given
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
