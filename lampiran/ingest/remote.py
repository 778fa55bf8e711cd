"""An address (`s3://bucket/prefix` ...) -> a store that is no folder; needs `lampiran[remote]`."""

from __future__ import annotations

import json
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lampiran.ingest.addresses import bounded, opened
from lampiran.ingest.settings import FLOW, LEASE
from lampiran.ingest.stores import Store, taken, unwritable, whoami
from lampiran.publish.checksums import NAME
from lampiran.stored import RESULTS
from schema.errors import LampiranError
from schema.json_text import from_json
from schema.system_reasons import reason_of

_LEASE = ".work/lease.json"


class RemoteStore(Store):
    """A store behind an address. A result is there when its checksums are, which come last."""

    def __init__(self, address: str) -> None:
        super().__init__(address.rstrip("/"))
        self._files, self._root = opened(self.address)
        self._lines: list[bytes] = []
        self._told = datetime.min.replace(tzinfo=UTC)

    def read(self, key: str) -> bytes | None:
        """See `Store`."""
        with self._error():
            try:
                content: bytes = bounded(self._files, "cat_file", self._at(key))
            except FileNotFoundError:
                return None
            return content

    def write(self, key: str, content: bytes) -> None:
        """See `Store`."""
        with self._error():
            bounded(self._files, "pipe_file", self._at(key), content)

    def append(self, key: str, line: bytes) -> None:
        """See `Store`; an object cannot grow, so it is written anew now and then, with its last lines."""
        self._lines = [*self._lines[-LEASE.lines :], line]
        now = datetime.now(UTC)
        if now - self._told > timedelta(seconds=LEASE.told) or b'"end"' in line:
            self._told = now
            self.write(key, b"".join(self._lines))

    def names(self, folder: str) -> list[str]:
        """See `Store`."""
        with self._error():
            try:
                found = self._files.ls(self._at(folder), detail=False)
            except FileNotFoundError:
                return []
        names = {str(path).rstrip("/").rpartition("/")[2] for path in found}
        return sorted(names - {"", self._at(folder).rpartition("/")[2]})

    def contents(self, folder: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """See `Store`; many at a time, for each takes its way over the network."""
        for first in range(0, len(names), FLOW.together):
            asked = {self._at(f"{folder}/{name}"): name for name in names[first : first + FLOW.together]}
            with self._error():
                # Whatever cannot be had comes as an error in the place of its content.
                found = bounded(self._files, "cat", list(asked), False, "return")
                for path, name in asked.items():
                    if isinstance(found[path], FileNotFoundError):
                        continue
                    if isinstance(found[path], BaseException):
                        raise found[path]
                    yield name, found[path]

    def place(self, name: str, folder: Path) -> None:
        """See `Store`."""
        files = {self._at(f"{RESULTS}/{name}/{path.name}"): path.read_bytes() for path in folder.iterdir()}
        last = self._at(f"{RESULTS}/{name}/{NAME}")
        with self._error():
            bounded(self._files, "pipe", {path: content for path, content in files.items() if path != last})
            if last in files:
                bounded(self._files, "pipe_file", last, files[last])
        for left in set(self.names(f"{RESULTS}/{name}")) - {path.rpartition("/")[2] for path in files}:
            with self._error():
                bounded(self._files, "rm_file", self._at(f"{RESULTS}/{name}/{left}"))

    @contextmanager
    def staged(self) -> Iterator[Path]:
        """See `Store`."""
        with tempfile.TemporaryDirectory(prefix="lampiran-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def result(self, name: str, staged: Path) -> Path:
        """See `Store`."""
        folder = staged / uuid.uuid4().hex
        folder.mkdir()
        (folder / "decree.json").write_bytes(self.read(f"{RESULTS}/{name}/decree.json") or b"")
        return folder

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[None]:
        """See `Store`: by a lease that is renewed, for a bucket has no locks. A run that was killed loses it after a while."""
        done, mine = threading.Event(), uuid.uuid4().hex
        while (who := self.holder()) is not None:
            if not wait:
                raise taken(self.address, who)
            done.wait(LEASE.renewed)
        self._renew(mine)
        who = self.holder()
        if who is not None and who.get("run") != mine:
            raise taken(self.address, who)
        renewing = threading.Thread(target=self._keep, args=(mine, done), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            done.set()
            renewing.join()
            with self._error():
                bounded(self._files, "rm_file", self._at(_LEASE))

    def holder(self) -> dict[str, str] | None:
        """See `Store`."""
        content = self.read(_LEASE)
        if content is None:
            return None
        try:
            who: dict[str, str] = from_json(content)
            until = datetime.fromisoformat(who["until"])
        except (ValueError, KeyError, TypeError):
            return None
        return who if until > datetime.now(UTC) else None

    def clear(self) -> None:
        """See `Store`; what was staged lies in temporary folders of the machines."""

    def _keep(self, mine: str, done: threading.Event) -> None:
        while not done.wait(LEASE.renewed):
            try:
                self._renew(mine)
            except LampiranError:
                continue  # the next time, or the lease is lost, which harms nothing: results are equal

    def _renew(self, mine: str) -> None:
        until = datetime.now(UTC) + timedelta(seconds=LEASE.lost)
        told = {**json.loads(whoami()), "run": mine, "until": until.isoformat()}
        self.write(_LEASE, json.dumps(told).encode("utf-8"))

    def _at(self, key: str) -> str:
        return f"{self._root}/{key}".rstrip("/")

    @contextmanager
    def _error(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as error:  # each file system has errors of its own
            raise unwritable(self.address, reason_of(error)) from error
