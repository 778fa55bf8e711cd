"""The published shape of `tables.json`: the ruled tables of a PDF, whatever they hold."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.findings import Finding, Grade
from schema.geometry import BBox
from schema.provenance import PageEntry, Reader, Source

TABLES_VERSION = "1.1.0"

MarkSeen = Literal["marked", "empty", "unknown", "covered"]


class RuledCell(Frozen):
    """One cell; `row` and `column` count from 0 in its table, in a repeated header from 0 in its part.

    `text` is what was read, lines parted by a line feed, and is never changed. `page` counts from 1, `bbox` is in
    PDF points, origin top left. `merged`: it spans more than one position. `confidence` (0 to 1) is the chance that a
    recognised text is right, on a digital page the share of known glyphs; `others` are the texts of other readers.
    `mark` says how the ink of a small cell was read (`None`: not read as a mark); the text of a mark is the sign it looks
    like. `fill` is a colour as `#92d050`,
    `bold` is `None` if not known. `needs_review`: a finding about this cell waits for a person.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    merged: bool = False
    text: str = ""
    page: int
    bbox: BBox
    reader: Reader
    confidence: float | None = None
    others: tuple[str, ...] = ()
    mark: MarkSeen | None = None
    fill: str | None = None
    bold: bool | None = None
    needs_review: bool = False


class TablePart(Frozen):
    """The part of a table on one page.

    `column_edges` and `row_edges` are in points of that page, one more than the part's columns and rows; a table that
    is printed sideways is read, and measured, after the page is turned by `turn` degrees clockwise. `columns` are the
    columns of the table (from 0) at which those of the part begin. `first_row` is the row of the table at which the
    part begins, `row_count` its number of rows. `repeated_head` holds the cells of header rows that were printed again
    and are not rows of the table.
    """

    page: int
    bbox: BBox
    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    columns: tuple[int, ...]
    first_row: int
    row_count: int
    repeated_head: tuple[RuledCell, ...] = ()
    turn: Literal[0, 90, 180, 270] = 0


class TableJoin(Frozen):
    """Why two parts are one table: `repeated-head`, `numbering` (it goes on) or `columns` (only they agree)."""

    page_before: int
    page: int
    reason: Literal["repeated-head", "numbering", "columns"]
    certainty: Grade


class RuledTable(Frozen):
    """A ruled table, its parts on following pages joined.

    `id` is `table-01`, ... in the order of print. `cells` are in row-major order; a cell covers all the positions that it spans.
    `head_rows` is known if the header is printed again on another page. `inside` names the table that holds this one
    in a cell; that cell holds its text as well.
    """

    id: str
    pages: tuple[int, ...]
    row_count: int
    column_count: int
    parts: tuple[TablePart, ...]
    joins: tuple[TableJoin, ...] = ()
    cells: tuple[RuledCell, ...]
    head_rows: int | None = None
    inside: str | None = None


class TableSet(Frozen):
    """All ruled tables of a PDF: the content of `tables.json`.

    `findings` of a table name it in `field`. `versions` are those of the parts that read the file. `pages` is the
    ledger of the file's pages.
    """

    schema_version: str = TABLES_VERSION
    source: Source
    tables: tuple[RuledTable, ...]
    findings: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    pages: tuple[PageEntry, ...] = ()
