"""Rows of a grid split into the header, which becomes a Form, and the rows below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.types import Cell, Grid
from normalize.form.content import columns_of
from normalize.form.model import Form
from normalize.form.naming import exact_form, is_recognised, named_role, spread, transcribed_form
from normalize.form.periods import in_order, initials_in_order, period_of
from normalize.form.settings import HEADERS, LABELS
from normalize.settings import NAMES
from normalize.text import counted
from normalize.vocabulary import FormVocabulary, is_numbers_row
from schema.periods import MONTHS

_FEWEST_WHOLE = 2  # roles of a header by a whole name
_FEWEST = 2  # labels of semesters, or parts of a free column


@dataclass(frozen=True, slots=True)
class HeaderSplit:
    """The rows of one stretch: those of the header (`header`), of column numbers and the others.

    `form` is `None` where there is no header; `inferred` are misread labels of periods, known by their places.
    """

    form: Form | None
    header: tuple[tuple[Cell, ...], ...]
    numbers: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    inferred: tuple[Cell, ...] = ()


def split_headers(grid: Grid, vocabulary: FormVocabulary) -> tuple[HeaderSplit, ...]:
    """Split a grid into stretches, each with its header; the rows are returned as they were read."""
    printed = [row for row in grid.rows() if row]
    rows = [unwrapped(row, vocabulary) for row in printed]
    starts = {n for n in range(len(rows)) if begins_header(rows, n, vocabulary)}
    starts |= {at for n in starts for at in _above(rows, n, vocabulary)}
    bounds = sorted({0, len(rows)} | {n for n in starts if n - 1 not in starts})
    return tuple(_split(rows[a:b], printed[a:b], grid, vocabulary) for a, b in pairwise(bounds))


def unwrapped(row: Sequence[Cell], vocabulary: FormVocabulary) -> tuple[Cell, ...]:
    """Return a row's cells with each label whole that a narrow cell wrapped (`1` over `0`)."""
    return tuple(
        cell.replace(text=whole)
        if "\n" in cell.text and (whole := vocabulary.unwrapped(cell.text)) != cell.text
        else cell
        for cell in row
    )


def _above(rows: Sequence[tuple[Cell, ...]], start: int, vocabulary: FormVocabulary) -> range:
    """Return the rows above a header's row that belong to it: a cell of theirs reaches down into it.

    Where spans are lost, so does the first row of a table if it holds only a few names, one of them known.
    """
    top = start
    while top and any(cell.row + cell.row_span > rows[start][0].row for cell in rows[top - 1]):
        top -= 1
    if top == start == 1 and _are_names(rows[0], vocabulary):
        top = 0
    return range(top, start)


def _are_names(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    texts = _texts(row)
    short = all(len(text.split()) <= HEADERS.longest_name and not _is_number(text) for text in texts)
    marked = any(vocabulary.is_mark(text) or vocabulary.is_empty_mark(text) for text in texts)
    known = [named_role(text, vocabulary, recognised=False) not in ("unknown", "extra") for text in texts]
    return len(texts) >= _FEWEST and short and not marked and any(known)


def begins_header(rows: Sequence[tuple[Cell, ...]], start: int, vocabulary: FormVocabulary) -> bool:
    """Tell whether a row names columns, alone or with the rows that its cells reach down into."""
    if is_header(rows[start], vocabulary):
        return True
    first, reach = rows[start][0].row, _reach(rows[start : start + 1])
    if not 1 < reach - first <= HEADERS.most_rows:
        return False
    cells = [cell for row in rows[start : start + HEADERS.most_rows] if row[0].row < reach for cell in row]
    named = [cell for cell in cells if not period_of(cell.text, vocabulary)]
    return bool(named) and is_header(named, vocabulary)


def is_header(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether the cells name columns: at least three different roles, and hardly anything else.

    Labels of periods are together one more role, the time. Two roles must be named in full, for a row of data may begin
    with such names (`Kegiatan sosialisasi`, `Tim Pelayanan`).
    """
    texts = _texts(row)
    return bool(texts) and _name_columns(texts, vocabulary, recognised=is_recognised(row))


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell.text.strip())


@lru_cache(
    maxsize=2048
)  # rows: headers are printed again on each page, and rows of data are asked about twice
def _name_columns(texts: tuple[str, ...], vocabulary: FormVocabulary, *, recognised: bool) -> bool:
    numbers = [text for text in texts if _is_number(text)]
    numbered = sorted(counted(text.strip()) or 0 for text in numbers) == _all_months()
    filled = [
        text
        for text in texts
        if not (numbered if _is_number(text) else period_of(text, vocabulary) is not None)
    ]
    labelled = len(texts) - len(filled) >= LABELS.fewest
    if len(filled) < HEADERS.fewest_roles - labelled:
        return False
    roles = [named_role(text, vocabulary, recognised=recognised) for text in filled]
    known = [role for role in roles if role not in ("unknown", "extra")]
    timed = {"time"} if labelled else set()
    scores = (vocabulary.role_of(text)[1] for text in filled)
    whole = {role for role, score in zip(roles, scores, strict=True) if score not in (0.0, NAMES.begun)}
    if len({*known, *timed}) < HEADERS.fewest_roles or len((whole & {*known}) | timed) < _FEWEST_WHOLE:
        return False
    return len(known) * 2 > len(filled) - roles.count("extra")


def _all_months() -> list[int]:
    return list(range(1, MONTHS + 1))


def _split(
    rows: Sequence[tuple[Cell, ...]],
    printed: Sequence[tuple[Cell, ...]],
    grid: Grid,
    vocabulary: FormVocabulary,
) -> HeaderSplit:
    first = next((n for n in range(len(rows)) if begins_header(rows, n, vocabulary)), None)
    if first is None or _above(rows, first, vocabulary).start > 0:
        return HeaderSplit(None, (), (), tuple(printed))
    depth = _depth(rows, vocabulary)
    below = printed[depth : depth + 1]
    numbers = tuple(
        row for row in below if is_numbers_row([c.text for c in row], recognised=is_recognised(row))
    )
    header, body = tuple(printed[:depth]), tuple(printed[depth + len(numbers) :])
    if not grid.exact:
        return HeaderSplit(transcribed_form(header, vocabulary), header, numbers, body)
    form = exact_form(header, grid.column_count, vocabulary)
    return HeaderSplit(form, header, numbers, body, _misread_labels(header, form, vocabulary))


def _depth(rows: Sequence[tuple[Cell, ...]], vocabulary: FormVocabulary) -> int:
    """Return how many rows the header has: its spans say so, or rows of labels or names follow."""
    depth = 1
    while depth < len(rows) and (
        _reach(rows[:depth]) > rows[depth][0].row
        or _labels(rows[depth], vocabulary)
        or is_header(rows[depth], vocabulary)
        or (depth == 1 and _misread_below(rows[1], rows[0], vocabulary))
        or (depth == 1 and _parts_below(rows[1], rows[0], vocabulary))
    ):
        depth += 1
    return depth


def _reach(rows: Sequence[tuple[Cell, ...]]) -> int:
    """Return the first row of the grid that no cell of these rows reaches into."""
    return max(cell.row + cell.row_span for row in rows for cell in row)


def _misread_below(row: Sequence[Cell], header: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a recognised row right below a header's first row has text below the time's name alone."""
    timed = {
        column
        for cell in header
        if named_role(cell.text, vocabulary, recognised=True) == "time"
        for column in columns_of(cell)
    }
    filled = [cell for cell in row if cell.lines]
    return is_recognised(row) and len(filled) >= LABELS.fewest and all(c.column in timed for c in filled)


def _labels(row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a row holds only names of periods; half of those of a recognised row may be misread."""
    texts = _texts(row)
    if _are_all_months(texts, vocabulary):
        return True
    if len(texts) < _FEWEST or next(cell.column for cell in row if cell.text.strip()) <= 1:
        return False
    if [vocabulary.semester_of(text) for text in texts] == [1, 2]:
        return True
    if len(texts) < LABELS.fewest:
        return False
    if all(period_of(text, vocabulary) for text in texts):
        return True
    return is_recognised(row) and in_order([vocabulary.month_of(text) for text in texts]) is not None


def _are_all_months(texts: Sequence[str], vocabulary: FormVocabulary) -> bool:
    """Tell whether the last twelve texts are the months in order, as names or initials, behind few others."""
    last = texts[-MONTHS:]
    named = [vocabulary.month_of(text) for text in last] == _all_months()
    words = named and not any(_is_number(text) for text in last)
    return len(texts) < 2 * MONTHS and (words or initials_in_order(last, vocabulary) is not None)


def _parts_below(row: Sequence[Cell], header: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
    """Tell whether a transcribed row right below a header names the parts of a free column (`TARGET`: volume, unit)."""
    filled = [cell for cell in row if cell.text.strip()]
    names = [name for name in spread(header, max(cell.column for cell in header) + 1) if name.column_span > 1]
    free = [
        name for name in names if named_role(name.text, vocabulary, recognised=False) in ("extra", "unknown")
    ]
    wide = {column for name in free for column in columns_of(name)}
    marks = any(vocabulary.is_mark(cell.text) or vocabulary.is_empty_mark(cell.text) for cell in filled)
    plain = all(cell.column_span == 1 and cell.row_span == 1 for cell in header)
    return plain and len(filled) >= _FEWEST and not marks and {cell.column for cell in filled} == wide


def _is_number(text: str) -> bool:
    return text.strip().isdecimal()


def _misread_labels(
    header: Sequence[tuple[Cell, ...]], form: Form, vocabulary: FormVocabulary
) -> tuple[Cell, ...]:
    """Return the lowest cells of a recognised header over periods that do not name their period."""
    if not is_recognised(header[0]):
        return ()
    lowest = {cell.column: cell for row in header for cell in row if cell.column_span == 1}
    read = vocabulary.month_of if form.period_type == "month" else vocabulary.quarter_of
    return tuple(
        cell
        for column in form.periods
        if (cell := lowest.get(column.index)) is not None
        and read(vocabulary.unwrapped(cell.text)) != column.period
    )
