"""The rows of grids turned into what tells headers from data: how they are set, and what of them is printed again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.types import Cell, Grid
from normalize.tables.columns import Alignment
from normalize.tables.settings import JOINING
from normalize.text import fold, squeeze
from normalize.vocabulary import is_numbers_row

_NUMBER = re.compile(r"\(?(\d{1,4})[.)]?")
_FIGURE = re.compile(r"\d")

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """The header rows of a grid that are printed again: `skipped` first rows of the earlier grid are not.

    `kept` are further rows that are the same in both, but may be data.
    """

    rows: int = 0
    skipped: int = 0
    kept: tuple[Row, ...] = ()

    @property
    def end(self) -> int:
        """The row (from 0) of the later grid behind all that is printed again."""
        return self.kept[-1][0].row + 1 if self.kept else self.rows


def is_seen(grid: Grid) -> bool:
    """Tell whether a grid was read from a picture."""
    return bool(grid.cells) and grid.cells[0].ref.reader == "ocr"


def repeated_header(before: Grid, after: Grid, columns: Alignment) -> Repeated:
    """Return how much of the earlier grid's header the later one begins with.

    A title above it may be left out, and all but its last rows: often only its column numbers are printed again.
    """
    rows = (before.rows(), after.rows())
    for skipped in range(_titles(before) + 1):
        same = _same_rows(rows[0][skipped:], rows[1], columns)
        counted = next((n + 1 for n in range(same) if _counts_columns(after, n)), 0)
        depth = max(header_depth(before, skipped) - skipped, counted)
        if same and _is_like_header(before, rows[0][skipped], styled=_style(rows[0][skipped])):
            sure = min(depth, same)
            if sure < depth or not _is_closed(rows[1][:sure], sure):
                continue
            extra = rows[1][sure:same]
            return Repeated(sure, skipped, tuple(row for row in extra if _filled(row)))
    return _repeated_end(before, after, columns)


def _repeated_end(before: Grid, after: Grid, columns: Alignment) -> Repeated:
    """Return the last rows of the earlier grid's header with which the later one begins, if they can be nothing else."""
    rows = (before.rows(), after.rows())
    above = _titles(before)
    depth = header_depth(before, above)
    for skipped in range(above + 1, depth):
        first, count = rows[0][skipped], depth - skipped
        named = _is_like_header(before, first, styled=_style(first)) or _counts_columns(before, skipped)
        same = _same_rows(rows[0][skipped:depth], rows[1], columns) == count
        if named and same and _is_closed(rows[1][:count], count):
            return Repeated(count, skipped)
    return Repeated()


def header_depth(grid: Grid, start: int = 0) -> int:
    """Return the row (from 0) behind a header that begins with row `start`: its spans, style and numbers say so."""
    rows = grid.rows()
    end = _reach(rows[start], start)
    style = _style(rows[start])
    while end < len(rows) and _is_title(grid, rows[end - 1]):
        end = _reach(rows[end], end)
    while end < len(rows) and style != _style(rows[-1]) and style is not None and _style(rows[end]) == style:
        end = max(end + 1, _reach(rows[end], end))
    if end < len(rows) and _counts_columns(grid, end):
        end += 1
    return min(end, len(rows))


def has_own_header(before: Grid, after: Grid) -> bool:
    """Tell whether a grid begins with a header of its own: a row of names set as the other's header, not as its data."""
    style = _style(before.rows()[0])
    first = after.rows()[0]
    if style is None or style == _style(before.rows()[-1]) or _style(first) != style:
        return False
    texts = [cell.text for cell in first if cell.text.strip()]
    return len(texts) * 2 > after.column_count and not any(_FIGURE.search(text) for text in texts)


def numbers(grid: Grid, start: int = 0) -> list[tuple[int, int]]:
    """Return the rows and values of the numbers in the first column from row `start` on."""
    found = []
    for cell in grid.cells:
        match = _NUMBER.fullmatch(squeeze(cell.text))
        if cell.column == 0 and cell.column_span == 1 and cell.row >= start and match:
            found.append((cell.row, int(match[1])))
    return found


def first_text_row(grid: Grid, start: int = 0) -> int | None:
    """Return the first row from `start` on that holds a text."""
    return next((n for n, row in enumerate(grid.rows()) if n >= start and _filled(row)), None)


def ends_with_title(grid: Grid) -> bool:
    """Tell whether the last row that holds a text is one cell over all columns, as a section's heading."""
    filled = [row for row in grid.rows() if _filled(row)]
    return bool(filled) and _is_title(grid, filled[-1])


def joined_text(row: Sequence[Cell]) -> str:
    """Return the texts of a row in one line."""
    return " | ".join(squeeze(cell.text) for cell in row if cell.text.strip())


def _filled(row: Sequence[Cell]) -> bool:
    return any(cell.text.strip() or cell.mark == "marked" for cell in row)


def _reach(row: Sequence[Cell], at: int) -> int:
    return max((cell.row + cell.row_span for cell in row), default=at + 1)


def _is_title(grid: Grid, row: Sequence[Cell]) -> bool:
    return len(row) == 1 and row[0].column_span == grid.column_count and grid.column_count > 1


def _titles(grid: Grid) -> int:
    count = 0
    for row in grid.rows()[:-1]:
        if not _is_title(grid, row):
            break
        count += 1
    return count


def _is_like_header(grid: Grid, row: Sequence[Cell], *, styled: tuple[bool, str | None] | None) -> bool:
    """Tell whether a row can be a header: set apart from the last row, or names without figures."""
    texts = [cell.text for cell in row if cell.text.strip()]
    if not texts:
        return False
    if styled is not None and styled != _style(grid.rows()[-1]):
        return True
    enough = len(texts) > 1 or grid.column_count == 1 or _is_title(grid, row)
    return enough and not any(_FIGURE.search(text) for text in texts)


def _counts_columns(grid: Grid, at: int) -> bool:
    """Tell whether a row holds the numbers of the columns; three alone do so where the row below does not count on."""
    rows = grid.rows()
    texts = [cell.text for cell in rows[at]]
    if is_numbers_row(texts, recognised=is_seen(grid)):
        return True
    count = grid.column_count
    if count < JOINING.fewest_columns or [*map(squeeze, texts)] != [str(n) for n in range(1, count + 1)]:
        return False
    return all(n != at + 1 or value != 2 for n, value in numbers(grid, at))


def _style(row: Sequence[Cell]) -> tuple[bool, str | None] | None:
    """Return how a row's texts are set: all bold, all on one fill; `None` for neither."""
    cells = [cell for cell in row if cell.text.strip()]
    bold = bool(cells) and all(line.bold is True for cell in cells for line in cell.lines)
    fills = {cell.fill for cell in cells}
    fill = fills.pop() if len(fills) == 1 else None
    return (bold, fill) if bold or fill is not None else None


def _same_rows(before: Sequence[Row], after: Sequence[Row], columns: Alignment) -> int:
    count = 0
    for one, two in zip(before, after, strict=False):
        if not one or not two or not _same_row(one, two, columns):
            break
        count += 1
    return count


def _same_row(one: Row, two: Row, columns: Alignment) -> bool:
    def place(cell: Cell, edges: Sequence[int]) -> tuple[int, int, int]:
        return edges[cell.column], edges[cell.column + cell.column_span], cell.row_span

    if [place(c, columns.first) for c in one] != [place(c, columns.second) for c in two]:
        return False
    return all(_same_text(a, b) for a, b in zip(one, two, strict=True))


def _same_text(one: Cell, two: Cell) -> bool:
    if squeeze(one.text) == squeeze(two.text):
        return True
    seen = "ocr" in (one.ref.reader, two.ref.reader)
    likeness = fuzz.ratio(fold(one.text), fold(two.text))
    return seen and likeness >= JOINING.alike_seen and not _FIGURE.search(one.text + two.text)


def _is_closed(rows: Sequence[Row], end: int) -> bool:
    return all(cell.row + cell.row_span <= end for row in rows for cell in row)
