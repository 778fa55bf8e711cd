"""Turns a page's drawing into its level and upright rulings: every straight edge that is seen, whatever draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extract.grid.rulings import Segment
from extract.pdf.drawn_page import PageView, Pixels
from extract.pdf.page_content import Ink

STEP = 6  # grey levels of 255 between two pixels from which on there is an edge; 2 % of a tint is seen, its noise not
SHORTEST = 0.5  # of the size of the smaller print, and 4 points at most: shorter edges are those of marks and bullets
SHORTEST_POINTS = 4.0
WHITE = 255
DOT_GAP = 3.0  # points between the dots or dashes of a ruling
FEWEST_DOTS = 6  # dots or dashes at one distance that make a ruling
UNEVEN = 1.5  # pixels by which the lengths and gaps of dots may differ from the usual one
EVEN = 0.7  # of the dots and of the gaps differ by no more: a crossing ruling joins two dots, or parts one, in each row
BAR = 0.75  # of the size of the page's smaller print: a stroke up to this thick holds no row of text
LONG = 3.0  # times its thickness that a thick stroke is long at least
OVERLAID = 30.0  # points; a larger picture over a ruling is no mark in a table
# Points from the end of a ruling to the picture over it: a piece too short for an edge, and a crossing stroke.
AT_PICTURE = SHORTEST_POINTS + 2.0
AROUND = 1.0  # points; the edge of a picture is drawn a pixel beside its place
IN_PICTURE = (
    24.0  # points; a shorter edge inside a picture is what the picture shows, and so is any row of dots
)

DRAWN = 0.8  # of the pixels of an edge in a picture that show it without that, too: it is a ruling over the picture

Extents = tuple[float, float, float, float]  # of a box across the rulings of one direction, then along them


class _Runs(NamedTuple):
    """Stretches of edge: the pixel line they lie on, first and behind the last pixel along it."""

    line: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]


class _Pictures(NamedTuple):
    """The extents of a page's pictures, and what draws the page without them."""

    boxes: Sequence[Extents]
    strokes: Callable[[], Pixels]


def seen_rulings(
    view: PageView, pictures: Sequence[Ink], print_size: float, strokes: Callable[[], Pixels]
) -> tuple[list[Segment], list[Segment]]:
    """Return the horizontal and the vertical edges of a page's drawing, in points.

    A stroke has two edges, one on each of its sides, the border of a filled box one: merging what lies close
    together makes one ruling of them (`extract.grid.rulings.merge`). Both edges of a stroke that is thicker, but too
    thin for a row of the page's smaller print (`print_size`, points), come as its middle. What cannot be seen has no
    edge. Edges inside a picture count from 24 points on, or where they are seen in what `strokes` draws, the page without its
    pictures: those are not the picture's. Rows of dots in it do not count.
    """
    shortest = min(SHORTEST * print_size, SHORTEST_POINTS)
    sizes = (shortest, BAR * print_size)
    drawing = view.drawing
    height, width = drawing.shape
    down, aside = view.pool.array((height - 1, width)), view.pool.array((height, width - 1))
    cv2.absdiff(drawing[1:], drawing[:-1], down)
    cv2.absdiff(drawing[:, 1:], drawing[:, :-1], aside)
    inner = [p for p in pictures if min(p.x1 - p.x0, p.bottom - p.top) > shortest]
    small = [p for p in pictures if max(p.x1 - p.x0, p.bottom - p.top) <= OVERLAID]
    across = [(p.top, p.bottom, p.x0, p.x1) for p in inner]
    along = [(p.x0, p.x1, p.top, p.bottom) for p in inner]
    bare = cache(strokes)
    level = _segments(drawing, down, view.y_scale, view.x_scale, sizes, _Pictures(across, bare))
    upright = _segments(
        drawing.T, aside.T, view.x_scale, view.y_scale, sizes, _Pictures(along, lambda: bare().T)
    )
    level += _under(level, [(p.top, p.bottom, p.x0, p.x1) for p in small])
    upright += _under(upright, [(p.x0, p.x1, p.top, p.bottom) for p in small])
    return level, upright


def _segments(
    drawing: Pixels,
    steps: Pixels,
    across: float,
    along: float,
    sizes: tuple[float, float],
    pictures: _Pictures,
) -> list[Segment]:
    """Return the edges along the rows of pixels, but for those that are parts of pictures.

    `steps` are the differences of each row to the next one, `across` and `along` pixels a point, `sizes` the shortest
    edge and the thickest stroke in points.
    """
    shortest, thickest = sizes
    lines = np.flatnonzero(steps.max(axis=1) > STEP)
    runs = _runs(steps[lines] > STEP)
    long = runs.end - runs.start >= shortest * along
    edge = _without_seams(drawing, _Runs(lines[runs.line[long]] + 1, runs.start[long], runs.end[long]))
    places = edge.line + _to_middle(drawing, edge, round(thickest * across))
    found = [
        Segment(float(place) / across, float(start) / along, float(end) / along)
        for place, start, end in zip(places, edge.start, edge.end, strict=True)
    ]
    short = _Runs(runs.line[~long], runs.start[~long], runs.end[~long])
    dotted = [
        Segment((lines[line] + 1) / across, start / along, end / along)
        for line, start, end in _dotted(short, DOT_GAP * along)
    ]
    whole = [
        segment
        for number, segment in enumerate(found)
        if segment.end - segment.start >= IN_PICTURE
        or not _is_in(segment, pictures.boxes)
        or _is_drawn(pictures.strokes(), *(int(each[number]) for each in edge))
    ]
    return whole + [s for s in dotted if not _is_in(s, pictures.boxes)]


def _is_drawn(strokes: Pixels, line: int, start: int, end: int) -> bool:
    """Tell whether an edge is one of the page without its pictures, too."""
    steps = cv2.absdiff(strokes[line, start:end], strokes[line - 1, start:end])
    return float((steps > STEP).mean()) >= DRAWN


def _runs(edges: npt.NDArray[np.bool_]) -> _Runs:
    padded = np.zeros((edges.shape[0], edges.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = edges
    steps = np.diff(padded, axis=1)
    line, start = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    return _Runs(line, start, end)


def _without_seams(drawing: Pixels, edges: _Runs) -> _Runs:
    """Leave out the edges of seams: where two fills of one tint abut, a pixel of paper shines through in part."""
    kept = np.zeros(len(edges.line), dtype=bool)
    for x in _samples(edges):
        tints = drawing[
            np.clip(edges.line[:, None] + np.arange(-2, 2), 0, drawing.shape[0] - 1), x[:, None]
        ].astype(np.int16)
        upper, lower = tints[:, 1:4], tints[:, 0:3]  # the seam may lie on either side of the edge
        kept |= ~(_shines(lower) | _shines(upper))
    return _Runs(edges.line[kept], edges.start[kept], edges.end[kept])


def _shines(tints: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Tell where the middle of three tints is lighter than its two like neighbours, but nearer to them than to white."""
    before, middle, after = tints.T
    like = np.abs(before - after) <= STEP
    shines: npt.NDArray[np.bool_] = like & (middle > before) & (2 * (middle - before) < WHITE - before)
    return shines


def _samples(edges: _Runs) -> list[npt.NDArray[np.int64]]:
    """Return a quarter, the half and three quarters of the way along each edge."""
    return [(edges.start * (4 - part) + edges.end * part) // 4 for part in (1, 2, 3)]


def _to_middle(drawing: Pixels, edges: _Runs, thickest: int) -> npt.NDArray[np.float64]:
    """Return how far the middle of a thick stroke lies from each edge, in pixels; 0 for an edge of no thick stroke.

    A stroke has one tint over its whole thickness, and there is another one as far beyond both its sides: else it is
    the room between two strokes.
    """
    moved = np.zeros(len(edges.line))
    if thickest < 2 or not len(edges.line):
        return moved
    places = _samples(edges)
    for below in (True, False):
        thick = np.median([_thickness(drawing, edges.line, x, thickest, below=below) for x in places], axis=0)
        found = (thick > 0) & (edges.end - edges.start >= LONG * thick)
        moved = np.where(found & (moved == 0), (thick if below else -thick) / 2, moved)
    return moved


def _thickness(
    drawing: Pixels, line: npt.NDArray[np.int64], x: npt.NDArray[np.int64], thickest: int, *, below: bool
) -> npt.NDArray[np.int64]:
    """Return the thickness in pixels of the stroke on one side of each edge at one place, 0 where there is none."""
    last = drawing.shape[0] - 1
    step = 1 if below else -1
    first = line if below else line - 1
    steps = np.arange(-thickest, 2 * thickest + 1)
    tints = drawing[np.clip(first[:, None] + step * steps, 0, last), x[:, None]].astype(np.int16)
    inside = tints[:, thickest + 1][:, None]  # the first row may be blurred
    other = np.abs(tints - inside) > STEP
    thick = other[:, thickest + 1 : 2 * thickest + 1].argmax(axis=1) + 1  # 1: no other tint within reach
    rows = np.arange(len(line))
    before, after = (
        other[rows, thickest - thick],
        other[rows, np.minimum(thickest + 2 * thick - 1, other.shape[1] - 1)],
    )
    return np.where((thick > 1) & before & after, thick, 0)


def _dotted(runs: _Runs, widest: float) -> list[tuple[int, int, int]]:
    """Return the rows of short runs at even distances: line, first and last place."""
    found: list[tuple[int, int, int]] = []
    if len(runs.line) < FEWEST_DOTS:
        return found
    gaps = runs.start[1:] - runs.end[:-1]
    breaks = (runs.line[1:] != runs.line[:-1]) | (gaps > widest)
    bounds = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(runs.line)]
    for first, last in pairwise(bounds):
        if last - first < FEWEST_DOTS:
            continue
        lengths, between = runs.end[first:last] - runs.start[first:last], gaps[first : last - 1]
        if min(_evenness(lengths[1:-1]), _evenness(between)) >= EVEN:
            found.append((int(runs.line[first]), int(runs.start[first]), int(runs.end[last - 1])))
    return found


def _evenness(lengths: npt.NDArray[np.int64]) -> float:
    """Return the share of lengths (pixels) that hardly differ from the usual one."""
    return float(np.mean(np.abs(lengths - np.median(lengths)) <= UNEVEN))


def _under(segments: Sequence[Segment], boxes: Sequence[Extents]) -> list[Segment]:
    """Return the stretches of rulings that lie under small pictures, as a tick that is set a little off its cell."""
    places = np.array(segments, dtype=np.float64).reshape(-1, 3)
    found: list[Segment] = []
    for low, high, first, last in boxes:
        near = places[(places[:, 0] > low) & (places[:, 0] < high)]
        before = near[np.abs(near[:, 2] - first) <= AT_PICTURE]
        after = near[np.abs(near[:, 1] - last) <= AT_PICTURE]
        found += [
            Segment(float(position), float(end), float(start))
            for position, _, end in before
            for other, start, _ in after
            if abs(position - other) <= 1.0 and start > end
        ]
    return found


def _is_in(segment: Segment, boxes: Sequence[Extents]) -> bool:
    """Tell whether the middle of an edge lies in one of some boxes, or a pixel beside it."""
    middle = (segment.start + segment.end) / 2
    return any(
        low - AROUND <= segment.position <= high + AROUND and first <= middle <= last
        for low, high, first, last in boxes
    )
