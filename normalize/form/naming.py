"""The cells of a head turned into a Form by what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from extract.types import Cell
from normalize.form.model import Column, Form
from normalize.form.periods import MIN_LABELS, label_periods, period_of
from normalize.vocabulary import FormVocabulary, Role

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


def exact_form(head: Sequence[tuple[Cell, ...]], count: int, vocabulary: FormVocabulary) -> Form:
    """Give each of `count` physical columns the role that the cells over it name.

    Labels that narrow cells wrapped are whole where they then follow each other: `I` over `II` may be two as well.
    """
    recognised = is_recognised(head[0])
    printed = _stacks(head, count)
    whole = tuple(tuple(map(vocabulary.unwrapped, stack)) for stack in printed)
    form = _named_form(whole, len(head), vocabulary, recognised=recognised)
    if whole == printed or _follow([column.period for column in form.periods]):
        return form
    return _named_form(printed, len(head), vocabulary, recognised=recognised)


def _follow(periods: Sequence[int | None]) -> bool:
    return len(periods) > 1 and all(a is not None and b == a + 1 for a, b in pairwise(periods))


@lru_cache(maxsize=256)  # forms: their heads are printed again on each page
def _named_form(stacks: _Stacks, levels: int, vocabulary: FormVocabulary, *, recognised: bool) -> Form:
    stacks = stacks if not recognised else _spaced(stacks)
    roles = [_stack_role(stack, vocabulary, recognised=recognised) for stack in stacks]
    timed = [n for n, role in enumerate(roles) if role == "time"]
    if recognised and len(timed) >= MIN_LABELS:
        above = stacks[timed[0]][:-1]
        between = range(timed[0], timed[-1] + 1)
        timed = [n for n in between if roles[n] in ("time", "unknown") or (above and stacks[n][:-1] == above)]
        roles = ["time" if n in timed else role for n, role in enumerate(roles)]
    adjacent = not timed or timed[-1] - timed[0] + 1 == len(timed)
    kind, periods = label_periods([stacks[n] for n in timed], vocabulary, recognised=recognised and adjacent)
    if any(vocabulary.names_other_period(text) for n in timed for text in stacks[n]):
        periods = [None] * len(timed)
    placed = dict(zip(timed, periods, strict=True))
    columns = (
        Column(
            n,
            role,
            " ".join(" ".join(stacks[n]).split()),
            kind if placed.get(n) else None,
            placed.get(n),
            stacks[n],
        )
        for n, role in enumerate(roles)
    )
    return Form(tuple(columns), exact=True, levels=levels)


def _stacks(head: Sequence[tuple[Cell, ...]], count: int) -> _Stacks:
    """Return, for each physical column, the texts of the head's cells over it from the top down."""
    stacks: list[list[str]] = [[] for _ in range(count)]
    for row in head:
        for cell in row:
            for column in range(cell.column, min(cell.column + cell.column_span, count)):
                stacks[column].append(cell.text)
    return tuple(map(tuple, stacks))


def _spaced(stacks: _Stacks) -> _Stacks:
    """Put back the space that a recogniser lost before a numeral where its neighbours have one (`TWI` by `TW II`)."""
    printed = {text for stack in stacks for text in stack}
    names = {found[1] for text in printed if (found := _NUMBERED.fullmatch(text))}
    lost = {
        text: f"{found[1]} {found[2]}"
        for text in printed
        if (found := _RUN_ON.fullmatch(text)) is not None and found[1] in names
    }
    return tuple(tuple(lost.get(text, text) for text in stack) for stack in stacks)


def named_role(text: str, vocabulary: FormVocabulary, *, recognised: bool) -> Role:
    """Return the role that a head cell speaks of; what a recogniser read in a shade is a line of its own."""
    role = vocabulary.role_of(text)[0]
    if vocabulary.month_of(text) is not None:
        return "unknown"
    if role != "unknown" or not recognised:
        return role
    lines = (vocabulary.role_of(line)[0] for line in text.split("\n"))
    return next((role for role in lines if role != "unknown"), "unknown")


def _stack_role(stack: Sequence[str], vocabulary: FormVocabulary, *, recognised: bool = False) -> Role:
    """Return the role that the head cells over one column speak of: the lowest known, but for parts of a whole.

    Labels of periods below the name of a time or of a target are its parts, and so is the number (`NO`) of a
    component or an area.
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


def transcribed_form(head: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> Form:
    """Return the form of a transcribed head: its columns in order, or by their places where they are unusual."""
    listed = listed_form(head, vocabulary)
    if _is_usual(listed):
        return listed
    width = max(cell.column + cell.column_span for row in head for cell in row)
    spread = [_spread(head[0], width), *(tuple(c for c in row if c.text.strip()) for row in head[1:])]
    named = exact_form([row for row in spread if row], width, vocabulary)
    return replace(named, exact=False, placed=True)


def _is_usual(form: Form) -> bool:
    """Tell whether rows can be anchored on their texts: the usual columns in their order.

    Behind them stand twelve months, or one column of the time in words.
    """
    roles = [column.role for column in form.columns if column.period is None or column.period == 1]
    known = [role for role in roles if role != "unknown"]
    places = [_USUAL.index(role) if role in _USUAL else -1 for role in known]
    if -1 in places or places != sorted(places):
        return False
    if "unknown" in roles and set(_LEAD) <= set(known):
        return False
    return not form.periods or form.period_type == "month"


def _spread(row: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """Let each name of a transcribed head reach over the empty cells behind it."""
    named = [cell for cell in row if cell.text.strip()]
    ends = [*(cell.column for cell in named[1:]), width]
    return tuple(cell.replace(column_span=end - cell.column) for cell, end in zip(named, ends, strict=True))


def listed_form(head: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> Form:
    """List the columns of a transcribed head: names in order, the time column with as many periods as labels."""
    columns: list[Column] = []
    labels = [c.text for row in head[1:] for c in row if c.text.strip() and period_of(c.text, vocabulary)]
    for cell in head[0]:
        role = vocabulary.role_of(cell.text)[0] if cell.text.strip() else None
        kind, periods = label_periods([[cell.text, label] for label in labels], vocabulary)
        if role == "time" and any(periods):
            columns += [
                Column(cell.column, "time", label, kind, p) for label, p in zip(labels, periods, strict=True)
            ]
        elif role is not None:
            columns.append(Column(cell.column, role, " ".join(cell.text.split())))
    return Form(tuple(columns), exact=False, levels=len(head))
