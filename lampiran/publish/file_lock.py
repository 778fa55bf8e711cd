"""A file or folder that several processes may change -> one of them at a time; a lock dies with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes from changing a file or folder, whose own folder is there. Raises `OSError`.

    The file `.NAME.lock` beside it is there as long as somebody holds it or waits, and where a holder was killed.
    """
    place = path.with_name(f".{path.name}.lock")
    stream = _turn(place)
    try:
        yield
    finally:
        _end(stream, place)


def _turn(place: Path) -> IO[bytes]:
    """Wait for the lock. A file that its holder took away meanwhile keeps nobody out: then the one that is there now."""
    while True:
        with ExitStack() as held:
            stream = held.enter_context(place.open("a+b"))
            _lock(stream)
            if _is_at(stream, place):
                held.pop_all()
                return stream


def _is_at(stream: IO[bytes], place: Path) -> bool:
    with (
        suppress(FileNotFoundError),
        place.open("rb") as now,
    ):  # opened, since a share may remember where it was
        return os.path.samestat(os.fstat(stream.fileno()), os.fstat(now.fileno()))
    return False


def _end(stream: IO[bytes], place: Path) -> None:
    """Take the file away and let others in, in this order; Windows takes away only what nobody has open."""
    if sys.platform == "win32":
        stream.close()
    with stream, suppress(OSError):
        place.unlink()


def _lock(stream: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(stream, fcntl.LOCK_EX)
