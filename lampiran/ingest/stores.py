"""A folder or an address -> a store: files whole or not at all, results by their names, one run at a time."""

from __future__ import annotations

import json
import os
import shutil
import socket
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from extract.held_file import opened_at_once, read_whole
from extract.settings import LIMITS
from lampiran.loading import FILE
from lampiran.publish.atomic_folder import clear_abandoned, move_folder, place_file
from lampiran.stored import MARKER, RESULTS
from schema.errors import InputError, OutputError, UsageError
from schema.findings import Message
from schema.json_text import from_json
from schema.system_reasons import reason_of

FORMAT = b'{"format": 1}\n'
WORK, STAGING, LOCK, JOURNAL = ".work", ".work/staging", ".work/lock", ".work/journal.jsonl"


class Store(ABC):
    """What a run needs of a place: the same on a disk and behind an address."""

    def __init__(self, address: str) -> None:
        self.address = address

    @abstractmethod
    def read(self, key: str) -> bytes | None:
        """Return a file, `None` where there is none. Raises `OutputError`."""

    @abstractmethod
    def write(self, key: str, content: bytes) -> None:
        """Put a file there whole, or leave the old one. Raises `OutputError`."""

    @abstractmethod
    def append(self, key: str, line: bytes) -> None:
        """Put a line behind the others of a file."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, in alphabetical order. Raises `OutputError`."""

    def contents(self, folder: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield files of a folder with their contents; what is not there any more is left out. Raises `OutputError`."""
        for name in names:
            content = self.read(f"{folder}/{name}")
            if content is not None:
                yield name, content

    @abstractmethod
    def place(self, name: str, folder: Path) -> None:
        """Make a folder of `staged` the whole content of `results/<name>`. Raises `OutputError`."""

    @abstractmethod
    def staged(self) -> AbstractContextManager[Path]:
        """Return a context that gives a folder on this machine."""

    @abstractmethod
    def result(self, name: str, staged: Path) -> Path:
        """Return a folder on this machine that holds a result's `decree.json`."""

    @abstractmethod
    def alone(self, *, wait: bool) -> AbstractContextManager[None]:
        """Return a context in which no other run writes to the store. Raises `OutputError` where one does."""

    @abstractmethod
    def holder(self) -> dict[str, str] | None:
        """Return what the run that is going on said of itself, `None` where none is."""

    @abstractmethod
    def clear(self) -> None:
        """Delete what killed runs left; only for the one run that is alone."""

    def prepare(self) -> None:
        """Make the place a store, or check that it is one. Raises `UsageError` for a folder of something else."""
        if not self._is_marked():
            foreign = [name for name in self.names("") if name != WORK]
            if foreign:
                raise UsageError(
                    id=f"{self.address} berisi hal lain ({foreign[0]}) dan bukan gudang lampiran; pilih folder yang kosong atau baru dengan --store.",
                    en=f"{self.address} holds something else ({foreign[0]}) and is no store of lampiran; choose an empty or a new folder with --store.",
                )
            self.write(MARKER, FORMAT)

    def _is_marked(self) -> bool:
        """Tell whether the place is a store. Raises `UsageError` for one that another version made."""
        marker = self.read(MARKER)
        if marker is None or marker.strip() == FORMAT.strip():
            return marker is not None
        raise UsageError(
            id=f"{self.address}: {MARKER} bukan dari lampiran versi ini; pakailah versi yang membuat gudang itu, atau gudang baru dengan --store.",
            en=f"{self.address}: {MARKER} is not of this version of lampiran; use the version that made the store, or a new store with --store.",
        )

    def whole_results(self) -> frozenset[str]:
        """Return the names of the results that are there. Raises `OutputError`."""
        return frozenset(self.names(RESULTS))

    def require(self) -> None:
        """Raise `InputError` unless the place is a store."""
        if not self._is_marked():
            raise InputError(
                id=f"{self.address} bukan gudang lampiran; buatlah dengan lampiran ingest SUMBER --store {self.address}.",
                en=f"{self.address} is no store of lampiran; make one with lampiran ingest SOURCE --store {self.address}.",
            )


class LocalStore(Store):
    """A store in a folder."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._root = Path(address).absolute()

    def read(self, key: str) -> bytes | None:
        """See `Store`."""
        with self._error():
            try:
                return read_whole(self._root / key, LIMITS.result_bytes)
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, key: str, content: bytes) -> None:
        """See `Store`."""
        with self._error():
            place_file(self._root / key, content)

    def append(self, key: str, line: bytes) -> None:
        """See `Store`."""
        with self._error():
            (self._root / key).parent.mkdir(parents=True, exist_ok=True)
            with open(self._root / key, "ab", opener=opened_at_once) as stream:
                stream.write(line)

    def names(self, folder: str) -> list[str]:
        """See `Store`."""
        with self._error():
            try:
                return sorted(os.listdir(self._root / folder))  # noqa: PTH208 - names, of a folder of any size
            except FileNotFoundError:
                return []

    def whole_results(self) -> frozenset[str]:
        """See `Store`; one that a person took the main file of is none."""
        folder = self._root / RESULTS
        return frozenset(name for name in self.names(RESULTS) if (folder / name / FILE).is_file())

    def place(self, name: str, folder: Path) -> None:
        """See `Store`."""
        with self._error():
            move_folder(folder, self._root / RESULTS / name)

    @contextmanager
    def staged(self) -> Iterator[Path]:
        """See `Store`."""
        folder = self._root / STAGING / uuid.uuid4().hex
        with self._error():
            folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def result(self, name: str, staged: Path) -> Path:
        """See `Store`."""
        del staged
        return self._root / RESULTS / name

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[None]:
        """See `Store`."""
        with self._error():
            (self._root / WORK).mkdir(parents=True, exist_ok=True)
            stream = (self._root / LOCK).open("a+b")
        with stream:
            if not _locked(stream, wait=wait):
                raise taken(self.address, _said(stream))
            stream.truncate(0)
            stream.write(whoami())
            stream.flush()
            try:
                yield
            finally:
                stream.truncate(0)

    def holder(self) -> dict[str, str] | None:
        """See `Store`."""
        try:
            stream = (self._root / LOCK).open("r+b")
        except OSError:
            return None
        with stream:
            who = _said(stream)  # of a run that ended in order nothing is left
            return None if not who or _locked(stream, wait=False) else who

    def clear(self) -> None:
        """See `Store`."""
        if any((self._root / name).is_symlink() for name in (WORK, STAGING)):
            raise UsageError(
                id=f"{self.address}: {WORK} di dalamnya adalah tautan; hapus tautan itu, karena isinya dikosongkan tiap kali.",
                en=f"{self.address}: the {WORK} in it is a link; remove it, for what it holds is deleted each time.",
            )
        shutil.rmtree(self._root / STAGING, ignore_errors=True)
        for folder in (self._root, self._root / "records", self._root / RESULTS):
            for left in sorted(folder.glob(".*")) if folder.is_dir() else ():
                whole = left.name[1:].rpartition(".")[0]
                if whole:
                    clear_abandoned(folder / whole)

    @contextmanager
    def _error(self) -> Iterator[None]:
        """Turn what the system says into an error about the store."""
        try:
            yield
        except OutputError as error:
            if isinstance(error.__cause__, OSError):
                raise unwritable(self.address, reason_of(error)) from error
            raise
        except OSError as error:
            raise unwritable(self.address, reason_of(error)) from error


def unwritable(address: str, reason: Message) -> OutputError:
    """Return the error of a store that cannot be written or read, with what the system says."""
    return OutputError(
        id=f"Gudang {address} tidak dapat dipakai: {reason.id}. Yang sudah selesai tetap ada; perbaiki tempatnya lalu jalankan lagi, atau pilih tempat lain dengan --store.",
        en=f"The store {address} cannot be used: {reason.en}. What is done stays; mend the place and run again, or choose another one with --store.",
    )


def taken(address: str, who: dict[str, str]) -> OutputError:
    """Return the error of a store that another run writes to."""
    id_ = f"proses {who.get('process', '?')} di {who.get('machine', '?')}, sejak {who.get('since', '?')}"
    en = f"process {who.get('process', '?')} on {who.get('machine', '?')}, since {who.get('since', '?')}"
    return OutputError(
        id=f"Gudang {address} sedang diisi oleh panggilan lain ({id_}); tunggu dengan --wait, atau jalankan lagi nanti.",
        en=f"The store {address} is being written by another run ({en}); wait for it with --wait, or run again later.",
    )


def whoami() -> bytes:
    """Return what a run says of itself in a lock."""
    told = {
        "process": str(os.getpid()),
        "machine": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(told).encode("utf-8")


def _said(stream: IO[bytes]) -> dict[str, str]:
    stream.seek(0)
    with suppress(ValueError):
        found = from_json(stream.read())
        if isinstance(found, dict):
            return found
    return {}


def _locked(stream: IO[bytes], *, wait: bool) -> bool:
    """Take a lock that dies with this process; tell whether it was to be had."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        stream.seek(1 << 30)
        try:
            mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
            msvcrt.locking(stream.fileno(), mode, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
