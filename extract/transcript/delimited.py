"""Text of a CSV file turned into blocks: its delimiter is found by what parts the rows most evenly."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from extract.transcript.blocks import Block, RawCell, RawRow
from extract.transcript.sheet import sheet_blocks

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_FIELD = 1 << 20
_MIN_CELLS = 2


def delimited_blocks(text: str) -> Iterator[Block]:
    """Yield the table and the loose lines of a CSV text; a quoted cell may go on over several lines."""
    yield from sheet_blocks(_rows(text, delimiter_of(text)))


def delimiter_of(text: str) -> str:
    """Return what parts the cells: comma, semicolon, tab or bar; a first line `sep=;` says it."""
    first = text[:8].splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and first[0][4:5] in DELIMITERS:
        return first[0][4:5]
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows have the commonest number of cells, and that number; one cell a row is no table."""
    lengths = Counter(len(row.cells) for row in _rows(text, delimiter) if len(row.cells) >= _MIN_CELLS)
    if not lengths:
        return 0, 0
    length, count = max(lengths.items(), key=lambda item: (item[1] * item[0], item[0]))
    return count * length, length


def _rows(text: str, delimiter: str) -> list[RawRow]:
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        rows: list[RawRow] = []
        line = 1
        for cells in reader:
            if not (line == 1 and cells and cells[0].lower().startswith("sep=")):
                rows.append(_row(line, cells))
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
    return rows


def _row(line: int, cells: list[str]) -> RawRow:
    texts = ("\n".join(part.rstrip() for part in cell.splitlines()) for cell in cells)
    return RawRow(line, tuple(RawCell(n, text) for n, text in enumerate(texts)))
