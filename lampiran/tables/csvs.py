"""A ruled table -> the rows of a CSV, and its bytes."""

from __future__ import annotations

import csv
import io

from schema.harmless import guarded, visible
from schema.ruled import RuledTable


def rows_of(table: RuledTable, *, fill_spans: bool = False) -> list[list[str]]:
    """Return a table as rows of texts, one text per position of its grid.

    The text of a spanned cell is at its top left position and the others are empty; with `fill_spans` it is
    at each. Lines of a cell stay parted by a line feed.
    """
    rows = [[""] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        down, across = (cell.row_span, cell.column_span) if fill_spans else (1, 1)
        for row in rows[cell.row : cell.row + down]:
            row[cell.column : cell.column + across] = [cell.text] * across
    return rows


def csv_bytes(table: RuledTable, *, fill_spans: bool = False, spreadsheet_safe: bool = True) -> bytes:
    """Return a table as CSV: UTF-8, RFC 4180, no row of names beside those printed; no formulas if `spreadsheet_safe`."""
    rows = rows_of(table, fill_spans=fill_spans)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([guarded(visible(text)) for text in row] if spreadsheet_safe else row for row in rows)
    return stream.getvalue().encode("utf-8")
