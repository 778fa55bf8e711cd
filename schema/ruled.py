"""The published shape of `tables.json`: the ruled tables of a PDF, whatever they hold."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.findings import Certainty, Finding
from schema.geometry import BBox
from schema.provenance import PageEntry, Reader, Source

TABLES_VERSION = "1.1.0"

MarkSeen = Literal["marked", "empty", "unknown", "covered"]


class RuledCell(Frozen):
    """One cell; `row` and `column` count from 0 in its table, in a repeated head from 0 in its part.

    `text` is what was read, lines parted by a line feed, and is never changed. `page` counts from 1, `bbox` is in
    PDF points, origin top left. `merged`: it spans more than one position. `confidence` (0 to 1) is the chance that a
    recognised text is right, for a digital page the share of known glyphs; `others` are what other readers saw.
    `mark` is what the ink of a small cell was taken for (`None`: not looked at as a mark), `fill` a colour such as
    `#92d050`, `bold`
    whether the text is set so (`None`: not known). `needs_review`: a finding about this cell waits for a person.
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

    `column_edges` and `row_edges` are in points of that page, one more than its own columns and rows; of a table that
    is printed sideways in those of the page after a turn of `turn` degrees clockwise, by which it is read.
    `columns` are the table's columns (from 0) in which the part's own begin. `first_row` is the row of the table
    at which the part begins, `row_count` the number of rows it gave. `repeated_head` are the cells of head rows that
    were printed again and are no rows of the table.
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
    certainty: Certainty


class RuledTable(Frozen):
    """A ruled table, its parts on following pages joined.

    `id` is `table-01`, ... in the order of print. `cells` are in row-major order; a spanned position has no cell
    of its own. `head_rows` is known where the head is printed again on a further page. `inside` names the table in a cell of which this one stands; that cell holds its text as well.
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
