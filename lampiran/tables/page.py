"""A TableSet -> the bytes of `tables.html`, a self-contained page for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lampiran.publish.html import asset, page_bytes
from lampiran.publish.labels import finding_title
from lampiran.tables.settings import LETTERS
from schema.choices import Language
from schema.findings import Finding, gravest_first
from schema.geometry import BBox
from schema.ruled import RuledCell, RuledTable, TableSet

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class PartView:
    """The rows of one page of a table."""

    page: int
    rows: Sequence[Sequence[RuledCell]]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page shows it, with what was found about it, the gravest first."""

    table: RuledTable
    parts: Sequence[PartView]
    findings: Sequence[Finding]
    cells: dict[tuple[int, BBox], RuledCell]

    def cell_of(self, finding: Finding) -> RuledCell | None:
        """Return the cell that a finding is about, if it is about one."""
        ref = finding.ref
        return self.cells.get((ref.page, ref.bbox)) if ref and ref.page and ref.bbox else None


def tables_html(content: TableSet, *, language: Language = "id") -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Each table is one `<table>` with true `rowspan` and `colspan`, one `<tbody>` per page. Style and script are inside,
    and a content security policy allows nothing else.
    """
    views = [_view(table, content.findings) for table in content.tables]
    shown = {id(finding) for view in views for finding in view.findings}
    return page_bytes(
        "tables/tables.html.j2",
        # The rules are our own too: widths, and colours that are colours.
        style="\n".join((asset("tables/tables.css"), *_rules(content.tables))),
        script=asset("language.js"),
        content=content,
        language=language,
        views=views,
        others=gravest_first(finding for finding in content.findings if id(finding) not in shown),
        reviews=sum(finding.severity in ("review", "error") for finding in content.findings),
        title=finding_title,
        classes=_cell_classes,
    )


def _view(table: RuledTable, findings: Iterable[Finding]) -> TableView:
    own = [finding for finding in findings if finding.field == table.id or _is_within(finding, table)]
    cells = {(cell.page, cell.bbox): cell for cell in table.cells}
    rows: list[list[RuledCell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    parts = [PartView(p.page, rows[p.first_row : p.first_row + p.row_count]) for p in table.parts]
    return TableView(table, parts, gravest_first(own), cells)


def _is_within(finding: Finding, table: RuledTable) -> bool:
    """Tell whether a finding of the reading itself is about a part of a table."""
    ref = finding.ref
    if finding.field is not None or ref is None or ref.bbox is None:
        return False
    x, y = (ref.bbox.x0 + ref.bbox.x1) / 2, (ref.bbox.top + ref.bbox.bottom) / 2
    return any(part.page == ref.page and part.bbox.contains(x, y) for part in table.parts)


def _rules(tables: Iterable[RuledTable]) -> Iterator[str]:
    """Yield the style of what differs from table to table: widths of columns, colours of fills."""
    colours: set[str] = set()
    for table in tables:
        edges = max((part.column_edges for part in table.parts), key=len)
        whole = (edges[-1] - edges[0]) or 1.0
        for number, (left, right) in enumerate(pairwise(edges), 1):
            yield f"#{table.id} col:nth-child({number}) {{ width: {100 * (right - left) / whole:.2f}%; }}"
        colours |= {cell.fill for cell in table.cells if cell.fill and _COLOUR.fullmatch(cell.fill)}
    for colour in sorted(colours):
        red, green, blue = bytes.fromhex(colour[1:])
        brightness = LETTERS.red * red + LETTERS.green * green + LETTERS.blue * blue
        ink = LETTERS.on_dark if brightness < LETTERS.dark else LETTERS.on_light
        yield f".fill-{colour[1:]} {{ background: {colour} !important; color: {ink}; }}"


def _cell_classes(cell: RuledCell, table: RuledTable) -> str:
    """Return the classes of a cell's element."""
    names = [
        ("doubt", cell.needs_review),
        ("bold", bool(cell.bold)),
        ("head", table.head_rows is not None and cell.row < table.head_rows),
        (f"mark {cell.mark}", cell.mark is not None),
        (f"fill-{(cell.fill or '')[1:]}", bool(cell.fill and _COLOUR.fullmatch(cell.fill))),
    ]
    return " ".join(name for name, holds in names if holds)
