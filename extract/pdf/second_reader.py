"""The second reader: turns the first reader's grids and the drawn pages into findings where they disagree."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import camelot.io
from camelot.core import Table

from extract.survey.survey import PageFacts, Survey
from extract.types import Cell, Grid
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.geometry import BBox
from schema.provenance import SourceRef

log = logging.getLogger(__name__)

RULE: RuleName = "compare-grids"
TOLERANCE = 3.0  # points between the same edge as a vector and as pixels
LINE_SCALE = 50  # camelot's shortest ruling is the page's side divided by this: about a month's column
SAME_PLACE = 0.5  # share of the smaller of two boxes that must be common for them to be one table
NEAR_EMPTY = 90.0  # percent of empty cells from which on camelot takes a grid for noise
LARGEST_SIDE = 2_400.0  # points; camelot draws at 300 dpi, a larger page would fill the memory


class Raster(NamedTuple):
    """A table as camelot saw it on pixels, in points of the page as a reader sees it, turned upright.

    `right` and `below` tell for each elementary box whether a ruling is seen at its right and below it;
    `turned` is camelot's word for how the page lies: empty, `clockwise` or `anticlockwise`.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    right: tuple[tuple[bool, ...], ...]
    below: tuple[tuple[bool, ...], ...]
    turned: str


class View(NamedTuple):
    """The first reader's grid in the same frame: `owner` is the index of each elementary box's cell."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owner: tuple[tuple[int | None, ...], ...]


def compare_grids(survey: Survey, grids: Sequence[Grid]) -> tuple[Finding, ...]:
    """Compare grids with what camelot's lattice sees on the drawn pages.

    Its engine is `raster`, which sees pixels alone: the default, `combined`, adds the vectors that the
    first reader has read. Numbers of columns and rows are compared, then edges within 3 points, then
    spans. Each disagreement is a `readers-disagree` finding with its place. A page that camelot cannot
    look at, or a grid so empty that it takes it for noise, gives `second-reader-failed`. Pages without a
    vector grid are looked at too, where they are read at all.
    """
    findings: list[Finding] = []
    for facts in survey.pages:
        if facts.page.kind not in {"digital", "mixed"} or facts.damaged or facts.too_large:
            continue
        own = [grid for grid in grids if grid.page == facts.page.number]
        comparison = _PageComparison(survey, facts)
        try:
            findings += tuple(comparison.findings(own))
        except Exception as error:  # noqa: BLE001 - what is odd about a page costs its comparison, not the result
            log.warning("second reader failed: %r", error, extra={"page": facts.page.number})
            findings.append(comparison.failed())
    return tuple(findings)


class _PageComparison:
    """The comparison of one page."""

    def __init__(self, survey: Survey, facts: PageFacts) -> None:
        self._survey = survey
        self._page = facts.page

    def findings(self, grids: Sequence[Grid]) -> Iterator[Finding]:
        try:
            rasters = self._rasters()
        except Exception as error:  # noqa: BLE001 - camelot lets errors of every kind through
            log.warning("second reader failed: %s", str(error), extra={"page": self._page.number})
            yield self.failed()
            return
        left = list(rasters)
        for grid in grids:
            match = next((raster for raster in left if self._same_place(grid, raster)), None)
            if match is not None:
                left.remove(match)
                yield from self._compare(grid, match)
            elif _empty_share(grid) >= NEAR_EMPTY:
                yield self.failed()
            else:
                yield self._disagree(grid.bbox, "grid", _size(grid.column_count, grid.row_count), "0")
        for raster in left:
            box = _page_box(raster, self._page.width, self._page.height)
            columns, rows = len(raster.columns) - 1, len(raster.rows) - 1
            if columns > 1 and rows > 1:
                yield self._disagree(box, "grid", "0", _size(columns, rows))

    def _rasters(self) -> list[Raster]:
        if max(self._page.width, self._page.height) > LARGEST_SIDE:
            raise ValueError("the page is too large to be drawn")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "no tables found" is an answer, not a warning
            tables = camelot.io.read_pdf(
                self._survey.data,
                pages=str(self._page.number),
                flavor="lattice",
                engine="raster",
                backend="pdfium",
                line_scale=LINE_SCALE,
            )
        return [_raster(table, self._page.width, self._page.height) for table in tables]

    def _same_place(self, grid: Grid, raster: Raster) -> bool:
        other = _page_box(raster, self._page.width, self._page.height)
        box = grid.bbox
        if box is None:
            return False
        width = min(box.x1, other.x1) - max(box.x0, other.x0)
        height = min(box.bottom, other.bottom) - max(box.top, other.top)
        smaller = min(box.width * box.height, other.width * other.height)
        return width > 0 and height > 0 and width * height >= SAME_PLACE * smaller

    def _compare(self, grid: Grid, raster: Raster) -> Iterator[Finding]:
        view = _view(grid, raster.turned, self._page.width, self._page.height)
        same_size = True
        for field, first, second in (
            ("columns", view.columns, raster.columns),
            ("rows", view.rows, raster.rows),
        ):
            if len(first) != len(second):
                same_size = False
                yield self._disagree(grid.bbox, field, str(len(first) - 1), str(len(second) - 1))
            else:
                for one, other in zip(first, second, strict=True):
                    if abs(one - other) > TOLERANCE:
                        yield self._disagree(grid.bbox, f"{field} edge", f"{one:.1f}", f"{other:.1f}")
        if same_size:
            for cell, opened in sorted(_differing_cells(view, raster).items()):
                names = ("ruling", "no ruling") if opened else ("no ruling", "ruling")
                yield self._disagree(grid.cells[cell].ref.bbox, "span", *names)

    def _disagree(self, box: BBox | None, field: str, first: str, second: str) -> Finding:
        return make_finding(
            "readers-disagree", rule=RULE, ref=self._ref(box), field=field, raw=first, value=second
        )

    def failed(self) -> Finding:
        return make_finding(
            "second-reader-failed", rule=RULE, ref=self._ref(None), raw=str(self._page.number)
        )

    def _ref(self, box: BBox | None) -> SourceRef:
        return SourceRef(
            sha256=self._survey.source.sha256, page=self._page.number, bbox=box, reader="pdf-text"
        )


def _size(columns: int, rows: int) -> str:
    return f"{columns} × {rows}"


def _empty_share(grid: Grid) -> float:
    """Return the percentage of elementary boxes without text of their own, as camelot counts them."""
    boxes = grid.row_count * grid.column_count
    return 100.0 * (boxes - sum(1 for cell in grid.cells if cell.text)) / max(boxes, 1)


def _raster(table: Table, width: float, height: float) -> Raster:
    """Read a camelot table; its points have their origin at the lower left of the page turned upright."""
    turned = str(table.rotation)
    if turned:
        width, height = height, width
    drawn_width, drawn_height = table.pdf_size or (width, height)
    x_scale, y_scale = width / float(drawn_width), height / float(drawn_height)
    columns = [float(table.cols[0][0]), *(float(column[1]) for column in table.cols)]
    rows = [float(table.rows[0][0]), *(float(row[1]) for row in table.rows)]
    return Raster(
        tuple(round(x * x_scale, 2) for x in columns),
        tuple(round(height - y * y_scale, 2) for y in rows),
        tuple(tuple(bool(a.right or b.left) for a, b in pairwise(row)) for row in table.cells),
        tuple(
            tuple(bool(a.bottom or b.top) for a, b in zip(upper, lower, strict=True))
            for upper, lower in pairwise(table.cells)
        ),
        turned,
    )


def _page_box(raster: Raster, width: float, height: float) -> BBox:
    """Return the box of a table on the page as it lies."""
    x0, x1 = raster.columns[0], raster.columns[-1]
    top, bottom = raster.rows[0], raster.rows[-1]
    if raster.turned == "clockwise":
        return BBox(x0=width - bottom, top=x0, x1=width - top, bottom=x1)
    if raster.turned == "anticlockwise":
        return BBox(x0=top, top=height - x1, x1=bottom, bottom=height - x0)
    return BBox(x0=x0, top=top, x1=x1, bottom=bottom)


def _view(grid: Grid, turned: str, width: float, height: float) -> View:
    """Return a grid as camelot would see it after turning the page upright."""
    owner = _owners(grid)
    if turned == "clockwise":
        rows = tuple(width - x for x in reversed(grid.column_edges))
        return View(grid.row_edges, rows, tuple(zip(*(row[::-1] for row in owner), strict=True)))
    if turned == "anticlockwise":
        columns = tuple(height - y for y in reversed(grid.row_edges))
        return View(columns, grid.column_edges, tuple(zip(*reversed(owner), strict=True)))
    return View(grid.column_edges, grid.row_edges, owner)


def _owners(grid: Grid) -> tuple[tuple[int | None, ...], ...]:
    owner: list[list[int | None]] = [[None] * grid.column_count for _ in range(grid.row_count)]
    for index, cell in enumerate(grid.cells):
        for row, column in _boxes(cell):
            owner[row][column] = index
    return tuple(tuple(row) for row in owner)


def _boxes(cell: Cell) -> Iterable[tuple[int, int]]:
    return (
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


def _differing_cells(view: View, raster: Raster) -> dict[int, bool]:
    """Return the cells with a side that one reader sees and the other does not; true: camelot misses it."""
    found: dict[int, bool] = {}
    for row, owners in enumerate(view.owner):
        for column, (one, other) in enumerate(pairwise(owners)):
            _note(found, one, other, seen=raster.right[row][column])
    for row, (upper, lower) in enumerate(pairwise(view.owner)):
        for column, (one, other) in enumerate(zip(upper, lower, strict=True)):
            _note(found, one, other, seen=raster.below[row][column])
    return found


def _note(found: dict[int, bool], one: int | None, other: int | None, *, seen: bool) -> None:
    cell = one if one is not None else other
    if cell is not None and (one != other) != seen:
        found.setdefault(cell, not seen)
