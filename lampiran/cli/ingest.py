"""A call with sources and a store -> the decrees read into it; what failed on stderr, a summary on stdout, one exit code."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lampiran.cli.ending import ending_code, ending_in_order
from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, tell, worst
from lampiran.cli.options import Ingest
from lampiran.cli.terminal import show_lines
from lampiran.cli.texts import Texts
from lampiran.ingest.record import Record
from lampiran.ingest.run import Order, ingest
from lampiran.ingest.run import Progress as Course
from lampiran.ingest.sources import PassedOver
from lampiran.profile.reading import profile_text
from lampiran.worker.pool import POOL
from lampiran.worker.process import Limits
from schema.errors import InputError, UsageError, WorkerError
from schema.findings import Message


def run(call: Ingest, texts: Texts) -> int:
    """Read what the sources name into the store; return the exit code of the call.

    The worst code of the call's inputs counts, whether they were read now or before. Raises `UsageError` for a call that
    cannot be carried out, and `OutputError` where the store cannot be used or another run writes to it.
    """
    if not call.sources and not call.outdated and not call.latest:
        raise UsageError(**texts.both("ingest_nothing"))
    order = _order(call)
    _check(order)
    course = Course()
    try:
        with ending_in_order(), _shown(texts, quiet=call.quiet) as watcher:
            ingest(order, watcher, course)
    except KeyboardInterrupt as ending:
        left = course.todo - course.done
        tell(texts.say("ingest_interrupted", done=course.done, count=course.todo, left=left))
        return ending_code(ending)
    if call.sources and not course.records and not course.unusable and not course.lost:
        tell(texts.say("ingest_none_found"))
    if not call.quiet:
        show_lines(_summary(course, call, texts))
    return _code(course, call)


def _code(course: Course, call: Ingest) -> int:
    codes = {record.code for record in course.records if record.state != "superseded"}
    if course.unusable:
        codes.add(InputError.exit_code)
    if course.lost:
        codes.add(WorkerError.exit_code)
    if call.fail_on == "review" and any(record.state == "waits" for record in course.records):
        codes.add(FAILED_ON_REQUEST)
    return worst(codes) if codes else DONE


def _order(call: Ingest) -> Order:
    settings: dict[str, Any] = {
        "second_reader": call.second_reader,
        "text_readers": [str(name) for name in call.text_readers] if call.text_readers else None,
        "page_reader": call.page_reader,
        "review_threshold": call.review_threshold,
        "profile": profile_text(call.profile) if call.profile else None,
        "spreadsheet_safe": call.spreadsheet_safe,
        "crops": call.crops,
    }
    return Order(
        sources=call.sources or (),
        lines=sys.stdin if "-" in (call.sources or ()) else (),
        store=call.store,
        jobs=call.jobs,
        cluster=call.cluster,
        settings=settings,
        retry_failed=call.retry == "failed",
        outdated=call.outdated or (),
        latest=call.latest or (),
        wait=call.wait,
        memory=call.memory_limit,
        seconds=call.time_limit,
        log_level=call.log_level,
    )


def _check(order: Order) -> None:
    """Raise `UsageError` for a text reader that is not installed here, or a profile that is none; a worker finds out."""
    if order.settings["text_readers"] or order.settings["profile"]:
        limits = Limits(memory=order.memory, seconds=order.seconds)
        made = POOL.do("lampiran.cli.ingest_check:work", order.settings, limits=limits)
        if "wrong" in made:
            raise UsageError(**made["wrong"])


def _summary(course: Course, call: Ingest, texts: Texts) -> Iterator[str]:
    """Yield what a person wants to know of a run: what took the place of what, files of one content, counts, what to do next."""
    for record in course.records:
        yield from _place_of(record, course, texts)
    for record in course.settled:
        said = tuple(_place_of(record, course, texts))
        state = texts.say(f"state_{record.state}")
        yield from said or (texts.say("ingest_noted", name=record.names[0], state=state),)
    if not call.sources:
        return
    states = Counter(record.state for record in course.records)
    counts = {state: states[state] for state in ("done", "waits", "failed", "superseded")}
    known = len(course.records) - course.done
    yield texts.say("ingest_total", read=course.done, known=known, unusable=course.unusable + course.lost)
    yield texts.say("ingest_named", **counts)
    if states["failed"]:
        yield texts.say("ingest_retry", store=call.store)
    yield texts.say("ingest_store", store=call.store)


def _place_of(record: Record, course: Course, texts: Texts) -> Iterator[str]:
    """Yield what is to be said of a record's place among the others."""
    if len(record.names) > 1:
        yield texts.say("ingest_duplicate", name=record.names[0], others=", ".join(record.names[1:]))
    if record.relation is not None:
        by = course.by.get(record.superseded_by or "", "?")
        yield texts.say(f"ingest_{record.relation}", name=record.names[0], by=by)
    elif record.state == "waits" and record.reason is not None and not record.code:
        yield record.reason.text(texts.language)


class _Told:
    """Shows how a run goes: a bar, and a sentence for each input that nothing came of."""

    def __init__(self, bar: Progress, texts: Texts) -> None:
        self._bar, self._texts = bar, texts
        self._task = bar.add_task(texts.say("ingest_looking"), total=None)

    def looked(self, done: int) -> None:
        """See `Watcher`."""
        self._bar.update(self._task, completed=done)

    def begun(self, todo: int, known: int) -> None:
        """See `Watcher`."""
        doing = self._texts.say("ingest_reading", known=known)
        self._bar.reset(self._task, total=todo, description=doing)

    def read(self, record: Record) -> None:
        """See `Watcher`."""
        self._bar.advance(self._task)
        if record.reason is not None:
            self._say(record.reason)

    def unusable(self, reason: Message) -> None:
        """See `Watcher`."""
        self._say(reason)

    def passed_over(self, found: PassedOver) -> None:
        """See `Watcher`."""
        first = ", ".join(found.first) + (", ..." if found.count > len(found.first) else "")
        self._say(self._texts.say("ingest_passed_over", name=found.name, count=found.count, first=first))

    def _say(self, reason: Message | str) -> None:
        self._bar.stop()
        tell(reason if isinstance(reason, str) else reason.text(self._texts.language))
        self._bar.start()


@contextmanager
def _shown(texts: Texts, *, quiet: bool) -> Iterator[_Told]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    left = TextColumn(texts.say("time_left"), markup=False)
    silent = quiet or not console.is_terminal
    with Progress(
        *columns, left, TimeRemainingColumn(compact=True), console=console, transient=True,
        redirect_stdout=False, disable=silent,
    ) as bar:  # fmt: skip
        yield _Told(bar, texts)
