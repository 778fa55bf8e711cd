"""Text or rows of a transcription turned into blocks: table rows with their cells, and loose lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.settings import LIMITS
from extract.transcript.settings import TEXTS

_SEPARATOR = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CELL = r'(?>"(?:[^"\t]|"")*+"(?=\t|\Z)|[^\t\n]*+)'
_ROW = re.compile(rf"{_CELL}(?:\t{_CELL})*+")


class RawCell(NamedTuple):
    """One cell as written; `column` counts from 0, spans are 1 outside HTML."""

    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


class RawRow(NamedTuple):
    """One row of a table with the line it begins on (from 1)."""

    line: int
    cells: tuple[RawCell, ...]


class RawTable(NamedTuple):
    """A run of table rows."""

    rows: tuple[RawRow, ...]


class RawLine(NamedTuple):
    """A line of loose text."""

    line: int
    text: str


Block = RawTable | RawLine


def split_blocks(text: str) -> Iterator[Block]:
    """Yield tables (tab-separated or Markdown) and loose lines in the order of the text.

    A table is a run of lines with tabs, or of lines with pipes, of which one has at least four cells; what
    looks like a table but has fewer is loose text. A line without a tab or pipe right below a row
    (the rest of a broken cell, or a title whose empty cells were cut off) is a row of one cell.
    """
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        kind = _kind(lines[position])
        end = position
        while kind and end < len(lines) and _goes_on(lines, end, position, kind):
            end = _row_end(lines, end, kind)
        rows = tuple(_rows(lines, position, end, kind)) if kind else ()
        if rows and max(len(row.cells) for row in rows) >= TEXTS.fewest_cells:
            yield RawTable(rows)
        else:
            end = max(end, position + 1)
            yield from (RawLine(n + 1, lines[n]) for n in range(position, end))
        position = end


def _kind(line: str) -> str:
    if "\t" in line:
        return "tab"
    if line.lstrip().startswith("|") or len(_UNESCAPED_PIPE.findall(line)) >= TEXTS.fewest_cells - 1:
        return "pipe"
    return ""


def _goes_on(lines: Sequence[str], number: int, start: int, kind: str) -> bool:
    """Tell whether a line is a row of the table that began at `start`, or text right below one of its rows."""
    own = _kind(lines[number])
    return own == kind or (number > start and not own and bool(lines[number].strip()))


def _row_end(lines: Sequence[str], start: int, kind: str) -> int:
    last = lines[start].rsplit("\t", 1)[-1]
    if kind == "tab" and last.startswith('"') and last.count('"') % 2 == 1:
        for end in range(start + 2, min(len(lines), start + LIMITS.row_lines) + 1):
            # The first line with an odd number of marks ends the cell, or nothing does: within it they are doubled.
            if lines[end - 1].count('"') % 2 == 1:
                return end if _ROW.fullmatch("\n".join(lines[start:end])) else start + 1
    return start + 1


def _rows(lines: Sequence[str], start: int, end: int, kind: str) -> Iterator[RawRow]:
    position = start
    while position < end:
        after = _row_end(lines, position, kind)
        row = "\n".join(lines[position:after])
        if kind == "tab" or not _SEPARATOR.match(row):
            cells = [_unquote(cell) for cell in row.split("\t")] if kind == "tab" else _pipe_cells(row)
            yield RawRow(position + 1, tuple(RawCell(n, cell) for n, cell in enumerate(cells)))
        position = after


def _unquote(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and cell.count('"') % 2 == 0:
        return cell[1:-1].replace('""', '"')
    return cell


def _pipe_cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = _UNESCAPED_PIPE.split(inner)
    return [_BREAK.sub("\n", cell.strip().replace("\\|", "|")) for cell in cells]


def sheet_blocks(rows: Sequence[RawRow]) -> Iterator[Block]:
    """Yield a sheet's rows as one table, and rows above and below it as loose text.

    It begins and ends with a row of four filled cells; right below such a row two are enough.
    """
    filled = [sum(bool(cell.text.strip()) for cell in row.cells) for row in rows]
    held = [n for n, count in enumerate(filled) if count >= TEXTS.fewest_cells]
    if not held:
        yield from _loose(rows)
        return
    # A cell of a header's row may reach down to the first plain row.
    reaching = (n for n in range(held[0]) if any(n + cell.row_span > held[0] for cell in rows[n].cells))
    first, end = min(reaching, default=held[0]), held[-1] + 1
    while end < len(rows) and filled[end] >= TEXTS.fewest_last_cells:
        end += 1
    yield from _loose(rows[:first])
    yield RawTable(tuple(rows[n] for n in range(first, end) if filled[n]))
    yield from _loose(rows[end:])


def _loose(rows: Sequence[RawRow]) -> Iterator[RawLine]:
    for row in rows:
        for part in " ".join(cell.text for cell in row.cells if cell.text.strip()).split("\n"):
            if part.strip():
                yield RawLine(row.line, part.strip())
