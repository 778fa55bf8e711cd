"""A transcription's bytes turned into an Extraction of loose lines and inexact grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from extract.grid.chars import UNKNOWN
from extract.survey.survey import XLSX
from extract.transcript.blocks import Block, RawCell, RawRow, RawTable, split_blocks
from extract.transcript.bounds import check_letters, within_limits
from extract.transcript.delimited import delimited_blocks
from extract.transcript.encoding import decode
from extract.transcript.html import html_blocks, looks_like_html
from extract.transcript.workbook import workbook_blocks
from extract.types import Cell, Extraction, Grid, TextLine
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.provenance import Source, SourceRef


def read_transcript(path: Path, data: bytes, source: Source) -> Extraction:
    """Read a transcription; its grids are not exact, for an empty cell there proves nothing.

    Lines count from 1, in a workbook rows. Raises `InputError` for bytes that are neither text nor a workbook, and for
    more than any decree has, see `[limits]` in the settings.
    """
    findings: tuple[Finding, ...] = ()
    if source.media_type == XLSX:
        blocks = tuple(within_limits(workbook_blocks(data, path.name), path.name))
    else:
        text, encoding = decode(data, path.name)
        check_letters(text, path.name)
        blocks = tuple(within_limits(_text_blocks(text, path), path.name))
        source = source.replace(encoding=encoding)
        ref = SourceRef(sha256=source.sha256, line=1, reader="transcript")
        guess = partial(make_finding, "encoding-recognised", rule="decode-text", certainty="probable")
        findings = () if encoding.startswith("utf-8") else (guess(ref=ref, value=encoding),)
    grids = tuple(_grid(b.rows, source) for b in blocks if isinstance(b, RawTable))
    return Extraction(
        source=source,
        lines=tuple(TextLine(text=b.text, line=b.line) for b in blocks if not isinstance(b, RawTable)),
        grids=grids,
        findings=(*findings, *_lost_letters(grids)),
    )


def _lost_letters(grids: Iterable[Grid]) -> Iterator[Finding]:
    """Yield a finding for each cell that holds U+FFFD: whoever wrote it has lost a letter."""
    for cell in (cell for grid in grids for cell in grid.cells if UNKNOWN in cell.text):
        raw = " ".join(cell.text.split())
        yield make_finding("letter-lost", rule="decode-text", ref=cell.ref, raw=raw, certainty="ambiguous")


def _text_blocks(text: str, path: Path) -> Iterator[Block]:
    if looks_like_html(text):
        return html_blocks(text, path.name)
    return delimited_blocks(text, path.name) if path.suffix.lower() == ".csv" else split_blocks(text)


def _grid(rows: tuple[RawRow, ...], source: Source) -> Grid:
    cells = tuple(_cell(n, row, cell, source) for n, row in enumerate(rows) for cell in row.cells)
    return Grid(
        line=rows[0].line,
        row_count=len(rows),
        column_count=max(cell.column + cell.column_span for cell in cells),
        cells=cells,
        exact=False,
    )


def _cell(number: int, row: RawRow, cell: RawCell, source: Source) -> Cell:
    ref = SourceRef(sha256=source.sha256, line=row.line, cell=cell.column + 1, reader="transcript")
    lines = tuple(TextLine(text=part, line=row.line) for part in cell.text.split("\n") if cell.text)
    return Cell(
        row=number,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        text=cell.text,
        ref=ref,
        lines=lines,
    )
