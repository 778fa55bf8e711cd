"""The words of a call -> the inputs that they name, in order, and sentences about what cannot be taken."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from lampiran.ingest.settings import SHOWN
from lampiran.stored import is_store
from schema.findings import Message
from schema.system_reasons import reason_of

ENDINGS = frozenset({".pdf", ".txt", ".md", ".html", ".htm", ".tsv", ".csv", ".xlsx"})
_MAGIC = frozenset("*?[")


@dataclass(frozen=True)
class Source:
    """An input: its name as the call gives it, a path or an address."""

    name: str

    @property
    def remote(self) -> bool:
        """Tell whether it is behind an address."""
        return "://" in self.name and not self.name.startswith("file://")

    @property
    def file(self) -> str:
        """Return its name without folders."""
        return PurePosixPath(self.name.replace(os.sep, "/")).name or "input"

    @property
    def path(self) -> Path:
        """Return where it lies on this machine, for one that is not remote."""
        return Path(self.name.removeprefix("file://"))

    @contextmanager
    def local(self, folder: Path) -> Iterator[Path]:
        """Give a path on this machine with its content; what is remote is brought into a folder. Raises `OSError`."""
        if not self.remote:
            yield self.path
            return
        from lampiran.ingest.addresses import fetched

        path = folder / "input"
        fetched(self.name, path)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def fingerprint(self) -> tuple[str, int]:
        """Return the sha256 of its content, and its size in bytes. Raises `OSError`."""
        if self.remote:
            from lampiran.ingest.addresses import stream_of

            with stream_of(self.name) as stream:
                return _digest(stream)
        if self.path.exists() and not self.path.is_file():
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # a pipe would be waited for
        with self.path.open("rb") as stream:
            return _digest(stream)


@dataclass(frozen=True)
class Unusable:
    """A word, or a place that it names, and why nothing is taken from there."""

    name: str
    reason: Message


@dataclass(frozen=True)
class PassedOver:
    """Files of other kinds in a folder: how many, and the first of them."""

    name: str
    count: int
    first: tuple[str, ...]


Found = Source | Unusable | PassedOver


def sources_of(words: Iterable[str], lines: Iterable[str]) -> Iterator[Found]:
    """Yield what the words name: files, folders (with all below), patterns, `@list`, `-` (names from `lines`), addresses."""
    for word in words:
        if word == "-":
            yield from _named(lines)
        elif word.startswith("@"):
            yield from _listed(word)
        else:
            yield from _named([word])


def _named(lines: Iterable[str]) -> Iterator[Found]:
    """Yield what lines name, each a path, a pattern or an address; empty ones and those that begin with `#` name nothing."""
    for word in (line.strip() for line in lines):
        if word and not word.startswith("#"):
            yield from _remote(word) if "://" in word and not word.startswith("file://") else _local(word)


def _listed(word: str) -> Iterator[Found]:
    try:
        lines = Path(word[1:]).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        yield _unusable(word[1:], error)
        return
    yield from _named(lines)


def _remote(word: str) -> Iterator[Found]:
    from lampiran.ingest.addresses import listed

    try:
        names = listed(word)
    except OSError as error:
        yield _unusable(word, error)
        return
    if names is None:
        yield Source(word)
    else:
        yield from _of_kinds(word, names)


def _local(word: str) -> Iterator[Found]:
    path = Path(os.path.normpath(word.removeprefix("file://")))
    word = str(path)
    if path.is_dir():
        yield from _below(word, path)
    elif os.path.lexists(path) or not _MAGIC & set(word):
        yield Source(word) if path.exists() else _missing(word)
    else:
        names = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - a pattern may be absolute
        files = [name for name in names if not Path(name).is_dir()]
        yield from map(Source, files)
        if not files:
            yield _missing(word)


def _below(word: str, top: Path) -> Iterator[Found]:
    """Yield the files in a folder and below it; a folder that links lead back to is looked at once."""
    seen: set[tuple[int, int]] = set()
    errors: list[OSError] = []
    names: list[str] = []
    for folder, folders, files in os.walk(top, followlinks=True, onerror=errors.append):
        status = os.stat(folder)  # noqa: PTH116 - of a path that os.walk gives
        known = (status.st_dev, status.st_ino) in seen or is_store(Path(folder))
        seen.add((status.st_dev, status.st_ino))
        folders[:] = [] if known else sorted(name for name in folders if not name.startswith("."))
        names += [] if known else [f"{folder}/{name}".replace(os.sep, "/") for name in sorted(files)]
    for error in errors:
        yield _unusable(str(error.filename), error)
    yield from _of_kinds(word, names)


def _of_kinds(word: str, names: Iterable[str]) -> Iterator[Found]:
    """Yield the names of kinds that hold decrees, and how many others there are."""
    others: list[str] = []
    for name in names:
        pure = PurePosixPath(name)
        if pure.suffix.lower() in ENDINGS and not pure.name.startswith("."):
            yield Source(name)
        else:
            others.append(pure.name)
    if others:
        yield PassedOver(word, len(others), tuple(others[: SHOWN.others]))


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    told, size = hashlib.sha256(), 0
    while part := stream.read(1 << 20):
        told.update(part)
        size += len(part)
    return told.hexdigest(), size


def _missing(word: str) -> Unusable:
    return Unusable(
        word,
        Message(
            id=f"{word}: tidak ada berkas atau folder seperti itu; periksa namanya.",
            en=f"{word}: there is no such file or folder; check the name.",
        ),
    )


def _unusable(name: str, error: Exception) -> Unusable:
    return Unusable(name, unreadable(name, reason_of(error)))


def printable(name: str) -> str:
    """Return a name as text, whatever bytes it has on the disk."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def unreadable(name: str, reason: Message) -> Message:
    """Return one sentence about something that cannot be read."""
    name = printable(name)
    return Message(
        id=f"{name}: tidak dapat dibaca ({reason.id}); periksa berkas dan izinnya.",
        en=f"{name}: it cannot be read ({reason.en}); check the file and its permissions.",
    )
