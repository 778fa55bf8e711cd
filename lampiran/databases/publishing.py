"""Results -> a target that holds them: what is new is added, what changed replaced, what is the same left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from extract.survey.survey import PDF
from lampiran.databases.entries import (
    Entry,
    Head,
    change_rows,
    counted,
    digest_of,
    head_of,
    rows_of,
    year_pairs,
)
from lampiran.databases.failures import as_target_error
from lampiran.databases.opening import opened
from lampiran.databases.pictures import Pictures
from lampiran.databases.settings import AMOUNTS
from lampiran.databases.shelf import Pair, Shelf
from lampiran.databases.stores import places
from lampiran.databases.target import Target, target_of
from lampiran.loading import FILE, load_written, result_path
from lampiran.result import Result
from schema.errors import InputError, UsageError
from schema.plan import Plan


@dataclass(frozen=True)
class Published:
    """What became of each result, by its key; `repeated` are results of one input, of which the first is published.

    `kept` are results that are in the target and were not given. `uncounted` are those of decrees that another result
    counts for. `not_compared` are two years of an office that were not compared, since one of them was not given.
    `undrawn` are those that pictures were asked of and whose input was not found, `undrawable` those whose input is no PDF.
    """

    target: str
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()
    uncounted: tuple[str, ...] = ()
    not_compared: tuple[Pair, ...] = ()
    undrawn: tuple[str, ...] = ()
    undrawable: tuple[str, ...] = ()


@dataclass
class Given:
    """The results of a call, each once: by their keys, and those that came again."""

    pictures: Pictures | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    _inputs: dict[str, Entry] = field(default_factory=dict)
    _held: int = 0

    def add(self, result: Plan | Path, *, superseded: bool = False) -> None:
        """Take a result: a plan, or a folder, which is read again when it is written. Raises `InputError`."""
        plan, content = _content(result)
        place = None if isinstance(result, Plan) else result
        source = self.pictures.source_of(plan, place) if self.pictures else None
        digest = digest_of(content, superseded=superseded, drawn=source is not None)
        head = head_of(plan, digest, superseded=superseded)
        first = self._inputs.get(head.sha256)
        if first is not None:
            self.repeated.append((str(place or plan.source.name), str(first.place or first.head.result_id)))
            return
        self._held += len(content)
        few = self._held <= AMOUNTS.held
        held = plan if few or place is None else None
        entry = Entry(head, place, held, source, is_pdf=plan.source.media_type == PDF)
        self.entries[head.result_id] = self._inputs[head.sha256] = entry

    def without_pictures(self, *, is_pdf: bool) -> tuple[str, ...]:
        """Return the results that pictures were asked of and of which there are none, by whether their input is a PDF."""
        if self.pictures is None:
            return ()
        return tuple(
            key for key, entry in self.entries.items() if entry.source is None and entry.is_pdf == is_pdf
        )


def publish(
    *results: Plan | Result | str | Path,
    to: str | Path,
    schema: str | None = None,
    password_file: str | Path | None = None,
    prune: bool = False,
    crops: str | Path | None = None,
    source: str | Path | None = None,
) -> Published:
    """Publish results to a target, in one transaction; published again they change nothing.

    Each result is a plan, a `Result`, a result's folder, its `decree.json`, or a store or folder of results. `to` is
    `x.sqlite`, `x.duckdb`, `postgresql://USER@HOST/DB` (with `schema`), a folder of Parquet, `x.zip` or `x.jsonl`.
    With `prune` what is in the target and was not given is removed. `crops` is a folder for a picture of each row, for
    which the files that were read are looked for in `source` and below it first. Raises `InputError` for a result that cannot be
    read, `UsageError` for a target that is not known and for what is no result, and `OutputError` for one that cannot be written; then it is as
    it was.
    """
    target = target_of(to, schema=schema, password_file=_path("password_file", password_file))
    folder, inputs = _path("crops", crops), _path("source", source)
    given = Given(Pictures(folder, inputs) if folder else None)
    for result in results:
        if isinstance(result, Plan | Result):
            given.add(result.plan if isinstance(result, Result) else result)
        else:
            for place, superseded in places([result_path(result)], superseded=not prune):
                given.add(place, superseded=superseded)
    return publish_given(given, target, prune=prune)


def _path(name: str, given: object) -> Path | None:
    """Return the path that an argument names, `None` where it is not given. Raises `UsageError` for what is no path."""
    if given is None or given == "":
        return None
    if isinstance(given, str | Path):
        return Path(given)
    kind = type(given).__name__
    raise UsageError(
        id=f"{name}: {kind} bukan path; berikan path.", en=f"{name}: {kind} is no path; give one."
    )


def publish_given(given: Given, target: Target, *, prune: bool = False) -> Published:
    """Publish what was gathered of a call; see `publish`."""
    with as_target_error(target), opened(target) as shelf:
        return _publish(given, target, shelf, prune=prune)


def _publish(given: Given, target: Target, shelf: Shelf, *, prune: bool) -> Published:
    held = shelf.held()
    entries = given.entries
    inputs = {entry.head.sha256 for entry in entries.values()}
    others = {key: head for key, head in held.items() if key not in entries}
    gone = {key for key, head in others.items() if prune or head.sha256 in inputs}
    stale = {key for key, entry in entries.items() if key in held and _is_stale(given, entry, held[key])}
    new = [key for key in entries if key not in held]
    shelf.remove(gone | stale)
    kept = {key: head for key, head in others.items() if key not in gone}
    heads = {**kept, **{key: entry.head for key, entry in entries.items()}}
    counting = counted(heads.values())
    for key in (*new, *sorted(stale)):
        _put(shelf, given, entries[key], counts=key in counting)
    shelf.count(counting)
    missing = _compare(shelf, entries, [heads[key] for key in counting]) if shelf.compares else []
    return Published(
        target=target.name,
        added=tuple(new),
        replaced=tuple(sorted(stale)),
        unchanged=tuple(key for key in entries if key in held and key not in stale),
        removed=tuple(sorted(gone)),
        kept=tuple(sorted(kept)),
        repeated=tuple(given.repeated),
        uncounted=tuple(sorted(heads.keys() - counting)),
        not_compared=tuple(missing),
        undrawn=given.without_pictures(is_pdf=True),
        undrawable=given.without_pictures(is_pdf=False),
    )


def _compare(shelf: Shelf, entries: Mapping[str, Entry], counting: Sequence[Head]) -> list[Pair]:
    """Compare the years of each office where they are not yet; return the pairs of which one side was not given."""
    wanted = {(older.result_id, newer.result_id): (older, newer) for older, newer in year_pairs(counting)}
    there = set(shelf.pairs())
    shelf.drop_pairs(there - wanted.keys())
    missing = []
    for key in sorted(wanted.keys() - there):
        older, newer = (entries.get(side) for side in key)
        if older is None or newer is None:
            missing.append(key)
        else:
            shelf.put_pair(_changes(older, newer))
    return missing


def _changes(older: Entry, newer: Entry) -> pd.DataFrame:
    from lampiran.diff.compare import diff
    from lampiran.diff.table import to_frame

    return change_rows(to_frame(diff(_plan(older), _plan(newer))), newer.head, older.head)


def _is_stale(given: Given, entry: Entry, held: Head) -> bool:
    """Tell whether what is there of a result is not what would be put there now."""
    lacks = given.pictures is not None and given.pictures.lacks(entry)
    return held.digest != entry.head.digest or lacks


def _put(shelf: Shelf, given: Given, entry: Entry, *, counts: bool) -> None:
    """Put a result there. Raises `InputError` as `_plan` does."""
    plan = _plan(entry)
    addresses = given.pictures.draw(plan, entry) if given.pictures is not None else None
    frames = rows_of(
        plan, entry.head.digest, superseded=entry.head.superseded, counts=counts, addresses=addresses
    )
    try:
        shelf.put(plan, frames)
    except Exception as error:
        error.add_note(str(entry.place or entry.head.result_id))  # for the sentence about it
        raise


def _plan(entry: Entry) -> Plan:
    """Return a result's plan. Raises `InputError` for one that is no longer what was gathered."""
    if entry.plan is not None:
        return entry.plan
    assert entry.place is not None  # noqa: S101 - an entry has a plan or a place
    plan, content = _written(entry.place)
    drawn = entry.source is not None
    if digest_of(content, superseded=entry.head.superseded, drawn=drawn) != entry.head.digest:
        raise InputError(
            id=f"{entry.place}: hasil ini berubah selama diterbitkan; terbitkan lagi.",
            en=f"{entry.place}: this result changed while it was published; publish again.",
        )
    return plan


def _content(result: Plan | Path) -> tuple[Plan, bytes]:
    """Return a plan with the content of its `decree.json`."""
    if isinstance(result, Plan):
        from lampiran.publish.writing import to_json

        return result, to_json(result)
    return _written(result)


def _written(place: Path) -> tuple[Plan, bytes]:
    """Return the plan of a written result with the content of its `decree.json`. Raises `InputError` for anything else."""
    try:
        return load_written(place)
    except InputError as error:
        is_other_file = (
            isinstance(error.__cause__, ValueError) and place.is_file() and place.suffix != ".json"
        )
        if not is_other_file and not isinstance(error.__cause__, FileNotFoundError):
            raise
        raise InputError(
            id=f"{place}: bukan hasil dan tidak berisi hasil; berikan gudang dari lampiran ingest, folder berisi hasil, folder hasil lampiran extract, atau {FILE}-nya.",
            en=f"{place}: it is no result and holds none; give a store of lampiran ingest, a folder of results, a result's folder of lampiran extract, or its {FILE}.",
        ) from error
