"""What a call names (stores, folders of results, results) -> the results in it, each with whether another takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lampiran.stored import RESULTS, is_store, results_in

_RECORDS = "records"


def places(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield each result that a call names, and whether its store says that another result has taken its place."""
    old = {path for store in paths if is_store(store) for path in _superseded(store)}
    yield from ((place, place in old) for place in results_in(paths))


def _superseded(store: Path) -> Iterator[Path]:
    """Yield the results of a store that another one has taken the place of, by its records."""
    for record in sorted((store / _RECORDS).glob("*.json")):
        try:
            held = json.loads(record.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(held, dict) and held.get("superseded_by") and held.get("result"):
            yield store / RESULTS / str(held["result"])
