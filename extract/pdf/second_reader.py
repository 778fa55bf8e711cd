"""The second reader: turns the first reader's grids and the drawn pages into findings where they disagree."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import camelot.io
import numpy as np
from camelot.core import Table

from extract.grid.boxes import Box
from extract.grid.chars import Flags
from extract.grid.frame import Frame
from extract.grid.lattice import Shape, Span
from extract.grid.settings import BOXES
from extract.pdf.settings import OTHERS
from extract.settings import LIMITS
from extract.survey.survey import PageFacts, Survey
from extract.types import QUARTER_TURN, Grid, Page
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.geometry import BBox
from schema.provenance import SourceRef

log = logging.getLogger(__name__)

# Camelot's words for how a page lies.
TURNED = {"": 0, "anticlockwise": QUARTER_TURN, "clockwise": 3 * QUARTER_TURN}


class Raster(NamedTuple):
    """A table as camelot saw it on pixels, in points of the page as `frame` turns it upright.

    `right` and `below` (rows x columns) tell for each elementary box whether a ruling is seen at its right and below it.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    right: Flags
    below: Flags
    frame: Frame

    @property
    def box(self) -> BBox:
        """The box of the table on the page as it lies."""
        box = Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])
        return BBox(**self.frame.back().box(box)._asdict())


def compare_grids(survey: Survey, grids: Sequence[Grid]) -> tuple[Finding, ...]:
    """Compare grids with what camelot's lattice sees on the drawn pages.

    Its engine `raster` sees pixels alone. Numbers of columns and rows are compared, then edges, then spans; each
    disagreement is a `readers-disagree` finding with its place. A page that camelot cannot look at, or a grid so
    empty that it takes it for noise, gives `second-reader-failed`. Digital pages without a grid are looked at too.
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
        self._data = survey.data
        self._page = facts.page
        self._ref = partial(SourceRef, sha256=survey.source.sha256, page=facts.page.number, reader="pdf-text")

    def findings(self, grids: Sequence[Grid]) -> Iterator[Finding]:
        left = self._rasters()
        for grid in grids:
            match = next((raster for raster in left if _is_same_place(grid, raster)), None)
            if match is not None:
                left.remove(match)
                yield from self._compare(grid, match)
            elif _empty_percent(grid) >= OTHERS.near_empty:
                yield self.failed()
            else:
                yield self._disagree(grid.bbox, "grid", _size(grid.column_count, grid.row_count), "0")
        for raster in left:
            columns, rows = len(raster.columns) - 1, len(raster.rows) - 1
            if columns > 1 and rows > 1:
                yield self._disagree(raster.box, "grid", "0", _size(columns, rows))

    def _rasters(self) -> list[Raster]:
        if max(self._page.width, self._page.height) > LIMITS.second_reader_side:
            raise ValueError("the page is too large to be drawn")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "no tables found" is an answer, not a warning
            tables = camelot.io.read_pdf(
                self._data,
                pages=str(self._page.number),
                flavor="lattice",
                engine="raster",
                backend="pdfium",
                line_scale=OTHERS.line_scale,
            )
        return [_raster(table, self._page) for table in tables]

    def _compare(self, grid: Grid, raster: Raster) -> Iterator[Finding]:
        spans = [Span(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]
        page = Shape(grid.column_edges, grid.row_edges, tuple(spans), 0)
        shape = raster.frame.shape(page)
        cells = {raster.frame.span(span, page): index for index, span in enumerate(spans)}
        edges = (("columns", shape.column_edges, raster.columns), ("rows", shape.row_edges, raster.rows))
        for field, first, second in edges:
            if len(first) != len(second):
                yield self._disagree(grid.bbox, field, str(len(first) - 1), str(len(second) - 1))
                continue
            for one, other in zip(first, second, strict=True):
                if abs(one - other) > OTHERS.tolerance:
                    yield self._disagree(grid.bbox, f"{field} edge", f"{one:.1f}", f"{other:.1f}")
        if all(len(first) == len(second) for _, first, second in edges):
            differing = _differing_spans(shape, raster)
            for index, is_seen in sorted((cells[span], seen) for span, seen in differing.items()):
                names = ("no ruling", "ruling") if is_seen else ("ruling", "no ruling")
                yield self._disagree(grid.cells[index].ref.bbox, "span", *names)

    def _disagree(self, box: BBox | None, field: str, first: str, second: str) -> Finding:
        ref = self._ref(bbox=box)
        return make_finding(
            "readers-disagree", rule="compare-grids", ref=ref, field=field, raw=first, value=second
        )

    def failed(self) -> Finding:
        raw = str(self._page.number)
        return make_finding("second-reader-failed", rule="compare-grids", ref=self._ref(), raw=raw)


def _is_same_place(grid: Grid, raster: Raster) -> bool:
    other = raster.box
    if grid.bbox is None:
        return False
    common = grid.bbox.overlap(other)
    return common > 0 and common >= OTHERS.same_place * min(grid.bbox.area, other.area)


def _size(columns: int, rows: int) -> str:
    return f"{columns} × {rows}"


def _empty_percent(grid: Grid) -> float:
    """Return the percentage of elementary boxes without text of their own, as camelot counts them."""
    boxes = grid.row_count * grid.column_count
    return 100 * (boxes - sum(1 for cell in grid.cells if cell.text)) / max(boxes, 1)


def _raster(table: Table, page: Page) -> Raster:
    """Read a camelot table; its points have their origin at the lower left of the page turned upright."""
    frame = Frame(page.width, page.height, TURNED[str(table.rotation)])
    width, height, _ = frame.back()
    drawn_width, drawn_height = table.pdf_size or (width, height)
    x_scale, y_scale = width / float(drawn_width), height / float(drawn_height)
    columns = [float(table.cols[0][0]), *(float(column[1]) for column in table.cols)]
    rows = [float(table.rows[0][0]), *(float(row[1]) for row in table.rows)]
    right = [[bool(a.right or b.left) for a, b in pairwise(row)] for row in table.cells]
    below = [[bool(a.bottom or b.top) for a, b in zip(*pair, strict=True)] for pair in pairwise(table.cells)]
    return Raster(
        tuple(round(x * x_scale, BOXES.places) for x in columns),
        tuple(round(height - y * y_scale, BOXES.places) for y in rows),
        np.array(right, dtype=np.bool_).reshape(len(rows) - 1, -1),
        np.array(below, dtype=np.bool_).reshape(-1, len(columns) - 1),
        frame,
    )


def _differing_spans(shape: Shape, raster: Raster) -> dict[Span, bool]:
    """Return the cells with a side that one reader sees and the other does not, and whether camelot sees it."""
    owners = shape.owners()
    found: dict[Span, bool] = {}
    sides = ((owners[:, :-1], owners[:, 1:], raster.right), (owners[:-1], owners[1:], raster.below))
    for ones, others, seen in sides:
        owner = np.where(ones >= 0, ones, others)
        for place in zip(*np.nonzero(((ones != others) != seen) & (owner >= 0)), strict=True):
            found.setdefault(shape.spans[owner[place]], bool(seen[place]))
    return found
