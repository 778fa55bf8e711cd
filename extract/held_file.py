"""A file, a pipe, or bytes -> a path whose content lies in memory: read once, bounded, and the same for all that comes after."""

from __future__ import annotations

import errno
import io
import os
import select
import stat
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any

from extract.errors import refused
from extract.settings import LIMITS

if TYPE_CHECKING:
    _Path = Path
else:
    _Path = type(Path())  # a path of this system, the only kind that can be derived from before Python 3.12

DEFAULT_NAME = "input"
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_BLANKS = b"\x00\t\n\v\f\r "


class HeldFile(_Path):
    """A file whose content is in memory; `str()` is its name, or its path, which errors and results show.

    It can be read as often as wanted, by the methods that the program reads its inputs with. Paths derived from it
    (its parent, say) are plain ones.
    """

    content: bytes | None = None
    on_disk = False  # whether there is a file of this path, which others may open

    @classmethod
    def of(cls, content: bytes, name: str) -> HeldFile:
        """Return a path of a name, without its folders, that holds some content."""
        made = cls(PurePath(name).name or DEFAULT_NAME)
        made.content = content
        return made

    @classmethod
    def at(cls, path: Path, content: bytes, *, on_disk: bool) -> HeldFile:
        """Return the same path, which holds the content that it had when it was read."""
        made = cls(path)
        made.content, made.on_disk = content, on_disk
        return made

    def __fspath__(self) -> str:
        """Return the path, of bytes in memory alone nothing: no file of the same name may be opened for them.

        Raises `io.UnsupportedOperation`, an `OSError`.
        """
        if self.content is not None and not self.on_disk:
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


class NotAFileError(OSError):
    """A path leads to a device or a socket."""


class SilentPipeError(OSError):
    """Nobody writes to a pipe."""


class TooLargeFileError(OSError):
    """There is more to read than may be read."""


def held(path: Path, most: int = LIMITS.file_bytes) -> HeldFile:
    """Return a file's path with its content, at most `most` bytes: what is held stays as it is.

    Raises `InputError` for what is not there, is no file or pipe, cannot be read, is empty or too large.
    """
    if isinstance(path, HeldFile) and path.content is not None:
        content, on_disk = path.content, path.on_disk
    else:
        content, on_disk = _content(path, most)
    if len(content) > most:
        raise refused("too-large", path=path)
    if not content.strip(_BLANKS):
        raise refused("empty", path=path)
    return path if isinstance(path, HeldFile) else HeldFile.at(path, content, on_disk=on_disk)


def _content(path: Path, most: int) -> tuple[bytes, bool]:
    try:
        return _taken(path, most)
    except FileNotFoundError as error:
        raise refused("not-found", path=path) from error
    except IsADirectoryError as error:
        raise refused("directory", path=path) from error
    except NotAFileError as error:
        raise refused("no-file", path=path) from error
    except SilentPipeError as error:
        raise refused("silent-pipe", path=path) from error
    except TooLargeFileError as error:
        raise refused("too-large", path=path) from error
    except (OSError, ValueError) as error:
        raise refused("not-opened", path=path) from error


def read_whole(path: Path, most: int) -> bytes:
    """Return all that a regular file or a pipe holds, or a held file; nothing else is waited for.

    Raises `OSError`: `TooLargeFileError` for more than `most` bytes, `NotAFileError` for a device, `SilentPipeError`
    for a pipe that nobody writes to, those of the system for a folder or what is not there.
    """
    if isinstance(path, HeldFile) and path.content is not None:
        content = path.content
        if len(content) > most:
            raise TooLargeFileError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return content
    try:
        return _taken(path, most)[0]
    except ValueError as error:  # a zero byte in the path
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path)) from error


def read_regular(path: Path, most: int) -> bytes:
    """Return all that a regular file holds, as `read_whole` does; a pipe is a `NotAFileError` as a device is.

    For what lies where something is to be written, or beside what a person named: nobody means a pipe there.
    """
    return _taken(path, most, pipes=False)[0]


def opened_at_once(path: str, flags: int) -> int:
    """Open a file for `open`; nothing is waited for, neither a pipe nor what will be written later."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _taken(path: Path, most: int, *, pipes: bool = True) -> tuple[bytes, bool]:
    """Return the content and whether it is a regular file's, which can be read again."""
    handle = os.open(path, _FLAGS)
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        is_file = stat.S_ISREG(found.st_mode)
        if not (is_file or (pipes and stat.S_ISFIFO(found.st_mode))):
            raise NotAFileError(errno.ENODEV, "not a regular file", str(path))
        if is_file and found.st_size > most:
            raise TooLargeFileError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        content = _all_of(handle, most, is_pipe=not is_file)
        if content is None:
            raise SilentPipeError(errno.EAGAIN, "nobody writes to this pipe", str(path))
        if len(content) > most:
            raise TooLargeFileError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return content, is_file
    finally:
        os.close(handle)


def _all_of(handle: int, most: int, *, is_pipe: bool) -> bytes | None:
    """Read to the end, or one byte more than `most`; `None` where nothing comes out of a pipe for too long."""
    parts: list[bytes] = []
    size = 0
    while size <= most:
        try:
            part = os.read(handle, min(LIMITS.read_step, most + 1 - size))
        except BlockingIOError:
            part = None
        if part:
            parts.append(part)
            size += len(part)
        elif not is_pipe or (parts and part is not None):
            break
        # Nothing was written yet, or nobody has opened the pipe for writing yet.
        elif not _speaks(handle, LIMITS.pipe_opened if part is not None else LIMITS.pipe_silent):
            return None
        elif part is not None and not parts and not _holds(handle):
            break  # a writer came and went
    return b"".join(parts)


def _speaks(handle: int, seconds: float) -> bool:
    return bool(_polled(handle, seconds))


def _holds(handle: int) -> bool:
    return bool(_polled(handle, 0) & select.POLLIN)


def _polled(handle: int, seconds: float) -> int:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return next((event for _, event in poll.poll(seconds * 1000)), 0)
