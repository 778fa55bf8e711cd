"""Sources and a store -> every decree read once, its place among the others known, and what came of it told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, TypeVar

from lampiran.decisions import SUFFIX
from lampiran.ingest.catalogue import derived
from lampiran.ingest.executors import Hands, MachineLostError, hands, outcome
from lampiran.ingest.journal import note
from lampiran.ingest.naming import named
from lampiran.ingest.one import Task, fingerprint, ingested, put
from lampiran.ingest.opening import open_store
from lampiran.ingest.record import Record
from lampiran.ingest.relations import related
from lampiran.ingest.settings import FLOW
from lampiran.ingest.sources import PassedOver, Source, printable, sources_of
from lampiran.ingest.stores import Store
from lampiran.stored import RECORDS, RESULTS
from lampiran.version import __version__
from lampiran.worker.loss import Loss
from lampiran.worker.pool import POOL
from lampiran.worker.process import Limits
from schema.errors import OutputError
from schema.findings import Message
from schema.json_text import from_json

COMPARED = ".work/compared.json"
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a run is to do. `settings` are those of the reading, `outdated` and `latest` are names that a person says are not, or are, the latest."""

    sources: Sequence[str]
    lines: Iterable[str] = ()
    store: str
    jobs: int = 1
    cluster: str | None = None
    settings: dict[str, Any]
    retry_failed: bool = False
    outdated: Sequence[str] = ()
    latest: Sequence[str] = ()
    wait: bool = False
    memory: int
    seconds: int
    log_level: str = "warning"


class Watcher(Protocol):
    """Somebody who wants to know how a run goes."""

    def looked(self, done: int) -> None:
        """Take note of how many inputs are known by their content."""

    def begun(self, todo: int, known: int) -> None:
        """Take note of how many are to be read, and how many need not be."""

    def read(self, record: Record) -> None:
        """Take note of what came of one."""

    def unusable(self, reason: Message) -> None:
        """Take note of an input, or a place, that nothing was taken from."""

    def passed_over(self, found: PassedOver) -> None:
        """Take note of files of other kinds."""


@dataclass
class Progress:
    """How far a run came, also where it was broken off: records of the call's inputs, inputs to read and read, unusable ones.

    `settled` are records whose place among the others changed, or that a person spoke of, whatever the call named; `by` are
    the names of those that took another one's place.
    """

    todo: int = 0
    done: int = 0
    unusable: int = 0
    lost: int = 0
    records: list[Record] = field(default_factory=list)
    settled: list[Record] = field(default_factory=list)
    by: dict[str, str] = field(default_factory=dict)


def ingest(order: Order, watcher: Watcher, progress: Progress) -> None:
    """Do a run; `progress` says how far it came, whatever ends it.

    What is known by its content, with this version of the program and these settings, is not read again. Raises
    `UsageError` where the store is a folder of something else or a cluster cannot be reached, and `OutputError` where
    another run writes to the store, or it cannot be written; what is done stays.
    """
    store = open_store(order.store)
    store.prepare()
    with store.alone(wait=order.wait):
        store.clear()
        with hands(order.jobs, order.cluster) as workers:
            _Run(order, store, workers, watcher, progress).go()


class _Run:
    """One run; it alone writes to the store, through its workers."""

    def __init__(
        self, order: Order, store: Store, workers: Hands, watcher: Watcher, progress: Progress
    ) -> None:
        self._order, self._store, self._workers = order, store, workers
        self._watcher, self._progress = watcher, progress
        self._known = load_records(store)
        self._settings = hashlib.sha256(json.dumps(order.settings, sort_keys=True).encode()).hexdigest()[:12]

    def go(self) -> None:
        """Look at all inputs, read those that are not known, settle what they are to each other, write the lists."""
        marked = [
            *self._mark(self._order.outdated, is_outdated=True),
            *self._mark(self._order.latest, is_outdated=False),
        ]
        inputs = self._looked_at()
        todo = [sha256 for sha256, names in inputs.items() if self._needed(sha256, names)]
        self._progress.todo = len(todo)
        self._watcher.begun(len(todo), len(inputs) - len(todo))
        note(self._store, "begin", todo=len(todo), known=len(inputs) - len(todo))
        tasks = (self._task(sha256, *inputs[sha256]) for sha256 in todo)
        for task, made in self._handed_out(ingested, tasks):
            self._took(task, made)
        self._mark_replaced(inputs)
        changed = self._settle()
        told = dict.fromkeys([*marked, *changed])
        self._progress.settled = [self._known[sha256] for sha256 in told if sha256 not in inputs]
        self._progress.records = [self._known[sha256] for sha256 in inputs if sha256 in self._known]
        for record in (*self._progress.records, *self._progress.settled):
            by = self._known.get(record.superseded_by or "")
            self._progress.by.update({by.sha256: by.names[0]} if by else {})
        note(self._store, "end", done=self._progress.done)

    def _mark(self, names: Sequence[str], *, is_outdated: bool) -> Iterator[str]:
        """Write down what a person says of decrees; yield their sha256. Raises `UsageError` for a name that is not one decree's."""
        for name in names:
            record = named(name, self._known.values())
            self._known[record.sha256] = put(self._store, record.replace(outdated=is_outdated))
            yield record.sha256

    def _mark_replaced(self, inputs: Mapping[str, tuple[int, list[str]]]) -> None:
        """Write down which failed inputs are no more (all their names are those of other contents now), and which are back."""
        now = {printable(name) for _, names in inputs.values() for name in names}
        for record in [each for each in self._known.values() if each.outcome == "failed"]:
            is_there = record.sha256 in inputs
            is_gone = not is_there and all(name in now for name in record.names)
            if (is_gone or is_there) and record.outdated != is_gone:
                self._known[record.sha256] = put(self._store, record.replace(outdated=is_gone))

    def _looked_at(self) -> dict[str, tuple[int, list[str]]]:
        """Return size and names of each distinct input by its sha256, in the order of the call."""
        names: dict[str, None] = {}
        for found in sources_of(self._order.sources, self._order.lines):
            if isinstance(found, Source):
                names[found.name] = None
            elif isinstance(found, PassedOver):
                self._watcher.passed_over(found)
            else:
                self._unusable(found.reason)
        prints: dict[str, tuple[str, int]] = {}
        for number, (name, found) in enumerate(self._handed_out(fingerprint, iter(names)), start=1):
            self._watcher.looked(number)
            if isinstance(found, dict):
                self._unusable(Message(**found))
            elif not isinstance(found, MachineLostError):
                prints[name] = (str(found[0]), int(found[1]))
        inputs: dict[str, tuple[int, list[str]]] = {}
        for name in names:
            if name in prints:
                sha256, size = prints[name]
                inputs.setdefault(sha256, (size, []))[1].append(name)
        return inputs

    def _needed(self, sha256: str, looked: tuple[int, list[str]]) -> bool:
        """Tell whether an input is to be read; names that it did not have before are written down."""
        record = self._known.get(sha256)
        if record is None:
            return True
        names = _joined(record.names, list(map(printable, looked[1])))
        if names != record.names:
            self._known[sha256] = record = put(self._store, record.replace(names=names))
        made_with = (record.program, record.settings, record.decisions)
        wanted = (__version__, self._settings, self._decisions.get(record.result or ""))
        again = self._order.retry_failed and record.outcome == "failed"
        return (
            again or made_with != wanted or (record.result is not None and record.result not in self._results)
        )

    def _task(self, sha256: str, size: int, names: Sequence[str]) -> Task:
        record = self._known.get(sha256)
        called = {printable(name): name for name in reversed(names)}
        base = {
            "sha256": sha256,
            "size": size,
            "names": _joined(record.names if record else (), [printable(name) for name in names]),
            "program": __version__,
            "settings": self._settings,
            "outdated": record.outdated if record else False,
        }
        return Task(
            store=self._order.store,
            source=called.get(record.names[0], names[0]) if record else names[0],
            base=base,
            settings=self._order.settings,
            memory=self._order.memory,
            seconds=self._order.seconds,
            beside=self._workers.count if self._workers.shared else None,
            log_level=self._order.log_level,
        )

    def _took(self, task: Task, made: Any) -> None:  # noqa: ANN401 - a record's values, or what else came of it
        if isinstance(made, MachineLostError):
            self._progress.lost += 1
            name = task["source"]
            self._watcher.unusable(
                Message(
                    id=f"{name}: mesin yang membacanya hilang berkali-kali ({made}); jalankan lagi untuk mencobanya.",
                    en=f"{name}: the machines that read it were lost again and again ({made}); run again to try it.",
                )
            )
        elif "unwritable" in made:
            raise OutputError(**made["unwritable"])
        elif "unusable" in made:
            self._unusable(Message(**made["unusable"]))
        else:
            record = Record.model_validate(made)
            self._known[record.sha256] = record
            self._progress.done += 1
            self._watcher.read(record)
            note(self._store, "file", sha256=record.sha256, state=record.state)

    def _unusable(self, reason: Message) -> None:
        self._progress.unusable += 1
        self._watcher.unusable(reason)

    def _handed_out(self, work: Callable[[Item], Any], items: Iterator[Item]) -> Iterator[tuple[Item, Any]]:
        """Yield what comes of each item, as it comes; a few are under way for each worker.

        What is lost with a machine is handed out again, a few times; then the `MachineLostError` is what came of it.
        """
        under: dict[Future[Any], tuple[Item, int]] = {}
        while True:
            room = max(1, self._workers.count * FLOW.ahead - len(under))
            for item in islice(items, room):
                under[self._workers.submit(work, item)] = (item, 1)
            if not under:
                return
            for future in wait(under, return_when=FIRST_COMPLETED).done:
                item, tries = under.pop(future)
                try:
                    made = outcome(future)
                except MachineLostError as lost:
                    self._workers.recovered()
                    if tries < FLOW.again:
                        under[self._workers.submit(work, item)] = (item, tries + 1)
                        continue
                    made = lost
                yield item, made

    def _settle(self) -> list[str]:
        """Write what the decrees are to each other into their records, and the lists that follow from all of them.

        Return the sha256 of those for which that is not what it was.
        """
        compared = _compared_before(self._store.read(COMPARED))
        before = len(compared)
        changed = []
        for record in related(self._known.values(), lambda a, b: self._say_same(a, b, compared)):
            if record != self._known[record.sha256]:
                self._known[record.sha256] = put(self._store, record)
                changed.append(record.sha256)
        if len(compared) > before:
            self._store.write(COMPARED, json.dumps(compared, sort_keys=True).encode())
        for name, content in derived(list(self._known.values())).items():
            if self._store.read(name) != content:
                self._store.write(name, content)
        return changed

    def _say_same(self, a: Record, b: Record, compared: dict[str, bool]) -> bool:
        pair = ":".join(sorted((str(a.rows), str(b.rows))))
        if pair not in compared:
            compared[pair] = self._compared(a, b)
        return compared[pair]

    def _compared(self, a: Record, b: Record) -> bool:
        limits = Limits(memory=self._order.memory, seconds=self._order.seconds)
        with self._store.staged() as staged:
            first, second = sorted((a, b), key=lambda each: each.sha256)
            folders = [str(self._store.result(str(each.result), staged)) for each in (first, second)]
            try:
                made = POOL.do("lampiran.ingest.comparing:work", {"folders": folders}, limits=limits)
            except Loss as loss:
                if loss.cause == "stopped":
                    raise
                return False
        return bool(made["same"])

    @property
    def _results(self) -> frozenset[str]:
        return self._there[0]

    @property
    def _decisions(self) -> dict[str, str]:
        return self._there[1]

    @property
    def _there(self) -> tuple[frozenset[str], dict[str, str]]:
        """Return the results that are there, and the sha256 of what people decided about each, looked at once."""
        if self._held is None:
            names = self._store.names(RESULTS)
            held = self._store.contents(RESULTS, [name for name in names if name.endswith(SUFFIX)])
            decided = {
                name.removesuffix(SUFFIX): hashlib.sha256(content).hexdigest() for name, content in held
            }
            self._held = (self._store.whole_results(), decided)
        return self._held

    _held: tuple[frozenset[str], dict[str, str]] | None = None


def load_records(store: Store) -> dict[str, Record]:
    """Return all records of a store by their sha256. Raises `OutputError` where one of them cannot be read."""
    found: dict[str, Record] = {}
    names = [name for name in store.names(RECORDS) if name.endswith(".json") and not name.startswith(".")]
    for name, content in store.contents(RECORDS, names):
        try:
            record = Record.of(name, content)
        except ValueError as error:
            raise OutputError(
                id=f"{store.address}: {RECORDS}/{name} rusak atau ditulis oleh versi lain; hapus berkas itu, maka keputusannya dibaca lagi.",
                en=f"{store.address}: {RECORDS}/{name} is damaged, or another version wrote it; delete it, and its decree is read again.",
            ) from error
        found[record.sha256] = record
    return found


def _compared_before(content: bytes | None) -> dict[str, bool]:
    """Return which results said the same, as it was found before; what cannot be read is found again."""
    with suppress(ValueError):
        held = from_json(content or b"{}")
        if isinstance(held, dict):
            return {str(pair): same for pair, same in held.items() if isinstance(same, bool)}
    return {}


def _joined(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Return names: the first of all, then the others in alphabetical order."""
    names = (*first, *more)
    return (names[0], *sorted(set(names) - {names[0]}))
