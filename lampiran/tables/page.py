"""The page for people: turns a TableSet into the bytes of a self-contained `tables.html`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lampiran.publish.html import asset, page_bytes
from lampiran.publish.labels import finding_title
from schema.errors import Language
from schema.findings import SEVERITIES, Finding
from schema.geometry import BBox
from schema.ruled import RuledCell, RuledTable, TableSet

DARK = 128  # of 255: brightness of a fill below which letters on it are white
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class PartView:
    """The rows of one page of a table."""

    page: int
    rows: tuple[tuple[RuledCell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page shows it, with what was found about it, the gravest first."""

    table: RuledTable
    parts: tuple[PartView, ...]
    findings: tuple[Finding, ...]
    cells: dict[tuple[int, BBox], RuledCell]

    def cell_of(self, finding: Finding) -> RuledCell | None:
        """Return the cell that a finding is about, if it is about one."""
        ref = finding.ref
        return self.cells.get((ref.page, ref.bbox)) if ref and ref.page and ref.bbox else None


def tables_html(content: TableSet, *, language: Language = "id") -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Each table is one `<table>` with true `rowspan` and `colspan`, a `<tbody>` a page. Style and script are inside,
    and a content security policy allows nothing else.
    """
    views = [_view(table, content.findings) for table in content.tables]
    shown = {id(finding) for view in views for finding in view.findings}
    return page_bytes(
        "tables/tables.html.j2",
        # The rules are our own too: widths, and colours that are colours.
        style="\n".join((asset("tables/tables.css"), *_rules(content.tables))),
        script=asset("tables/tables.js"),
        content=content,
        language=language,
        views=views,
        others=_gravest(finding for finding in content.findings if id(finding) not in shown),
        reviews=sum(finding.severity in ("review", "error") for finding in content.findings),
        title=finding_title,
        classes=cell_classes,
    )


def _view(table: RuledTable, findings: Iterable[Finding]) -> TableView:
    own = [finding for finding in findings if finding.field == table.id or _lies_in(finding, table)]
    cells = {(cell.page, cell.bbox): cell for cell in table.cells}
    return TableView(table, tuple(_parts(table)), _gravest(own), cells)


def _lies_in(finding: Finding, table: RuledTable) -> bool:
    """Tell whether a finding of the reading itself is about a part of a table."""
    ref = finding.ref
    if finding.field is not None or ref is None or ref.bbox is None:
        return False
    x, y = (ref.bbox.x0 + ref.bbox.x1) / 2, (ref.bbox.top + ref.bbox.bottom) / 2
    return any(part.page == ref.page and part.bbox.contains(x, y) for part in table.parts)


def _gravest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)))


def _parts(table: RuledTable) -> Iterator[PartView]:
    rows: list[list[RuledCell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    for part in table.parts:
        own = rows[part.first_row : part.first_row + part.row_count]
        yield PartView(part.page, tuple(tuple(row) for row in own))


def _rules(tables: Iterable[RuledTable]) -> Iterator[str]:
    """Yield the style of what differs from table to table: widths of columns, colours of fills."""
    colours: set[str] = set()
    for table in tables:
        edges = max((part.column_edges for part in table.parts), key=len)
        whole = (edges[-1] - edges[0]) or 1.0
        for number, (left, right) in enumerate(pairwise(edges), 1):
            share = 100 * (right - left) / whole
            yield f"#{table.id} col:nth-child({number}) {{ width: {share:.2f}%; }}"
        colours |= {cell.fill for cell in table.cells if cell.fill and _COLOUR.fullmatch(cell.fill)}
    for colour in sorted(colours):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        ink = "#ffffff" if 0.3 * red + 0.59 * green + 0.11 * blue < DARK else "#16242b"
        yield f".fill-{colour[1:]} {{ background: {colour} !important; color: {ink}; }}"


def cell_classes(cell: RuledCell, table: RuledTable) -> str:
    """Return the classes of a cell's element."""
    names = [
        ("doubt", cell.needs_review),
        ("bold", bool(cell.bold)),
        ("head", table.head_rows is not None and cell.row < table.head_rows),
        (f"mark {cell.mark}", cell.mark is not None),
        (f"fill-{(cell.fill or '')[1:]}", bool(cell.fill and _COLOUR.fullmatch(cell.fill))),
    ]
    return " ".join(name for name, holds in names if holds)
