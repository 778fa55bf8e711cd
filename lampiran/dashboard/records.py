"""The records of a store -> the inputs that have no result which counts, each with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lampiran.dashboard.model import Uncounted
from lampiran.stored import RESULTS, is_store

_RECORDS = "records"
_WAITING = frozenset({"waiting", "pending", "queued"})


def uncounted_in(paths: Sequence[Path], counted: Sequence[Path]) -> tuple[list[Path], list[Uncounted]]:
    """Return the results of `counted` that no other version superseded, and the inputs of stores that have no such result."""
    superseded: set[Path] = set()
    found: list[Uncounted] = []
    for store in filter(is_store, paths):
        for record in _records(store):
            result = _text(record.get("result"))
            if by := _text(record.get("superseded_by")):
                superseded.add(store / RESULTS / result)
                found.append(Uncounted(_name(record), "superseded", _reason(record), by))
            elif not result:
                state = "waiting" if record.get("state") in _WAITING else "failed"
                found.append(Uncounted(_name(record), state, _reason(record)))
    return [folder for folder in counted if folder not in superseded], found


def _records(store: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((store / _RECORDS).glob("*.json")):
        try:
            held = json.loads(path.read_bytes())
        except (OSError, ValueError):
            held = None
        yield held if isinstance(held, dict) else {"names": [path.name], "state": "failed"}


def _name(record: dict[str, Any]) -> str:
    names = record.get("names")
    first = names[0] if isinstance(names, list) and names else record.get("sha256")
    return _text(first) or "?"


def _reason(record: dict[str, Any]) -> tuple[str, str]:
    """Return the reason in Indonesian and English, whether it is one text or one a language."""
    held = record.get("reason")
    if isinstance(held, dict):
        return _text(held.get("id")), _text(held.get("en"))
    return _text(held), _text(held)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
