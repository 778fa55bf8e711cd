"""Text of a CSV file turned into blocks: its delimiter is the one that divides the rows most evenly."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from extract.errors import refused
from extract.settings import LIMITS
from extract.transcript.blocks import Block, RawCell, RawRow, sheet_blocks
from schema.harmless import unguarded

DELIMITERS = (",", ";", "\t", "|")
_END = "x"  # a row of its own behind the last one, unless a quotation mark is open there
STATED = "sep="  # what the first line may begin with to name the delimiter


def delimited_blocks(text: str, name: str = "") -> Iterator[Block]:
    """Yield the table and the loose lines of a CSV text; a quoted cell may go on over several lines.

    An apostrophe that keeps a spreadsheet from running a cell as a formula is no part of the text.
    Raises `InputError` for a cell that is too long, and for one whose quotation mark is never closed; `name` is what it names.
    """
    try:
        rows = _rows(f"{text.rstrip()}\n{_END}", delimiter_of(text))
        if [cell.text for cell in rows[-1].cells] != [_END]:
            raise refused("open-quote", path=name, line=rows[-1].line)
        yield from sheet_blocks(rows[:-1])
    except csv.Error as error:
        raise refused("long-cell", path=name) from error


def delimiter_of(text: str) -> str:
    """Return what divides the cells: comma, semicolon, tab or bar; a first line `sep=;` says it."""
    stated = text[len(STATED) : len(STATED) + 1]
    if text.lower().startswith(STATED) and stated in DELIMITERS:
        return stated
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many cells rows of the commonest length have in all, and that length; rows of one cell do not count."""
    lengths = Counter(len(row.cells) for row in _rows(text, delimiter) if len(row.cells) > 1)
    return max(((length * count, length) for length, count in lengths.items()), default=(0, 0))


def _rows(text: str, delimiter: str) -> list[RawRow]:
    limit = csv.field_size_limit(LIMITS.field_letters)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        rows: list[RawRow] = []
        line = 1
        for cells in reader:
            if not (line == 1 and cells and cells[0].lower().startswith(STATED)):
                rows.append(_row(line, cells))
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
    return rows


def _row(line: int, cells: list[str]) -> RawRow:
    texts = ("\n".join(part.rstrip() for part in cell.splitlines()) for cell in cells)
    return RawRow(line, tuple(RawCell(n, unguarded(text)) for n, text in enumerate(texts)))
