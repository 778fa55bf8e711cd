"""The records of a store -> the inputs that have no result which counts, each with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from lampiran.dashboard.model import Uncounted
from lampiran.stored import RECORDS, RESULTS, SUPERSEDED, is_store

_RELATIONS = {
    "same": "same",
    "version": "superseded",
    "amended": "amended",
}  # what took a decree's place -> a state


@dataclass(frozen=True, slots=True)
class Recorded:
    """The results that count, the inputs without one, and what is said of results that wait, by their folder."""

    results: list[Path]
    uncounted: list[Uncounted] = field(default_factory=list)
    reasons: dict[Path, tuple[str, str]] = field(default_factory=dict)


def recorded(paths: Sequence[Path], results: Sequence[Path]) -> Recorded:
    """Return `results`, those of the paths, as the records of the stores among the paths sort them."""
    superseded: set[Path] = set()
    found = Recorded([])
    for store in filter(is_store, paths):
        records = list(_records(store))
        names = {_text(record.get("sha256")): _name(record) for record in records}
        for record in records:
            result = _text(record.get("result"))
            place = store / RESULTS / result
            if record.get("state") == SUPERSEDED:
                superseded.add(place)
                found.uncounted.append(_superseded(record, names))
            elif result:
                found.reasons[place] = _reason(record) if record.get("state") == "waits" else ("", "")
            else:
                state = "waiting" if record.get("state") == "waits" else "failed"
                found.uncounted.append(Uncounted(_name(record), state, _reason(record)))
    found.results.extend(folder for folder in results if folder not in superseded)
    return found


def _superseded(record: Mapping[str, Any], names: Mapping[str, str]) -> Uncounted:
    by = _text(record.get("superseded_by"))
    state = _RELATIONS.get(_text(record.get("relation")), "superseded")
    return Uncounted(_name(record), state, _reason(record), names.get(by, by))


def _records(store: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((store / RECORDS).glob("*.json")):
        try:
            held = json.loads(path.read_bytes())
        except (OSError, ValueError):
            held = None
        yield held if isinstance(held, dict) else {"names": [path.name], "state": "failed"}


def _name(record: Mapping[str, Any]) -> str:
    """Return the name that an input came under first, without the folders over it, which are of no concern to others."""
    names = record.get("names")
    first = names[0] if isinstance(names, list) and names else record.get("sha256")
    return PurePosixPath(_text(first).replace("\\", "/")).name or "?"


def _reason(record: Mapping[str, Any]) -> tuple[str, str]:
    """Return the reason in Indonesian and English, empty where there is none."""
    held = record.get("reason")
    return (_text(held.get("id")), _text(held.get("en"))) if isinstance(held, dict) else ("", "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
