"""The decrees of a dashboard -> which decree of an office follows which, and what changed from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from lampiran.alignment.wording import wording
from lampiran.dashboard.model import Change, DecreeView, YearPair
from lampiran.diff.actions import PLACE, TIME
from lampiran.diff.compare import compare
from lampiran.diff.reference import reference_from
from lampiran.resources import load_resources
from schema.comparison import ActionDelta, Comparison
from schema.plan import Plan

Progress: TypeAlias = Callable[[], None]
COUNTED = ("same", "reworded", "moved_place", "moved_time", "new", "gone", "reading", "unknown")


def neighbours(decrees: Sequence[DecreeView]) -> list[tuple[int, int]]:
    """Return, for each decree with an older one of its office, the numbers of the two, the older first.

    The older is that of the nearest earlier year; of several in that year the one with the latest date. A decree whose
    office or year was not read has none.
    """
    found = []
    for b, newer in enumerate(decrees):
        earlier = [a for a, older in enumerate(decrees) if _precedes(older, newer)]
        if earlier:
            found.append((max(earlier, key=lambda a: (decrees[a].year or 0, decrees[a].date, -a)), b))
    return found


def _precedes(older: DecreeView, newer: DecreeView) -> bool:
    if older.year is None or newer.year is None or older.year >= newer.year:
        return False
    return bool(newer.office) and wording(older.office) == wording(newer.office)


def year_pairs(
    decrees: Sequence[DecreeView], plan_of: Callable[[int], Plan], done: Progress | None = None
) -> tuple[YearPair, ...]:
    """Compare each decree with the one before it, as `lampiran diff` does; `plan_of` gives the plan of a number.

    `done` is called behind each pair.
    """
    reference = reference_from(load_resources())
    pairs = []
    for a, b in neighbours(decrees):
        pairs.append(_pair(a, b, compare(plan_of(a), plan_of(b), reference), decrees))
        if done:
            done()
    return tuple(pairs)


def _pair(a: int, b: int, found: Comparison, decrees: Sequence[DecreeView]) -> YearPair:
    rows_a, rows_b = ({row.action_id: n for n, row in enumerate(decrees[n].rows)} for n in (a, b))
    counts = found.counts.model_dump()
    return YearPair(
        a=a,
        b=b,
        changes=tuple(
            Change(
                kinds=frozenset(_kinds(delta)),
                a=rows_a[delta.a.action_id] if delta.a else None,
                b=rows_b[delta.b.action_id] if delta.b else None,
            )
            for delta in found.actions
        ),
        counts={kind: counts[kind] for kind in COUNTED},
    )


def _kinds(delta: ActionDelta) -> list[str]:
    """Return what an action counts as, by the rules of `Counts`."""
    sure = () if delta.in_doubt else delta.kinds
    changed = set(delta.changed)
    told = {
        "moved_place": bool(PLACE & changed),
        "moved_time": bool(TIME & changed),
        "reading": bool(delta.reading) or delta.in_doubt,
        "unknown": bool(delta.unknown),
    }
    return [kind for kind in COUNTED if told.get(kind, kind in sure)]
