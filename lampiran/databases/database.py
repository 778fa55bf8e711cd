"""A connection to a database -> the shelf of its results: what is there, rows in, rows out."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from lampiran.databases.entries import Frames, Head
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.shelf import Pair
from lampiran.databases.sql_tables import metadata
from lampiran.publish.csvs import csv_files
from schema.many import CHANGES, DECREE, RESULT, many_tables
from schema.plan import Plan
from schema.tables import Table


@dataclass(frozen=True)
class Database:
    """The results in a database, in the transaction of its connection."""

    connection: sa.Connection
    compares: bool = True

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""
        decree = self._table(DECREE)
        named = [decree.c[name] for name in Head.__dataclass_fields__]
        heads = (_head(dict(row)) for row in self.connection.execute(sa.select(*named)).mappings())
        return {head.result_id: head for head in heads}

    def remove(self, result_ids: Collection[str]) -> None:
        """Take results away, with the comparisons that they are part of."""
        for part in _parts(sorted(result_ids)):
            changes = self._table(CHANGES)
            self.connection.execute(changes.delete().where(changes.c.a_result_id.in_(part)))
            for name in reversed(list(many_tables())):
                table = self._table(name)
                self.connection.execute(table.delete().where(table.c[RESULT].in_(part)))

    def put(self, plan: Plan, frames: Frames) -> None:
        """Put a result there that is not there."""
        del plan
        for name in many_tables():
            if name in frames:
                self._insert(name, frames[name])

    def count(self, result_ids: Collection[str]) -> None:
        """Let these results count, and no other."""
        decree = self._table(DECREE)
        for result_id, was in self.connection.execute(sa.select(decree.c[RESULT], decree.c.counted)).all():
            is_counted = result_id in result_ids
            if bool(was) is not is_counted:
                one = decree.update().where(decree.c[RESULT] == result_id)
                self.connection.execute(one.values(counted=is_counted))

    def pairs(self) -> Collection[Pair]:
        """Return the comparisons that are there."""
        changes = self._table(CHANGES)
        asked = sa.select(changes.c.a_result_id, changes.c[RESULT]).distinct()
        return {(a, b) for a, b in self.connection.execute(asked)}

    def drop_pairs(self, pairs: Collection[Pair]) -> None:
        """Take comparisons away."""
        changes = self._table(CHANGES)
        for older, newer in pairs:
            self.connection.execute(
                changes.delete().where(changes.c.a_result_id == older, changes.c[RESULT] == newer)
            )

    def put_pair(self, changes: pd.DataFrame) -> None:
        """Put a comparison there."""
        self._insert(CHANGES, changes)

    def rows(self, name: str, result_id: str) -> list[Mapping[str, Any]]:
        """Return the rows of a result in a table, in their order."""
        table = self._table(name)
        asked = sa.select(table).where(table.c[RESULT] == result_id).order_by(table.c.row_no)
        return [dict(row) for row in self.connection.execute(asked).mappings()]

    def _table(self, name: str) -> sa.Table:
        return metadata().tables[name]

    def _insert(self, name: str, frame: pd.DataFrame) -> None:
        """Put rows into a table by the fastest way that its database has."""
        if frame.empty:
            return
        kind = self.connection.dialect.name
        if kind == "postgresql":
            self._copy(name, frame)
        elif kind == "duckdb":
            self._take_frame(name, frame)
        else:
            self.connection.execute(self._table(name).insert(), list(_records(many_tables()[name], frame)))

    def _copy(self, name: str, frame: pd.DataFrame) -> None:
        """Send rows as CSV, in which what is empty and unquoted is missing; no text of ours is empty."""
        quote = self.connection.dialect.identifier_preparer.quote
        named = ", ".join(map(quote, frame.columns))
        content = csv_files({name: frame}, spreadsheet_safe=False)[f"{name}.csv"]
        raw = self.connection.connection.driver_connection
        assert raw is not None  # noqa: S101 - of a connection that is open
        raw.cursor().execute(
            f"COPY {quote(name)} ({named}) FROM STDIN WITH (FORMAT csv, HEADER true)",
            stream=io.BytesIO(content),
        )

    def _take_frame(self, name: str, frame: pd.DataFrame) -> None:
        from lampiran.databases.arrow import arrow_table

        raw: Any = self.connection.connection.dbapi_connection
        raw.raw.register("published_rows", arrow_table(many_tables()[name], frame))
        quote = self.connection.dialect.identifier_preparer.quote
        self.connection.exec_driver_sql(
            f"INSERT INTO {quote(name)} BY NAME SELECT * FROM published_rows"  # noqa: S608 - names of ours, quoted
        )
        raw.raw.unregister("published_rows")


def _head(row: dict[Any, Any]) -> Head:
    return Head(**{**row, "office": row["office"] or "", "superseded": bool(row["superseded"])})


def _records(table: Table, frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield rows as SQLite takes them: truth values as 0 and 1, days as text, what is missing as NULL."""
    values = {}
    for column in table.columns:
        held = frame[column.name]
        if column.type == "date":
            held = held.dt.strftime("%Y-%m-%d")
        elif column.type == "boolean":
            held = held.astype("Int64")
        values[column.name] = [
            None if missing else value for value, missing in zip(held.tolist(), held.isna(), strict=True)
        ]
    yield from (dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (ids[at : at + AMOUNTS.ids] for at in range(0, len(ids), AMOUNTS.ids))
