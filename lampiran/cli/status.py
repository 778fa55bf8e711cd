"""A store -> the state of its decrees, as a table for people or as JSON; one exit code."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lampiran.cli.exits import DONE
from lampiran.cli.options import Status as Call
from lampiran.cli.terminal import give, show_lines
from lampiran.cli.texts import Texts
from lampiran.ingest.opening import open_store
from lampiran.ingest.status import Running, Status, status_of
from schema.harmless import visible

STATES = ("done", "waits", "failed", "superseded")


def run(call: Call, texts: Texts) -> int:
    """Print the state of a store. Raises `InputError` where there is none, `OutputError` where it cannot be read."""
    status = status_of(open_store(call.store))
    if call.as_json:
        give(status.model_dump_json(indent=1))
        return DONE
    for line in _lines(status, texts):
        show_lines([line])
    if status.groups:
        Console().print(_table(status, texts), highlight=False)
    for key, told in (("status_waiting", status.waiting), ("status_failure", status.failures)):
        for one in told:
            said = one.reason.text(texts.language) if one.reason else one.name
            show_lines([texts.say(key, reason=said)])
    return DONE


def _lines(status: Status, texts: Texts) -> Iterator[str]:
    counts = {state: getattr(status, state) for state in STATES}
    yield texts.say("status_store", store=status.store, count=status.decrees, duplicates=status.duplicates)
    yield texts.say("ingest_states", **counts)
    if status.stale:
        yield texts.say("status_stale", count=status.stale)
    if status.broken is not None:
        yield texts.say("status_broken", done=status.broken.done, count=status.broken.todo)
    if status.running is not None:
        yield _running(status.running, texts)


def _running(running: Running, texts: Texts) -> str:
    who = {"process": running.process, "machine": running.machine, "since": running.since}
    if running.rate is None or running.left is None:
        return texts.say("status_running", **who, done=running.done, count=running.todo)
    minutes = max(1, round(running.left / 60))
    pace = {"rate": f"{running.rate:.0f}", "left": minutes}
    return texts.say("status_pace", **who, done=running.done, count=running.todo, **pace)


def _table(status: Status, texts: Texts) -> Table:
    table = Table(texts.say("status_office"), texts.say("status_year"))
    for state in STATES:
        table.add_column(texts.say(f"state_{state}"), justify="right")
    for group in status.groups:
        counts = (str(getattr(group, state)) for state in STATES)
        office = visible(group.office or texts.say("status_unknown"), one_line=True)
        table.add_row(escape(office), escape(visible(group.year or "", one_line=True)), *counts)
    return table
