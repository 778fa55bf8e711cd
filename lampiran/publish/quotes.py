"""The Extraction of a transcription -> the cells of each line as written, to be quoted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from extract.types import Extraction
from schema.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """One cell of a line as written, and whether it is the one in question."""

    text: str
    marked: bool


class Quotes:
    """The lines of a transcription, looked up by their number (from 1)."""

    def __init__(self, extraction: Extraction) -> None:
        self._lines: defaultdict[int | None, dict[int, str]] = defaultdict(dict)
        for loose in extraction.lines:
            cells = self._lines[loose.line]
            cells[len(cells) + 1] = loose.text
        for cell in (cell for grid in extraction.grids for cell in grid.cells):
            self._lines[cell.ref.line][cell.ref.cell or cell.column + 1] = cell.text

    def of(self, ref: SourceRef | None) -> tuple[QuotedCell, ...]:
        """Return the cells of the line a reference names; nothing for a page, an unknown or an empty line."""
        if ref is None or ref.line is None:
            return ()
        cells = self._lines.get(ref.line, {})
        if not any(text.strip() for text in cells.values()):
            return ()
        return tuple(QuotedCell(text, number == ref.cell) for number, text in sorted(cells.items()))
