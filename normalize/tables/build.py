"""An Extraction turned into all its ruled tables: parts joined over page breaks, doubts as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from extract.types import Cell, Extraction, Grid
from normalize.recognised.decide import weigh_words
from normalize.resources import Resources
from normalize.tables.certainty import CellCertainty, unruled_rows
from normalize.tables.columns import align
from normalize.tables.figures import FigureChecks
from normalize.tables.folding import without_cuts
from normalize.tables.joining import DOUBTS, REASONS, Doubt, Join, fullest, repeats_below, verdict
from normalize.tables.page_breaks import is_perhaps_cut, is_surely_cut
from normalize.tables.rows import is_seen, joined_text
from normalize.tables.settings import JOINING
from normalize.tables.surroundings import Surroundings, first_grids, last_grids, running_grids
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.geometry import BBox
from schema.provenance import SourceRef
from schema.ruled import RuledCell, RuledTable, TableJoin, TablePart, TableSet

RULE: RuleName = "join-tables"
_TOLD = "ink-unexplained"  # of a cell that the reading asks about: no second doubt about its mark


@dataclass(slots=True)
class _Chain:
    """The parts of one table with the joins between them; `doubts` are tables before that it may go on from."""

    parts: list[Grid]
    joins: list[Join] = field(default_factory=list)
    doubts: list[tuple[Grid, Doubt]] = field(default_factory=list)

    @property
    def last(self) -> Grid:
        """The part on the last page so far."""
        return self.parts[-1]

    def joined(self) -> Iterator[tuple[Grid, Grid, Join]]:
        """Yield the parts on both sides of each join."""
        yield from zip(self.parts, self.parts[1:], self.joins, strict=False)

    def placed(self) -> Iterator[tuple[Grid, int, tuple[int, ...]]]:
        """Yield each part with its header rows that are printed again, and its edges' places among the table's."""
        edges = fullest(self.parts).column_edges
        for grid, header in zip(self.parts, (0, *(join.header.rows for join in self.joins)), strict=True):
            found = align(edges, grid.column_edges, seen=is_seen(grid))
            yield grid, header, found.second if found is not None else tuple(range(len(grid.column_edges)))


def build_tables(extraction: Extraction, resources: Resources) -> TableSet:
    """Return the tables of a document read with every grid (`extract.reading.read_document(every_table=True)`).

    In the order of print. Texts stay as they were read. Tables are joined by the rule of `joining.verdict`; what
    is doubtful is left apart and reported, and no two rows are made one.
    """
    extraction = weigh_words(extraction, resources.words, resources.word_model)
    named = {f"table-{n:02}": chain for n, chain in enumerate(_chains(extraction), 1)}
    figures = FigureChecks()
    for name, chain in named.items():
        figures.add(name, _rows(chain), resources.words, resources.form)
    certainty = CellCertainty(extraction, resources, figures)
    owner = {id(part): name for name, chain in named.items() for part in chain.parts}
    findings = list(extraction.findings)
    known = {(f.code, f.ref.page, f.ref.bbox) for f in extraction.findings if f.ref is not None}

    def is_new(finding: Finding, code: str) -> bool:
        return finding.ref is None or (code, finding.ref.page, finding.ref.bbox) not in known

    tables = []
    for name, chain in named.items():
        own = list(_chain_findings(chain, name))
        own += [f for part in chain.parts for f in unruled_rows(part, name) if is_new(f, f.code)]
        cells = (cell for part in chain.parts for cell in part.cells)
        own += [f for cell in cells for f in certainty.findings(cell, name) if is_new(f, _TOLD)]
        own += figures.notices[name]
        outer = _outer(chain.parts[0], extraction.grids)
        inside = owner[id(outer)] if outer is not None else None
        findings += own
        tables.append(_table(chain, name, inside, certainty, (*extraction.findings, *own)))
    return TableSet(
        source=extraction.source,
        tables=tuple(tables),
        findings=tuple(findings),
        versions=extraction.versions,
        pages=extraction.ledger(),
    )


def _rows(chain: _Chain) -> list[dict[int, Cell]]:
    """Return the cells of single columns of a table's rows, by the table's columns; what is printed again is left out."""
    found: list[dict[int, Cell]] = []
    for grid, header, columns in chain.placed():
        for row in grid.rows()[header:]:
            single = (c for c in row if columns[c.column + c.column_span] - columns[c.column] == 1)
            found.append({columns[c.column]: c for c in single})
    return found


def _chains(extraction: Extraction) -> list[_Chain]:
    """Put the grids together that are one table, page after page."""
    around = Surroundings(extraction)
    running = [extraction.grids[n] for n in running_grids(extraction)]
    chains: list[_Chain] = []
    open_ones: list[_Chain] = []
    for page in sorted({grid.page or 0 for grid in extraction.grids}):
        grids = [grid for grid in extraction.grids if grid.page == page]
        outer = [g for g in grids if _outer(g, grids) is None and not any(g is r for r in running)]
        first, last = first_grids(outer), last_grids(outer)
        waiting = [chain for chain in open_ones if chain.last.page == page - 1]
        following: list[_Chain] = []
        for grid in grids:
            chain = _continued(grid, waiting, around) if grid in first else None
            if chain is None:
                chain = _Chain([grid])
                chain.doubts += _doubts(grid, waiting, around) if grid in first else []
                chain.doubts += _doubts_on_page(grid, chains, outer, around)
                chain.doubts += _doubts_inside(grid, chains, extraction, around)
                chains.append(chain)
            following += [chain] if grid in last else []
        open_ones = following
    return chains


def _continued(grid: Grid, waiting: list[_Chain], around: Surroundings) -> _Chain | None:
    for chain in waiting:
        found = verdict(chain.parts, grid, around)
        if isinstance(found, Join):
            waiting.remove(chain)
            chain.parts.append(grid)
            chain.joins.append(found)
            return chain
    return None


def _doubts(grid: Grid, waiting: Sequence[_Chain], around: Surroundings) -> list[tuple[Grid, Doubt]]:
    found = [(chain.last, verdict(chain.parts, grid, around)) for chain in waiting]
    return [(part, doubt) for part, doubt in found if isinstance(doubt, Doubt)]


def _doubts_on_page(
    grid: Grid, chains: Sequence[_Chain], outer: Sequence[Grid], around: Surroundings
) -> list[tuple[Grid, Doubt]]:
    """Return the table right above on the same page, if it has the same header: a sheet cut into blocks prints so."""
    above = [g for g in outer if g.bbox and grid.bbox and g.bbox.bottom <= grid.bbox.top and g is not grid]
    nearest = max(above, key=lambda g: g.bbox.bottom if g.bbox else 0.0, default=None)
    chain = next((chain for chain in chains if chain.last is nearest), None)
    if chain is None or grid not in outer or not repeats_below(chain.parts, grid, around):
        return []
    return [(chain.last, Doubt("page"))]


def _doubts_inside(
    grid: Grid, chains: Sequence[_Chain], extraction: Extraction, around: Surroundings
) -> list[tuple[Grid, Doubt]]:
    """Return the tables in cells of the page before from which one in a cell here could go on: frames of pages print so."""
    if _outer(grid, extraction.grids) is None:
        return []
    before = [c for c in chains if c.last.page == (grid.page or 0) - 1]
    inner = [c for c in before if _outer(c.last, extraction.grids) is not None]
    alike = [c for c in inner if isinstance(verdict(c.parts, grid, around), Join)]
    return [(chain.last, Doubt("inside")) for chain in alike]


def _outer(grid: Grid, grids: Sequence[Grid]) -> Grid | None:
    """Return the smallest grid that holds another one in one of its cells."""
    around = [
        (cell.ref.bbox.width * cell.ref.bbox.height, n)
        for n, other in enumerate(grids)
        if other is not grid and other.page == grid.page
        for cell in other.cells
        if cell.ref.bbox is not None and grid.bbox is not None and _holds(cell.ref.bbox, grid.bbox)
    ]
    return grids[min(around)[1]] if around else None


def _holds(outer: BBox, inner: BBox) -> bool:
    return (
        outer.x0 - JOINING.within <= inner.x0
        and outer.top - JOINING.within <= inner.top
        and inner.x1 <= outer.x1 + JOINING.within
        and inner.bottom <= outer.bottom + JOINING.within
    )


def _chain_findings(chain: _Chain, name: str) -> Iterator[Finding]:
    """Yield how the parts were joined, what was dropped or kept, and where a join is in doubt."""
    note = partial(make_finding, rule=RULE, field=name)
    for before, after, join in chain.joined():
        code = "table-joined" if join.grade == "certain" else "table-join-probable"
        pages: dict[str, Any] = {"raw": str(after.page), "value": str(before.page)}
        yield note(code, ref=_ref(after), certainty=join.grade, **pages, **_because(REASONS[join.reason]))
        for row in filter(None, after.rows()[: join.header.rows]):
            yield note("repeated-head-dropped", ref=row[0].ref, raw=joined_text(row))
        for row in join.header.kept:
            yield note("repeated-row-kept", ref=row[0].ref, raw=joined_text(row))
        cut = is_perhaps_cut(before, after, join.header.end)
        if cut is not None and _is_one_row(before, after, join):
            yield note("table-row-joined", ref=cut.ref, certainty="probable", **pages)
        elif cut is not None:
            yield note("table-row-perhaps-cut", ref=cut.ref, certainty="ambiguous", **pages)
    first = chain.parts[0]
    for before, doubt in chain.doubts:
        pages = {"raw": str(first.page), "value": str(before.page)}
        reason = _because(DOUBTS[doubt.kind])
        yield note("table-join-doubtful", ref=_ref(first), certainty="ambiguous", **pages, **reason)


def _because(reason: tuple[str, str]) -> dict[str, Any]:
    return dict(zip(("reason_id", "reason_en"), reason, strict=True))


def _ref(grid: Grid) -> SourceRef:
    return grid.cells[0].ref.replace(bbox=grid.bbox)


def _table(
    chain: _Chain, name: str, inside: str | None, certainty: CellCertainty, findings: Sequence[Finding]
) -> RuledTable:
    asked = {f.ref for f in findings if f.severity == "review" and f.ref is not None}
    parts: list[TablePart] = []
    cells: list[RuledCell] = []
    row = 0
    for grid, header, columns in chain.placed():

        def cell_of(cell: Cell, shift: int, columns: tuple[int, ...] = columns) -> RuledCell:
            waits = bool(asked) and cell.ref in asked
            return _cell(cell, columns, shift, certainty, asked=waits or certainty.asks(cell))

        repeated = tuple(cell_of(cell, 0) for cell in grid.cells if cell.row < header)
        cells += [cell_of(cell, row - header) for cell in grid.cells if cell.row >= header]
        parts.append(_part(grid, columns, row, header, repeated))
        row += grid.row_count - header
    table = RuledTable(
        id=name,
        pages=tuple(part.page for part in parts),
        row_count=row,
        column_count=fullest(chain.parts).column_count,
        parts=tuple(parts),
        joins=tuple(
            TableJoin(page_before=a.page or 0, page=b.page or 0, reason=join.reason, certainty=join.grade)
            for a, b, join in chain.joined()
        ),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        head_rows=next((j.header.rows + j.header.skipped for j in chain.joins if j.header.rows), None),
        inside=inside,
    )
    return without_cuts(table, _cuts(chain))


def _cuts(chain: _Chain) -> list[int]:
    """Return the parts of a table, from 0, whose first row is surely the rest of the one before."""
    return [
        n
        for n, (before, after, join) in enumerate(chain.joined(), 1)
        if is_perhaps_cut(before, after, join.header.end) is not None and _is_one_row(before, after, join)
    ]


def _is_one_row(before: Grid, after: Grid, join: Join) -> bool:
    return not join.header.kept and is_surely_cut(before, after, join.header.rows)


def _part(
    grid: Grid, columns: tuple[int, ...], row: int, header: int, repeated: tuple[RuledCell, ...]
) -> TablePart:
    return TablePart(
        page=grid.page or 0,
        bbox=grid.bbox or BBox(x0=0, top=0, x1=0, bottom=0),
        column_edges=grid.column_edges,
        row_edges=grid.row_edges,
        columns=columns[:-1],
        first_row=row,
        row_count=grid.row_count - header,
        repeated_head=repeated,
        turn=grid.turn,
    )


def _cell(cell: Cell, columns: Sequence[int], shift: int, known: CellCertainty, *, asked: bool) -> RuledCell:
    first, last = columns[cell.column], columns[cell.column + cell.column_span]
    return RuledCell(
        row=cell.row + shift,
        column=first,
        row_span=cell.row_span,
        column_span=last - first,
        merged=cell.row_span > 1 or last - first > 1,
        text=cell.text,
        page=cell.ref.page or 0,
        bbox=cell.ref.bbox or BBox(x0=0, top=0, x1=0, bottom=0),
        reader=cell.ref.reader,
        confidence=known.of(cell),
        others=tuple(dict.fromkeys(other for line in cell.lines if line.others for other in line.others)),
        mark=known.mark_of(cell),
        fill=cell.fill,
        bold=_is_bold(cell),
        needs_review=asked,
    )


def _is_bold(cell: Cell) -> bool | None:
    known = [line.bold for line in cell.lines if line.bold is not None]
    return all(known) if known else None
