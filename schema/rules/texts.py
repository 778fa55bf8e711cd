"""Fields of a plan that hold running text, and their words, for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.decree import DecreeHead, Field
from schema.plan import Action
from schema.provenance import SourceRef

_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?!\d)")
_WORD = re.compile(r"[^\W_]+")


def key(text: str) -> str:
    """Return the words of a text in lower case, parted by one space."""
    return " ".join(_WORD.findall(text.casefold()))


def first_ref(field: Field) -> SourceRef | None:
    """Return the first place a field was seen at."""
    return field.refs[0] if field.refs else None


def cells_of(action: Action) -> Iterator[tuple[str, Field]]:
    """Yield the text fields of a row with their names."""
    yield "indicator", action.indicator
    yield "action", action.action
    yield "evidence", action.evidence


def clauses_of(head: DecreeHead) -> Iterator[tuple[str, Field]]:
    """Yield title, considerations, Menetapkan and dictum with their names."""
    yield "title", head.title
    for clause in head.considerations:
        yield f"considerations.{clause.label}", clause.field
    yield "decides", head.decides
    for clause in head.dictum:
        yield f"dictum.{clause.label}", clause.field


def plan_year(head: DecreeHead) -> int | None:
    """Return the year that is planned: the one the title names, else the decree's own; `None` where neither was read."""
    named = set(_YEAR.findall(head.title.text))
    return int(named.pop()) if len(named) == 1 else year_of(head)


def year_of(head: DecreeHead) -> int | None:
    """Return the decree's year; `None` where it was not read."""
    return int(head.year.text) if re.fullmatch(r"\d{4}", head.year.text) else None
