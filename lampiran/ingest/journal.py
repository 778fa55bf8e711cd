"""What happens in a run, with times -> lines of a file, and how far the run is; no part of the store's data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import AwareDatetime, ConfigDict

from lampiran.ingest.settings import SHOWN
from lampiran.ingest.stores import JOURNAL, Store
from schema.base import Count, Frozen


def note(store: Store, event: str, **said: object) -> None:
    """Write down what happens now."""
    told = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said}
    store.append(JOURNAL, json.dumps(told, ensure_ascii=False).encode("utf-8") + b"\n")


class _Event(Frozen):
    """A line of the journal, as far as it is read again."""

    model_config = ConfigDict(extra="ignore")

    at: AwareDatetime
    event: str
    todo: Count = 0
    sha256: str = ""
    state: str = ""


@dataclass(frozen=True)
class Pace:
    """How far the last run is: files to do, files done, files a minute, seconds left (`None` where it cannot be said)."""

    todo: int
    done: int
    rate: float | None
    left: float | None
    ended: bool
    failures: tuple[str, ...]  # sha256, the last one first


def pace_of(store: Store) -> Pace | None:
    """Return how far the last run is, `None` where there was none."""
    content = (store.read(JOURNAL) or b"")[-SHOWN.journal :]
    said = list(_events(content.splitlines()))
    begun = max((index for index, event in enumerate(said) if event.event == "begin"), default=None)
    if begun is None:
        return None
    last = said[begun:]
    files = [event for event in last if event.event == "file"]
    times = [event.at for event in (last[0], *files)][-SHOWN.rate :]
    spent = (times[-1] - times[0]).total_seconds()
    rate = (len(times) - 1) / spent * 60 if spent > 0 else None
    todo = last[0].todo
    left = (todo - len(files)) / rate * 60 if rate else None
    failed = [event.sha256 for event in reversed(files) if event.state == "failed"]
    ended = any(event.event == "end" for event in last)
    return Pace(todo, len(files), rate, left, ended, tuple(failed))


def events(store: Store) -> list[tuple[float, str]]:
    """Return what happened and when, in seconds since 1970."""
    lines = (store.read(JOURNAL) or b"").splitlines()
    return [(each.at.timestamp(), each.event) for each in _events(lines)]


def _events(lines: Iterable[bytes]) -> Iterator[_Event]:
    for line in lines:
        with suppress(ValueError):  # the line that a killed run was writing, or a person changed
            yield _Event.model_validate_json(line)
