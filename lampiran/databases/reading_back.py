"""A result that was published -> the frames that it was published from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from lampiran.databases.entries import Frames, Head, as_day, counted
from lampiran.databases.failures import as_target_error, problem
from lampiran.databases.opening import check_kind, tables_in
from lampiran.databases.target import Target, target_of
from lampiran.publish.frames import frame_of
from schema.errors import InputError, UsageError
from schema.tables import Table, tables


class Readable(Protocol):
    """What results can be taken from."""

    def held(self) -> Mapping[str, Head]:
        """Return what is known of the results that are there, by their keys."""

    def rows(self, name: str, result_id: str) -> Sequence[Mapping[str, Any]]:
        """Return the rows of a result in a table, in their order."""


def read_back(
    target: str | Path,
    decree: str,
    *,
    schema: str | None = None,
    password_file: str | Path | None = None,
) -> Frames:
    """Return the frames of a published result, equal to `Result.to_frames()` of what was published.

    `decree` is the result's id (`result_id`), or its decree's where only one result of it counts. Raises `InputError`
    where it is not there, and `UsageError` for a target that is not known.
    """
    found = target_of(target, schema=schema, password_file=Path(password_file) if password_file else None)
    with as_target_error(found, reading=True), _readable(found) as held:
        key = _key(found, decree, held.held().values())
        return {name: _frame(table, held.rows(name, key)) for name, table in tables().items()}


@contextmanager
def _readable(target: Target) -> Iterator[Readable]:
    """Give what a target holds. Raises `InputError` where that is nothing of ours."""
    if target.kind in {"lines", "stdout"}:
        raise problem(target, "not_back", kind=UsageError)
    if target.server is None and not target.path.exists():
        raise problem(target, "unpublished", kind=InputError)
    check_kind(target)
    files = tables_in(target)
    if files is not None:
        yield files
        return
    from lampiran.databases.database import Database
    from lampiran.databases.engines import transaction
    from lampiran.databases.structure import check_published

    with transaction(target, writing=False) as connection:
        check_published(connection, target)
        yield Database(connection)


def _key(target: Target, decree: str, heads: Iterable[Head]) -> str:
    named = [head for head in heads if decree in {head.result_id, head.decree_id}]
    if not named:
        raise problem(target, "no_decree", decree, kind=InputError)
    if decree in {head.result_id for head in named}:
        return decree
    counting = counted(named)
    if len(named) > 1 and len(counting) != 1:
        raise problem(target, "several", ", ".join(sorted(head.result_id for head in named)), kind=InputError)
    return min(counting) if counting else named[0].result_id


def _frame(table: Table, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows of a database in the columns and types of one decree's table."""
    days = {column.name for column in table.columns if column.type == "date"}
    truths = {column.name for column in table.columns if column.type == "boolean"}

    def value(name: str, held: Any) -> Any:  # noqa: ANN401 - whatever the driver gives
        if held is None:
            return None
        if name in days:
            return as_day(held)
        return bool(held) if name in truths else held

    return frame_of(table, ({name: value(name, held) for name, held in row.items()} for row in rows))
