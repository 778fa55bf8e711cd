"""The printed words of a schedule turned into a Reading; what is not understood is never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from normalize.schedule_text.grammar import reduce_tokens, spans
from normalize.schedule_text.model import Reading, Span, Token
from normalize.schedule_text.numerals import bare_numerals
from normalize.schedule_text.parentheses import explained
from normalize.schedule_text.repair import mend
from normalize.schedule_text.tokens import joined_lines, tokenize
from normalize.schedule_text.words import ScheduleWords
from normalize.text import squeeze
from normalize.words import WordResources
from schema.periods import MONTHS, PER_YEAR, months_of
from schema.plan import PeriodType, ScheduleState

_NOTHING = re.compile(r"[\s\-.–—]*")


@dataclass(slots=True)
class _Parts:
    """What the phrases of a text gave."""

    spans: list[Span] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    mismatched: list[str] = field(default_factory=list)
    counts: list[tuple[str, str, int]] = field(default_factory=list)


def read_schedule_text(
    printed: str,
    words: ScheduleWords,
    language: WordResources,
    *,
    year: int | None = None,
    unit: PeriodType | None = None,
    may_mend: bool = False,
) -> Reading:
    """Read a schedule that is printed in words.

    `year` is the plan's own; `unit` is what the column's name says that a bare number counts. With `may_mend` (the
    text of a recogniser or a transcriber) a misread word is put right where one word alone fits; else the word
    stays and is among the alternatives.
    """
    text = joined_lines(printed, words)
    if _NOTHING.fullmatch(text):
        return Reading("none", squeeze(printed))
    mended, found = mend(text, words, language)
    text = mended if may_mend else text
    reading = _read(text, tokenize(text, words), year, unit)
    suggestions = () if may_mend else tuple(correction.value for correction in found)
    corrections = found if may_mend else ()
    return replace(
        reading,
        text=squeeze(text) if "\n" in printed or corrections else squeeze(printed),
        corrections=corrections,
        alternatives=(*reading.alternatives, *suggestions),
    )


def _read(text: str, tokens: Sequence[Token], year: int | None, unit: PeriodType | None) -> Reading:
    kinds = {t.kind for t in tokens}
    if "n" in kinds and kinds <= {"n", "c"}:
        return Reading("none", text)
    if any(t.kind == "l" for t in tokens):  # "kecuali", "setelah": how far it reaches is not known
        return Reading("unknown", text, unclear=(squeeze(text),))
    tokens, alternatives = bare_numerals(tokens, unit)
    if alternatives:
        return Reading("unknown", text, unclear=(squeeze(text),), alternatives=alternatives)
    parts = _Parts()
    reduced = explained(reduce_tokens(tokens, year), text, parts.mismatched)
    for phrase in _phrases(reduced):
        _take(phrase, text, parts)
    parts.unclear += _dangling(tokens, text)
    if not parts.spans:
        parts.opened += [piece for piece, *_ in parts.counts]
    if not (parts.spans or parts.opened or parts.unclear or parts.mismatched):  # fillers and signs alone
        parts.unclear.append(squeeze(text))
    return _settled(text, parts, year)


def _dangling(tokens: Sequence[Token], text: str) -> list[str]:
    """Return the `dan` or `/` at the text's edge behind which something may be lost."""
    edges = {tokens[0].start: tokens[0], tokens[-1].start: tokens[-1]} if tokens else {}
    found = [text[t.start : t.end] for t in edges.values() if t.kind == "c"]
    return [piece for piece in found if piece not in (",", ";")]


def _phrases(tokens: Iterable[Token]) -> Iterable[list[Token]]:
    """Yield the tokens between lists' commas and brackets."""
    phrase: list[Token] = []
    for token in tokens:
        if token.kind in "c()":
            yield phrase
            phrase = []
        else:
            phrase.append(token)
    yield phrase


def _take(phrase: list[Token], text: str, parts: _Parts) -> None:
    """Take a phrase if all of it is understood, else line by line, else as unclear."""
    kinds = "".join(t.kind for t in phrase)
    if re.fullmatch(r"(?:Nk|u)?X*(?:Nk|u)?", kinds) and _fit(phrase):
        parts.spans += [span for token in phrase if token.kind == "X" for span in spans(token)]
        parts.counts += [(_printed(phrase, text), t.kind, t.value) for t in phrase if t.kind in "Nu"]
    elif re.fullmatch(r"[or]+", kinds):
        parts.opened.append(_printed(phrase, text))
    elif (lines := _by_line(phrase, text)) and len(lines) > 1:
        for line in lines:
            _take(line, text, parts)
    else:
        parts.unclear.append(_printed(phrase, text))


def _fit(phrase: Sequence[Token]) -> bool:
    """Tell whether periods of two types next to each other without a sign contain one another."""
    found = [span for token in phrase if token.kind == "X" for span in spans(token)]
    return all(
        a.period_type == b.period_type or a.months <= b.months or b.months <= a.months
        for a, b in pairwise(found)
    )


def _by_line(phrase: Sequence[Token], text: str) -> list[list[Token]]:
    lines: list[list[Token]] = [[phrase[0]]]
    for token in phrase[1:]:
        if "\n" in text[lines[-1][-1].end : token.start]:
            lines.append([token])
        else:
            lines[-1].append(token)
    return lines


def _printed(phrase: Sequence[Token], text: str) -> str:
    return squeeze(text[phrase[0].start : phrase[-1].end])


def _settled(text: str, parts: _Parts, year: int | None) -> Reading:
    """Bring the spans into the plan's year and say what is planned, what is not, and what is not known."""
    dated = _dated(parts.spans)
    named = {y for span in dated for y in (span.first_year, span.last_year) if y is not None}
    crossed = len(named) > 1
    straight = [span for span in dated if not span.backwards]
    turned = tuple(f"{span.first}-{span.last}" for span in dated if span.backwards)
    own = year if crossed else None
    planned = _closest(frozenset((s.period_type, n) for s in straight for n in s.periods(own)))
    miscounted = [
        piece for piece, kind, count in parts.counts if parts.spans and _is_off(kind, count, planned)
    ]
    if crossed and (year is None or not planned):
        return Reading("unknown", text, unclear=(squeeze(text),), crossed=True)
    doubtful = bool(parts.unclear or parts.mismatched or turned or miscounted)
    state = _state(planned, doubtful=doubtful, left_open=bool(parts.opened))
    return Reading(
        state,
        text,
        planned=planned,
        unplanned=_unplanned(planned) if state == "marked" else frozenset(),
        unclear=tuple(parts.unclear),
        open_words=tuple(parts.opened),
        backwards=turned,
        mismatched=(*parts.mismatched, *miscounted),
        alternatives=tuple(a for span in dated if span.backwards for a in _both_ways(span)),
        finer=any(span.finer for span in straight),
        crossed=crossed,
        years=frozenset(named),
    )


def _is_off(kind: str, count: int, planned: frozenset[tuple[PeriodType, int]]) -> bool:
    """Tell whether a number of months is not that of the planned ones, or a number of times not that of the periods.

    Within one period something may be done many times.
    """
    if kind == "u":
        return count != len({month for period in planned for month in months_of(*period)})
    return len(planned) > 1 and count != len(planned)


def _closest(planned: frozenset[tuple[PeriodType, int]]) -> frozenset[tuple[PeriodType, int]]:
    """Return the periods without the year where others are named: it says no more than they do."""
    return frozenset(p for p in planned if p[0] != "year") or planned


def _dated(found: Sequence[Span]) -> list[Span]:
    """Give spans without a year that of the next one that has it, or else of the one before."""
    dated: list[Span] = []
    year: int | None = None
    for span in reversed(found):
        year = span.first_year if span.first_year is not None else year
        dated.append(span if span.first_year is not None else span.in_year(year))
    dated.reverse()
    last: int | None = None
    for n, span in enumerate(dated):
        last = span.last_year if span.last_year is not None else last
        dated[n] = span.in_year(last)
    return dated


def _state(planned: frozenset[tuple[PeriodType, int]], *, doubtful: bool, left_open: bool) -> ScheduleState:
    if not planned:
        return "unknown"
    full = all(("month", n) in planned for n in range(1, MONTHS + 1))
    return "partial" if doubtful or (left_open and not full) else "marked"


def _unplanned(planned: frozenset[tuple[PeriodType, int]]) -> frozenset[tuple[PeriodType, int]]:
    """Return the periods of the types named that are not planned.

    One that overlaps a planned period of another type is neither: which months of a planned quarter are meant is not
    known.
    """
    kinds = {kind for kind, _ in planned}
    covered = {kind: {m for p in planned if p[0] != kind for m in months_of(*p)} for kind in kinds}
    every = ((kind, n) for kind in kinds for n in range(1, PER_YEAR[kind] + 1))
    return frozenset(p for p in every if p not in planned and covered[p[0]].isdisjoint(months_of(*p)))


def _both_ways(span: Span) -> tuple[str, str]:
    """Return a backwards range read over the year's end, and read the other way round."""
    last = PER_YEAR[span.period_type]
    over = [*range(span.first, last + 1), *range(1, span.last + 1)]
    turned = range(span.last, span.first + 1)
    return ";".join(map(str, over)), ";".join(map(str, turned))
