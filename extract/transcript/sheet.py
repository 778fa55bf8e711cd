"""The rows of a spreadsheet turned into blocks: its table, and the lone texts above and below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.transcript.blocks import Block, RawCell, RawLine, RawRow, RawTable

_MIN_TABLE_CELLS = 4
_MIN_LAST_CELLS = 2


def sheet_blocks(rows: Sequence[RawRow]) -> Iterator[Block]:
    """Yield a sheet's rows as one table; rows above the first and below the last that is plainly one are loose text.

    A row is plainly one of a table with four cells that hold something; right below such a row two are enough. A sheet
    without such a row is loose text.
    """
    held = [n for n, row in enumerate(rows) if _filled(row) >= _MIN_TABLE_CELLS]
    if not held:
        yield from _loose(rows)
        return
    first, last = _begin(rows, held[0]), held[-1]
    while last + 1 < len(rows) and _filled(rows[last + 1]) >= _MIN_LAST_CELLS:
        last += 1
    yield from _loose(rows[:first])
    yield RawTable(tuple(row for row in rows[first : last + 1] if _filled(row)))
    yield from _loose(rows[last + 1 :])


def _filled(row: RawRow) -> int:
    return sum(bool(cell.text.strip()) for cell in row.cells)


def _begin(rows: Sequence[RawRow], first: int) -> int:
    """Return the first row of the table: a cell of a head's row may reach down to where it is plain."""
    reaching = [n for n in range(first) if any(n + cell.row_span > first for cell in rows[n].cells)]
    return min(reaching, default=first)


def _loose(rows: Sequence[RawRow]) -> Iterator[RawLine]:
    for row in rows:
        texts: list[RawCell] = [cell for cell in row.cells if cell.text.strip()]
        for part in " ".join(cell.text for cell in texts).split("\n"):
            if part.strip():
                yield RawLine(row.line, part.strip())
