"""The values of a schedule in words: tokens, spans of periods, and the reading of a whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from schema.periods import PER_YEAR, months_of
from schema.plan import PeriodType, ScheduleState


@dataclass(frozen=True, slots=True)
class Span:
    """Periods of one type from `first` to `last`, counted from 1, with the years that print gives them.

    `finer` says that print is finer than a month (a week, a day, a month's end); `every` that it names all
    periods of the type at once, so that it cannot end a range; `numbered` that it is a month printed as a number,
    which may count the months of a quarter (`bulan ke-1 triwulan II`).
    """

    period_type: PeriodType
    first: int
    last: int
    first_year: int | None = None
    last_year: int | None = None
    finer: bool = False
    every: bool = False
    numbered: bool = False

    @classmethod
    def one(cls, period_type: PeriodType, period: int, *, finer: bool = False) -> Span:
        """Return a single period."""
        return cls(period_type, period, period, finer=finer)

    @classmethod
    def all_of(cls, period_type: PeriodType, *, finer: bool = False) -> Span:
        """Return every period of a type."""
        return cls(period_type, 1, PER_YEAR[period_type], finer=finer, every=True)

    @property
    def backwards(self) -> bool:
        """Tell whether the end is before the beginning."""
        return (self.last_year or 0, self.last) < (self.first_year or 0, self.first)

    def in_year(self, year: int | None) -> Span:
        """Return the span with a year where it has none."""
        first = self.first_year or year
        return replace(self, first_year=first, last_year=self.last_year or year or first)

    @property
    def months(self) -> frozenset[int]:
        """Return the months (1 to 12) in its periods."""
        return frozenset(m for n in self.periods() for m in months_of(self.period_type, n))

    def periods(self, year: int | None = None) -> frozenset[int]:
        """Return the periods; with a year only those in that year."""
        if year is None or self.first_year is None or self.last_year is None:
            return frozenset(range(self.first, self.last + 1))
        count = PER_YEAR[self.period_type]
        start, end = self.first_year * count + self.first, self.last_year * count + self.last
        own = range(year * count + 1, (year + 1) * count + 1)
        return frozenset(n - year * count for n in own if start <= n <= end)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind as one letter (listed in `tokens`), its value, and its place."""

    kind: str
    start: int
    end: int
    value: Any = None


def merged(kind: str, tokens: Sequence[Token], value: object = None) -> tuple[Token]:
    """Return one token in place of several."""
    return (Token(kind, tokens[0].start, tokens[-1].end, value),)


@dataclass(frozen=True, slots=True)
class Correction:
    """A misread word and the word it was taken for."""

    raw: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says.

    `text` is the printed text with its broken words joined and the corrections in it. `planned` holds what is
    planned; `unplanned` what is not, which follows only where the text was understood in whole. `unclear` are the
    pieces that were not understood, `open_words` those that name no period (`sesuai kebutuhan`), `backwards` the
    ranges that end before they begin, `mismatched` brackets that contradict what precedes them.
    `crossed` says that the text goes beyond the plan's year, of which only the plan's own part is planned.
    `years` are those that print names for what was understood. `alternatives` are the readings between which a person can choose.
    """

    state: ScheduleState
    text: str
    planned: frozenset[tuple[PeriodType, int]] = frozenset()
    unplanned: frozenset[tuple[PeriodType, int]] = frozenset()
    unclear: tuple[str, ...] = ()
    open_words: tuple[str, ...] = ()
    backwards: tuple[str, ...] = ()
    mismatched: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    finer: bool = False
    crossed: bool = False
    years: frozenset[int] = frozenset()
