"""Turns the maps of a straightened page into the grids that its rulings draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.errors import PageNotReadableError
from extract.grid.lattice import Shape, Span, is_large, shape_of
from extract.grid.rulings import Lattice, Segment, lattices
from extract.scan.grid.dark_headers import with_levels
from extract.scan.grid.ruling_lines import (
    HALF,
    POINTS,
    STANDS_OUT,
    Edge,
    Piece,
    chances,
    continuations,
    darkness,
    edges,
    ends_and_middle,
    hidden,
    in_dark,
    on_course,
    on_fill,
    pieces,
    segments,
    visible,
)
from extract.scan.grid.ruling_pixels import ruling_pixels
from extract.scan.grid.sides import (
    ABSENT,
    OPEN,
    SURE,
    Scores,
    Sides,
    between_print,
    decide,
    in_context,
    lattice,
    may_be_turned,
    of_print,
    open_borders,
)
from extract.scan.grid.stray_rulings import side_borders, without_strays
from extract.scan.model import Grey, Mask, Sheet

SMALLEST = 57.0  # points: what is narrower than 20 mm is no table
MOST_SIDES = 40_000
# Shares of what is usually seen of a ruling, and the most evidence for a side of which so much is seen: strokes of letters that
# cross a title where a column ends show up to half.
SEEN = ((0.45, 0.85), (0.1, 1.0))
# The same of a side that is all bare of print: what shows there is no letter's stroke, but print close beside dims it.
SEEN_BARE, ALL_BARE = ((0.15, 0.5), (0.1, 1.0)), 0.9
# The same, and the least evidence for a side of which so much is seen, whatever the map says: print close on both sides dims it.
SHOWN = (0.6, 1.0), (0.0, 0.65)
AS_DARK = (
    0.5  # of what is usual on an edge, by which a line must be darker than its sides to be one of its rulings
)
CLEARLY = 0.95  # of a side that is all bare of print: where so much of a line is seen, one is drawn
LIKELY = 0.6  # evidence from which on a side is not doubted
WORN = 0.3  # evidence for a side that is likely but hardly seen: its cells ask
HIDDEN = 0.75  # of a side that lies in the dark, from which on nothing can be seen there
LIT = (
    (0.4, 0.8),
    (0.0, 1.0),
)  # how much of a line is seen in the dark, or on a fill, and the evidence that this is for a side
IN_DARK = (0.15, 0.5), (0.0, 1.0)  # the same of a line in a dark head, over which light letters may lie
HALF_SEEN = 0.5  # of a ruling in a dark head, up to which it is not seen: white letters run over it
DARK_HEAD = 0.6  # dark share of such a head: the rest are its letters
AROUND_PRINT = (
    5  # pixels of the map: so much higher, and longer, than its core is a line of print, most of it
)
BARE = 0.15  # of a side that is bare of print: enough to tell a ruling from the letters of a title that runs over its place
INKED = 0.02  # of an elementary box that lines of print fill where one stands in it
INSET = 1.0  # points at both ends of a side that belong to the crossing rulings


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A grid as the page's pixels show it.

    `shape` is in pixels of the sheet, origin top left, edges at the middle of their rulings. `quality` (0 to
    1) is the mean certainty of its sides, lowered for every region that is no rectangle and every crossing at
    which lines end. `broken` counts the sides that had to be completed, `doubtful` holds the cells with a
    border that is not sure, `unsure_rows` those with such a border above, below or inside. `rulings` has the size of the whole sheet and is true on pixels of this grid's
    rulings; `thickness` is their usual thickness in pixels.
    """

    shape: Shape
    quality: float
    broken: int
    rulings: Mask
    thickness: float
    doubtful: tuple[Span, ...]
    unsure_rows: tuple[Span, ...]


class _Seen(NamedTuple):
    """What is looked at for rulings of one direction, upright ones laid on their side.

    Their map, the page's grey, its print, the middle rows of its print and the ink of stamps and pens, and all of that.
    """

    rulings: Grey
    picture: Grey
    printed: Mask
    cores: Mask
    other: Mask


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it is looked at for level and for upright rulings, at the dpi of its maps."""

    level: _Seen
    upright: _Seen
    dpi: float

    @staticmethod
    def of(sheet: Sheet) -> _Page:
        """Return that of a page."""
        maps, size = sheet.maps, sheet.maps.level.shape[::-1]
        grey = np.asarray(cv2.resize(sheet.grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        printed, along, down = (
            np.asarray(cv2.dilate(maps.printed, np.ones(size, np.uint8)) >= HALF, dtype=np.bool_)
            for size in ((AROUND_PRINT, AROUND_PRINT), (1, AROUND_PRINT), (AROUND_PRINT, 1))
        )
        foreign = cv2.dilate(maps.foreign, np.ones((AROUND_PRINT, AROUND_PRINT), np.uint8)) >= HALF
        other, along, down = printed | foreign, along | foreign, down | foreign
        rulings, picture = (np.ascontiguousarray(each.T) for each in (maps.upright, grey))
        lying = (np.ascontiguousarray(each.T) for each in (printed, down, other))
        return _Page(
            _Seen(maps.level, grey, printed, along, other), _Seen(rulings, picture, *lying), maps.dpi
        )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A candidate: its row and column edges in pixels of the maps, the decision on each side, the boxes that hold print."""

    rows: tuple[Edge, ...]
    columns: tuple[Edge, ...]
    sides: Sides
    printed: Mask


def find_grids(sheet: Sheet, *, every: bool = False) -> tuple[FoundGrid, ...]:
    """Return the grids of a page from top to bottom; a grid inside another one's cell is part of that.

    `every` takes grids that are too small for a plan.
    """
    found: list[FoundGrid] = []
    page = _Page.of(sheet)
    flats, sticks = (_pieces(each, page.dpi) for each in (page.level, page.upright))
    level = segments(flats, page.level.picture, page.dpi, over_gaps=True)
    upright = segments(sticks, page.upright.picture, page.dpi, over_gaps=False)
    level, upright = without_strays(level, upright), without_strays(upright, level)
    upright += side_borders(level, upright)
    for part in _lattices(level, upright):
        found += _found(sheet, part, (flats, sticks), page, every=every)
    found.sort(key=lambda grid: _area(grid.shape), reverse=True)
    outer: list[FoundGrid] = []
    for grid in found:
        if not any(_lies_in(grid.shape, other.shape) for other in outer):
            outer.append(grid)
    return tuple(sorted(outer, key=lambda grid: (grid.shape.row_edges[0], grid.shape.column_edges[0])))


def _pieces(seen: _Seen, dpi: float) -> list[Piece]:
    found = pieces(seen.rulings, seen.picture, dpi)
    return found + continuations(found, seen.picture, seen.other, dpi)


def _lattices(flats: Sequence[Segment], sticks: Sequence[Segment]) -> list[Lattice]:
    try:
        return lattices(flats, sticks)
    except PageNotReadableError:
        return []


def _found(
    sheet: Sheet, part: Lattice, found: tuple[list[Piece], list[Piece]], page: _Page, *, every: bool
) -> list[FoundGrid]:
    maps = sheet.maps
    scale = POINTS / maps.dpi
    rows, columns = (
        sorted({line.position / scale - 0.5 for line in lines}) for lines in (part.horizontal, part.vertical)
    )
    if len(rows) * len(columns) > MOST_SIDES:
        return []
    height, width = maps.level.shape
    drawn = _decided(
        page,
        tuple(edges(found[0], rows, width, maps.dpi)),
        tuple(edges(found[1], columns, height, maps.dpi)),
    )
    if drawn is None:
        return []
    parts = lattice(drawn.sides, _places(drawn.columns), _places(drawn.rows), scale)
    shapes = [
        with_levels(shape, maps, page.level.picture) if _is_dark_head(shape, page) else shape
        for each in _lattices(parts.horizontal, parts.vertical)
        if (shape := shape_of(each)) is not None
        and (every or is_large(shape))
        and shape.column_edges[-1] - shape.column_edges[0] >= SMALLEST
    ]
    return [_described(sheet, drawn, shape) for shape in shapes]


def _is_dark_head(shape: Shape, page: _Page) -> bool:
    """Tell whether the first row of a shape (points) is one of cells whose upright rulings lie in the dark."""
    if any(span.row == 0 and span.rows > 1 for span in shape.spans):
        return False
    scale = POINTS / page.dpi
    top, bottom = (round(edge / scale) for edge in shape.row_edges[:2])
    left, right = (round(edge / scale) for edge in (shape.column_edges[0], shape.column_edges[-1]))
    if (page.level.picture[top:bottom, left:right] < HALF).mean() < DARK_HEAD:
        return False
    height = len(page.upright.picture[0])
    courses = (np.full(height, edge / scale) for edge in shape.column_edges[1:-1])
    picture = page.upright.picture
    unseen = [
        visible(picture, course, 0, page.dpi)[top:bottom].mean() < HALF_SEEN
        or hidden(picture, course, page.dpi)[top:bottom].mean() > HALF_SEEN
        for course in courses
    ]
    return bool(unseen) and sum(unseen) >= HIDDEN * len(unseen)


def _places(found: Sequence[Edge]) -> list[float]:
    return [edge.position + 0.5 for edge in found]


def _decided(page: _Page, rows: tuple[Edge, ...], columns: tuple[Edge, ...]) -> _Drawn | None:
    """Decide all sides; edges without a drawn side are left out, and the rest is decided again."""
    if min(len(rows), len(columns)) < 2:
        return None
    both = _scores(page.level, rows, columns, page.dpi), _scores(page.upright, columns, rows, page.dpi)
    told = any(bool(((each.dark > HIDDEN) & (each.lit >= CLEARLY)).any()) for each in both)
    level, upright = (_in_the_dark(each, told=told) for each in both)
    likely = in_context(level), in_context(upright.T).T
    printed = _printed(page, rows, columns)
    sides = decide(*open_borders(*likely, printed))
    kept_rows, kept_columns = (np.asarray(drawn.any(axis=1)) for drawn in (sides.across, sides.upright))
    if kept_rows.all() and kept_columns.all():
        return _Drawn(rows, columns, sides, printed)
    return _decided(page, tuple(compress(rows, kept_rows)), tuple(compress(columns, kept_columns)))


def _printed(page: _Page, rows: Sequence[Edge], columns: Sequence[Edge]) -> Mask:
    """Tell in which elementary boxes (row, column) print stands."""
    sums = cv2.integral(page.level.printed.astype(np.uint8))
    height, width = page.level.printed.shape
    ys = np.clip([round(edge.position) for edge in rows], 0, height)
    xs = np.clip([round(edge.position) for edge in columns], 0, width)
    inside = np.diff(np.diff(sums[np.ix_(ys, xs)].astype(np.int64), axis=0), axis=1)
    return np.asarray(inside > INKED * np.outer(np.diff(ys), np.diff(xs)), dtype=np.bool_)


class _Evidence(NamedTuple):
    """The evidence for each side of one direction, how much of it lies in the dark, and how much of a line is seen there."""

    score: Scores
    dark: Scores
    lit: Scores


def _in_the_dark(found: _Evidence, *, told: bool) -> Scores:
    """Return the evidence for each side, with that of the sides between two dark cells.

    Where rulings stand out from the dark, as `told` says, what is seen there counts. Else nothing can be seen there, and
    the evidence is what is usual on that edge.
    """
    typical = [
        np.median(row[~own]) if not own.all() else OPEN
        for row, own in zip(found.score, found.dark > HIDDEN, strict=True)
    ]
    if not told:
        return np.where(found.dark > HIDDEN, np.array(typical)[:, None], found.score)
    seen = np.interp(found.lit, *IN_DARK)
    among_letters = np.where(found.dark > HALF_SEEN, np.maximum(found.score, seen), found.score)
    return np.where(found.dark > HIDDEN, seen, among_letters)


def _scores(seen: _Seen, along: Sequence[Edge], across: Sequence[Edge], dpi: float) -> _Evidence:
    """Return the evidence for each side of `along` edges between neighbouring `across` ones.

    It is the mean chance of a ruling, bounded, where no print lies over it, by how much of one is seen, in shares of what is seen of the edge's sure sides.
    """
    likely, shown, beside, pale, unknown, lit, clear_of, clear_of_cores, ends, middle = np.zeros(
        (10, len(along), len(across) - 1)
    )
    for number, edge in enumerate(along):
        stretches = list(_stretches(edge, across, INSET * dpi / POINTS))
        bare = ~on_course(seen.printed, edge)
        chance = chances(seen.rulings, edge, dpi)
        likely[number] = _means(chance, stretches)
        line, free = visible(seen.picture, edge.course, 0, dpi), ~on_course(seen.cores, edge)
        dark = _as_usual(darkness(seen.picture, edge.course, dpi), chance, free)
        shown[number], beside[number] = _means(line, stretches, bare), _means(dark, stretches, free)
        unknown[number] = _means(hidden(seen.picture, edge.course, dpi), stretches)
        ends[number], middle[number] = ends_and_middle(seen.picture, edge.course, stretches, dpi)
        pale[number] = on_fill(seen.picture, edge.course, stretches, dpi)
        lit[number] = in_dark(seen.picture, edge.course, stretches, dpi)
        clear_of[number], clear_of_cores[number] = _means(bare, stretches), _means(free, stretches)
    clear = np.where((likely >= SURE) & (shown > 0), shown, np.nan)
    usual = np.array([np.nanmedian(row) if np.isfinite(row).any() else 1.0 for row in clear])[:, None]
    share = shown / usual
    least = np.interp(beside / usual, *SHOWN)
    likely = np.maximum(likely, np.where(clear_of_cores >= BARE, least, 0.0))
    likely = np.where((clear_of >= ALL_BARE) & (beside >= CLEARLY), np.maximum(likely, SURE), likely)
    bound = np.where(clear_of >= ALL_BARE, np.interp(share, *SEEN_BARE), np.interp(share, *SEEN))
    bound = np.maximum(bound, np.where(likely >= SURE, WORN, 0.0))
    evidence = np.minimum(likely, bound)
    evidence = np.where(of_print(evidence, ends > 0, middle), 0.0, evidence)
    evidence = np.maximum(evidence, np.where(clear_of >= ALL_BARE, np.interp(pale, *LIT), 0.0))
    return _Evidence(evidence, unknown, lit)


def _as_usual(darkness: NDArray[np.int16], chance: NDArray[np.float64], free: Mask) -> Mask:
    """Tell for each pixel along an edge whether it is about as dark as its rulings are; the feet of letters are not."""
    known = darkness[(chance >= SURE) & free]
    least = max(STANDS_OUT, AS_DARK * float(np.median(known))) if known.size else np.inf
    return np.asarray(darkness >= least, dtype=np.bool_)


def _stretches(edge: Edge, across: Sequence[Edge], inset: float) -> Iterator[tuple[int, int]]:
    """Yield the pixels along an edge that lie between neighbouring crossing ones, as half-open stretches."""
    last = len(edge.course)
    for one, other in pairwise(across):
        low, high = (float(e.course[min(round(edge.position), len(e.course) - 1)]) for e in (one, other))
        start = min(max(round(low + inset), 0), last - 1)
        yield start, min(max(round(high - inset), start + 1), last)


def _means(
    values: NDArray[np.generic], stretches: Sequence[tuple[int, int]], bare: Mask | None = None
) -> Scores:
    """Return the mean of each stretch, over what is bare of print if enough of it is."""
    result = np.zeros(len(stretches))
    for number, (start, end) in enumerate(stretches):
        part = values[start:end]
        if bare is not None and bare[start:end].mean() >= BARE:
            part = part[bare[start:end]]
        result[number] = part.mean()
    return result


def _described(sheet: Sheet, drawn: _Drawn, shape: Shape) -> FoundGrid:
    sides, factor = drawn.sides, sheet.dpi / POINTS
    across = _unsure(sides.across_score, sides.across, sides.upright)
    sticks = _unsure(sides.upright_score, sides.upright, sides.across)
    sticks &= between_print(sides.upright & (sides.upright_score >= LIKELY), drawn.printed)
    broken = int((sides.across & (sides.across_score < SURE)).sum())
    broken += int((sides.upright & (sides.upright_score < SURE)).sum())
    certainty = np.concatenate([_certainty(sides.across_score), _certainty(sides.upright_score)])
    flaws = shape.irregular + int(sides.bad.sum())
    mask, thickness = ruling_pixels(sheet, drawn.rows, drawn.columns, sides)
    scale = POINTS / sheet.maps.dpi
    return FoundGrid(
        shape=_scaled(shape, factor),
        quality=round(float(certainty.mean()) / (1 + 0.25 * flaws), 4),
        broken=broken,
        rulings=mask,
        thickness=thickness,
        doubtful=_doubtful(shape, drawn, (across, sticks), scale),
        unsure_rows=_doubtful(shape, drawn, (across, np.zeros_like(sticks)), scale),
    )


def _unsure(score: Scores, drawn: NDArray[np.bool_], crossing: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which sides rest on weak evidence and may be otherwise, or were decided against it."""
    weak = np.asarray((score > ABSENT) & (score < LIKELY), dtype=np.bool_)
    against = np.asarray(drawn != (score >= 0.5), dtype=np.bool_)
    return may_be_turned(weak, drawn, score, crossing) | against


def _certainty(score: Scores) -> Scores:
    return np.asarray(np.clip(np.abs(2 * score - 1) / (2 * SURE - 1), 0, 1).ravel(), dtype=np.float64)


def _doubtful(
    shape: Shape, drawn: _Drawn, unsure: tuple[NDArray[np.bool_], NDArray[np.bool_]], scale: float
) -> tuple[Span, ...]:
    """Return the cells that have an unsure side at their border or inside, or an impossible crossing."""
    across, sticks = unsure
    columns, rows = (
        [int(np.argmin(np.abs(np.array(_places(found)) * scale - at))) for at in at_edges]
        for found, at_edges in ((drawn.columns, shape.column_edges), (drawn.rows, shape.row_edges))
    )
    result = []
    for span in shape.spans:
        x0, x1 = columns[span.column], columns[span.column + span.columns]
        y0, y1 = rows[span.row], rows[span.row + span.rows]
        if (
            across[y0 : y1 + 1, x0:x1].any()
            or sticks[x0 : x1 + 1, y0:y1].any()
            or drawn.sides.bad[y0 : y1 + 1, x0 : x1 + 1].any()
        ):
            result.append(span)
    return tuple(result)


def _scaled(shape: Shape, factor: float) -> Shape:
    return Shape(
        tuple(edge * factor for edge in shape.column_edges),
        tuple(edge * factor for edge in shape.row_edges),
        shape.spans,
        shape.irregular,
    )


def _area(shape: Shape) -> float:
    return (shape.column_edges[-1] - shape.column_edges[0]) * (shape.row_edges[-1] - shape.row_edges[0])


def _lies_in(shape: Shape, other: Shape) -> bool:
    x = (shape.column_edges[0] + shape.column_edges[-1]) / 2
    y = (shape.row_edges[0] + shape.row_edges[-1]) / 2
    return (
        other.column_edges[0] <= x <= other.column_edges[-1]
        and other.row_edges[0] <= y <= other.row_edges[-1]
    )
