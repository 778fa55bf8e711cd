"""The records of a store -> its results that count, and the inputs without one, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from extract.held_file import read_whole
from extract.settings import LIMITS
from lampiran.dashboard.model import Uncounted
from lampiran.loading import FILE
from lampiran.stored import RECORDS, RESULTS, SUPERSEDED, is_store, named_store
from schema.json_text import from_json

_RELATIONS = {
    "same": "same",
    "version": "superseded",
    "amended": "amended",
}  # what took a decree's place -> a state
_READ = ("done", "waits")  # states of a record whose result holds
_LOST = (
    "Folder hasilnya tidak ada lagi di gudang.",
    "The folder of its result is no longer in the store.",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The results that count, the inputs without one, and what is said of results that wait, by their folder."""

    results: list[Path]
    uncounted: list[Uncounted] = field(default_factory=list)
    reasons: dict[Path, tuple[str, str]] = field(default_factory=dict)


def recorded(paths: Sequence[Path], results: Sequence[Path]) -> Recorded:
    """Return `results`, those of the paths, with those of the stores among the paths as their records sort them.

    Each record of a store gives one result or one input that is not counted. A folder in a store that no record
    names, as a reading that failed leaves one of an earlier reading, is neither.
    """
    stores = list(dict.fromkeys(filter(is_store, map(named_store, paths))))
    homes = {store / RESULTS for store in stores}
    found = Recorded([one for one in results if one not in homes and one.parent not in homes])
    for store in stores:
        _sort(store, found)
    return found


def _sort(store: Path, found: Recorded) -> None:
    """Add what the records of a store say to what was found."""
    records = list(_records(store))
    names = {_text(record.get("sha256")): _name(record) for record in records}
    counted = []
    for record in records:
        place = store / RESULTS / _text(record.get("result"))
        if record.get("state") in _READ and place.parent == store / RESULTS:
            if (place / FILE).is_file():
                counted.append(place)
                found.reasons[place] = _reason(record) if record.get("state") == "waits" else ("", "")
            else:
                found.uncounted.append(Uncounted(_name(record), "failed", _LOST))
        else:
            found.uncounted.append(_uncounted(record, names))
    found.results.extend(sorted(counted))


def _uncounted(record: Mapping[str, Any], names: Mapping[str, str]) -> Uncounted:
    if record.get("state") == SUPERSEDED:
        return _superseded(record, names)
    return Uncounted(
        _name(record), "waiting" if record.get("state") == "waits" else "failed", _reason(record)
    )


def _superseded(record: Mapping[str, Any], names: Mapping[str, str]) -> Uncounted:
    by = _text(record.get("superseded_by"))
    state = _RELATIONS.get(_text(record.get("relation")), "superseded")
    return Uncounted(_name(record), state, _reason(record), names.get(by, by))


def _records(store: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((store / RECORDS).glob("*.json")):
        try:
            held = from_json(read_whole(path, LIMITS.result_bytes))
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
