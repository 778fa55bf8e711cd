"""Results -> the Dashboard value: each decree once, in order, with what changed since the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from lampiran.dashboard.model import Dashboard, DecreeView, Uncounted
from lampiran.dashboard.rows import decree_view, natural, questions
from lampiran.dashboard.years import Progress, neighbours, year_pairs
from lampiran.version import __version__
from schema.plan import Plan

_KEPT = 2  # plans in memory beside the dashboard: the two that are compared


@dataclass(frozen=True, slots=True)
class Source:
    """A result: where it lies, and how its plan is loaded; it is loaded again where two years are compared.

    `reason` is what it waits for besides its findings, in Indonesian and English, if a store says so.
    """

    folder: Path
    load: Callable[[], Plan]
    reason: tuple[str, str] = ("", "")


@dataclass
class Collected:
    """The results so far. Of each plan only what is shown stays in memory; of several of one decree the first counts."""

    _seen: dict[str, DecreeView] = field(default_factory=dict)
    _loads: dict[str, Callable[[], Plan]] = field(default_factory=dict)
    _repeated: list[Uncounted] = field(default_factory=list)

    def add(self, source: Source) -> None:
        """Take a result in. Raises what its `load` raises."""
        view = replace(decree_view(source.load(), source.folder), reason=source.reason)
        if first := self._seen.get(view.decree_id):
            state = "undecided" if any(source.reason) else "same"
            self._repeated.append(Uncounted(source.folder.name, state, source.reason, first.folder.name))
        else:
            self._seen[view.decree_id], self._loads[view.decree_id] = view, source.load

    def decrees(self) -> tuple[DecreeView, ...]:
        """Return the decrees that count, in the order of office, year and number."""
        return tuple(sorted(self._seen.values(), key=_order))

    def compared(self) -> int:
        """Return how many pairs of years `dashboard` will compare."""
        return len(neighbours(self.decrees()))

    def dashboard(self, uncounted: Iterable[Uncounted] = (), compared: Progress | None = None) -> Dashboard:
        """Compare the years and return all; `compared` is called behind each pair. Raises what a `load` raises."""
        decrees = self.decrees()

        @lru_cache(maxsize=_KEPT)
        def plan_of(number: int) -> Plan:
            return self._loads[decrees[number].decree_id]()

        return Dashboard(
            version=__version__,
            decrees=decrees,
            questions=questions(),
            pairs=year_pairs(decrees, plan_of, compared),
            uncounted=(*self._repeated, *uncounted),
        )


def dashboard_of(sources: Iterable[Source], uncounted: Iterable[Uncounted] = ()) -> Dashboard:
    """Return what a dashboard shows of results. Raises what a source's `load` raises."""
    collected = Collected()
    for source in sources:
        collected.add(source)
    return collected.dashboard(uncounted)


def _order(view: DecreeView) -> tuple[str, str, int, str, str, str]:
    return natural(view.office), view.office, view.year or 0, view.date, view.number, view.decree_id
