"""What a call names (stores, folders of results, results) -> the results in it, each with whether another takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lampiran.loading import FILE
from lampiran.stored import RESULTS, is_store, results_in

_RECORDS = "records"


def places(paths: Sequence[Path], *, superseded: bool = True) -> Iterator[tuple[Path, bool]]:
    """Yield each result that a call names, and whether its store says that another one has taken its place.

    Without `superseded` those are left out.
    """
    for store in filter(is_store, paths):
        old = set(_superseded(store))
        inside = [file.parent for file in sorted((store / RESULTS).glob(f"*/{FILE}"))]
        yield from ((place, place in old) for place in inside if superseded or place not in old)
        if not inside:
            yield store / RESULTS, False  # whoever reads it says what is missing
    others = [path for path in paths if not is_store(path)]
    yield from ((place, False) for place in (results_in(others) if others else ()))


def _superseded(store: Path) -> Iterator[Path]:
    """Yield the results of a store that another one has taken the place of, by its records."""
    for record in sorted((store / _RECORDS).glob("*.json")):
        try:
            held = json.loads(record.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(held, dict) and held.get("superseded_by") and held.get("result"):
            yield store / RESULTS / str(held["result"])
