"""Rows of a grid split into the head, which becomes a Form, and the rows below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.types import Cell, Grid
from normalize.form.model import Form
from normalize.form.naming import exact_form, is_recognised, named_role, transcribed_form
from normalize.form.periods import MIN_LABELS, in_order, initials_in_order, period_of
from normalize.settings import NAMES
from normalize.vocabulary import FormVocabulary, is_numbers_row
from schema.periods import MONTHS

_MIN_ROLES = 3
_MOST_ROWS = 4  # of a head
_LONGEST_NAME = 4  # words of a name over others
_FEWEST_WHOLE = 2  # roles of a head by a whole name
_FEWEST = 2  # labels of semesters, or parts of a free column


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
    """Split a grid into stretches, each with the head it stands under (none: `form` is `None`).

    Whether a row is of a head is told with the labels whole that narrow cells wrapped; the rows are as they were read.
    """
    printed = [row for row in grid.rows() if row]
    rows = [unwrapped(row, vocabulary) for row in printed]
    starts = {n for n in range(len(rows)) if begins_head(rows, n, vocabulary)}
    starts |= {at for n in starts for at in _above(rows, n, vocabulary)}
    merged = [n for n in sorted(starts) if n - 1 not in starts]
    bounds = ([] if merged[:1] == [0] else [0]) + merged
    ends = [*bounds[1:], len(rows)]
    return tuple(
        _split(rows[a:b], printed[a:b], grid, vocabulary) for a, b in zip(bounds, ends, strict=True) if b > a
    )


def unwrapped(row: Sequence[Cell], vocabulary: FormVocabulary) -> tuple[Cell, ...]:
    """Return a row's cells with the labels in them whole that a narrow cell wrapped (`1` over `0`)."""
    return tuple(
        cell.replace(text=whole)
        if "\n" in cell.text and (whole := vocabulary.unwrapped(cell.text)) != cell.text
        else cell
        for cell in row
    )


def _above(rows: Sequence[tuple[Cell, ...]], start: int, vocabulary: FormVocabulary) -> range:
    """Return the rows above a head's row that belong to it: a cell of theirs reaches down into it.

    Where spans are lost, the first row of a table does that holds nothing but a few names, one of them known.
    """
    top = start
    while top and any(cell.row + cell.row_span > rows[start][0].row for cell in rows[top - 1]):
        top -= 1
    if top == start == 1 and _are_names(rows[0], vocabulary):
        top = 0
    return range(top, start)


def _are_names(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    texts = [cell.text for cell in row if cell.text.strip()]
    short = all(len(text.split()) <= _LONGEST_NAME and not _is_number(text) for text in texts)
    marked = any(vocabulary.is_mark(text) or vocabulary.is_empty_mark(text) for text in texts)
    known = [named_role(text, vocabulary, recognised=False) not in ("unknown", "extra") for text in texts]
    return len(texts) >= _FEWEST and short and not marked and any(known)


def begins_head(rows: Sequence[tuple[Cell, ...]], start: int, vocabulary: FormVocabulary) -> bool:
    """Tell whether a row is one of names of columns, alone or with the rows that its cells reach down into."""
    if is_head(rows[start], vocabulary):
        return True
    first, reach = rows[start][0].row, _reach(rows[start : start + 1])
    if not 1 < reach - first <= _MOST_ROWS:
        return False
    cells = [cell for row in rows[start : start + _MOST_ROWS] if row[0].row < reach for cell in row]
    named = [cell for cell in cells if not period_of(cell.text, vocabulary)]
    return bool(named) and is_head(named, vocabulary)


def is_head(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether the cells are names of columns: at least three different roles, and hardly anything else.

    Names of months in the same row are together one more role, that of the time. Two roles must be named in full: a row
    of data may begin with such names (`Kegiatan sosialisasi`, `Tim Pelayanan`).
    """
    texts = tuple(cell.text for cell in row if cell.text.strip())
    return bool(texts) and _name_columns(texts, vocabulary, recognised=is_recognised(row))


@lru_cache(maxsize=2048)  # rows: heads are printed again on each page, and rows of data are asked about twice
def _name_columns(texts: tuple[str, ...], vocabulary: FormVocabulary, *, recognised: bool) -> bool:
    numbered = _are_months([text for text in texts if _is_number(text)])
    filled = [text for text in texts if not _is_label(text, vocabulary, numbered=numbered)]
    labelled = len(texts) - len(filled) >= MIN_LABELS
    if len(filled) < _MIN_ROLES - labelled:
        return False
    roles = [named_role(text, vocabulary, recognised=recognised) for text in filled]
    known = [role for role in roles if role not in ("unknown", "extra")]
    timed = {"time"} if labelled else set()
    scores = (vocabulary.role_of(text)[1] for text in filled)
    whole = {role for role, score in zip(roles, scores, strict=True) if score not in (0.0, NAMES.begun)}
    if len({*known, *timed}) < _MIN_ROLES or len((whole & {*known}) | timed) < _FEWEST_WHOLE:
        return False
    return len(known) * 2 > len(filled) - roles.count("extra")


def _is_label(text: str, vocabulary: FormVocabulary, *, numbered: bool) -> bool:
    return numbered if _is_number(text) else period_of(text, vocabulary) is not None


def _are_months(numbers: Sequence[str]) -> bool:
    """Tell whether the numbers of a row are those of the months, `1` to `12`, in any order."""
    return sorted(int(number) for number in numbers) == list(range(1, MONTHS + 1))


def _split(
    rows: Sequence[tuple[Cell, ...]],
    printed: Sequence[tuple[Cell, ...]],
    grid: Grid,
    vocabulary: FormVocabulary,
) -> HeadSplit:
    first = next((n for n in range(len(rows)) if begins_head(rows, n, vocabulary)), None)
    if first is None or _above(rows, first, vocabulary).start > 0:
        return HeadSplit(None, (), (), tuple(printed))
    depth = _depth(rows, vocabulary)
    numbers = tuple(
        row
        for row in printed[depth : depth + 1]
        if is_numbers_row([c.text for c in row], recognised=is_recognised(row))
    )
    head = tuple(printed[:depth])
    body = tuple(printed[depth + len(numbers) :])
    if not grid.exact:
        return HeadSplit(transcribed_form(head, vocabulary), head, numbers, body)
    form = exact_form(head, grid.column_count, vocabulary)
    return HeadSplit(form, head, numbers, body, _misread_labels(head, form, vocabulary))


def _depth(rows: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> int:
    """Return how many rows the head has: its spans say so, else rows of period labels or names follow."""
    depth = 1
    while depth < len(rows) and (
        _reach(rows[:depth]) > rows[depth][0].row
        or _labels(rows[depth], vocabulary)
        or is_head(rows[depth], vocabulary)
        or (depth == 1 and _misread_below(rows[depth], rows[0], vocabulary))
        or (depth == 1 and _parts_below(rows[depth], rows[0], vocabulary))
    ):
        depth += 1
    return depth


def _reach(rows: Sequence[tuple[Cell, ...]]) -> int:
    """Return the first row of the grid that no cell of these rows reaches into."""
    return max(cell.row + cell.row_span for row in rows for cell in row)


def _misread_below(row: Sequence[Cell], head: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a recognised row right below a head's first row has text below the head of the time alone."""
    timed = {
        column
        for cell in head
        if named_role(cell.text, vocabulary, recognised=True) == "time"
        for column in range(cell.column, cell.column + cell.column_span)
    }
    filled = [cell for cell in row if cell.lines]
    return is_recognised(row) and len(filled) >= MIN_LABELS and all(c.column in timed for c in filled)


def _labels(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a row holds nothing but names of months or quarters, and not the numbers of all columns.

    Of a recognised row half of the names may be misread where the others stand in their order.
    """
    filled = [cell for cell in row if cell.text.strip()]
    texts = [cell.text for cell in filled]
    if _are_all_months(texts, vocabulary):
        return True
    if len(filled) < _FEWEST or filled[0].column <= 1:
        return False
    if [vocabulary.semester_of(text) for text in texts] == [1, 2]:
        return True
    if len(filled) < MIN_LABELS:
        return False
    if all(period_of(text, vocabulary) for text in texts):
        return True
    months = [vocabulary.month_of(cell.text) for cell in filled]
    return is_recognised(row) and in_order(months) is not None


def _are_all_months(texts: Sequence[str], vocabulary: FormVocabulary) -> bool:
    """Tell whether the last twelve texts are the months in their order, as names or initials, behind few others."""
    last = texts[-MONTHS:]
    named = [vocabulary.month_of(text) for text in last] == list(range(1, MONTHS + 1))
    words = named and not any(_is_number(text) for text in last)
    return len(texts) < 2 * MONTHS and (words or initials_in_order(last, vocabulary) is not None)


def _parts_below(row: Sequence[Cell], head: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a transcription's row right below a head names the parts of a free column (`TARGET`: volume, unit).

    Spans are lost there: the name stands over its first part, and blank cells behind it over the others.
    """
    filled = [cell for cell in row if cell.text.strip()]
    named = [cell for cell in head if cell.text.strip()]
    ends = [*(cell.column for cell in named[1:]), max(cell.column for cell in head) + 1]
    wide = {
        column
        for cell, end in zip(named, ends, strict=True)
        if end - cell.column > 1
        and named_role(cell.text, vocabulary, recognised=False) in ("extra", "unknown")
        for column in range(cell.column, end)
    }
    marks = any(vocabulary.is_mark(cell.text) or vocabulary.is_empty_mark(cell.text) for cell in filled)
    plain = all(cell.column_span == 1 and cell.row_span == 1 for cell in head)
    return plain and len(filled) >= _FEWEST and not marks and {cell.column for cell in filled} == wide


def _is_number(text: str) -> bool:
    return text.strip().isdecimal()


def _misread_labels(
    head: Sequence[tuple[Cell, ...]], form: Form, vocabulary: FormVocabulary
) -> tuple[Cell, ...]:
    """Return the lowest cells of a recognised head over the periods' columns that do not name their period."""
    if not is_recognised(head[0]):
        return ()
    lowest = {cell.column: cell for row in head for cell in row if cell.column_span == 1}
    read = vocabulary.month_of if form.period_type == "month" else vocabulary.quarter_of
    return tuple(
        cell
        for column in form.periods
        if (cell := lowest.get(column.index)) is not None
        and read(vocabulary.unwrapped(cell.text)) != column.period
    )
