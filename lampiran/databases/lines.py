"""Results -> JSON Lines: a line an action, with all that is known of it and of its decree."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

import pandas as pd

from lampiran.databases.entries import Frames, Head, head_of
from lampiran.databases.failures import problem
from lampiran.databases.shelf import Pair
from lampiran.databases.target import Target
from lampiran.publish.records import records_of
from schema.many import DECREE, RESULT
from schema.plan import Plan

_KEYS = (RESULT, "sha256", "digest", "decree_id")


class Lines:
    """The lines of a file, or of stdout, where nothing was before."""

    compares = False

    def __init__(self, target: Target, new: Path) -> None:
        self.target = target
        self.new = new
        self._gone: set[str] = set()
        self._raw: IO[bytes] | None = None
        self._written: IO[bytes] | None = None  # packs what goes into the raw one, or is it
        self._changed = False

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""
        known = ({key: line[key] for key in _KEYS} for line in self._old())
        return {head[RESULT]: Head(**head) for head in known}

    def remove(self, result_ids: Collection[str]) -> None:
        """Take results away."""
        self._gone |= set(result_ids)
        self._changed |= bool(result_ids)

    def put(self, plan: Plan, frames: Frames) -> None:
        """Put a result there that is not there."""
        digest = str(frames[DECREE]["digest"].iloc[0])
        head = head_of(plan, digest)
        records = records_of(plan)
        decree = records.model_dump(mode="json", exclude={"actions", "schema_version"})
        for record in records.actions:
            known = {key: getattr(head, key) for key in _KEYS}
            self._write(
                {
                    **known,
                    "file": plan.source.name,
                    "plan_year": head.plan_year,
                    **decree,
                    **record.model_dump(mode="json"),
                }
            )

    def count(self, result_ids: Collection[str]) -> None:
        """Keep nothing: a line stands for itself."""

    def pairs(self) -> Collection[Pair]:
        """Return nothing: lines are not compared."""
        return ()

    def drop_pairs(self, pairs: Collection[Pair]) -> None:
        """Take nothing away."""

    def put_pair(self, changes: pd.DataFrame) -> None:
        """Put nothing there."""

    def finish(self) -> bool:
        """Complete the new file with what stays of the old one; tell whether it differs from that."""
        if self._changed or not self._exists():
            for line in self._old():
                if line[RESULT] not in self._gone:
                    self._write(line)
            self.close()
            if self.target.kind == "stdout":
                with self.new.open("rb") as made:
                    shutil.copyfileobj(made, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            return True
        return False

    def _write(self, line: Mapping[str, Any]) -> None:
        self._changed = True
        self._stream().write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def _stream(self) -> IO[bytes]:
        if self._written is None:
            self._raw = self.new.open("wb")
            self._written = self._raw
            if self._is_packed():
                self._written = cast("IO[bytes]", gzip.GzipFile("", "wb", fileobj=self._raw, mtime=0))
        return self._written

    def close(self) -> None:
        """Close the new file, whether it is complete or not."""
        for stream in (self._written, self._raw):
            if stream is not None:
                stream.close()

    def _is_packed(self) -> bool:
        return self.target.path.name.lower().endswith(".gz")

    def _exists(self) -> bool:
        return self.target.kind != "stdout" and self.target.path.exists()

    def _old(self) -> Iterator[dict[str, Any]]:
        """Yield the old lines. Raises `OutputError` for a file that holds anything else."""
        if not self._exists():
            return
        opened = gzip.open if self._is_packed() else open
        try:
            with opened(self.target.path, "rb") as stream:
                for text in stream:
                    line = json.loads(text)
                    if not isinstance(line, dict) or not line.keys() >= set(_KEYS):
                        raise problem(self.target, "foreign_file", self.target.path.name)
                    yield line
        except (ValueError, EOFError, gzip.BadGzipFile):
            raise problem(self.target, "foreign_file", self.target.path.name) from None
