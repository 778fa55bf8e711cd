"""Periods with others in brackets behind them: an explanation is checked, a closer date is added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.schedule_text.grammar import spans
from normalize.schedule_text.model import Span, Token
from normalize.text import squeeze
from schema.periods import months_of

_GLOSS = re.compile(r"X\(X(?:c?X)*\)")


def explained(tokens: Sequence[Token], text: str, mismatched: list[str]) -> list[Token]:
    """Join `Triwulan I (Januari - Maret)` and `Triwulan I (Maret)` to one token each.

    The months of the whole period say no more than the period itself, nor does the period in which months lie
    (`Maret (TW I)`). What contradicts it is noted in
    `mismatched` and taken out: neither side of it can be trusted.
    """
    kept = list(tokens)
    at = 0
    while (found := _GLOSS.search("".join(t.kind for t in kept), at)) is not None:
        part = kept[found.start() : found.end()]
        inner = tuple(span for t in part[1:] if t.kind == "X" for span in spans(t))
        value = _joined(spans(part[0]), inner)
        if value is None:
            mismatched.append(squeeze(text[part[0].start : part[-1].end]))
        new = [] if value is None else [Token("X", part[0].start, part[-1].end, value)]
        kept[found.start() : found.end()] = new
        at = found.start() + len(new)
    return kept


def _joined(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> tuple[Span, ...] | None:
    wide, close = (frozenset().union(*(span.months for span in side)) for side in (outer, inner))
    if any(span.backwards for span in (*outer, *inner)):
        return (*outer, *inner)
    if close == wide:
        finest = {span.period_type for span in outer} == {span.period_type for span in inner}
        return outer if not finest else inner
    if {span.period_type for span in outer} & {span.period_type for span in inner}:
        return None
    if wide < close:
        return outer
    each = [months_of(span.period_type, n) for span in outer for n in span.periods()]
    covers = close <= wide and all(months & close for months in each)
    return (*outer, *inner) if covers else None
