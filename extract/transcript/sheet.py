"""The rows of a spreadsheet turned into blocks: its table, and the lone texts above and below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.transcript.blocks import Block, RawLine, RawRow, RawTable
from extract.transcript.settings import TABLES


def sheet_blocks(rows: Sequence[RawRow]) -> Iterator[Block]:
    """Yield a sheet's rows as one table, and rows above and below it as loose text.

    It begins and ends with a row of four filled cells; right below such a row two are enough.
    """
    filled = [sum(bool(cell.text.strip()) for cell in row.cells) for row in rows]
    held = [n for n, count in enumerate(filled) if count >= TABLES.fewest_cells]
    if not held:
        yield from _loose(rows)
        return
    # A cell of a header's row may reach down to the first plain row.
    reaching = (n for n in range(held[0]) if any(n + cell.row_span > held[0] for cell in rows[n].cells))
    first, end = min(reaching, default=held[0]), held[-1] + 1
    while end < len(rows) and filled[end] >= TABLES.fewest_last_cells:
        end += 1
    yield from _loose(rows[:first])
    yield RawTable(tuple(rows[n] for n in range(first, end) if filled[n]))
    yield from _loose(rows[end:])


def _loose(rows: Sequence[RawRow]) -> Iterator[RawLine]:
    for row in rows:
        for part in " ".join(cell.text for cell in row.cells if cell.text.strip()).split("\n"):
            if part.strip():
                yield RawLine(row.line, part.strip())
