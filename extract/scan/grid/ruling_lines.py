"""The map of one direction of rulings turned into its unbroken pieces, and those into the edges of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.grid.rulings import Segment
from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask

HALF = 128  # an even chance
BESIDE = (1.0, 2.6)  # points from a ruling's course between which what lies beside it is looked at
SMOOTH = 3.5  # points along a ruling over which grain is evened out
STANDS_OUT = 12  # grey levels by which a ruling is darker, or lighter, than both its sides
STEP = 24  # grey levels between two fills that part there
RIM = 10.0  # points: the rim of a fill runs on for as long at least; a letter is lower
DOTS = 1.0  # points between a ruling's dots, or the pixels that a copy in one bit leaves of a pale one
AT_CROSSING = (
    2.0  # points behind a crossing: figures leave about as much of a low row free above and below them
)
PALE, PART = (
    4,
    8.0,
)  # the same of a line between two fills, on so many points of it: an office program's is 8 levels
GRAIN = (
    4.0  # standard errors of the levels along a line, the highest of three rows, that grain does not reach
)
FILLED = 236  # grey level below which an area is a fill, not paper
DARK = 90  # grey level of an area below which a line in it cannot be told
POINTS = 72.0  # an inch
ONE_EDGE = (
    3.4  # points: pieces of one edge lie this close across it; no row of print is lower than twice this
)
BRIDGED = 0.8  # of a gap between two pieces of a ruling: so much of a line seen there makes them one
LONG = 72.0  # points of an edge's pieces in all from which on its gaps are no ends
LEVEL = 1.5  # pixels of the map: pieces further aside of each other are no one ruling, but a pen's
CONTINUES = 12.0  # points of a line seen without a gap, from which on a ruling is seen to run on
OTHER = 0.2  # of such a line that other ink may lie over
SHORTEST = 6.0  # points: what is shorter is no side of a cell, for no print is that small
NEAR = 1.5  # points from an edge's course within which its ruling is looked for

Floats = NDArray[np.float64]
Levels = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbroken ruling of a map: where it lies across for each pixel along it, from `start` on, in pixels."""

    start: int
    places: Floats

    @property
    def end(self) -> int:
        """The first pixel behind it."""
        return self.start + len(self.places)

    @property
    def position(self) -> float:
        """Its usual place across."""
        return float(np.median(self.places))


@dataclass(frozen=True, slots=True)
class Edge:
    """The pieces that lie on one line of a table. `position` is its place across, `course` that at each pixel along."""

    position: float
    course: Floats


def pieces(level: Grey, picture: Grey, dpi: float) -> list[Piece]:
    """Return the rulings of a map that run from left to right, as far as they are seen in the page's grey picture.

    An upright map is handed in lying, and its picture too.
    """
    labels, stats, _ = pieces_of((level >= HALF).astype(np.uint8))
    least = SHORTEST * dpi / POINTS
    found = []
    for number in np.flatnonzero(stats[:, 2] >= least).tolist():
        x, y, width, height, _ = stats[number].tolist()
        if number == 0 or width <= height:
            continue
        own = labels[y : y + height, x : x + width] == number
        count = own.sum(axis=0)
        middles = (own * np.arange(y, y + height)[:, None]).sum(axis=0) / np.maximum(count, 1)
        seen = np.flatnonzero(visible(picture, middles, x, dpi))
        if len(seen) and seen[-1] - seen[0] >= least:
            found.append(Piece(x + int(seen[0]), middles[seen[0] : seen[-1] + 1]))
    return found


def visible(
    picture: Grey, course: Floats, start: int, dpi: float, *, light: bool = True
) -> NDArray[np.bool_]:
    """Tell for each pixel along a course, which begins at `start`, whether a line or the rim of a fill is seen there.

    A line is darker, or `light`er, than what lies on both sides of it; a letter's stroke that crosses the course is not.
    The white between two lines of print looks like a light one.
    """
    above, core, below = _beside(picture, course, start, dpi)
    even = _contrast(above, core, below, light=light)
    own = _contrast(*_beside(picture, course, start, dpi, smooth=0), light=light)
    line = (even > STANDS_OUT) & (own > STANDS_OUT / 2)
    run = np.ones((1, max(1, round(RIM * dpi / POINTS))), np.uint8)
    rim = cv2.morphologyEx((np.abs(above - below) > STEP).astype(np.uint8)[None, :], cv2.MORPH_OPEN, run)[0]
    return np.asarray(line | (rim > 0), dtype=np.bool_)


def darkness(picture: Grey, course: Floats, dpi: float) -> Levels:
    """Return for each pixel along a course over the whole page by how much what lies there is darker than both its sides."""
    return _contrast(*_beside(picture, course, 0, dpi), light=False)


def ends_and_middle(
    picture: Grey, course: Floats, stretches: Sequence[tuple[int, int]], dpi: float
) -> tuple[NDArray[np.bool_], Floats]:
    """Tell for each stretch between two crossings whether a line is seen right up to both, and on what share of its middle.

    A ruling runs up to those that it crosses; the strokes of figures that stand below each other in each row do not. Inside
    a thick crossing ruling nothing can be told.
    """
    above, core, below = _beside(picture, course, 0, dpi, smooth=DOTS)
    low, high = np.minimum(above, below), np.maximum(above, below)
    dark, light = low - core.min(axis=0), core.max(axis=0) - high
    line = (dark > STANDS_OUT / 2) | (light > STANDS_OUT / 2) | (high - low > STEP) | (low <= DARK)
    far = round(AT_CROSSING * dpi / POINTS)
    ends, middle = np.zeros(len(stretches), np.bool_), np.zeros(len(stretches))
    for number, (start, end) in enumerate(stretches):
        inner = line[start + far : end - far]
        ends[number] = line[start : start + far].all() and line[max(end - far, start) : end].all()
        middle[number] = inner.mean() if len(inner) else 1.0
    return ends, middle


def on_fill(picture: Grey, course: Floats, stretches: Sequence[tuple[int, int]], dpi: float) -> Floats:
    """Return for each stretch of a course over the whole page the share of it on which a pale line parts two fills.

    What is so faint is told by its length: the levels of a part of the stretch are taken together.
    """
    strips = _beside(picture, course, 0, dpi, smooth=0)
    step = round(PART * dpi / POINTS)
    result = np.zeros(len(stretches))
    for number, (start, end) in enumerate(stretches):
        cuts = np.linspace(start, end, max(1, (end - start) // step) + 1).astype(int)
        parts = [[each[..., a:b] for each in strips] for a, b in pairwise(cuts.tolist())]
        result[number] = np.mean([_is_pale(*part) for part in parts])
    return result


def _is_pale(above: Levels, core: Levels, below: Levels) -> bool:
    """Tell whether a part of a stretch is a line between two fills of about one tone, and no grain of them."""
    low, high = sorted((float(above.mean()), float(below.mean())))
    rows = core.mean(axis=-1)
    grain = float(core.std(axis=-1).mean()) / core.shape[-1] ** 0.5
    line = max(float(rows.max()) - high, low - float(rows.min())) >= max(PALE, GRAIN * grain)
    return line and low >= DARK and high < FILLED and high - low < STEP


def in_dark(picture: Grey, course: Floats, stretches: Sequence[tuple[int, int]], dpi: float) -> Floats:
    """Return for each stretch the share of it on which a line is darker or lighter than both its sides, the less of its ends.

    The stroke of a light letter ends before the crossings.
    """
    line = _contrast(*_beside(picture, course, 0, dpi), light=True) > STANDS_OUT
    end = round(AT_CROSSING * dpi / POINTS)
    parts = ((line[a:b], line[a : a + end], line[max(a, b - end) : b]) for a, b in stretches)
    return np.array([min(float(part.mean()) for part in each) for each in parts])


def _contrast(above: Levels, core: Levels, below: Levels, *, light: bool) -> Levels:
    """Return by how much a line is darker, or `light`er, than both its sides."""
    darker = np.minimum(above, below) - core.min(axis=0)
    if not light:
        return np.asarray(darker, dtype=np.int16)
    lighter = core.max(axis=0) - np.maximum(above, below)
    return np.asarray(np.maximum(darker, lighter), dtype=np.int16)


def hidden(picture: Grey, course: Floats, dpi: float) -> NDArray[np.bool_]:
    """Tell for each pixel along a course over the whole page whether it lies between two dark areas."""
    above, core, below = _beside(picture, course, 0, dpi)
    return np.asarray(np.maximum(np.maximum(above, below), core.max(axis=0)) < DARK, dtype=np.bool_)


def _beside(
    picture: Grey, course: Floats, start: int, dpi: float, smooth: float = SMOOTH
) -> tuple[Levels, Levels, Levels]:
    """Return the grey along a course, evened out over `smooth` points along it: above it, three rows of it, below it."""
    near, far = (max(at, round(points * dpi / POINTS)) for at, points in zip((2, 3), BESIDE, strict=True))
    rows = np.rint(course).astype(np.intp)[None, :] + np.arange(-far, far + 1)[:, None]
    columns = np.arange(start, start + len(course))
    strip = picture[np.clip(rows, 0, len(picture) - 1), np.clip(columns, 0, picture.shape[1] - 1)[None, :]]
    strip = cv2.blur(strip, (max(1, round(smooth * dpi / POINTS)), 1)).astype(np.int16)
    above, below = (
        np.median(part, axis=0).astype(np.int16) for part in (strip[: far - near + 1], strip[far + near :])
    )
    return above, strip[far - 1 : far + 2], below


def segments(found: Sequence[Piece], picture: Grey, dpi: float, *, over_gaps: bool) -> list[Segment]:
    """Return pieces as segments in points, those of one edge at one position, joined where a line is seen between them.

    With `over_gaps` those of an edge of which enough is seen that it is no stroke of print are joined whatever lies between:
    what of it is drawn is looked at later. Upright ones may be of two tables, one below the other.
    """
    scale = POINTS / dpi
    return [
        Segment((_middle(group) + 0.5) * scale, start * scale, end * scale)
        for group in _grouped(found, dpi)
        for start, end in _joined(group, picture, dpi, over_gaps=over_gaps)
    ]


def _grouped(found: Sequence[Piece], dpi: float) -> list[list[Piece]]:
    """Return pieces by the edge that they lie on."""
    groups: list[list[Piece]] = []
    middles: list[float] = []
    for piece in sorted(found, key=lambda piece: -len(piece.places)):
        gaps = [abs(middle - piece.position) for middle in middles]
        nearest = int(np.argmin(gaps)) if gaps else -1
        if gaps and gaps[nearest] <= ONE_EDGE * dpi / POINTS:
            groups[nearest].append(piece)
            middles[nearest] = _middle(groups[nearest])
        else:
            groups.append([piece])
            middles.append(piece.position)
    return groups


def continuations(found: Sequence[Piece], picture: Grey, other: Mask, dpi: float) -> list[Piece]:
    """Return the lines that are seen where rulings run on beyond their pieces and hardly any other ink lies.

    `other` is true on print and on ink of pens, as large as `picture`. What a map misses of a ruling that it shows elsewhere is found so.
    """
    least = round(CONTINUES * dpi / POINTS)
    result = []
    for group in _grouped(found, dpi):
        most = sum(len(piece.places) for piece in group)  # more than is known of it does not go on
        edge = _edge(_middle(group), group, picture.shape[1])
        seen, over = visible(picture, edge.course, 0, dpi, light=False), on_course(other, edge)
        for piece in group:
            seen[piece.start : piece.end] = False
        steps = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(np.int8), [0]])))
        result += [
            Piece(start, edge.course[start:end])
            for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)
            if least <= end - start <= most and over[start:end].mean() <= OTHER
        ]
    return result


def _joined(group: Sequence[Piece], picture: Grey, dpi: float, *, over_gaps: bool) -> list[tuple[int, int]]:
    """Return where the pieces of an edge begin and end, those as one that `segments` joins."""
    whole = over_gaps and sum(len(piece.places) for piece in group) >= LONG * dpi / POINTS
    spans: list[tuple[int, int]] = []
    before: Piece | None = None
    for piece in sorted(group, key=lambda piece: piece.start):
        if before is not None and piece.start > before.end:
            course = np.linspace(before.places[-1], piece.places[0], piece.start - before.end)
            aside = abs(float(np.median(piece.places)) - float(np.median(before.places)))
            seen = aside <= LEVEL and (whole or visible(picture, course, before.end, dpi).mean() >= BRIDGED)
        else:
            seen = before is not None
        if seen:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.end))
        else:
            spans.append((piece.start, piece.end))
        if before is None or piece.end > before.end:
            before = piece
    return spans


def _middle(group: Sequence[Piece]) -> float:
    return float(np.average([p.position for p in group], weights=[len(p.places) for p in group]))


def edges(found: Sequence[Piece], positions: Sequence[float], length: int, dpi: float) -> list[Edge]:
    """Return the edges at these positions (pixels, rising), each with its course over the page's `length`.

    Between its pieces a course runs straight on from one to the next, beyond the outermost ones it keeps their place.
    Positions whose pieces run on one course are one edge: a ruling that slopes may have given two.
    """
    reach = ONE_EDGE * dpi / POINTS
    result: list[Edge] = []
    for position in positions:
        edge = _edge(position, [piece for piece in found if abs(piece.position - position) <= reach], length)
        if not result or np.median(np.abs(edge.course - result[-1].course)) > reach:
            result.append(edge)
    return result


def _edge(position: float, own: Sequence[Piece], length: int) -> Edge:
    if not own:
        return Edge(position, np.full(length, position))
    x = np.concatenate([np.arange(piece.start, piece.end) for piece in own])
    y = np.concatenate([piece.places for piece in own])
    order = np.argsort(x, kind="stable")
    return Edge(position, np.interp(np.arange(length), x[order], y[order]))


def chances(level: Grey, edge: Edge, dpi: float) -> Floats:
    """Return for each pixel along an edge the chance, 0 to 1, that a ruling is there."""
    reach = max(1, round(NEAR * dpi / POINTS))
    across = np.rint(edge.course).astype(np.intp)[None, :] + np.arange(-reach, reach + 1)[:, None]
    near = level[np.clip(across, 0, len(level) - 1), np.arange(len(edge.course))[None, :]]
    return np.asarray(near.max(axis=0) / 255.0, dtype=np.float64)


def on_course(mask: Mask, edge: Edge) -> Mask:
    """Return the pixels of a mask along an edge."""
    rows = np.clip(np.rint(edge.course).astype(np.intp), 0, len(mask) - 1)
    return np.asarray(mask[rows, np.arange(len(edge.course))], dtype=np.bool_)
