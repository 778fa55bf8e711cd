"""Blocks of a transcription -> the same, or the word that they are more than any decree has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.errors import refused
from extract.settings import LIMITS
from extract.transcript.blocks import Block, RawTable


def check_letters(text: str, name: str) -> None:
    """Raise `InputError` for a text that has more letters or lines than are read."""
    if len(text) > LIMITS.transcript_letters or text.count("\n") > LIMITS.transcript_cells:
        raise refused("long-transcription", path=name)


def within_limits(blocks: Iterable[Block], name: str) -> Iterator[Block]:
    """Yield blocks; raises `InputError` for too many lines, tables or cells, and for one cell or line that is too long."""
    lines = tables = cells = covered = widest = 0
    for block in blocks:
        if isinstance(block, RawTable):
            tables += 1
            cells += sum(len(row.cells) for row in block.rows)
            covered += sum(cell.row_span * cell.column_span for row in block.rows for cell in row.cells)
            widest = max(widest, *(len(row.cells) for row in block.rows))
            longest = max((len(cell.text) for row in block.rows for cell in row.cells), default=0)
        else:
            lines += 1
            longest = len(block.text)
        if longest > LIMITS.cell_letters:
            raise refused("long-cell", path=name)
        if (
            lines > LIMITS.transcript_lines
            or tables > LIMITS.transcript_tables
            or cells > LIMITS.transcript_cells
            or covered > LIMITS.covered_cells
            or widest > LIMITS.columns
        ):
            raise refused("long-transcription", path=name)
        yield block
