"""What a call names (stores, folders of results, results) -> the results in it, each with whether another takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lampiran.stored import is_store, named_store, results_in, store_results


def places(paths: Sequence[Path], *, superseded: bool = True) -> Iterator[tuple[Path, bool]]:
    """Yield each result that a call names, and whether its store says that another one has taken its place.

    Without `superseded` those are left out. Raises `InputError` for a damaged store.
    """
    for store in filter(is_store, map(named_store, paths)):
        inside = store_results(store)
        yield from ((place, old) for place, old in inside.items() if superseded or not old)
        if not inside:
            yield store, False  # whoever reads it says what is missing
    others = [path for path in paths if not is_store(named_store(path))]
    yield from ((place, False) for place in (results_in(others) if others else ()))
