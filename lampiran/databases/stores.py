"""What a call names (stores, folders of results, results) -> the results in it, each with whether another takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lampiran.loading import FILE
from lampiran.stored import RESULTS, is_store, results_in, superseded_in


def places(paths: Sequence[Path], *, superseded: bool = True) -> Iterator[tuple[Path, bool]]:
    """Yield each result that a call names, and whether its store says that another one has taken its place.

    Without `superseded` those are left out. Raises `InputError` for a damaged store.
    """
    for store in filter(is_store, paths):
        old = {store / RESULTS / name for name in superseded_in(store)}
        inside = [file.parent for file in sorted((store / RESULTS).glob(f"*/{FILE}"))]
        yield from ((place, place in old) for place in inside if superseded or place not in old)
        if not inside:
            yield store, False  # whoever reads it says what is missing
    others = [path for path in paths if not is_store(path)]
    yield from ((place, False) for place in (results_in(others) if others else ()))
