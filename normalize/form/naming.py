"""The cells of a header turned into a Form by what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from extract.types import Cell
from normalize.form.content import columns_of
from normalize.form.model import Column, Form
from normalize.form.periods import label_periods, period_of
from normalize.form.settings import LABELS
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary
from schema.roles import Role

_NUMBERED = re.compile(r"(\w+) ([IVX]+)")
_RUN_ON = re.compile(r"(\w+?)([IVX]+)")
_NO_PART: tuple[Role, ...] = ("component", "area", "action")
_LEAD: tuple[Role, ...] = ("indicator", "action", "evidence")
_USUAL: tuple[Role, ...] = ("area_no", "component", *_LEAD, "time", "responsible")
_GROUPS: tuple[Role, ...] = ("time", "extra")
_Stacks: TypeAlias = tuple[tuple[str, ...], ...]  # for each column the texts over it from the top down


def is_recognised(row: Sequence[Cell]) -> bool:
    """Tell whether a row was read by a recogniser, so that its letters may be wrong."""
    return row[0].ref.reader == "ocr"


def exact_form(header: Sequence[tuple[Cell, ...]], count: int, vocabulary: FormVocabulary) -> Form:
    """Give each of `count` physical columns the role that the header cells over it name.

    Wrapped labels are whole where they then follow each other: `I` over `II` may also be two labels.
    """
    recognised = is_recognised(header[0])
    printed = _stacks(header, count)
    whole = tuple(tuple(map(vocabulary.unwrapped, stack)) for stack in printed)
    form = _named_form(whole, len(header), vocabulary, recognised=recognised)
    if whole == printed or _follow([column.period for column in form.periods]):
        return form
    return _named_form(printed, len(header), vocabulary, recognised=recognised)


def _follow(periods: Sequence[int | None]) -> bool:
    return len(periods) > 1 and all(a is not None and b == a + 1 for a, b in pairwise(periods))


@lru_cache(maxsize=256)  # forms: their headers are printed again on each page
def _named_form(stacks: _Stacks, levels: int, vocabulary: FormVocabulary, *, recognised: bool) -> Form:
    stacks = stacks if not recognised else _spaced(stacks)
    roles = [_stack_role(stack, vocabulary, recognised=recognised) for stack in stacks]
    timed = [n for n, role in enumerate(roles) if role == "time"]
    if recognised and len(timed) >= LABELS.fewest:
        above = stacks[timed[0]][:-1]
        between = range(timed[0], timed[-1] + 1)
        timed = [n for n in between if roles[n] in ("time", "unknown") or (above and stacks[n][:-1] == above)]
        roles = ["time" if n in timed else role for n, role in enumerate(roles)]
    adjacent = not timed or timed[-1] - timed[0] + 1 == len(timed)
    kind, periods = label_periods([stacks[n] for n in timed], vocabulary, recognised=recognised and adjacent)
    if any(vocabulary.names_other_period(text) for n in timed for text in stacks[n]):
        periods = [None] * len(timed)
    placed = dict(zip(timed, periods, strict=True))
    columns = []
    for n, (role, stack) in enumerate(zip(roles, stacks, strict=True)):
        period = placed.get(n)
        columns.append(Column(n, role, squeeze(" ".join(stack)), kind if period else None, period, stack))
    return Form(tuple(columns), exact=True, levels=levels)


def _stacks(header: Sequence[tuple[Cell, ...]], count: int) -> _Stacks:
    cells = [cell for row in header for cell in row]
    return tuple(tuple(cell.text for cell in cells if n in columns_of(cell)) for n in range(count))


def _spaced(stacks: _Stacks) -> _Stacks:
    """Put back a space that a recogniser lost before a numeral where other labels have one (`TWI` by `TW II`)."""
    printed = {text for stack in stacks for text in stack}
    names = {found[1] for text in printed if (found := _NUMBERED.fullmatch(text))}
    lost = {
        text: f"{found[1]} {found[2]}"
        for text in printed
        if (found := _RUN_ON.fullmatch(text)) is not None and found[1] in names
    }
    return tuple(tuple(lost.get(text, text) for text in stack) for stack in stacks)


def named_role(text: str, vocabulary: FormVocabulary, *, recognised: bool) -> Role:
    """Return the role that a header cell names; each line of a recognised one may be a name."""
    role = vocabulary.role_of(text)[0]
    if vocabulary.month_of(text) is not None:
        return "unknown"
    if role != "unknown" or not recognised:
        return role
    roles = (vocabulary.role_of(line)[0] for line in text.split("\n"))
    return next((role for role in roles if role != "unknown"), "unknown")


def _stack_role(stack: Sequence[str], vocabulary: FormVocabulary, *, recognised: bool = False) -> Role:
    """Return the role that the header cells over one column name: the lowest known one, but for parts of a whole.

    Labels of periods below the name of a time or a target are parts of it; so is the `NO` of a component or area.
    """
    roles = [named_role(text, vocabulary, recognised=recognised) for text in stack]
    known = [role for role in roles if role != "unknown"]
    labelled = any(period_of(t, vocabulary) and not t.strip().isdigit() for t in stack)
    if not known:
        return "time" if labelled else "unknown"
    if known[0] in _GROUPS and (roles[-1] in ("unknown", *_GROUPS) or period_of(stack[-1], vocabulary)):
        return known[0] if "time" not in known else "time"
    if known[-1] == "area_no" and len(known) > 1 and known[-2] in _NO_PART:
        return known[-2]
    return known[-1]


def transcribed_form(header: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> Form:
    """Return the form of a transcribed header: its columns in order, or by their places where they are unusual."""
    listed = listed_form(header, vocabulary)
    if _is_usual(listed):
        return listed
    width = max(columns_of(cell).stop for row in header for cell in row)
    rows = [spread(header[0], width), *(tuple(c for c in row if c.text.strip()) for row in header[1:])]
    named = exact_form([row for row in rows if row], width, vocabulary)
    return replace(named, exact=False, placed=True)


def _is_usual(form: Form) -> bool:
    """Tell whether rows can be anchored on their texts: the usual columns in order, then months or a time in words."""
    roles = [column.role for column in form.columns if column.period is None or column.period == 1]
    known = [role for role in roles if role != "unknown"]
    places = [_USUAL.index(role) if role in _USUAL else -1 for role in known]
    if -1 in places or places != sorted(places):
        return False
    if "unknown" in roles and set(_LEAD) <= set(known):
        return False
    return not form.periods or form.period_type == "month"


def spread(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """Let each name of a transcribed header span the empty cells behind it."""
    named = [cell for cell in row if cell.text.strip()]
    ends = [*(cell.column for cell in named[1:]), width]
    return tuple(cell.replace(column_span=end - cell.column) for cell, end in zip(named, ends, strict=True))


def listed_form(header: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> Form:
    """List the columns of a transcribed header: names in order, the time with as many periods as labels."""
    columns: list[Column] = []
    labels = [c.text for row in header[1:] for c in row if c.text.strip() and period_of(c.text, vocabulary)]
    for cell in header[0]:
        role = vocabulary.role_of(cell.text)[0] if cell.text.strip() else None
        kind, periods = label_periods([[cell.text, label] for label in labels], vocabulary)
        if role == "time" and any(periods):
            columns += [
                Column(cell.column, "time", label, kind, p) for label, p in zip(labels, periods, strict=True)
            ]
        elif role is not None:
            columns.append(Column(cell.column, role, squeeze(cell.text)))
    return Form(tuple(columns), exact=False, levels=len(header))
