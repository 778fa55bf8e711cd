"""What happens in a run, with times -> lines of a file, and how far the run is; no part of the store's data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lampiran.ingest.settings import SHOWN
from lampiran.ingest.stores import JOURNAL, Store


def note(store: Store, event: str, **said: object) -> None:
    """Write down what happens now."""
    told = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said}
    store.append(JOURNAL, json.dumps(told, ensure_ascii=False).encode("utf-8") + b"\n")


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
    begun = max((index for index, event in enumerate(said) if event.get("event") == "begin"), default=None)
    if begun is None:
        return None
    last = said[begun:]
    files = [event for event in last if event.get("event") == "file"]
    times = [datetime.fromisoformat(event["at"]) for event in (last[0], *files)][-SHOWN.rate :]
    spent = (times[-1] - times[0]).total_seconds()
    rate = (len(times) - 1) / spent * 60 if spent > 0 else None
    todo = int(last[0].get("todo", 0))
    left = (todo - len(files)) / rate * 60 if rate else None
    failed = [str(event["sha256"]) for event in reversed(files) if event.get("state") == "failed"]
    ended = any(event.get("event") == "end" for event in last)
    return Pace(todo, len(files), rate, left, ended, tuple(failed))


def events(store: Store) -> list[tuple[float, str]]:
    """Return what happened and when, in seconds since 1970."""
    lines = (store.read(JOURNAL) or b"").splitlines()
    return [
        (datetime.fromisoformat(each["at"]).timestamp(), str(each.get("event"))) for each in _events(lines)
    ]


def _events(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the line that a killed run was writing
        if isinstance(event, dict) and "at" in event:
            yield event
