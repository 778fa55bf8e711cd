"""The map of one direction of rulings turned into its unbroken pieces, and those into the edges of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.rulings import Segment
from extract.scan.grid.course_view import CourseView
from extract.scan.grid.settings import RULING
from extract.scan.model import EVEN_CHANCE, HALF_PIXEL, POINTS_PER_INCH, WHITE, Floats, Grey, Mask
from extract.scan.pixels import pieces_of, runs_of


class Piece(NamedTuple):
    """An unbroken ruling of a map: its place across for each pixel along it, from `start` on, in pixels."""

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


class Edge(NamedTuple):
    """The pieces on one line of a table. `position` is its place across, `course` that at each pixel along."""

    position: float
    course: Floats

    def on(self, mask: Mask) -> Mask:
        """Return the pixels of a mask along the edge."""
        rows = np.clip(np.rint(self.course).astype(np.intp), 0, len(mask) - 1)
        return np.asarray(mask[rows, np.arange(len(self.course))], dtype=np.bool_)

    def chances(self, rulings: Grey, dpi: float) -> Floats:
        """Return for each pixel along the edge the chance, 0 to 1, that a ruling is there."""
        reach = max(1, round(RULING.near * dpi / POINTS_PER_INCH))
        across = np.rint(self.course).astype(np.intp)[None, :] + np.arange(-reach, reach + 1)[:, None]
        near = rulings[np.clip(across, 0, len(rulings) - 1), np.arange(len(self.course))[None, :]]
        return np.asarray(near.max(axis=0) / WHITE, dtype=np.float64)


def find_pieces(rulings: Grey, picture: Grey, other: Mask, dpi: float) -> list[Piece]:
    """Return the rulings of a map that run from left to right, as far as they are seen in the page's grey picture.

    `other` is true on print and on ink of pens. All are of one size; a vertical map is handed in transposed, with its
    picture. What a map misses of a ruling that it shows elsewhere is found by its line in the picture.
    """
    found = _mapped(rulings, picture, dpi)
    return found + _continuations(found, picture, other, dpi)


def _mapped(rulings: Grey, picture: Grey, dpi: float) -> list[Piece]:
    pieces = pieces_of(rulings >= EVEN_CHANCE)
    least = RULING.shortest * dpi / POINTS_PER_INCH
    found = []
    for number, box in enumerate(pieces.boxes(), start=1):
        if box.width < least or box.width <= box.height:
            continue
        own = pieces.labels[box.part] == number
        rows = np.arange(box.top, box.bottom)[:, None]
        middles = (own * rows).sum(axis=0) / np.maximum(own.sum(axis=0), 1)
        seen = np.flatnonzero(CourseView(picture, middles, dpi, box.x0).visible())
        if len(seen) and seen[-1] - seen[0] >= least:
            found.append(Piece(box.x0 + int(seen[0]), middles[seen[0] : seen[-1] + 1]))
    return found


def _continuations(found: Sequence[Piece], picture: Grey, other: Mask, dpi: float) -> list[Piece]:
    """Return the lines that are seen where rulings run on beyond their pieces and hardly any other ink lies."""
    least = round(RULING.continues * dpi / POINTS_PER_INCH)
    result = []
    for group in _grouped(found, dpi):
        most = sum(
            len(piece.places) for piece in group
        )  # it does not go on for longer than what is known of it
        edge = _edge(_middle(group), group, picture.shape[1])
        seen, over = CourseView(picture, edge.course, dpi).visible(light=False), edge.on(other)
        for piece in group:
            seen[piece.start : piece.end] = False
        result += [
            Piece(start, edge.course[start:end])
            for start, end in runs_of(seen)
            if least <= end - start <= most and over[start:end].mean() <= RULING.other
        ]
    return result


def segments(found: Sequence[Piece], picture: Grey, dpi: float, *, over_gaps: bool) -> list[Segment]:
    """Return pieces as segments in points, those of one edge at one position, joined where a line is seen between them.

    With `over_gaps` the pieces of an edge are joined whatever lies between, if enough of it is seen that it is not a stroke
    of print: what of it is drawn is looked at later. Vertical ones may belong to two tables, one below the other.
    """
    scale = POINTS_PER_INCH / dpi
    return [
        Segment((_middle(group) + HALF_PIXEL) * scale, start * scale, end * scale)
        for group in _grouped(found, dpi)
        for start, end in _joined(group, picture, dpi, over_gaps=over_gaps)
    ]


def _grouped(found: Sequence[Piece], dpi: float) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    middles: list[float] = []
    for piece in sorted(found, key=lambda piece: -len(piece.places)):
        gaps = [abs(middle - piece.position) for middle in middles]
        nearest = int(np.argmin(gaps)) if gaps else -1
        if gaps and gaps[nearest] <= RULING.one_edge * dpi / POINTS_PER_INCH:
            groups[nearest].append(piece)
            middles[nearest] = _middle(groups[nearest])
        else:
            groups.append([piece])
            middles.append(piece.position)
    return groups


def _joined(group: Sequence[Piece], picture: Grey, dpi: float, *, over_gaps: bool) -> list[tuple[int, int]]:
    """Return where the pieces of an edge begin and end, with those joined that `segments` joins."""
    whole = over_gaps and sum(len(piece.places) for piece in group) >= RULING.long * dpi / POINTS_PER_INCH
    spans: list[tuple[int, int]] = []
    before: Piece | None = None
    for piece in sorted(group, key=lambda piece: piece.start):
        if before is None or not _are_one(before, piece, picture, dpi, whole=whole):
            spans.append((piece.start, piece.end))
        else:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.end))
        if before is None or piece.end > before.end:
            before = piece
    return spans


def _are_one(before: Piece, piece: Piece, picture: Grey, dpi: float, *, whole: bool) -> bool:
    """Tell whether a line is seen between two pieces of an edge; `whole` tells that it is one anyway."""
    gap = piece.start - before.end
    if gap <= 0:
        return True
    if abs(piece.position - before.position) > RULING.aside:
        return False
    course = np.linspace(before.places[-1], piece.places[0], gap)
    return whole or bool(CourseView(picture, course, dpi, before.end).visible().mean() >= RULING.bridged)


def _middle(group: Sequence[Piece]) -> float:
    return float(np.average([p.position for p in group], weights=[len(p.places) for p in group]))


def edges(found: Sequence[Piece], positions: Sequence[float], length: int, dpi: float) -> tuple[Edge, ...]:
    """Return the edges at these positions (pixels, rising), each with its course over the page's `length`.

    Between its pieces a course runs straight from one to the next, beyond the outermost ones it keeps their place.
    Positions whose pieces run on one course are one edge: a ruling that slopes may have given two.
    """
    reach = RULING.one_edge * dpi / POINTS_PER_INCH
    result: list[Edge] = []
    for position in positions:
        edge = _edge(position, [piece for piece in found if abs(piece.position - position) <= reach], length)
        if not result or np.median(np.abs(edge.course - result[-1].course)) > reach:
            result.append(edge)
    return tuple(result)


def _edge(position: float, own: Sequence[Piece], length: int) -> Edge:
    if not own:
        return Edge(position, np.full(length, position))
    x = np.concatenate([np.arange(piece.start, piece.end) for piece in own])
    y = np.concatenate([piece.places for piece in own])
    order = np.argsort(x, kind="stable")
    return Edge(position, np.interp(np.arange(length), x[order], y[order]))
