"""A store -> how many decrees are in which state, of which office and year, what failed last, and how far a run is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from lampiran.decisions import SUFFIX
from lampiran.ingest.journal import pace_of
from lampiran.ingest.record import Record
from lampiran.ingest.run import load_records
from lampiran.ingest.settings import SHOWN
from lampiran.ingest.stores import Store
from lampiran.stored import RESULTS
from schema.base import Frozen
from schema.findings import Message


class Group(Frozen):
    """An office's decrees of one year, by state; `None` where the head could not be read."""

    office: str | None
    year: str | None
    done: int = 0
    waits: int = 0
    failed: int = 0
    superseded: int = 0


class Told(Frozen):
    """An input that could not be read, or waits for more than decisions in it, and why."""

    name: str
    sha256: str
    code: int
    reason: Message | None


class Running(Frozen):
    """A run that is going on: what it says of itself, files to do and done, files a minute and seconds left where that can be said."""

    process: str
    machine: str
    since: str
    todo: int
    done: int
    rate: float | None
    left: float | None


class Broken(Frozen):
    """The last run, where it was broken off: inputs to read, and read."""

    todo: int
    done: int


class Status(Frozen):
    """The state of a store.

    `duplicates` are inputs that came under more than one name, `stale` results with decisions that they were not read with.
    """

    store: str
    decrees: int
    done: int
    waits: int
    failed: int
    superseded: int
    duplicates: int
    groups: tuple[Group, ...]
    failures: tuple[Told, ...]
    waiting: tuple[Told, ...]
    stale: int
    broken: Broken | None
    running: Running | None


def status_of(store: Store) -> Status:
    """Return the state of a store. Raises `InputError` where there is none."""
    store.require()
    records = load_records(store)
    states = Counter(record.state for record in records.values())
    return Status(
        store=store.address,
        decrees=len(records),
        done=states["done"],
        waits=states["waits"],
        failed=states["failed"],
        superseded=states["superseded"],
        duplicates=sum(len(record.names) > 1 for record in records.values()),
        groups=_groups(records.values()),
        failures=_failures(store, records),
        waiting=_waiting(records.values()),
        stale=_stale(store, records.values()),
        broken=_broken(store),
        running=_running(store),
    )


def _groups(records: Iterable[Record]) -> tuple[Group, ...]:
    counted: dict[tuple[str | None, str | None], Counter[str]] = {}
    for record in records:
        counted.setdefault((record.office, record.year), Counter())[record.state] += 1
    order = sorted(counted, key=lambda key: tuple((each is None, each or "") for each in key))
    return tuple(Group.model_validate({"office": key[0], "year": key[1], **counted[key]}) for key in order)


def _waiting(records: Iterable[Record]) -> tuple[Told, ...]:
    """Return the first of those whose place among the others a person must decide."""
    found = (record for record in records if record.state == "waits" and record.reason and not record.code)
    return tuple(islice(map(_told, sorted(found, key=lambda record: record.names[0])), SHOWN.failures))


def _stale(store: Store, records: Iterable[Record]) -> int:
    """Return how many results have decisions that they were not read with."""
    kept = {record.result: record.decisions for record in records}
    names = [name for name in store.names(RESULTS) if name.endswith(SUFFIX)]
    held = store.contents(RESULTS, [name for name in names if name.removesuffix(SUFFIX) in kept])
    return sum(
        kept[name.removesuffix(SUFFIX)] != hashlib.sha256(content).hexdigest() for name, content in held
    )


def _broken(store: Store) -> Broken | None:
    pace = pace_of(store)
    if pace is None or pace.ended or store.holder() is not None:
        return None
    return Broken(todo=pace.todo, done=pace.done)


def _told(record: Record) -> Told:
    return Told(name=record.names[0], sha256=record.sha256, code=record.code, reason=record.reason)


def _failures(store: Store, records: dict[str, Record]) -> tuple[Told, ...]:
    """Return the last failures, those of the last run first, the latest of them at the top."""
    pace = pace_of(store)
    recent = [sha256 for sha256 in (pace.failures if pace else ()) if sha256 in records]
    failed = sorted(record.sha256 for record in records.values() if record.state == "failed")
    shown = [sha256 for sha256 in dict.fromkeys([*recent, *failed]) if records[sha256].state == "failed"]
    return tuple(_told(records[sha256]) for sha256 in shown[: SHOWN.failures])


def _running(store: Store) -> Running | None:
    who, pace = store.holder(), pace_of(store)
    if who is None:
        return None
    going = pace if pace is not None and not pace.ended else None
    return Running(
        process=who.get("process", "?"),
        machine=who.get("machine", "?"),
        since=who.get("since", "?"),
        todo=going.todo if going else 0,
        done=going.done if going else 0,
        rate=going.rate if going else None,
        left=going.left if going else None,
    )
