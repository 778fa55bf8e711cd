"""The words of a call -> the inputs that they name, in order, and sentences about what cannot be taken."""

from __future__ import annotations

import errno
import fnmatch
import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import IO

from extract.held_file import opened_at_once, read_whole
from extract.settings import LIMITS
from lampiran.ingest.settings import SHOWN
from lampiran.stored import is_store
from schema.errors import UsageError
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
        if self.path.stat().st_size > LIMITS.file_bytes:
            raise _too_large()
        # What says nothing, such as a file of the system's that is written to as it is read, is not waited for.
        with open(self.path, "rb", opener=opened_at_once) as stream:
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
            yield from _taken(word)


def _named(lines: Iterable[str]) -> Iterator[Found]:
    """Yield what lines name, each a path, a pattern or an address; empty ones and those that begin with `#` name nothing."""
    for word in (line.strip() for line in lines):
        if word and not word.startswith("#"):
            try:
                yield from _taken(word)
            except UsageError as error:  # the other lines go on
                yield Unusable(printable(word), error.message)


def _listed(word: str) -> Iterator[Found]:
    try:
        lines = read_whole(Path(word[1:]), LIMITS.file_bytes).decode("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        yield _unusable(word[1:], error)
        return
    yield from _named(lines)


def _taken(word: str) -> Iterator[Found]:
    """Yield what a path, a pattern or an address names. Raises `UsageError` for an address that is none."""
    try:
        yield from _remote(word) if "://" in word and not word.startswith("file://") else _local(word)
    except OSError as error:
        yield _unusable(word, error)


def _remote(word: str) -> Iterator[Found]:
    from lampiran.ingest.addresses import listed

    names = listed(word)
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
        files = _fitting(path)
        yield from map(Source, files)
        if not files:
            yield _missing(word)


def _below(word: str, top: Path) -> Iterator[Found]:
    """Yield the files in a folder and below it; a folder that links lead back to is looked at once."""
    errors: list[OSError] = []
    names = list(_walked(top, errors))
    for error in errors:
        yield _unusable(str(error.filename), error)
    yield from _of_kinds(word, names)


def _walked(top: Path, errors: list[OSError]) -> Iterator[str]:
    """Yield the names of the files in a folder and below it, each folder once; stores and hidden folders are left out."""
    seen: set[tuple[int, int]] = set()
    ahead = [str(top)]
    while ahead:
        folder = ahead.pop()
        try:
            status = os.stat(folder)  # noqa: PTH116 - names, of a folder of any size
            known = (status.st_dev, status.st_ino) in seen or is_store(Path(folder))
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                below = [] if known else sorted((entry.name, entry.is_dir()) for entry in entries)
        except OSError as error:
            errors.append(error)
            continue
        yield from (f"{folder}/{name}".replace(os.sep, "/") for name, is_folder in below if not is_folder)
        folders = [name for name, is_folder in below if is_folder and not name.startswith(".")]
        ahead += [os.path.join(folder, name) for name in reversed(folders)]  # noqa: PTH118


def _fitting(pattern: Path) -> list[str]:
    """Return the files that a pattern names. Where `**` stands for any folders, each of them is looked at once."""
    if "**" not in pattern.parts:
        names = sorted(glob.glob(str(pattern)))  # noqa: PTH207 - a pattern may be absolute
        return [name for name in names if not Path(name).is_dir()]
    fixed = tuple(takewhile(lambda part: not _MAGIC & set(part), pattern.parts))
    top, parts = Path(*fixed), pattern.parts[len(fixed) :]
    names = [os.path.normpath(name) for name in _walked(top, [])]
    return sorted(name for name in names if _fits(parts, Path(name).relative_to(top).parts))


def _fits(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a pattern's parts stand for a path's; what begins with a dot is hidden from `*` and `?`."""
    if not parts:
        return not names
    if parts[0] == "**":
        return any(_fits(parts[1:], names[left:]) for left in range(len(names) + 1))
    hidden = bool(names) and names[0].startswith(".") and parts[0][0] in _MAGIC
    return bool(names) and not hidden and fnmatch.fnmatch(names[0], parts[0]) and _fits(parts[1:], names[1:])


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
        if size > LIMITS.file_bytes:  # nor is a file that has no end looked at to its end
            raise _too_large()
    return told.hexdigest(), size


def _too_large() -> OSError:
    return OSError(errno.EFBIG, f"larger than {LIMITS.file_bytes >> 20} MiB")


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
    """Return one sentence about something that cannot be read, with a name that fits into it."""
    name = printable(name)
    name = name if len(name) <= SHOWN.name else f"{name[: SHOWN.name]}..."
    return Message(
        id=f"{name}: tidak dapat dibaca ({reason.id}); periksa berkas dan izinnya.",
        en=f"{name}: it cannot be read ({reason.en}); check the file and its permissions.",
    )
