"""Turns the maps of a straightened page into the grids that its rulings draw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import cv2
import numpy as np

from extract.errors import PageNotReadableError
from extract.grid.boxes import Box
from extract.grid.lattice import Shape, Span, is_large, shape_of
from extract.grid.rulings import Lattice, Segment, lattices
from extract.scan.grid.course_view import CourseView
from extract.scan.grid.dark_headers import with_levels
from extract.scan.grid.evidence import PageView, evidence, page_view
from extract.scan.grid.ruling_lines import Edge, Piece, edges, find_pieces, segments
from extract.scan.grid.ruling_pixels import ruling_pixels
from extract.scan.grid.settings import EVIDENCE, SIDES
from extract.scan.grid.sides import (
    EVEN,
    Drawn,
    Scores,
    Sides,
    between_print,
    decide,
    lattice,
    may_differ,
    open_borders,
)
from extract.scan.grid.stray_rulings import side_borders, without_strays
from extract.scan.model import DARK, HALF_PIXEL, POINTS_PER_INCH, Mask, PixelBox, Sheet
from extract.scan.narrow_columns import inner


class FoundGrid(NamedTuple):
    """A grid as the page's pixels show it.

    `shape` is in pixels of the sheet, origin top left, edges at the middle of their rulings. `quality` (0 to 1) is the mean
    certainty of its sides, lowered for every region that is not a rectangle and every crossing at which lines end.
    `broken` counts the sides that had to be completed, `doubtful` holds the cells with a border that is not sure,
    `unsure_rows` those with such a border above, below or inside. `rulings` has the size of the whole sheet and is true on
    pixels of this grid's rulings; `thickness` is their usual thickness in pixels.
    """

    shape: Shape
    quality: float
    broken: int
    rulings: Mask
    thickness: float
    doubtful: tuple[Span, ...]
    unsure_rows: tuple[Span, ...]

    @property
    def outline(self) -> Box:
        """The outer edges of the grid: x0, top, x1, bottom."""
        columns, rows = self.shape.column_edges, self.shape.row_edges
        return Box(columns[0], rows[0], columns[-1], rows[-1])

    def cell_boxes(self) -> tuple[PixelBox, ...]:
        """Return the cells inside their rulings."""
        return tuple(inner(self.shape, span, self.thickness / 2 + 1) for span in self.shape.spans)


class _Table(NamedTuple):
    """A candidate: its row and column edges in pixels of the maps, the decision on each side, the boxes that hold print."""

    rows: tuple[Edge, ...]
    columns: tuple[Edge, ...]
    sides: Sides
    printed: Mask


def find_grids(sheet: Sheet, *, every: bool = False) -> tuple[FoundGrid, ...]:
    """Return the grids of a page from top to bottom; a grid inside another one's cell is part of that.

    `every` also takes grids that are too small for a plan.
    """
    page = page_view(sheet)
    across, down = (
        find_pieces(each.rulings, each.picture, each.other, page.dpi)
        for each in (page.horizontal, page.vertical)
    )
    horizontal = segments(across, page.horizontal.picture, page.dpi, over_gaps=True)
    vertical = segments(down, page.vertical.picture, page.dpi, over_gaps=False)
    horizontal, vertical = without_strays(horizontal, vertical), without_strays(vertical, horizontal)
    vertical += side_borders(horizontal, vertical)
    found = [
        grid
        for part in _lattices(horizontal, vertical)
        for grid in _found(sheet, part, (across, down), page, every=every)
    ]
    outer: list[FoundGrid] = []
    for grid in sorted(found, key=_area, reverse=True):
        if not any(_lies_in(grid, other) for other in outer):
            outer.append(grid)
    return tuple(sorted(outer, key=lambda grid: (grid.shape.row_edges[0], grid.shape.column_edges[0])))


def _area(grid: FoundGrid) -> float:
    x0, top, x1, bottom = grid.outline
    return (x1 - x0) * (bottom - top)


def _lies_in(grid: FoundGrid, other: FoundGrid) -> bool:
    x0, top, x1, bottom = grid.outline
    left, upper, right, lower = other.outline
    return left <= (x0 + x1) / 2 <= right and upper <= (top + bottom) / 2 <= lower


def _lattices(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> list[Lattice]:
    try:
        return lattices(horizontal, vertical)
    except PageNotReadableError:
        return []


def _found(
    sheet: Sheet, part: Lattice, found: tuple[list[Piece], list[Piece]], page: PageView, *, every: bool
) -> list[FoundGrid]:
    scale = POINTS_PER_INCH / page.dpi
    rows, columns = (
        sorted({line.position / scale - HALF_PIXEL for line in lines})
        for lines in (part.horizontal, part.vertical)
    )
    if len(rows) * len(columns) > 40_000:
        return []
    height, width = sheet.maps.horizontal.shape
    row_edges, column_edges = (
        edges(found[0], rows, width, page.dpi),
        edges(found[1], columns, height, page.dpi),
    )
    table = _decided(page, row_edges, column_edges)
    if table is None:
        return []
    parts = lattice(table.sides, _places(table.columns), _places(table.rows), scale)
    shapes = [
        with_levels(shape, sheet.maps, page.horizontal.picture) if _is_dark_header(shape, page) else shape
        for each in _lattices(parts.horizontal, parts.vertical)
        if (shape := shape_of(each)) is not None
        and (every or is_large(shape))
        and shape.column_edges[-1] - shape.column_edges[0] >= EVIDENCE.narrowest
    ]
    return [_described(sheet, table, shape) for shape in shapes]


def _places(found: Sequence[Edge]) -> list[float]:
    return [edge.position + HALF_PIXEL for edge in found]


def _decided(page: PageView, rows: tuple[Edge, ...], columns: tuple[Edge, ...]) -> _Table | None:
    """Decide all sides; edges without a drawn side are left out, and the rest is decided again."""
    if min(len(rows), len(columns)) < 2:
        return None
    printed = _printed(page, rows, columns)
    sides = decide(*open_borders(*evidence(page, rows, columns), printed))
    kept_rows, kept_columns = (np.asarray(drawn.any(axis=1)) for drawn in (sides.horizontal, sides.vertical))
    if kept_rows.all() and kept_columns.all():
        return _Table(rows, columns, sides, printed)
    return _decided(page, tuple(compress(rows, kept_rows)), tuple(compress(columns, kept_columns)))


def _printed(page: PageView, rows: Sequence[Edge], columns: Sequence[Edge]) -> Mask:
    printed = page.horizontal.printed
    sums = cv2.integral(printed.astype(np.uint8))
    ys, xs = (
        np.clip([round(edge.position) for edge in edges], 0, size)
        for edges, size in zip((rows, columns), printed.shape, strict=True)
    )
    inside = np.diff(np.diff(sums[np.ix_(ys, xs)].astype(np.int64), axis=0), axis=1)
    return np.asarray(inside > EVIDENCE.inked * np.outer(np.diff(ys), np.diff(xs)), dtype=np.bool_)


def _is_dark_header(shape: Shape, page: PageView) -> bool:
    """Tell whether the first row of a shape (points) consists of cells whose vertical rulings lie in the dark."""
    if any(span.row == 0 and span.rows > 1 for span in shape.spans):
        return False
    scale = POINTS_PER_INCH / page.dpi
    top, bottom = (round(edge / scale) for edge in shape.row_edges[:2])
    left, right = (round(edge / scale) for edge in (shape.column_edges[0], shape.column_edges[-1]))
    if (page.horizontal.picture[top:bottom, left:right] < DARK).mean() < EVIDENCE.dark_header:
        return False
    picture = page.vertical.picture
    unseen = [
        view.visible()[top:bottom].mean() < EVIDENCE.half_seen
        or view.hidden()[top:bottom].mean() > EVIDENCE.half_seen
        for edge in shape.column_edges[1:-1]
        for view in (CourseView(picture, np.full(picture.shape[1], edge / scale), page.dpi),)
    ]
    return bool(unseen) and sum(unseen) >= EVIDENCE.hidden * len(unseen)


def _described(sheet: Sheet, table: _Table, shape: Shape) -> FoundGrid:
    sides, factor = table.sides, sheet.dpi / POINTS_PER_INCH
    scores = sides.horizontal_score, sides.vertical_score
    across = _unsure(scores[0], sides.horizontal, sides.vertical)
    down = _unsure(scores[1], sides.vertical, sides.horizontal)
    down &= between_print(sides.vertical & (scores[1] >= EVIDENCE.likely), table.printed)
    broken = ((sides.horizontal & (scores[0] < SIDES.sure)), (sides.vertical & (scores[1] < SIDES.sure)))
    certainty = np.concatenate([_certainty(score) for score in scores])
    flaws = shape.irregular + int(sides.bad.sum())
    mask, thickness = ruling_pixels(sheet, table.rows, table.columns, sides)
    scale = POINTS_PER_INCH / sheet.maps.dpi
    return FoundGrid(
        shape=Shape(
            tuple(edge * factor for edge in shape.column_edges),
            tuple(edge * factor for edge in shape.row_edges),
            shape.spans,
            shape.irregular,
        ),
        quality=round(float(certainty.mean()) / (1 + EVIDENCE.flaw * flaws), 4),
        broken=sum(int(each.sum()) for each in broken),
        rulings=mask,
        thickness=thickness,
        doubtful=_doubtful(shape, table, across, down, scale),
        unsure_rows=_doubtful(shape, table, across, np.zeros_like(down), scale),
    )


def _unsure(score: Scores, drawn: Drawn, crossing: Drawn) -> Drawn:
    """Tell which sides rest on weak evidence and may be otherwise, or were decided against it."""
    weak = (score > SIDES.absent) & (score < EVIDENCE.likely)
    return may_differ(weak, drawn, score, crossing) | (drawn != (score >= EVEN))


def _certainty(score: Scores) -> Scores:
    return np.asarray(np.clip(np.abs(2 * score - 1) / (2 * SIDES.sure - 1), 0, 1).ravel(), dtype=np.float64)


def _doubtful(shape: Shape, table: _Table, across: Drawn, down: Drawn, scale: float) -> tuple[Span, ...]:
    """Return the cells that have an unsure side at their border or inside, or an impossible crossing."""
    columns, rows = (
        [int(np.argmin(np.abs(np.array(_places(found)) * scale - at))) for at in at_edges]
        for found, at_edges in ((table.columns, shape.column_edges), (table.rows, shape.row_edges))
    )

    def is_doubtful(span: Span) -> bool:
        x0, x1 = columns[span.column], columns[span.column + span.columns]
        y0, y1 = rows[span.row], rows[span.row + span.rows]
        return bool(
            across[y0 : y1 + 1, x0:x1].any()
            or down[x0 : x1 + 1, y0:y1].any()
            or table.sides.bad[y0 : y1 + 1, x0 : x1 + 1].any()
        )

    return tuple(filter(is_doubtful, shape.spans))
