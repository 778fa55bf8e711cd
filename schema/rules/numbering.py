"""Numerals of areas and components -> findings on gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from schema.decree import Field
from schema.findings import Finding
from schema.numerals import from_letter, from_roman
from schema.plan import Plan
from schema.rules.data import RuleData
from schema.rules.texts import fault


def arabic(text: str) -> int | None:
    """Return the value of an Arabic numeral."""
    return int(text) if re.fullmatch(r"\d{1,3}", text) else None


_STYLES: tuple[Callable[[str], int | None], ...] = (arabic, from_roman, from_letter)


def numbering_gap(plan: Plan, _: RuleData) -> Iterator[Finding]:
    """Areas and components follow each other without a gap.

    A numeral that was inferred or is not certain explains the gap itself and is passed over; a repeated
    numeral has a finding of its own.
    """
    for before, area in pairwise(plan.areas):
        if area.number not in (before.number, before.number + 1) and _sure(before.label, area.label):
            yield _gap(str(before.number), str(area.number), area.label)
    for area in plan.areas:
        fields = [component.number for component in area.components]
        yield from _component_gaps(fields, area.name.text)


def _component_gaps(fields: Sequence[Field], area: str) -> Iterator[Finding]:
    values = _values([field.text for field in fields])
    if values is None:
        return
    if values[0] > 1 and _sure(fields[0]):
        yield _gap(area, fields[0].text, fields[0])
    for (a, before), (b, field) in pairwise(zip(values, fields, strict=True)):
        if b not in (a, a + 1) and _sure(before, field):
            yield _gap(before.text, field.text, field)


def _values(numerals: Sequence[str]) -> list[int] | None:
    """Read all numerals of an area in the one style that fits every one of them."""
    for style in _STYLES:
        values = [style(numeral) for numeral in numerals]
        known = [value for value in values if value is not None]
        if known and len(known) == len(numerals):
            return known
    return None


def _sure(*fields: Field) -> bool:
    return all(field.status not in {"inferred", "uncertain", "covered"} for field in fields)


def _gap(before: str, after: str, field: Field) -> Finding:
    return fault("numbering-gap", "number", field, raw=before, value=after)
