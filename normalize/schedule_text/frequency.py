"""Tokens that say how often or how long turned into spans: `setiap bulan`, `2 kali setahun`, `selama 12 bulan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalize.schedule_text.model import Span, Token, merged
from normalize.schedule_text.settings import DAYS
from schema.periods import MONTHS, MONTHS_IN
from schema.plan import PeriodType

# Every so many months is once in each of these.
_INTERVALS = {months: kind for kind, months in MONTHS_IN.items()}
_PERIODS: Mapping[str, PeriodType] = {kind: kind for kind in MONTHS_IN}


def _all_of(unit: str, tokens: Sequence[Token]) -> tuple[Token]:
    """Take each period of a unit; what is done each day or week is done in every month."""
    kind = _PERIODS.get(unit)
    return merged("X", tokens, (Span.all_of(kind or "month", finer=kind is None),))


def every(tokens: Sequence[Token]) -> Sequence[Token]:
    """Turn `setiap bulan`, `bulanan`, `akhir setiap triwulan` into all periods of the unit."""
    (found,) = _all_of(tokens[-1].value, tokens)
    if not any(t.kind == "a" for t in tokens):
        return (found,)
    (span,) = found.value
    return merged("X", tokens, (Span.all_of(span.period_type, finer=True),))


def counted(tokens: Sequence[Token]) -> Sequence[Token]:
    """Turn `tiga bulan sekali`, `2 kali setiap semester`, `setahun sekali` into the periods that have a part in it.

    How often within a year says not in which months: that is left open.
    """
    number = next((t.value for t in tokens if t.kind == "N"), 1)
    unit = next(t.value for t in tokens if t.kind in "bQSywdzE")
    if any(t.kind == "k" for t in tokens) or not any(t.kind == "N" for t in tokens):
        return merged("o", tokens) if unit == "year" and number != 1 else _all_of(unit, tokens)
    if unit == "month":
        interval = _INTERVALS.get(number)
        return _all_of(interval, tokens) if interval else merged("o", tokens)
    short = {"day": DAYS.shortest_month, "week": DAYS.shortest_month // 7}.get(unit, 1)
    return _all_of(unit, tokens) if number <= short else merged("o", tokens)


def times_in(tokens: Sequence[Token]) -> Sequence[Token]:
    """Turn `1 kali dalam 3 bulan`, `2 kali dalam 1 tahun` into the periods that have a part in it."""
    number, unit = tokens[-2], tokens[-1]
    often = next((t.value for t in tokens if t.kind == "N"), 1) if tokens[0].kind == "N" else 1
    months = number.value * (MONTHS if unit.value == "year" else 1)
    if unit.value in ("month", "year"):
        interval = _INTERVALS.get(months)
        left_open = interval is None or (interval == "year" and often != 1)
        return merged("o", tokens) if left_open or interval is None else _all_of(interval, tokens)
    return _all_of(unit.value, tokens) if number.value == 1 else merged("o", tokens)


def duration(tokens: Sequence[Token]) -> Sequence[Token] | None:
    """Turn `selama 12 bulan`, `sepanjang tahun`, `1 tahun` into the periods they fill.

    `awal tahun` and a number of months without the first of them (kind `u`) are left open.
    """
    kinds = "".join(t.kind for t in tokens)
    number = next((t.value for t in tokens if t.kind == "N"), 1)
    if kinds[0] == "a":
        return merged("o", tokens)
    if tokens[-1].kind == "Y":
        return merged("X", tokens, (Span.all_of("month").in_year(tokens[-1].value),))
    if tokens[-1].kind == "b" or tokens[-1].value == "month":
        whole = number == MONTHS
        return merged("X", tokens, (Span.all_of("month"),)) if whole else merged("u", tokens, number)
    if tokens[-1].value != "year" or number != 1:
        return merged("o", tokens)
    unit = "month" if kinds[0] == "h" else "year"
    return _all_of(unit, tokens)
