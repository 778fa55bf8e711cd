"""Files of tables as a shelf: rows are written as they come, what stays of the old files is copied, all is placed at the end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from lampiran.databases.entries import Frames, Head
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.shelf import Pair
from schema.many import CHANGES, DECREE, RESULT, ROW, many_tables
from schema.plan import Plan
from schema.tables import Table

_OLDER = "a_result_id"


class TableFiles:
    """The old files, and the new ones in a folder that nobody sees; `finish` completes them if anything changed."""

    compares = True

    def __init__(self, staged: Path) -> None:
        self.staged = staged
        self._gone: set[str] = set()
        self._gone_pairs: set[Pair] = set()
        self._pairs: set[Pair] | None = None
        self._buffers: dict[str, list[pd.DataFrame]] = {}
        self._decrees: pd.DataFrame | None = None
        self._changed = False

    @abstractmethod
    def old(self, table: Table) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table of the old files, some thousand at a time."""

    @abstractmethod
    def append(self, table: Table, frame: pd.DataFrame) -> None:
        """Write rows at the end of a table's new file."""

    @abstractmethod
    def close(self) -> None:
        """Complete the new files."""

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""
        decrees = self._rows_of(DECREE)
        self._decrees = decrees
        names = [field.name for field in fields(Head)]
        rows = decrees[names].astype(object).where(decrees[names].notna(), None).to_dict("records")
        heads = (Head(**{str(name): value for name, value in row.items()}) for row in rows)
        return {head.result_id: replace(head, office=head.office or "") for head in heads}

    def remove(self, result_ids: Collection[str]) -> None:
        """Take results away, with the comparisons that they are part of."""
        self._gone |= set(result_ids)
        self._changed |= bool(result_ids)
        self._decrees = self._without(self._known(), RESULT, self._gone)

    def put(self, plan: Plan, frames: Frames) -> None:
        """Put a result there that is not there."""
        del plan
        self._changed = True
        self._decrees = _joined([self._known(), frames[DECREE]])
        for name in many_tables():
            if name in frames and name != DECREE:
                self._write(name, frames[name])

    def count(self, result_ids: Collection[str]) -> None:
        """Let these results count, and no other."""
        known = self._known()
        counted = known[RESULT].isin(result_ids).astype("boolean")
        if not counted.equals(known["counted"].reset_index(drop=True)):
            self._changed = True
            self._decrees = known.assign(counted=counted)

    def pairs(self) -> Collection[Pair]:
        """Return the comparisons that are there."""
        if self._pairs is None:
            found: set[Pair] = set()
            for frame in self._old_rows(CHANGES):
                found |= set(zip(frame[_OLDER], frame[RESULT], strict=True))
            self._pairs = found
        return self._pairs

    def drop_pairs(self, pairs: Collection[Pair]) -> None:
        """Take comparisons away."""
        self._gone_pairs |= set(pairs)
        self._changed |= bool(pairs)

    def put_pair(self, changes: pd.DataFrame) -> None:
        """Put a comparison there."""
        self._changed = True
        self._write(CHANGES, changes)

    def rows(self, name: str, result_id: str) -> list[dict[str, Any]]:
        """Return the rows of a result in a table, in their order."""
        table = many_tables()[name]
        frame = _joined([_empty(table), *(one[one[RESULT] == result_id] for one in self.old(table))])
        held = frame.sort_values(ROW, kind="stable").astype(object)
        return [
            {str(key): value for key, value in row.items()}
            for row in held.where(held.notna(), None).to_dict("records")
        ]

    def finish(self) -> None:
        """Complete the new files with what stays of the old ones; without a change there are none."""
        if not self._changed and not self._known().empty:
            return
        self._write(DECREE, self._known())
        for name, table in many_tables().items():
            if name != DECREE:
                for frame in self._old_rows(name):
                    self._write(name, frame)
            self._flush(name)
            if name not in self._buffers:
                self.append(table, _empty(table))
        self.close()

    def _known(self) -> pd.DataFrame:
        return self._rows_of(DECREE) if self._decrees is None else self._decrees

    def _rows_of(self, name: str) -> pd.DataFrame:
        table = many_tables()[name]
        return _joined([_empty(table), *self.old(table)])

    def _old_rows(self, name: str) -> Iterator[pd.DataFrame]:
        """Yield the rows of the old files that stay."""
        for frame in self.old(many_tables()[name]):
            kept = self._without(frame, RESULT, self._gone)
            if name == CHANGES:
                kept = self._without(kept, _OLDER, self._gone)
                named = pd.Series(list(zip(kept[_OLDER], kept[RESULT], strict=True)), dtype=object)
                kept = kept[~named.isin(self._gone_pairs).to_numpy()]
            if not kept.empty:
                yield kept

    def _without(self, frame: pd.DataFrame, column: str, values: Collection[str]) -> pd.DataFrame:
        return frame[~frame[column].isin(values)].reset_index(drop=True) if values else frame

    def _write(self, name: str, frame: pd.DataFrame) -> None:
        """Take rows, and write them when there are enough."""
        held = self._buffers.setdefault(name, [])
        held.append(frame)
        if sum(map(len, held)) >= AMOUNTS.rows:
            self._flush(name)

    def _flush(self, name: str) -> None:
        held = self._buffers.get(name)
        if held:
            self.append(many_tables()[name], _joined(held))
            held.clear()


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows that a file held in the columns and types of today; what an older version lacks is missing."""
    return frame.reindex(columns=list(table.dtypes())).astype(table.dtypes())


def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in table.dtypes().items()})


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]
