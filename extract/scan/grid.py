"""Turns a straightened page into the grids that its rulings draw, with the rulings' own pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.lattice import Shape, Span, is_large, shape_of
from extract.pdf.rulings import lattices
from extract.pdf.seam import PageNotReadableError
from extract.scan.edges import (
    BESIDE,
    LONE,
    POINTS,
    Edges,
    Path,
    candidates,
    distinct,
    longest,
    paths_of,
    splitters,
    strangers,
    with_known,
)
from extract.scan.model import Mask, Sheet
from extract.scan.rulings import MM, Strokes, strokes_of
from extract.scan.sides import (
    ABSENT,
    SURE,
    Scores,
    Sides,
    decide,
    lattice,
    scores,
    tempered,
    under,
    unlike,
    with_fills,
)
from extract.scan.strokes import long_strokes
from extract.scan.tones import Boxes

SHORTEST_LEVEL = (
    11.0 * MM
)  # a pen or a stamp may draw a level line across one narrow column, an office does not
SHORTEST_UPRIGHT = 7.0 * MM  # the same of an upright one through one row of one line
SMALLEST = 20.0 * MM  # width of a table; what is narrower are the strokes of letters
MOST_SIDES = 40_000
STRAY = 0.3  # of the grid's height: what an upright edge of no other page must be drawn over to count


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A grid as the page's pixels show it.

    `shape` is in pixels of the sheet, origin top left, edges at the middle of their rulings. `quality` (0 to
    1) is the mean certainty of its sides, lowered for every region that is no rectangle and every crossing at
    which lines end. `broken` counts the sides that had to be completed, `doubtful` holds the cells with a
    border that is not sure. `rulings` has the size of the whole sheet and is true on pixels of this grid's
    rulings; `thickness` is their usual thickness in pixels.
    """

    shape: Shape
    quality: float
    broken: int
    rulings: Mask
    thickness: float
    doubtful: tuple[Span, ...]


class Stray(NamedTuple):
    """A stretch of an upright line that was taken for a stroke, not a ruling: its place and its ends in pixels."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class _Page:
    """A page with the lines seen on it."""

    sheet: Sheet
    level: Strokes
    upright: Strokes

    @cached_property
    def strokes(self) -> Mask:
        """The strokes of stamps and pens, looked for once and only where they could matter."""
        return long_strokes(self.sheet.grey, self.sheet.dpi)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One candidate with all that was measured on it."""

    edges: Edges
    rows: tuple[Path, ...]
    columns: tuple[Path, ...]
    sides: Sides
    strays: tuple[Stray, ...] = ()


def find_grids(
    sheet: Sheet, known: tuple[float, ...] | None = None, *, every: bool = False
) -> tuple[FoundGrid, ...]:
    """Return the grids of a page from top to bottom; a grid inside another one's cell is part of that.

    `known` are the column edges of the same table on another page as shares of the grid's width, 0 to 1:
    they are looked for where no line was found, and count where a line is seen there at least in part. `every` takes grids that are too small for a plan.
    """
    page = _Page(sheet, *strokes_of(sheet))
    found: list[FoundGrid] = []
    for edges in candidates(page.level, page.upright, sheet.dpi):
        found += _found(page, edges, known, every=every)
    found.sort(key=lambda grid: _area(grid.shape), reverse=True)
    outer: list[FoundGrid] = []
    for grid in found:
        if not any(_lies_in(grid.shape, other.shape) for other in outer):
            outer.append(grid)
    return tuple(sorted(outer, key=lambda grid: (grid.shape.row_edges[0], grid.shape.column_edges[0])))


def _found(page: _Page, edges: Edges, known: tuple[float, ...] | None, *, every: bool) -> list[FoundGrid]:
    columns = with_known(edges.columns, known, page.sheet.dpi)
    if len(columns) * len(edges.rows) > MOST_SIDES:
        return []
    drawn = _measured(page, Edges(columns, edges.rows))
    if drawn is None:
        return []
    drawn = _without_strays(page, drawn, known)
    scale = POINTS / page.sheet.dpi
    rulings = lattice(drawn.sides, drawn.edges.columns, drawn.edges.rows, scale)
    try:
        parts = lattices(rulings.horizontal, rulings.vertical)
    except PageNotReadableError:
        return []
    least = SMALLEST * POINTS
    shapes = [
        shape
        for part in parts
        if (shape := shape_of(part)) is not None
        and (every or is_large(shape))
        and shape.column_edges[-1] - shape.column_edges[0] >= least
    ]
    return [_described(page, drawn, _scaled(shape, 1 / scale)) for shape in shapes]


def _measured(page: _Page, edges: Edges) -> _Drawn | None:
    sheet, level, upright = page.sheet, page.level, page.upright
    rows = paths_of(level, edges.rows, sheet.dpi)
    columns = paths_of(upright, edges.columns, sheet.dpi)
    kept_rows, kept_columns = (
        distinct(rows, edges.rows, sheet.dpi),
        distinct(columns, edges.columns, sheet.dpi),
    )
    sure_rows = _long(rows, kept_rows, LONE["level"] * sheet.dpi / level.step)
    sure_columns = _long(columns, kept_columns, LONE["upright"] * sheet.dpi / upright.step)
    row_marks, column_marks = [edges.rows[at] for at in sure_rows], [edges.columns[at] for at in sure_columns]
    kept_rows = [
        at
        for at in kept_rows
        if at in sure_rows
        or _unbroken(rows[at], column_marks, level.step, sheet.dpi) >= SHORTEST_LEVEL * sheet.dpi
    ]
    kept_columns = [
        at
        for at in kept_columns
        if at in sure_columns
        or _unbroken(columns[at], row_marks, upright.step, sheet.dpi) >= SHORTEST_UPRIGHT * sheet.dpi
    ]
    rows, columns = [rows[index] for index in kept_rows], [columns[index] for index in kept_columns]
    edges = Edges(
        tuple(edges.columns[index] for index in kept_columns), tuple(edges.rows[index] for index in kept_rows)
    )
    if min(len(rows), len(columns)) < 2:
        return None
    return _decided(page, edges, rows, columns)


def _without_strays(page: _Page, drawn: _Drawn, known: tuple[float, ...] | None) -> _Drawn:
    """Leave out upright edges that are drawn over a small part only and that the table does not have.

    A stamp's ring or a pen can draw such a stretch. Either the same table has none there on another page, every edge of
    which is found here, or it parts one of many columns of one width. The cells that it runs through are doubtful.
    """
    columns, rows = drawn.edges.columns, drawn.edges.rows
    extra = sorted({*strangers(columns, known, page.sheet.dpi), *splitters(columns)})
    heights = np.diff(np.array(rows))
    strays = [at for at in extra if drawn.sides.upright[at] @ heights < STRAY * heights.sum()]
    if not strays:
        return drawn
    stretches = tuple(
        Stray(columns[at], rows[j], rows[j + 1])
        for at in strays
        for j in np.flatnonzero(drawn.sides.upright[at])
    )
    kept = [at for at in range(len(columns)) if at not in strays]
    edges = Edges(tuple(columns[at] for at in kept), rows)
    again = _decided(page, edges, drawn.rows, [drawn.columns[at] for at in kept])
    return replace(again, strays=stretches)


def _decided(page: _Page, edges: Edges, rows: Sequence[Path], columns: Sequence[Path]) -> _Drawn:
    """Decide all sides; edges without a drawn side are left out, and the rest is decided again."""
    steps, sheet = (page.level.step, page.upright.step), page.sheet
    across = scores(rows, edges.columns, steps[0], sheet.dpi)
    sticks = scores(columns, edges.rows, steps[1], sheet.dpi)
    across, sticks = _tempered(page, edges, rows, columns, (across, sticks))
    boxes = Boxes(sheet, edges)
    across, sticks = with_fills(across, sticks, boxes.solid())
    across, sticks = boxes.with_tones(across, sticks)
    _close(across, sticks)
    _close(sticks, across)
    sides = decide(across, sticks)
    kept_rows = np.asarray(sides.across.any(axis=1))
    kept_columns = np.asarray(sides.upright.any(axis=1))
    if (kept_rows.all() and kept_columns.all()) or min(kept_rows.sum(), kept_columns.sum()) < 2:
        settled = Edges(
            _settled(edges.columns, columns, sides.upright, edges.rows, steps[1]),
            _settled(edges.rows, rows, sides.across, edges.columns, steps[0]),
        )
        return _Drawn(settled, tuple(rows), tuple(columns), sides)
    return _decided(
        page,
        Edges(tuple(compress(edges.columns, kept_columns)), tuple(compress(edges.rows, kept_rows))),
        list(compress(rows, kept_rows)),
        list(compress(columns, kept_columns)),
    )


def _tempered(
    page: _Page, edges: Edges, rows: Sequence[Path], columns: Sequence[Path], evidence: tuple[Scores, Scores]
) -> tuple[Scores, Scores]:
    """Return the evidence for level and upright sides without that of words, stamps and pens."""
    dpi = page.sheet.dpi
    across, sticks = evidence
    doubted = unlike(rows, edges.columns, across, dpi), unlike(columns, edges.rows, sticks, dpi)
    if not any(_matters(part, score) for part, score in zip(doubted, evidence, strict=True)):
        return evidence
    hidden = (
        under(rows, edges.columns, page.level.step, page.strokes, dpi),
        under(columns, edges.rows, page.upright.step, page.strokes.T, dpi),
    )
    return tempered(across, doubted[0], hidden[0]), tempered(sticks, doubted[1], hidden[1])


def _matters(doubted: NDArray[np.bool_], score: Scores) -> bool:
    """Tell whether a side rests on ink that is no ruling, or is seen in part: a word in a cell is neither."""
    return bool(((doubted & (score >= 0.5)) | (score > ABSENT) & (score < SURE))[1:-1].any())


def _unbroken(path: Path, marks: Sequence[float], step: int, dpi: float) -> float:
    """Return the longest stretch of a surely drawn edge without a gap, in pixels; words have gaps."""
    if scores([path], marks, step, dpi).max(initial=0.0) < SURE:
        return 0.0
    return float(longest(path.seen | ~path.clear))


def _long(paths: Sequence[Path], kept: Sequence[int], least: float) -> list[int]:
    """Return the edges with a long unbroken run, and the outermost ones; all where they are too few for a grid."""
    sure = [at for at in kept if at in (kept[0], kept[-1]) or longest(paths[at].runs) >= least]
    return sure if len(sure) > 2 else list(kept)


def _close(border: Scores, crossing: Scores) -> None:
    """Give an outer border the benefit of the doubt between the lines that run up to it (page breaks)."""
    for edge, line in ((0, 0), (-1, -1)):
        reaching = np.flatnonzero(crossing[:, line] >= SURE)
        if len(reaching) > 1:
            part = border[edge, reaching[0] : reaching[-1]]
            np.maximum(part, 0.6, out=part)


def _settled(
    edges: Sequence[float], paths: Sequence[Path], drawn: NDArray[np.bool_], marks: Sequence[float], step: int
) -> tuple[float, ...]:
    """Return each edge's mean place over the sides that are drawn, in pixels from the page's border."""
    result = []
    for at, path, sides in zip(edges, paths, drawn, strict=True):
        on = np.zeros(len(path.places), np.bool_)
        for index in np.flatnonzero(sides):
            on[int(marks[int(index)] / step) : int(marks[int(index) + 1] / step) + 1] = True
        on &= path.runs
        result.append(float(path.places[on].mean() if on.any() else at) + 0.5)
    return tuple(result) if all(b > a for a, b in pairwise(result)) else tuple(edges)


def _scaled(shape: Shape, factor: float) -> Shape:
    return Shape(
        tuple(edge * factor for edge in shape.column_edges),
        tuple(edge * factor for edge in shape.row_edges),
        shape.spans,
        shape.irregular,
    )


def _described(page: _Page, drawn: _Drawn, shape: Shape) -> FoundGrid:
    sides = drawn.sides
    across, sticks = _unsure(sides.across_score, sides.across), _unsure(sides.upright_score, sides.upright)
    broken = int((sides.across & (sides.across_score < SURE)).sum())
    broken += int((sides.upright & (sides.upright_score < SURE)).sum())
    certainty = np.concatenate([_certainty(sides.across_score), _certainty(sides.upright_score)])
    flaws = shape.irregular + int(sides.bad.sum())
    mask, thickness = _pixels(page, drawn)
    doubtful = _doubtful(shape, drawn.edges, across, sticks, sides.bad)
    return FoundGrid(
        shape=shape,
        quality=round(float(certainty.mean()) / (1 + 0.25 * flaws), 4),
        broken=broken,
        rulings=mask,
        thickness=thickness,
        doubtful=(
            *doubtful,
            *(s for s in shape.spans if s not in doubtful and _crossed(shape, s, drawn.strays)),
        ),
    )


def _unsure(score: Scores, drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which sides rest on weak evidence or were decided against it."""
    return np.asarray((score > ABSENT) & (score < 0.5) | (drawn != (score >= 0.5)), dtype=np.bool_)


def _certainty(score: Scores) -> Scores:
    return np.asarray(np.clip(np.abs(2 * score - 1) / (2 * SURE - 1), 0, 1).ravel(), dtype=np.float64)


def _doubtful(
    shape: Shape, edges: Edges, across: NDArray[np.bool_], sticks: NDArray[np.bool_], bad: NDArray[np.bool_]
) -> tuple[Span, ...]:
    """Return the cells that have an unsure side at their border or inside, or an impossible crossing."""
    columns = [int(np.argmin(np.abs(np.array(edges.columns) - at))) for at in shape.column_edges]
    rows = [int(np.argmin(np.abs(np.array(edges.rows) - at))) for at in shape.row_edges]
    result = []
    for span in shape.spans:
        x0, x1 = columns[span.column], columns[span.column + span.columns]
        y0, y1 = rows[span.row], rows[span.row + span.rows]
        if (
            across[y0 : y1 + 1, x0:x1].any()
            or sticks[x0 : x1 + 1, y0:y1].any()
            or bad[y0 : y1 + 1, x0 : x1 + 1].any()
        ):
            result.append(span)
    return tuple(result)


def _crossed(shape: Shape, span: Span, strays: Sequence[Stray]) -> bool:
    x0, x1 = shape.column_edges[span.column], shape.column_edges[span.column + span.columns]
    y0, y1 = shape.row_edges[span.row], shape.row_edges[span.row + span.rows]
    return any(x0 < s.x < x1 and s.top < y1 - 1 and y0 < s.bottom - 1 for s in strays)


def _pixels(page: _Page, drawn: _Drawn) -> tuple[Mask, float]:
    """Return the pixels of the grid's rulings and their usual thickness."""
    sheet, level, upright = page.sheet, page.level, page.upright
    height, width = sheet.grey.shape
    lying = _bands(level, drawn.rows, drawn.sides.across, drawn.edges.columns, (height, width), sheet.dpi)
    upright_size = (width, height)
    sticks = _bands(upright, drawn.columns, drawn.sides.upright, drawn.edges.rows, upright_size, sheet.dpi)
    mask = cv2.bitwise_or(lying[0], cv2.transpose(sticks[0]))
    widths = lying[1] + sticks[1]
    return mask.astype(np.bool_), round(float(np.median(widths)), 2) if widths else 1.0


def _bands(
    strokes: Strokes,
    paths: Sequence[Path],
    drawn: NDArray[np.bool_],
    marks: Sequence[float],
    size: tuple[int, int],
    dpi: float,
) -> tuple[NDArray[np.uint8], list[float]]:
    """Draw the rulings of one direction as wide as they are, one pixel to spare on either side."""
    mask = np.zeros(size, np.uint8)
    widths: list[float] = []
    step, reach = strokes.step, round(BESIDE * dpi) + 1
    for path, sides in zip(paths, drawn, strict=True):
        on = np.zeros(len(path.places), np.bool_)
        for index in np.flatnonzero(sides):
            on[int(marks[int(index)] / step) : int(marks[int(index) + 1] / step) + 1] = True
        if not on.any():
            continue
        low = max(int(path.places.min()) - reach, 0)
        high = min(int(path.places.max()) + reach + 1, size[0])
        strip = strokes.runs[low:high] * on.astype(np.uint8)
        far = np.abs(np.arange(low, high)[:, None] - path.places[None, :]) > reach
        strip[far] = 0
        covered = strip.any(axis=0)
        width = float(np.median(strip.sum(axis=0)[covered])) if covered.any() else 1.0
        widths.append(width)
        near = np.abs(np.arange(low, high)[:, None] - path.places[None, :]) <= width / 2
        strip |= (near & on).astype(np.uint8)
        strip = cv2.dilate(strip, np.ones((3, 1), np.uint8))
        full = np.repeat(strip, step, axis=1)[:, : size[1]]
        mask[low:high, : full.shape[1]] |= full
    return mask, widths


def _area(shape: Shape) -> float:
    return (shape.column_edges[-1] - shape.column_edges[0]) * (shape.row_edges[-1] - shape.row_edges[0])


def _lies_in(shape: Shape, other: Shape) -> bool:
    x = (shape.column_edges[0] + shape.column_edges[-1]) / 2
    y = (shape.row_edges[0] + shape.row_edges[-1]) / 2
    return (
        other.column_edges[0] <= x <= other.column_edges[-1]
        and other.row_edges[0] <= y <= other.row_edges[-1]
    )
