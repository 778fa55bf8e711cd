"""A plan and its reading -> what explains the ink of each page: placed texts, marks, fills, each with a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from extract.types import Cell, Grid, TextLine
from lampiran.result import Result
from schema.geometry import BBox
from schema.plan import Plan
from schema.provenance import SourceRef

# Rows that a step dropped and said so: headers printed again, rows of column numbers.
_HEADS = frozenset({"repeated-head-dropped", "column-numbers-dropped", "form-taken-over"})
# Ink that the reading itself could not give a meaning.
_DOUBTFUL = frozenset({"ink-unexplained", "picture-not-read"})
_UNREAD = frozenset({"page-unplaced", "page-not-read", "table-not-read"})


@dataclass(slots=True)
class Places:
    """What is known of one page: boxes in points by what they explain.

    `texts` are lines of text, whose letters alone explain ink; `areas` explain all ink inside them; `doubts`
    are places whose ink the reading itself gave no meaning, `unplaced` are those of texts that no step took. `tables`
    are the boxes of the page's grids, `borders` those of their cells; a page without a row of the plan is not `annex`.
    `unread` pages were not understood as a whole.
    """

    unplaced: set[BBox] = field(default_factory=set)
    texts: list[tuple[BBox, str]] = field(default_factory=list)
    areas: list[tuple[BBox, str]] = field(default_factory=list)
    doubts: list[BBox] = field(default_factory=list)
    tables: list[BBox] = field(default_factory=list)
    borders: list[BBox] = field(default_factory=list)
    annex: bool = False
    unread: bool = False


def places(result: Result) -> dict[int, Places]:
    """Return what explains ink, by page.

    A cell explains its ink where its text went into the plan, or where it belongs to a table's header; a
    cell or a line that no step took explains nothing.
    """
    found = {page.number: Places() for page in result.extraction.pages}
    plan = _PlanPlaces(result.plan)
    for finding in result.plan.findings:
        page = found.get(finding.ref.page or 0) if finding.ref else None
        box = finding.ref.bbox if finding.ref else None
        if page is not None and finding.code in _UNREAD:
            page.unread = True
        elif page is not None and box is not None and finding.code in _DOUBTFUL:
            page.doubts.append(box)
        elif page is not None and box is not None and finding.code == "text-unplaced":
            page.unplaced.add(box)
    for grid in result.extraction.grids:
        if grid.page in found:
            _add_grid(found[grid.page], grid, plan)
    for line in result.extraction.lines:
        if line.page in found and line.bbox is not None:
            _add_line(found[line.page], line)
    return found


def _refs(value: object) -> Iterator[SourceRef]:
    if isinstance(value, SourceRef):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _refs(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _refs(item)


def _boxes(values: object) -> set[tuple[int | None, BBox | None]]:
    """Return where values of a plan were read; boxes are compared, for on a crooked page those of neighbours overlap."""
    return {(ref.page, ref.bbox) for ref in _refs(values) if ref.bbox is not None}


class _PlanPlaces:
    """What a plan knows of the cells of its tables."""

    def __init__(self, plan: Plan) -> None:
        self._rows = _boxes(plan.areas)
        self._marks = _boxes([p.ref for item in plan.placed() for p in item.action.schedule.periods])
        self._heads = _boxes([finding.ref for finding in plan.findings if finding.code in _HEADS])
        names = [
            *(area.name for area in plan.areas),
            *(p.name for area in plan.areas for p in area.components),
        ]
        self._titles = {"".join(name.printed.split()) for name in names} - {""}

    def name(self, grid: Grid, cell: Cell) -> str | None:
        """Return what a cell is to the plan, `None` where no value was read from it.

        A title that is printed once more, where its part goes on, is known by its words.
        """
        place = (grid.page, cell.ref.bbox)
        if place in self._rows:
            return "mark" if place in self._marks else "cell"
        return "cell" if "".join(cell.text.split()) in self._titles else None

    def is_head(self, grid: Grid, cell: Cell) -> bool:
        """Tell whether a cell is in a row that was dropped as a header printed again."""
        return (grid.page, cell.ref.bbox) in self._heads


def _add_grid(page: Places, grid: Grid, plan: _PlanPlaces) -> None:
    """Add a table's cells; a ruled block that is not of the plan hands its lines on as loose ones."""
    if grid.bbox is not None:
        page.tables.append(grid.bbox)
    boxed = [(cell, cell.ref.bbox, plan.name(grid, cell)) for cell in grid.cells if cell.ref.bbox is not None]
    page.borders += [box for _, box, _ in boxed]
    placed = [cell.row for cell, _, name in boxed if name is not None]
    if not placed:
        foreign = () if any(cell.ref.bbox in page.unplaced for cell in grid.cells) else grid.cells
        for line in (line for cell in foreign for line in cell.lines):
            _add_line(page, line)
        return
    page.annex = True
    heads = (cell for cell, *_ in boxed if plan.is_head(grid, cell))
    heading = {row for cell in heads for row in range(cell.row, cell.row + cell.row_span)}
    for cell, box, name in boxed:
        said = name or ("table-head" if cell.row < min(placed) or cell.row in heading else None)
        if said is not None and box not in page.unplaced:
            _add_cell(page, cell, box, said)


def _add_cell(page: Places, cell: Cell, box: BBox, name: str) -> None:
    """A text explains the ink of its lines; a mark that was seen, drawn or printed, explains that of its cell.

    What is drawn in a cell that is not of a period explains nothing: nobody read it.
    """
    seen = cell.mark not in {None, "empty"} or (cell.mark == "empty" and cell.text)
    if seen or (name == "mark" and cell.ink and not cell.lines):
        page.areas.append((box, "mark"))
    page.texts += [(line.bbox, name) for line in cell.lines if line.bbox is not None]


def _add_line(page: Places, line: TextLine) -> None:
    """A line outside the tables explains its ink unless no step took it."""
    box = line.bbox
    if box is None or page.unread or box in page.unplaced:
        return
    above = page.tables and box.bottom <= min(table.top for table in page.tables)
    below = page.tables and box.top >= max(table.bottom for table in page.tables)
    page.texts.append((box, "head" if above else "footer" if below else "body"))
