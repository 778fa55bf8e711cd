"""Results -> the Dashboard value: each decree once, in order, with what changed since the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lampiran.dashboard.model import Dashboard, DecreeView, Uncounted
from lampiran.dashboard.rows import decree_view, questions
from lampiran.dashboard.years import year_pairs
from lampiran.version import __version__
from schema.plan import Plan

_KEPT = 2  # plans in memory beside the dashboard: the two that are compared


@dataclass(frozen=True, slots=True)
class Source:
    """A result: where it lies, and how its plan is loaded; it is loaded again where two years are compared."""

    folder: Path
    load: Callable[[], Plan]


def dashboard_of(sources: Iterable[Source], uncounted: Iterable[Uncounted] = ()) -> Dashboard:
    """Return what a dashboard shows of results; of several of the same decree the first counts.

    Of each plan only what is shown stays in memory. Raises what a source's `load` raises.
    """
    seen: dict[str, DecreeView] = {}
    loads: dict[str, Callable[[], Plan]] = {}
    repeated: list[Uncounted] = []
    for source in sources:
        view = decree_view(source.load(), source.folder)
        if first := seen.get(view.decree_id):
            repeated.append(Uncounted(source.folder.name, "same", beside=first.folder.name))
        else:
            seen[view.decree_id], loads[view.decree_id] = view, source.load
    decrees = tuple(sorted(seen.values(), key=_order))

    @lru_cache(maxsize=_KEPT)
    def plan_of(number: int) -> Plan:
        return loads[decrees[number].decree_id]()

    return Dashboard(
        version=__version__,
        decrees=decrees,
        questions=questions(),
        pairs=year_pairs(decrees, plan_of),
        uncounted=(*repeated, *uncounted),
    )


def _order(view: DecreeView) -> tuple[str, str, int, str, str, str]:
    return view.office.casefold(), view.office, view.year or 0, view.date, view.number, view.decree_id
