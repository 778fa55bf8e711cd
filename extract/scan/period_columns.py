"""What the pages of a document tell each other of their columns of periods, while they are read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event
from typing import NamedTuple

SAME_EDGE = 0.012  # share of a grid's width by which its columns may stand elsewhere on the next page


class PeriodColumns(NamedTuple):
    """Columns that hold periods: all column edges of their grid as shares of its width, and which columns they are."""

    edges: tuple[float, ...]
    block: range

    def is_like(self, other: PeriodColumns) -> bool:
        """Tell whether two grids have their columns, and those of periods, at the same places."""
        return (
            self.block == other.block
            and len(self.edges) == len(other.edges)
            and all(abs(one - two) <= SAME_EDGE for one, two in zip(self.edges, other.edges, strict=True))
        )


class PagePeriods:
    """One page's part in what a document's pages know: it says what it found, and learns what earlier pages found.

    The pages of a chain may be read at once, but must be begun in their order: each waits for those before it.
    """

    def __init__(self, before: PagePeriods | None = None) -> None:
        self._before = before
        self._known: tuple[PeriodColumns, ...] = ()
        self._told = Event()

    def exchange(self, found: Iterable[PeriodColumns]) -> tuple[PeriodColumns, ...]:
        """Say what this page's labels tell; return that and what the labels of all pages before told."""
        earlier = self._before.told() if self._before is not None else ()
        self._known = (*earlier, *(one for one in found if not any(one.is_like(two) for two in earlier)))
        self._told.set()
        return self._known

    def told(self) -> tuple[PeriodColumns, ...]:
        """Return what is known up to this page, once it has said so."""
        self._told.wait()
        return self._known

    def close(self) -> None:
        """Let the pages behind go on where this page ended without a word."""
        if not self._told.is_set():
            self.exchange(())
