"""Tokens of a schedule reduced, rule by rule, to spans of periods; what no rule takes is left as it is."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from normalize.schedule_text.frequency import counted, duration, every, times_in
from normalize.schedule_text.model import Span, Token, merged
from normalize.schedule_text.settings import DAYS
from schema.periods import PER_YEAR, months_of
from schema.plan import PeriodType

Tokens = Sequence[Token]
Builder = Callable[[Tokens], "Sequence[Token] | None"]
_LAST_DAY, _LAST_WEEK = 31, 5
_UNITS: dict[str, PeriodType] = {"b": "month", "Q": "quarter", "S": "semester"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over the letters of the tokens' kinds, and what turns the tokens it matches into others."""

    pattern: re.Pattern[str]
    build: Builder


def reduce_tokens(tokens: Tokens, year: int | None) -> list[Token]:
    """Apply every rule in its order, each from left to right; `year` is the plan's own, where it is known."""
    kept = list(tokens)
    for rule in (*_DATED, _short_year(year), *_RULES):
        kept = _applied(rule, kept)
    return kept


def spans(token: Token) -> tuple[Span, ...]:
    """Return the spans of a token of kind `X`."""
    found: tuple[Span, ...] = token.value
    return found


def _applied(rule: Rule, tokens: list[Token]) -> list[Token]:
    at, kinds = 0, "".join(t.kind for t in tokens)
    while (found := rule.pattern.search(kinds, at)) is not None:
        new = rule.build(tokens[found.start() : found.end()])
        if new is None:
            at = found.start() + 1
            continue
        tokens = [*tokens[: found.start()], *new, *tokens[found.end() :]]
        kinds = kinds[: found.start()] + "".join(t.kind for t in new) + kinds[found.end() :]
        at = found.start() + len(new)
    return tokens


def _weeks(tokens: Tokens) -> Sequence[Token] | None:
    numbers = [t.value for t in tokens if t.kind in "NR"]
    return merged("W", tokens, None) if all(1 <= n <= _LAST_WEEK for n in numbers) else None


def _days(tokens: Tokens) -> Sequence[Token] | None:
    numbers = [t.value for t in tokens if t.kind == "N"]
    return merged("W", tokens, None) if all(1 <= n <= _LAST_DAY for n in numbers) else None


def _day_and_month(tokens: Tokens) -> Sequence[Token] | None:
    numbers = [t.value for t in tokens if t.kind == "N"]
    month = tokens[-1].value
    if not all(1 <= n <= monthrange(DAYS.leap_year, month)[1] for n in numbers):
        return None
    return merged("X", tokens, (Span.one("month", month, finer=True),))


def _spreadsheet_day(tokens: Tokens) -> Sequence[Token] | None:
    """Read `25-Mar`, written without a space, as a day of the month."""
    day, dash, month = tokens
    return _day_and_month((day, month)) if day.end == dash.start and dash.end == month.start else None


def _numbered(tokens: Tokens) -> Sequence[Token] | None:
    """Give each numeral behind a unit that unit (`Triwulan I dan III`); one that it does not have stays as it is."""
    unit = _UNITS[tokens[0].kind]

    def counts(token: Token) -> bool:
        return token.kind in "NR" and 1 <= token.value <= PER_YEAR[unit]

    if not counts(tokens[1]):
        return None
    numbered = unit == "month"
    rest = [
        Token("X", t.start, t.end, (replace(Span.one(unit, t.value), numbered=numbered),)) if counts(t) else t
        for t in tokens[1:]
    ]
    return [replace(rest[0], start=tokens[0].start), *rest[1:]]


def _month(tokens: Tokens) -> Sequence[Token]:
    return merged("X", tokens, (Span.one("month", tokens[-1].value),))


def _short_year(year: int | None) -> Rule:
    """Read the last two digits of the plan's year behind a month (`Mar-25`)."""

    def build(tokens: Tokens) -> Sequence[Token] | None:
        if year is None or tokens[-1].value != year % 100 or tokens[-1].end - tokens[-1].start != len("25"):
            return None
        month = Span.one("month", tokens[0].value).in_year(year)
        return merged("X", tokens, (month,))

    return Rule(re.compile(r"MT?N(?![Mbywdk])"), build)


def _finer(tokens: Tokens) -> Sequence[Token]:
    found = next(t for t in tokens if t.kind == "X")
    return merged("X", tokens, tuple(replace(span, finer=True) for span in spans(found)))


def _whole(tokens: Tokens) -> Sequence[Token]:
    return merged("X", tokens, next(t for t in tokens if t.kind == "X").value)


def _with_year(tokens: Tokens) -> Sequence[Token] | None:
    found = next(t for t in tokens if t.kind == "X")
    year = next(t for t in tokens if t.kind == "Y").value
    if any(span.first_year is not None for span in spans(found)):
        return None
    return merged("X", tokens, tuple(span.in_year(year) for span in spans(found)))


def _range(tokens: Tokens) -> Sequence[Token] | None:
    """Take everything between two periods of one type."""
    ends = [spans(t) for t in tokens if t.kind == "X"]
    if any(len(end) != 1 for end in ends):
        return None
    (first,), (last,) = ends
    if first.period_type != last.period_type or first.every or last.every:
        return None
    start = first.first_year or (last.first_year if first.first_year is None else None)
    end = last.last_year or start
    span = Span(first.period_type, first.first, last.last, start, end, finer=first.finer or last.finer)
    return merged("X", tokens, (span,))


def _month_of_quarter(tokens: Tokens) -> Sequence[Token] | None:
    """Turn `bulan ke-1 triwulan II` into April: the number counts the months of the period beside it."""
    pair = [spans(token) for token in tokens]
    if any(len(found) != 1 for found in pair):
        return None
    (one,), (other,) = pair
    month, wide = (one, other) if one.numbered else (other, one)
    size = len(months_of(wide.period_type, 1))
    if not month.numbered or wide.period_type not in ("quarter", "semester") or month.last > size:
        return None
    found = tuple(
        replace(
            wide,
            period_type="month",
            first=(n - 1) * size + month.first,
            last=(n - 1) * size + month.last,
            every=False,
            finer=month.finer or wide.finer,
        )
        for n in sorted(wide.periods())
    )
    return merged("X", tokens, found)


def _years(tokens: Tokens) -> Sequence[Token]:
    years = [t.value for t in tokens if t.kind == "Y"]
    return merged("X", tokens, (Span("year", 1, 1, years[0], years[-1]),))


def _rule(pattern: str, build: Builder) -> Rule:
    return Rule(re.compile(pattern), build)


def _spelled(tokens: Tokens) -> Sequence[Token] | None:
    """Take a number and the same number in words behind it (`2 (dua)`) as one."""
    number, _, word, _ = tokens
    return merged(number.kind, tokens, number.value) if number.value == word.value else None


_DATED = (
    _rule(r"[NR]\([NR]\)", _spelled),
    _rule(r"dw(?![NRa])", lambda tokens: merged("d", tokens, "day")),
    _rule(r"d(?:[cT]?d)+", lambda tokens: merged("d", tokens, "day")),
    _rule(r"yY", lambda tokens: tokens[1:]),
    _rule(r"w[NR](?:[cT]+(?:R|N(?!M)))*", _weeks),
    _rule(r"wa", lambda tokens: merged("W", tokens, None)),
    _rule(r"W[cT]W", lambda tokens: merged("W", tokens, None)),
    _rule(r"t?(?<![QSbw])N(?:[cT]N)*M", _day_and_month),
    _rule(r"(?<![QSbwT])NTM(?!T)", _spreadsheet_day),
    _rule(r"tN(?:TN)?", _days),
    _rule(r"[bQS][NR](?!k)(?:[cT]+[NR](?![bwydQSkEM]))*", _numbered),
)
_RULES = (
    _rule(r"b?M", _month),
    _rule(r"e?N[bwyd]s|eN[bwyd]|e?NE", counted),
    _rule(r"(?:Nk|s)[iec]*N[bQSywd]", times_in),
    _rule(r"(?:Nk|s)[iec]*[bQSywdz]|e?[bQSywdz](?:Nk|s)", counted),
    _rule(r"e[bQSywd]|E", every),
    _rule(r"ea(?=[bQSy])", lambda tokens: tokens[::-1]),
    _rule(r"ae[bQSy]", every),
    _rule(r"h?N[by]|h?z|h[yY]|a[byY]", duration),
    _rule(r"WX|XW|X\(W\)|aX|Xa", _finer),
    _rule(r"eWX|eX", _whole),
    _rule(r"eW", lambda tokens: merged("X", tokens, (Span.all_of("month", finer=True),))),
    _rule(r"r+X|Xr+|hX|iX", _whole),
    _rule(r"XY|Y(?=X)X", _with_year),
    _rule(r"(?<!T)g?XTX(?!T)", _range),
    _rule(r"XX", _month_of_quarter),
    _rule(r"(?<!T)Y(?:TY)?(?!T)", _years),
)
