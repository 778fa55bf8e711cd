"""The rows on both sides of a page break turned into a doubt where one row may be cut by it."""

from __future__ import annotations

from collections.abc import Sequence

from extract.types import Cell, Grid
from normalize.breaks.page_breaks import PageBreak
from normalize.tables.rows import first_text_row
from normalize.tables.settings import JOINING

_ENDS = (".", ";", ":", "!", "?")


def is_perhaps_cut(before: Grid, after: Grid, start: int) -> Cell | None:
    """Return a cell of the row `start`, or of the first one with text below it, if that row may go on from before.

    It may where its first column is empty though that is filled in nearly every row, unless a merged cell goes on there; and
    where one of its cells is so, and none of its texts found room on the page before. Where no first column tells, it may
    where a text goes on from one that does not end.
    """
    row = first_text_row(after, start)
    if row is None:
        return None
    cells = after.rows()[row]
    first = next((cell for cell in cells if cell.column == 0), None)
    blank = first is not None and first.column_span == 1 and not first.text.strip()
    merged = blank and (_ends_merged(before) or (first is not None and first.row_span > 1))
    has_key = _has_key(before)
    if has_key and blank and not merged:
        return first
    lacks = any(_is_lacking(cell, before, after) for cell in cells)
    flowing = _flowing(before, cells)
    if merged:
        return first if lacks or any(not _is_closed(cut) for cut in flowing) else None
    if lacks and flowing:
        return flowing[0].lower
    return next((cut.lower for cut in _breaks(before, cells) if _goes_on(cut) and not has_key), None)


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


def _ends_merged(grid: Grid, column: int = 0) -> bool:
    ends = (c for c in grid.cells if c.column == column and c.row + c.row_span == grid.row_count)
    return any(cell.row_span > 1 for cell in ends)


def _is_lacking(cell: Cell, before: Grid, after: Grid) -> bool:
    """Tell whether a cell is empty though its column has a text in nearly every other row, and no merged cell goes on there."""
    if cell.text.strip() or cell.column_span > 1 or cell.row_span > 1 or _ends_merged(before, cell.column):
        return False
    every = [
        c for grid in (before, after) for c in grid.cells if c.column == cell.column and c.column_span == 1
    ]
    filled = sum(bool(other.text.strip()) for other in every)
    return filled >= max(JOINING.fewest_rows, JOINING.filled * (len(every) - 1))


def _breaks(before: Grid, cells: Sequence[Cell]) -> list[PageBreak]:
    """Return each text of a row with the cell above it that ends the page before; blank where there is none."""
    last = {(c.column, c.column_span): c for c in before.cells if c.row + c.row_span == before.row_count}
    lowers = [cell for cell in cells if cell.text.strip()]
    uppers = [last.get((cell.column, cell.column_span)) for cell in lowers]
    return [
        PageBreak("unknown", upper or lower.replace(text="", lines=()), lower, upper.text if upper else "")
        for upper, lower in zip(uppers, lowers, strict=True)
    ]


def _flowing(before: Grid, cells: Sequence[Cell]) -> list[PageBreak]:
    """Return the texts of a row if each of them may go on from the page before: it found no room there."""
    breaks = _breaks(before, cells)
    flows = all(cut.goes_on and cut.lower.lines and cut.fills_its_cell and not cut.fits for cut in breaks)
    return breaks if flows else []


def _is_closed(cut: PageBreak) -> bool:
    return cut.whole.rstrip().endswith(_ENDS)


def _goes_on(cut: PageBreak) -> bool:
    """Tell whether a text goes on in the midst of a sentence from a long one that does not end."""
    if len(cut.whole.strip()) < JOINING.long or _is_closed(cut) or cut.is_sibling:
        return False
    small = cut.lower.text.strip()[:1].islower()
    return small or (cut.is_mid_sentence and not cut.begins_item and not cut.fits)
