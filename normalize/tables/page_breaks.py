"""The rows on both sides of a page break turned into a doubt where one row may be cut by it."""

from __future__ import annotations

from extract.types import Cell, Grid
from normalize.breaks.page_breaks import PageBreak
from normalize.tables.rows import first_text_row
from normalize.tables.settings import JOINING

_ENDS = (".", ";", ":", "!", "?")


def is_perhaps_cut(before: Grid, after: Grid, start: int) -> Cell | None:
    """Return the first cell of the row `start` or the first one with text below it, if it may go on from before.

    It does where its first column is empty though that is filled in nearly every row or a merged cell ends there on
    the page before; and where no such column tells: where a text begins small below one that does not end.
    """
    row = first_text_row(after, start)
    if row is None:
        return None
    cells = after.rows()[row]
    blank = any(cell.column == 0 and cell.column_span == 1 and not cell.text.strip() for cell in cells)
    if blank and (_has_key(before) or _ends_merged(before)):
        return cells[0]
    if _has_key(before):
        return None
    return next((cell for cell in cells if _goes_on(before, cell)), None)


def is_surely_cut(before: Grid, after: Grid, start: int) -> bool:
    """Tell whether the row `start` of a digital page is the rest of the last row before.

    It is where the first column is blank in no other row, each of its texts goes on in mid-sentence from the cell above
    and its first word would not have fitted there.
    """
    rows = (before.rows(), after.rows())
    last, first = rows[0][-1] if rows[0] else (), rows[1][start] if start < len(rows[1]) else ()
    if not first or [_extent(cell) for cell in last] != [_extent(cell) for cell in first]:
        return False
    digital = all(cell.ref.reader == "pdf-text" for cell in (*last, *first))
    keys = [
        cell for grid in (before, after) for cell in grid.cells if cell.column == 0 and cell is not first[0]
    ]
    if not digital or first[0].text.strip() or not all(cell.text.strip() for cell in keys):
        return False
    texts = [(upper, lower) for upper, lower in zip(last, first, strict=True) if lower.text.strip()]
    breaks = [PageBreak("unknown", upper, lower, upper.text) for upper, lower in texts]
    return bool(breaks) and all(cut.is_mid_sentence and not cut.fits for cut in breaks)


def _extent(cell: Cell) -> tuple[int, int, int]:
    return cell.column, cell.column_span, cell.row_span


def _has_key(grid: Grid) -> bool:
    """Tell whether the first column has a text in nearly every row in which one of its cells begins."""
    cells = [cell for cell in grid.cells if cell.column == 0]
    filled = sum(bool(cell.text.strip()) for cell in cells)
    return len(cells) >= JOINING.fewest_rows and filled >= JOINING.filled * len(cells)


def _ends_merged(grid: Grid) -> bool:
    return any(c.column == 0 and c.row_span > 1 and c.row + c.row_span == grid.row_count for c in grid.cells)


def _goes_on(before: Grid, cell: Cell) -> bool:
    text, end = cell.text.strip(), before.row_count
    last = (c for c in before.cells if c.column == cell.column and c.row + c.row_span == end)
    above = next((c.text.strip() for c in last), "")
    return text[:1].islower() and len(above) >= JOINING.long and not above.endswith(_ENDS)
