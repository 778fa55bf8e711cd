"""The columns of a profile and those of a form turned into pairs: by name, then by role, then by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from rapidfuzz import fuzz

from normalize.form.model import Column
from normalize.profile.settings import PROFILE
from normalize.text import fold
from schema.profile import ProfileColumn
from schema.roles import Role

NAMED: tuple[Role, ...] = tuple(role for role in get_args(Role) if role not in ("extra", "unknown"))
_YEAR = re.compile(r"\b(19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """The column `old` of the profile is the column `new` of the form, both by their positions from 0.

    `by` tells how they were paired; `renamed` that the name has changed.
    """

    old: int
    new: int
    by: Literal["name", "role", "place"]
    renamed: bool = False


def match_columns(
    old: Sequence[ProfileColumn], new: Sequence[Column], *, recognised: bool = False
) -> tuple[Pair, ...]:
    """Return which column of a profile is which of a form, in the order of the profile, each at most once.

    A name that differs in its year, spaces or stops is the same; so is one of a `recognised` header that differs in some letters.
    """
    pairs = _by_name(old, new, recognised=recognised)
    pairs += _by_role(old, new, pairs)
    pairs += _by_place(old, new, pairs)
    return tuple(sorted(pairs, key=lambda pair: pair.old))


def moved(pairs: Sequence[Pair], blocks: Sequence[bool]) -> tuple[Pair, ...]:
    """Return the pairs that are out of order: all but the most that kept it.

    `blocks` tells of each pair whether it belongs to the columns of periods, which are together and count as one.
    """
    firsts = [n for n in range(len(pairs)) if not (blocks[n] and n and blocks[n - 1])]
    weights = [PROFILE.block if blocks[n] else 1.0 for n in firsts]
    order = set(_heaviest_rising([pairs[n].new for n in firsts], weights))
    return tuple(pairs[n] for at, n in enumerate(firsts) if at not in order)


def is_same_name(one: str, other: str, *, recognised: bool = False) -> bool:
    """Tell whether two printed names are one: but for the year, spaces and stops, or for misread letters."""
    if _bare(one) == _bare(other):
        return True
    return recognised and fuzz.ratio(fold(one), fold(other)) >= PROFILE.misread


def _bare(name: str) -> str:
    return re.sub(r"\W", "", _YEAR.sub("", fold(name)))


def _by_name(old: Sequence[ProfileColumn], new: Sequence[Column], *, recognised: bool) -> list[Pair]:
    """Pair the most similar names first; of several equal ones the first with the first."""
    nth_old, nth_new = _ordinals([c.name for c in old]), _ordinals([c.name for c in new])
    scored = sorted(
        (-score, abs(nth_old[a] - nth_new[b]), abs(a - b), a, b)
        for a, p in enumerate(old)
        for b, f in enumerate(new)
        if (score := _likeness(p, f))
        >= (PROFILE.misread if recognised and p.role == f.role else PROFILE.same_name)
    )
    pairs: list[Pair] = []
    for _, _, _, a, b in scored:
        if all(pair.old != a and pair.new != b for pair in pairs):
            same = is_same_name(old[a].name, new[b].name, recognised=recognised) or not old[a].head
            pairs.append(Pair(a, b, "name", renamed=not same and new[b].period is None))
    return pairs


def _ordinals(names: Sequence[str]) -> list[int]:
    """Return for each name how many equal ones precede it."""
    seen: Counter[str] = Counter()
    places = []
    for name in names:
        places.append(seen[_bare(name)])
        seen[_bare(name)] += 1
    return places


def _likeness(old: ProfileColumn, new: Column) -> float:
    if _bare(old.name) == _bare(new.name):
        return PROFILE.whole
    if old.period is not None or new.period is not None:
        same = (old.period_type, old.period) == (new.period_type, new.period)
        return PROFILE.part if same else 0.0
    name, parts = fold(old.name), new.head if not old.head else ()
    likely = (fuzz.ratio(name, fold(text)) - PROFILE.whole + PROFILE.part for text in parts)
    return max(fuzz.ratio(name, fold(new.name)), *likely, 0.0)


def _by_role(old: Sequence[ProfileColumn], new: Sequence[Column], pairs: Sequence[Pair]) -> list[Pair]:
    """Pair what is left where one column on either side has a role of the plan, and no periods."""
    left, left_new = _left(old, pairs, "old"), _left(new, pairs, "new")
    found = []
    for role in NAMED:
        before = [n for n in left if old[n].role == role and old[n].period is None]
        after = [n for n in left_new if new[n].role == role and new[n].period is None]
        if len(before) == len(after) == 1:
            found.append(Pair(before[0], after[0], "role", renamed=True))
    return found


def _by_place(old: Sequence[ProfileColumn], new: Sequence[Column], pairs: Sequence[Pair]) -> list[Pair]:
    """Pair what is left between the same neighbours, in order, where as many are left on either side."""
    found = []
    for before, after in _gaps(old, new, pairs):
        both = list(zip(before, after, strict=False))
        if len(before) == len(after) and all(_may_be(old[a], new[b]) for a, b in both):
            found += [Pair(a, b, "place", renamed=True) for a, b in both]
    return found


def _left(columns: Sequence[object], pairs: Sequence[Pair], side: Literal["old", "new"]) -> list[int]:
    """Return the positions of the columns of one side that are in no pair."""
    taken = {getattr(pair, side) for pair in pairs}
    return [n for n in range(len(columns)) if n not in taken]


def _gaps(
    old: Sequence[ProfileColumn], new: Sequence[Column], pairs: Sequence[Pair]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the unpaired positions of both sides between each two neighbours that kept their order."""
    ordered = sorted(pairs, key=lambda pair: pair.old)
    kept = [ordered[n] for n in _heaviest_rising([pair.new for pair in ordered], [1.0] * len(ordered))]
    left, left_new = _left(old, pairs, "old"), _left(new, pairs, "new")
    bounds = [(-1, -1), *((pair.old, pair.new) for pair in kept), (len(old), len(new))]
    for (a, b), (c, d) in pairwise(bounds):
        yield [n for n in left if a < n < c], [n for n in left_new if b < n < d]


def _may_be(old: ProfileColumn, new: Column) -> bool:
    """Tell whether a column may be another one renamed: its new name does not say otherwise."""
    if old.period is not None or new.period is not None:
        return old.period is not None and new.period is None and new.role in ("unknown", "time")
    settled = new.why == "name" and new.certainty == "certain" and new.role != "unknown"
    return not settled or new.role == old.role


def _heaviest_rising(values: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Return the positions of the rising subsequence that weighs most, of equal ones the first."""
    best: list[tuple[float, int | None]] = []
    for n, value in enumerate(values):
        before = [(best[m][0], -m) for m in range(n) if values[m] < value]
        weight, last = max(before, default=(0.0, 0))
        best.append((weight + weights[n], -last if before else None))
    at = max(range(len(values)), key=lambda n: best[n][0], default=None)
    chain: list[int] = []
    while at is not None:
        chain.append(at)
        at = best[at][1]
    return chain[::-1]
