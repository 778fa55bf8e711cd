"""Turns a page's drawing into its horizontal and vertical rulings: every straight edge that is seen, whatever draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from extract.grid.boxes import Box
from extract.grid.chars import Flags, Floats, Ints
from extract.grid.groups import stretches
from extract.grid.rulings import Segment, as_rows
from extract.pdf.drawn_page import WHITE, PageView, Pixels
from extract.pdf.settings import DRAWING, EDGES


class _Runs(NamedTuple):
    """Stretches of edge: their row of pixels, and the first pixel and the one after the last along it."""

    line: Ints
    start: Ints
    end: Ints

    def at(self, index: Ints | Flags | slice) -> _Runs:
        return _Runs(*(column[index] for column in self))

    def samples(self) -> list[Ints]:
        """Return the places at a quarter, the half and three quarters of the way along each edge."""
        return [(self.start * (4 - part) + self.end * part) // 4 for part in (1, 2, 3)]


class _Direction(NamedTuple):
    """A page with the rulings of one direction as rows.

    `across` and `along` are pixels per point, `pictures` the page's pictures, `strokes` draws the page without them.
    """

    drawing: Pixels
    steps: Pixels
    across: float
    along: float
    pictures: Sequence[Box]
    strokes: Callable[[], Pixels]


def seen_rulings(
    view: PageView, pictures: Sequence[Box], print_size: float, strokes: Callable[[], Pixels]
) -> tuple[list[Segment], list[Segment]]:
    """Return the horizontal and the vertical edges of a page's drawing that are seen, in points.

    A stroke has two edges, the border of a filled box one: `extract.grid.rulings.merge` makes one ruling of them.
    Both edges of a stroke that is thicker, but too thin for a row of the page's smaller print (`print_size`,
    points), come as its middle. Edges inside a picture count if they are long, or seen in what `strokes` draws, the
    page without pictures.
    """
    height, width = view.drawing.shape
    down, aside = view.pool.array((height - 1, width)), view.pool.array((height, width - 1))
    cv2.absdiff(view.drawing[1:], view.drawing[:-1], down)
    cv2.absdiff(view.drawing[:, 1:], view.drawing[:, :-1], aside)
    bare = cache(strokes)
    transposed = [Box(p.top, p.x0, p.bottom, p.x1) for p in pictures]
    rows = _Direction(view.drawing, down, view.y_scale, view.x_scale, pictures, bare)
    columns = _Direction(view.drawing.T, aside.T, view.x_scale, view.y_scale, transposed, lambda: bare().T)
    return _rulings(rows, print_size), _rulings(columns, print_size)


def _rulings(page: _Direction, print_size: float) -> list[Segment]:
    """Return the edges along the rows of pixels, including those under small pictures."""
    shortest = min(EDGES.shortest * print_size, EDGES.shortest_points)
    inner = [p for p in page.pictures if min(p.width, p.height) > shortest]
    small = [p for p in page.pictures if max(p.width, p.height) <= DRAWING.largest_mark]
    found = _segments(page._replace(pictures=inner), shortest, EDGES.bar * print_size)
    return found + list(_under(found, small))


def _segments(page: _Direction, shortest: float, thickest: float) -> list[Segment]:
    """Return the edges along the rows of pixels that are not parts of pictures; `shortest`, `thickest` in points."""
    lines = np.flatnonzero(page.steps.max(axis=1) > EDGES.step)
    runs = _runs(page.steps[lines] > EDGES.step)
    runs = runs._replace(line=lines[runs.line] + 1)
    long = runs.end - runs.start >= shortest * page.along
    edges = _without_seams(page.drawing, runs.at(long))
    places = edges.line + _to_middle(page.drawing, edges, round(thickest * page.across))
    columns = (places / page.across, edges.start / page.along, edges.end / page.along)
    segments = [Segment(*row) for row in np.stack(columns, axis=1).tolist()]
    pixels = zip(*(column.tolist() for column in edges), strict=True)
    whole = [
        segment
        for segment, stretch in zip(segments, pixels, strict=True)
        if segment.length >= EDGES.in_picture
        or not _is_in(segment, page.pictures)
        or _is_drawn(page.strokes(), *stretch)
    ]
    dotted = (
        Segment(line / page.across, start / page.along, end / page.along)
        for line, start, end in _dotted(runs.at(~long), EDGES.dot_gap * page.along)
    )
    return whole + [segment for segment in dotted if not _is_in(segment, page.pictures)]


def _is_drawn(strokes: Pixels, line: int, start: int, end: int) -> bool:
    steps = cv2.absdiff(strokes[line, start:end], strokes[line - 1, start:end])
    return float((steps > EDGES.step).mean()) >= EDGES.drawn


def _runs(edges: Flags) -> _Runs:
    padded = np.zeros((edges.shape[0], edges.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = edges
    steps = np.diff(padded, axis=1)
    line, start = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    return _Runs(line, start, end)


def _without_seams(drawing: Pixels, edges: _Runs) -> _Runs:
    """Leave out the edges of seams: where two fills of one tint abut, a pixel of paper shines through in part."""
    kept = np.zeros(len(edges.line), dtype=np.bool_)
    for x in edges.samples():
        rows = np.clip(edges.line[:, None] + np.arange(-2, 2), 0, drawing.shape[0] - 1)
        tints = drawing[rows, x[:, None]].astype(np.int16)
        kept |= ~(
            _shines(tints[:, :-1]) | _shines(tints[:, 1:])
        )  # the seam may be on either side of the edge
    return edges.at(kept)


def _shines(tints: npt.NDArray[np.int16]) -> Flags:
    """Tell where the middle of three tints is lighter than its two like neighbours, but nearer to them than to white."""
    before, middle, after = tints.T
    like = np.abs(before - after) <= EDGES.step
    return np.asarray(like & (middle > before) & (2 * (middle - before) < WHITE - before))


def _to_middle(drawing: Pixels, edges: _Runs, thickest: int) -> Floats:
    """Return how far the middle of a thick stroke is from each edge, in pixels; 0 for other edges.

    A stroke has one tint, and another one is as far beyond both its sides: else it is the room between two strokes.
    """
    moved = np.zeros(len(edges.line))
    if thickest < 2 or not len(edges.line):
        return moved
    for sign in (1, -1):
        thick = np.median(
            [_thickness(drawing, edges.line, x, thickest, sign) for x in edges.samples()], axis=0
        )
        found = (thick > 0) & (edges.end - edges.start >= EDGES.long * thick)
        moved = np.where(found & (moved == 0), sign * thick / 2, moved)
    return moved


def _thickness(drawing: Pixels, line: Ints, x: Ints, thickest: int, sign: int) -> Ints:
    """Return the thickness in pixels of the stroke below (1) or above (-1) each edge at one place, 0 where there is none."""
    last = drawing.shape[0] - 1
    first = line if sign > 0 else line - 1
    steps = np.arange(-thickest, 2 * thickest + 1)
    tints = drawing[np.clip(first[:, None] + sign * steps, 0, last), x[:, None]].astype(np.int16)
    inside = tints[:, thickest + 1][:, None]  # the first row may be blurred
    other = np.abs(tints - inside) > EDGES.step
    thick = other[:, thickest + 1 : 2 * thickest + 1].argmax(axis=1) + 1  # 1: no other tint within reach
    rows = np.arange(len(line))
    before = other[rows, thickest - thick]
    after = other[rows, np.minimum(thickest + 2 * thick - 1, other.shape[1] - 1)]
    return np.where((thick > 1) & before & after, thick, 0)


def _dotted(runs: _Runs, widest: float) -> Iterator[tuple[int, int, int]]:
    gaps = runs.start[1:] - runs.end[:-1]
    for row in stretches((runs.line[1:] != runs.line[:-1]) | (gaps > widest)):
        line, start, end = runs.at(row)
        if len(line) < EDGES.fewest_dots:
            continue
        between = gaps[row.start : row.stop - 1]
        if min(_evenness((end - start)[1:-1]), _evenness(between)) >= EDGES.even:
            yield int(line[0]), int(start[0]), int(end[-1])


def _evenness(lengths: Ints) -> float:
    return float(np.mean(np.abs(lengths - np.median(lengths)) <= EDGES.uneven))


def _under(segments: Sequence[Segment], boxes: Sequence[Box]) -> Iterator[Segment]:
    """Yield the stretches of rulings under small pictures, such as a tick that is a little off its cell."""
    places = as_rows(segments)
    reach = EDGES.shortest_points + EDGES.crossing_stroke
    for box in boxes:
        near = places[(places[:, 0] > box.top) & (places[:, 0] < box.bottom)]
        before = near[np.abs(near[:, 2] - box.x0) <= reach].tolist()
        after = near[np.abs(near[:, 1] - box.x1) <= reach].tolist()
        yield from (
            Segment(position, end, start)
            for position, _, end in before
            for other, start, _ in after
            if abs(position - other) <= EDGES.around and start > end
        )


def _is_in(segment: Segment, boxes: Sequence[Box]) -> bool:
    """Tell whether the middle of an edge is in one of some boxes, or a pixel beside it."""
    middle = (segment.start + segment.end) / 2
    return any(
        box.top - EDGES.around <= segment.position <= box.bottom + EDGES.around and box.x0 <= middle <= box.x1
        for box in boxes
    )
