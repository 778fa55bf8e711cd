"""Recognised lines turned into the certainty of the text they hold, and into the doubt that asks a person about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from extract.types import Cell, TextLine
from normalize.certainty.settings import CERTAINTY
from normalize.draft import Row
from normalize.facts import Fact, doubt
from normalize.labels import plain
from normalize.recognised.corrections import corrected
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.roles import FieldName

CODES: dict[Status, str] = {"covered": "text-covered", "uncertain": "text-uncertain"}


def words_certainty(lines: Iterable[TextLine]) -> float:
    """Return the probability that all words of the lines are right."""
    return prod(word.confidence for line in lines for word in line.words)


def borders_certainty(cells: Iterable[Cell]) -> float:
    """Return the probability that all borders of the cells are where the page has them."""
    return prod(cell.border for cell in cells if cell.border is not None)


def rounded(certainty: float) -> float:
    """Return a certainty as it is published."""
    return round(certainty, CERTAINTY.digits)


def status_of(lines: Iterable[TextLine], certainty: float, threshold: float) -> Status | None:
    """Return the status of a text that is covered or less certain than the threshold, else `None`."""
    if any(line.covered for line in lines):
        return "covered"
    return "uncertain" if certainty < threshold else None


def doubt_of(
    value: Field,
    name: str,
    status: Status,
    rule: RuleName,
    *,
    others: Iterable[str],
    code: str | None = None,
) -> Fact:
    """Return the fact that asks about a field of this status; `others` are what it may be instead.

    `code` names a more particular doubt than that the text is uncertain.
    """
    known = CODES[status] if status == "covered" or code is None else code
    raw = " ".join(value.printed.split())
    return doubt(known, rule, value.refs[0], name, raw=raw, alternatives=dict.fromkeys(others))


def other_readings(lines: Sequence[TextLine]) -> list[str]:
    """Return what the other reader saw of the lines."""
    return [other for line in lines for other in line.others]


def put_right(row: Row, name: FieldName, text: str, certainty: float | None, rule: RuleName) -> Row:
    """Return a row with another text in a field; a fact tells it unless the field was filled from another row."""
    value = row.get(name)
    changed = value.repaired(text, confidence=certainty)
    if value.status == "filled":
        return row.with_field(name, changed.filled())
    told = corrected(plain(value.text), plain(text), row.place_of(name), name, rule)
    return row.with_field(name, changed).noting(told)
