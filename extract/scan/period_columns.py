"""What the pages of a document tell each other about their columns of periods while they are read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event
from typing import NamedTuple

from extract.scan.settings import NARROW


class PeriodColumns(NamedTuple):
    """Columns that hold periods: all column edges of their grid as shares of its width, and which columns they are."""

    edges: tuple[float, ...]
    block: range

    def is_like(self, other: PeriodColumns) -> bool:
        """Tell whether two grids have their columns, and those of periods, at the same places."""
        return (
            self.block == other.block
            and len(self.edges) == len(other.edges)
            and all(abs(a - b) <= NARROW.same_edge for a, b in zip(self.edges, other.edges, strict=True))
        )

    def is_among(self, others: Iterable[PeriodColumns]) -> bool:
        """Tell whether one of some others is like this."""
        return any(self.is_like(other) for other in others)


class PagePeriods:
    """One page's part in what a document's pages know: it reports what it found, and learns what earlier pages found.

    The pages of a chain may be read at once, but must be started in their order: each waits for those before it.
    """

    def __init__(self, before: PagePeriods | None = None) -> None:
        self._before = before
        self._known: tuple[PeriodColumns, ...] = ()
        self._reported = Event()

    def exchange(self, found: Iterable[PeriodColumns]) -> tuple[PeriodColumns, ...]:
        """Report what this page's labels show; return that and what the labels of all pages before show."""
        earlier = self._before.known() if self._before is not None else ()
        self._known = (*earlier, *(one for one in found if not one.is_among(earlier)))
        self._reported.set()
        return self._known

    def known(self) -> tuple[PeriodColumns, ...]:
        """Return what is known up to this page, as soon as it has reported."""
        self._reported.wait()
        return self._known

    def close(self) -> None:
        """Let the pages behind go on where this page ended without a report."""
        if not self._reported.is_set():
            self.exchange(())
