"""The columns of a profile and those of a form turned into pairs: by name, then by role, then by place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from normalize.form.model import Column
from normalize.text import fold
from normalize.vocabulary import Role
from schema.profile import ProfileColumn

NAMED: tuple[Role, ...] = (
    "area_no",
    "area",
    "component",
    "indicator",
    "action",
    "evidence",
    "time",
    "responsible",
)
_SAME, _MISREAD = 88.0, 60.0
_PART = 98.0  # likeness of a name with one cell of a head of several
_BLOCK = 1.5  # weight of the columns of periods: where two have changed places, the other one has moved
_YEAR = re.compile(r"\b(19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """The column `old` of the profile is the column `new` of the form, both by their positions from 0.

    `by` tells what says so; `renamed` that its name is another one.
    """

    old: int
    new: int
    by: Literal["name", "role", "place"]
    renamed: bool = False


def match_columns(
    old: Sequence[ProfileColumn], new: Sequence[Column], *, recognised: bool = False
) -> tuple[Pair, ...]:
    """Return which column of a profile is which of a form, in the order of the profile, each at most once.

    A name that differs in its year, spaces or stops is the same; so is one of a `recognised` head in some letters.
    """
    pairs = _by_name(old, new, recognised=recognised)
    pairs += _by_role(_left(old, pairs), _left_new(new, pairs))
    pairs += _by_place(old, new, pairs)
    return tuple(sorted(pairs, key=lambda pair: pair.old))


def moved(pairs: Sequence[Pair], blocks: Sequence[bool]) -> tuple[Pair, ...]:
    """Return the pairs that stand out of order: all but the most that kept it.

    `blocks` tells of each pair whether it belongs to the columns of periods, which stand together and count as one.
    """
    firsts = [n for n in range(len(pairs)) if not (blocks[n] and n and blocks[n - 1])]
    kept = [pairs[n] for n in firsts]
    order = set(_heaviest_rising([p.new for p in kept], [_BLOCK if blocks[n] else 1.0 for n in firsts]))
    return tuple(pair for n, pair in enumerate(kept) if n not in order)


def is_same_name(one: str, other: str, *, recognised: bool = False) -> bool:
    """Tell whether two printed names are one: but for the year, spaces and stops, or for misread letters."""
    if _bare(one) == _bare(other):
        return True
    return recognised and fuzz.ratio(fold(one), fold(other)) >= _MISREAD


def _bare(name: str) -> str:
    return re.sub(r"\W", "", _YEAR.sub("", fold(name)))


def _by_name(old: Sequence[ProfileColumn], new: Sequence[Column], *, recognised: bool) -> list[Pair]:
    """Pair the likest names first; of several equal ones the first with the first."""
    nth_old, nth_new = _ordinals([c.name for c in old]), _ordinals([c.name for c in new])
    scored = sorted(
        (-score, abs(nth_old[a] - nth_new[b]), abs(a - b), a, b)
        for a, p in enumerate(old)
        for b, f in enumerate(new)
        if (score := _likeness(p, f)) >= (_MISREAD if recognised and p.role == f.role else _SAME)
    )
    pairs: list[Pair] = []
    for _, _, _, a, b in scored:
        if all(pair.old != a and pair.new != b for pair in pairs):
            same = is_same_name(old[a].name, new[b].name, recognised=recognised) or not old[a].head
            pairs.append(Pair(a, b, "name", renamed=not same and new[b].period is None))
    return pairs


def _ordinals(names: Sequence[str]) -> list[int]:
    """Return of each name how many equal ones stand before it."""
    seen: Counter[str] = Counter()
    places = []
    for name in names:
        places.append(seen[_bare(name)])
        seen[_bare(name)] += 1
    return places


def _likeness(old: ProfileColumn, new: Column) -> float:
    if _bare(old.name) == _bare(new.name):
        return 100.0
    if old.period is not None or new.period is not None:
        same = (old.period_type, old.period) == (new.period_type, new.period)
        return _PART if same else 0.0
    parts = (
        [fuzz.ratio(fold(old.name), fold(text)) - 100 + _PART for text in new.head] if not old.head else []
    )
    return max(fuzz.ratio(fold(old.name), fold(new.name)), *parts, 0.0)


def _left(old: Sequence[ProfileColumn], pairs: Sequence[Pair]) -> dict[int, ProfileColumn]:
    taken = {pair.old for pair in pairs}
    return {n: column for n, column in enumerate(old) if n not in taken}


def _left_new(new: Sequence[Column], pairs: Sequence[Pair]) -> dict[int, Column]:
    taken = {pair.new for pair in pairs}
    return {n: column for n, column in enumerate(new) if n not in taken}


def _by_role(old: dict[int, ProfileColumn], new: dict[int, Column]) -> list[Pair]:
    """Pair what is left where one column on either side has a role of the plan, and no periods."""
    pairs = []
    for role in NAMED:
        before = [n for n, column in old.items() if column.role == role and column.period is None]
        after = [n for n, column in new.items() if column.role == role and column.period is None]
        if len(before) == len(after) == 1:
            pairs.append(Pair(before[0], after[0], "role", renamed=True))
    return pairs


def _by_place(old: Sequence[ProfileColumn], new: Sequence[Column], pairs: Sequence[Pair]) -> list[Pair]:
    """Pair what is left between the same neighbours, in order, where as many are left on either side."""
    found = []
    for before, after in _gaps(old, new, pairs):
        fit = len(before) == len(after) and all(
            _may_be(old[a], new[b]) for a, b in zip(before, after, strict=True)
        )
        if fit:
            found += [Pair(a, b, "place", renamed=True) for a, b in zip(before, after, strict=True)]
    return found


def _gaps(
    old: Sequence[ProfileColumn], new: Sequence[Column], pairs: Sequence[Pair]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the unpaired positions of both sides between each two neighbours that kept their order."""
    ordered = sorted(pairs, key=lambda pair: pair.old)
    kept = [ordered[n] for n in _heaviest_rising([pair.new for pair in ordered], [1.0] * len(ordered))]
    left, left_new = _left(old, pairs), _left_new(new, pairs)
    bounds = [(-1, -1), *((pair.old, pair.new) for pair in kept), (len(old), len(new))]
    for (a, b), (c, d) in pairwise(bounds):
        yield [n for n in left if a < n < c], [n for n in left_new if b < n < d]


def _may_be(old: ProfileColumn, new: Column) -> bool:
    """Tell whether a column may be another one renamed: its new name says nothing else."""
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
