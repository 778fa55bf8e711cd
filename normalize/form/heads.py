"""Rows of a grid split into the head, which becomes a Form, and the rows below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.types import Cell, Grid
from normalize.form.model import Column, Form
from normalize.vocabulary import FormVocabulary, Role, is_numbers_row
from schema.plan import PeriodType

_MIN_ROLES = 3
_MIN_LABELS = 4
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class HeadSplit:
    """The rows of one stretch below a head; `head` and `numbers` are the rows that were set apart.

    `inferred` are the labels of periods that were misread and are known by their place among the others.
    """

    form: Form | None
    head: tuple[tuple[Cell, ...], ...]
    numbers: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    inferred: tuple[Cell, ...] = ()


def split_heads(grid: Grid, vocabulary: FormVocabulary) -> tuple[HeadSplit, ...]:
    """Split a grid into stretches, each with the head it stands under (none: `form` is `None`)."""
    rows = [row for row in grid.rows() if row]
    starts = [n for n, row in enumerate(rows) if is_head(row, vocabulary)]
    merged = [n for n in starts if n - 1 not in starts]
    bounds = ([] if merged[:1] == [0] else [0]) + merged
    ends = [*bounds[1:], len(rows)]
    return tuple(_split(rows[a:b], grid, vocabulary) for a, b in zip(bounds, ends, strict=True) if b > a)


def is_head(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether the cells are names of columns: at least three different roles, and hardly anything else.

    Names of months in the same row are neither here nor there.
    """
    texts = [cell.text for cell in row if cell.text.strip()]
    filled = [text for text in texts if _is_number(text) or not _period(text, vocabulary)]
    if len(filled) < _MIN_ROLES:
        return False
    roles = [_role(text, vocabulary, recognised=_is_recognised(row)) for text in filled]
    known = [role for role in roles if role not in ("unknown", "extra")]
    return len(set(known)) >= _MIN_ROLES and len(known) * 2 > len(filled)


def _split(rows: Sequence[tuple[Cell, ...]], grid: Grid, vocabulary: FormVocabulary) -> HeadSplit:
    if not is_head(rows[0], vocabulary):
        return HeadSplit(None, (), (), tuple(rows))
    depth = _depth(rows, vocabulary)
    numbers = tuple(
        row
        for row in rows[depth : depth + 1]
        if is_numbers_row([c.text for c in row], recognised=_is_recognised(row))
    )
    head = tuple(rows[:depth])
    body = tuple(rows[depth + len(numbers) :])
    if not grid.exact:
        return HeadSplit(_listed_form(head, vocabulary), head, numbers, body)
    form = _exact_form(head, grid, vocabulary)
    return HeadSplit(form, head, numbers, body, _misread_labels(head, form, vocabulary))


def _depth(rows: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> int:
    """Return how many rows the head has: its spans say so, else rows of period labels or names follow."""
    first = rows[0][0].row
    reach = max(cell.row + cell.row_span for cell in rows[0]) - first
    depth = sum(1 for row in rows if row[0].row < first + reach)
    while depth < len(rows) and (
        _labels(rows[depth], vocabulary)
        or is_head(rows[depth], vocabulary)
        or (depth == 1 and _misread_below(rows[depth], rows[0], vocabulary))
    ):
        depth += 1
    return depth


def _misread_below(row: Sequence[Cell], head: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a recognised row right below a head's first row has text below the head of the time alone."""
    timed = {
        column
        for cell in head
        if _role(cell.text, vocabulary, recognised=True) == "time"
        for column in range(cell.column, cell.column + cell.column_span)
    }
    filled = [cell for cell in row if cell.lines]
    return _is_recognised(row) and len(filled) >= _MIN_LABELS and all(c.column in timed for c in filled)


def _is_recognised(row: Sequence[Cell]) -> bool:
    return row[0].ref.reader == "ocr"


def _labels(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a row holds nothing but names of months or quarters, and not the numbers of all columns.

    Of a recognised row half of the names may be misread where the others stand in their order.
    """
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) < _MIN_LABELS or filled[0].column <= 1:
        return False
    if all(_period(cell.text, vocabulary) for cell in filled):
        return True
    months = [vocabulary.month_of(cell.text) for cell in filled]
    return _is_recognised(row) and _in_order(months) is not None


def _is_number(text: str) -> bool:
    return text.strip().isdigit()


def _in_order(periods: Sequence[int | None]) -> list[int | None] | None:
    """Return the months of adjacent columns by their place, if at least half of them were read in that order."""
    offsets = Counter(period - at for at, period in enumerate(periods) if period is not None)
    if not offsets:
        return None
    (offset, count), *_ = offsets.most_common(1)
    last = offset + len(periods) - 1
    fits = count >= _MIN_LABELS and count * 2 >= len(periods) and offset >= 1 and last <= _MONTHS
    return [offset + at for at in range(len(periods))] if fits else None


def _misread_labels(
    head: Sequence[tuple[Cell, ...]], form: Form, vocabulary: FormVocabulary
) -> tuple[Cell, ...]:
    """Return the lowest head cells over the periods' columns that do not name their period."""
    lowest = {cell.column: cell for row in head for cell in row if cell.column_span == 1}
    read = vocabulary.month_of if form.period_type == "month" else vocabulary.quarter_of
    return tuple(
        cell
        for column in form.periods
        if (cell := lowest.get(column.index)) is not None and read(cell.text) != column.period
    )


def _period(text: str, vocabulary: FormVocabulary) -> int | None:
    return vocabulary.month_of(text) or vocabulary.quarter_of(text)


def _exact_form(head: Sequence[tuple[Cell, ...]], grid: Grid, vocabulary: FormVocabulary) -> Form:
    stacks: list[list[str]] = [[] for _ in range(grid.column_count)]
    for row in head:
        for cell in row:
            for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                stacks[column].append(cell.text)
    recognised = _is_recognised(head[0])
    roles = [_stack_role(stack, vocabulary, recognised=recognised) for stack in stacks]
    timed = [n for n, role in enumerate(roles) if role == "time"]
    if recognised and len(timed) >= _MIN_LABELS:
        timed = [n for n in range(timed[0], timed[-1] + 1) if roles[n] in ("time", "unknown")]
        roles = ["time" if n in timed else role for n, role in enumerate(roles)]
    kind, periods = _label_periods([stacks[n][-1] for n in timed], vocabulary, recognised=recognised)
    if any(vocabulary.names_other_period(text) for n in timed for text in stacks[n]):
        periods = [None] * len(timed)
    placed = dict(zip(timed, periods, strict=True))
    columns = (
        Column(n, role, " ".join(" ".join(stacks[n]).split()), kind if placed.get(n) else None, placed.get(n))
        for n, role in enumerate(roles)
    )
    return Form(tuple(columns), exact=True)


def _role(text: str, vocabulary: FormVocabulary, *, recognised: bool) -> Role:
    """Return the role that a head cell speaks of; what a recogniser read in a shade is a line of its own."""
    role = vocabulary.role_of(text)[0]
    if role != "unknown" or not recognised:
        return role
    lines = (vocabulary.role_of(line)[0] for line in text.split("\n"))
    return next((role for role in lines if role != "unknown"), "unknown")


def _stack_role(stack: Sequence[str], vocabulary: FormVocabulary, *, recognised: bool = False) -> Role:
    """Return the role that the head cells over one column speak of, the topmost known first."""
    roles = [_role(text, vocabulary, recognised=recognised) for text in stack]
    known: Role = next((role for role in roles if role != "unknown"), "unknown")
    if known == "unknown" and any(_period(t, vocabulary) and not t.strip().isdigit() for t in stack):
        return "time"
    return known


def _label_periods(
    labels: Sequence[str], vocabulary: FormVocabulary, *, recognised: bool = False
) -> tuple[PeriodType, list[int | None]]:
    """Read the labels of the time columns as months or as quarters, whichever accounts for them all.

    Misread ones of a recognised head are known by their place among the others.
    """
    quarters = [vocabulary.quarter_of(label) for label in labels]
    months = [vocabulary.month_of(label) for label in labels]
    if len(labels) <= _MIN_LABELS and all(quarters) and len(set(quarters)) == len(labels):
        return "quarter", quarters
    if recognised and (placed := _in_order(months)) is not None:
        return "month", placed
    if sum(m is not None for m in months) * 2 < len(labels) or len(set(months)) < len(labels):
        return "month", [None] * len(labels)
    return "month", months


def _listed_form(head: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> Form:
    """List the columns of a transcribed head: names in order, the time column with as many periods as labels."""
    columns: list[Column] = []
    labels = [c.text for row in head[1:] for c in row if c.text.strip() and _period(c.text, vocabulary)]
    kind, periods = _label_periods(labels, vocabulary)
    for cell in head[0]:
        role = vocabulary.role_of(cell.text)[0] if cell.text.strip() else None
        if role == "time" and any(periods):
            columns += [
                Column(cell.column, "time", label, kind, p) for label, p in zip(labels, periods, strict=True)
            ]
        elif role is not None:
            columns.append(Column(cell.column, role, " ".join(cell.text.split())))
    return Form(tuple(columns), exact=False)
