"""Rows of figures turned into the sums that they print: rows that do not fit, and cells that a sum confirms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalize.figures.columns import column_kind
from normalize.figures.model import Seen
from normalize.figures.settings import SUMS

Row = Mapping[int, Seen]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Figures that do not add up: the sum's cell, its parts, and what they add up to."""

    total: Seen
    parts: tuple[Seen, ...]
    value: Decimal


@dataclass(slots=True)
class Sums:
    """What the sums of a table say: `misfits`, and the cells that a sum confirms."""

    misfits: list[Misfit] = field(default_factory=list)
    confirmed: list[Seen] = field(default_factory=list)


def checked_sums(rows: Sequence[Row], is_total: Sequence[bool]) -> Sums:
    """Check the sums that a table prints.

    `rows` hold the cells of single columns by their column, `is_total` tells which rows are sums by their name. A column is
    the sum of those beside it where most rows say so; a row of sums adds up what is above it where it does so in some column; the only recognised one of a table is taken at its
    name.
    """
    found = Sums()
    for total, parts in _relations(rows):
        for row in rows:
            _check(found, row.get(total), [row.get(part) for part in parts])
    for at in (n for n, total in enumerate(is_total) if total):
        _check_total(found, rows, at, is_total)
    return found


def _relations(rows: Sequence[Row]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each column that is the sum of neighbours, with those."""
    columns = sorted({column for row in rows for column in row})
    figures = [c for c in columns if column_kind([row[c] for row in rows if c in row]) == "number"]
    for at, total in enumerate(figures):
        sides = (figures[max(0, at - SUMS.most_parts) : at][::-1], figures[at + 1 : at + 1 + SUMS.most_parts])
        runs = [side[:size] for side in sides for size in range(len(side), 1, -1)]
        best = max(runs, key=lambda run: _fits(rows, total, run), default=None)
        if best is not None and _fits(rows, total, best) > 0:
            yield total, tuple(best)


def _fits(rows: Sequence[Row], total: int, parts: Sequence[int]) -> float:
    """Return the share of rows in which a column is the sum of others, 0 where it is not clear that it is one."""
    whole = [
        row
        for row in rows
        if _sum([row.get(part) for part in parts]) is not None and _value(row.get(total)) is not None
    ]
    telling = [row for row in whole if sum(bool(_value(row.get(part))) for part in parts) > 1]
    fitting = sum(_sum([row.get(part) for part in parts]) == _value(row.get(total)) for row in telling)
    clear = fitting >= SUMS.fewest and fitting >= SUMS.clear * len(telling)
    return fitting / len(telling) if clear else 0.0


def _value(cell: Seen | None) -> Decimal | None:
    """Return a cell's value; an empty one and a dash are 0."""
    if cell is None:
        return None
    return Decimal(0) if cell.kind == "none" else cell.value


def _sum(cells: Sequence[Seen | None]) -> Decimal | None:
    values = [_value(cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _check(found: Sums, total: Seen | None, parts: Sequence[Seen | None]) -> None:
    value = _sum(parts)
    if total is None or value is None or total.value is None:
        return
    own = [part for part in parts if part is not None and part.kind != "none"]
    if value == total.value:
        found.confirmed += [total, *own] if len(own) > 1 else []
    elif own:
        found.misfits.append(Misfit(total, tuple(own), value))


def _check_total(found: Sums, rows: Sequence[Row], at: int, is_total: Sequence[bool]) -> None:
    """Check a row of sums against the rows above: all of them, those since the last sums, or the sums alone."""
    since = max((n + 1 for n in range(at) if is_total[n]), default=0)
    every = [n for n in range(at) if not is_total[n]]
    ways = [every, list(range(since, at)), [n for n in range(at) if is_total[n]]]
    checks: list[Sums] = []
    for way in (way for way in ways if len(way) > 1):
        own = Sums()
        for column, total in rows[at].items():
            parts = [rows[n].get(column) for n in way]
            if any(part is not None and part.kind == "number" for part in parts):
                _check(
                    own,
                    total,
                    [part for part in parts if part is not None and part.kind in ("number", "none")],
                )
        checks.append(own)
    best = max(checks, key=lambda own: len(own.confirmed), default=Sums())
    found.confirmed += best.confirmed
    if best.confirmed:
        found.misfits += best.misfits
    elif checks and sum(is_total) == 1:
        found.misfits += [misfit for misfit in checks[0].misfits if misfit.total.recognised]
