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

from lampiran.databases.entries import Frames, Head
from lampiran.databases.failures import problem
from lampiran.databases.shelf import Pair
from lampiran.databases.target import Target
from lampiran.publish.records import records_of
from schema.json_text import from_json
from schema.many import DECREE, RESULT
from schema.plan import Plan

_KEYS = (RESULT, "sha256", "digest", "decree_id")
# What decides which result of a decree counts. Lines that an older version wrote lack it.
_RANK = ("superseded", "errors", "reviews")
_FIRST = (*_KEYS, "counted", *_RANK, "file", "plan_year")


class Lines:
    """The lines of a file, or of stdout, where nothing was before."""

    compares = False

    def __init__(self, target: Target, new: Path) -> None:
        self.target = target
        self.new = new
        self._gone: set[str] = set()
        self._was: dict[str, object] = {}  # whether each old result counted
        self._counting: Collection[str] = ()
        self._raw: IO[bytes] | None = None
        self._written: IO[bytes] | None = None  # packs what goes into the raw one, or is it
        self._changed = False

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""
        heads = {}
        for line in self._old():
            if line[RESULT] not in heads:
                heads[line[RESULT]] = _head(line)
                self._was[line[RESULT]] = line.get("counted")
        return heads

    def remove(self, result_ids: Collection[str]) -> None:
        """Take results away."""
        self._gone |= set(result_ids)
        self._changed |= bool(result_ids)

    def put(self, plan: Plan, frames: Frames) -> None:
        """Put a result there that is not there."""
        row = frames[DECREE].astype(object).iloc[0]
        known = {name: None if pd.isna(row[name]) else row[name] for name in _FIRST}
        records = records_of(plan)
        decree = records.model_dump(mode="json", exclude={"actions", "schema_version"})
        for record in records.actions:
            self._write({**known, **decree, **record.model_dump(mode="json")})

    def count(self, result_ids: Collection[str]) -> None:
        """Let these results count, and no other: the old lines say it when they are copied."""
        self._counting = result_ids
        stay = self._was.keys() - self._gone
        self._changed |= any(self._was[key] is not (key in result_ids) for key in stay)

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
                    is_counted = line[RESULT] in self._counting
                    self._write({**dict.fromkeys(_FIRST), **line, "counted": is_counted})
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
                    line = from_json(text)
                    if not isinstance(line, dict) or not line.keys() >= set(_KEYS):
                        raise problem(self.target, "foreign_file", self.target.path.name)
                    yield line
        except (ValueError, EOFError, gzip.BadGzipFile):
            raise problem(self.target, "foreign_file", self.target.path.name) from None


def _head(line: Mapping[str, Any]) -> Head:
    """Return what a line says of its result. One that an older version wrote counts last, and is written anew when it comes again."""
    known = {key: line[key] for key in _KEYS}
    errors, reviews, superseded = (line.get(name) for name in ("errors", "reviews", "superseded"))
    if isinstance(errors, int) and isinstance(reviews, int) and isinstance(superseded, bool):
        return Head(**known, errors=errors, reviews=reviews, superseded=superseded)
    return Head(**{**known, "digest": ""}, errors=sys.maxsize)
