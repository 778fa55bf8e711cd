"""Rulings of a page told from its folds and a scanner's streaks, and tables without outer rulings held together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.grid.rulings import Segment

NEAR = 4.0  # points: rulings that end so close to each other, or to one they meet, do so together
ON_COURSE = 2.0  # points from a ruling's course within which its other pieces lie
RUNS_ON = (
    0.5  # of the way to its far end that is seen of a fold: specks on a ruling's course are no part of it
)
OVERSHOOT = 24.0  # points by which a fold runs on where the table's own rulings end; a row of print is lower
FEWEST = 2  # other rulings that show where a table ends
TITLE = 40.0  # points: a row that no upright ruling crosses is at most so high, three lines of a title
LINES = 3  # level rulings of one width that make a table without outer ones


def without_strays(along: Sequence[Segment], across: Sequence[Segment]) -> list[Segment]:
    """Return the rulings of one direction without those that run on far beyond where all others end.

    `across` are those of the other direction. A fold or a streak crosses a whole sheet; a table's rulings end together, at
    its border or, where a page's end cuts it, beyond the last crossing one.
    """
    whole = [_whole(line, along) for line in along]
    return [line for line, own in zip(along, whole, strict=True) if not _is_stray(own, whole, across)]


def _whole(line: Segment, along: Sequence[Segment]) -> Segment:
    """Return a ruling with what lies on its course, from both ends on as far as most of the way is seen."""
    own = [each for each in along if abs(each.position - line.position) <= ON_COURSE]
    start, end = line.start, line.end
    for each in sorted(own, key=lambda each: each.start, reverse=True):
        if _seen(own, each.start, start) >= RUNS_ON:
            start = min(start, each.start)
    for each in sorted(own, key=lambda each: each.end):
        if _seen(own, end, each.end) >= RUNS_ON:
            end = max(end, each.end)
    return Segment(line.position, start, end)


def _seen(own: Sequence[Segment], start: float, end: float) -> float:
    """Return the share of a way that pieces on one course cover."""
    covered = sum(max(0.0, min(each.end, end) - max(each.start, start)) for each in own)
    return covered / (end - start) if end > start else 0.0


def _is_stray(line: Segment, along: Sequence[Segment], across: Sequence[Segment]) -> bool:
    met = [other for other in across if _meet(line, other)]
    if not met:
        return False
    for sign in (1, -1):
        last = max(met, key=lambda other: sign * other.position)
        beyond = _beyond(line, last, sign)
        others = [
            _beyond(each, last, sign)
            for each in along
            if abs(each.position - line.position) > ON_COURSE and _meet(each, last)
        ]
        if beyond > OVERSHOOT and len(others) >= FEWEST and max(others) < beyond - OVERSHOOT:
            return True
    return False


def _meet(line: Segment, other: Segment) -> bool:
    return (
        line.start - NEAR <= other.position <= line.end + NEAR
        and other.start - NEAR <= line.position <= other.end + NEAR
    )


def _beyond(line: Segment, last: Segment, sign: int) -> float:
    end = line.end if sign > 0 else line.start
    return sign * (end - last.position)


def side_borders(level: Sequence[Segment], upright: Sequence[Segment]) -> Iterator[Segment]:
    """Yield upright borders for the rows of a table without outer rulings that no upright one crosses, such as titles.

    Level rulings of one width, one closely below the other, are such a row's, unless uprights end at both of them
    on the other sides: then two closed tables stand there.
    """
    for width in _widths(level):
        if len(width) < LINES:
            continue
        for above, below in pairwise(width):
            if below.position - above.position > TITLE or any(
                _between(each, above, below) for each in upright
            ):
                continue
            left, right = max(above.start, below.start), min(above.end, below.end)
            ends = [
                [any(_ends_at(each, line, side) for each in upright) for line in (above, below)]
                for side in (left, right)
            ]
            if not all(all(both) for both in ends):
                yield Segment(left, above.position, below.position)
                yield Segment(right, above.position, below.position)


def _widths(level: Sequence[Segment]) -> list[list[Segment]]:
    """Return level rulings that begin and end at one place each, from top to bottom."""
    found: list[list[Segment]] = []
    for line in sorted(level, key=lambda each: each.position):
        for group in found:
            if abs(group[0].start - line.start) <= NEAR and abs(group[0].end - line.end) <= NEAR:
                group.append(line)
                break
        else:
            found.append([line])
    return found


def _between(line: Segment, above: Segment, below: Segment) -> bool:
    """Tell whether an upright ruling runs between two level ones, off their ends."""
    inside = above.start + NEAR < line.position < above.end - NEAR
    middle = (above.position + below.position) / 2
    return inside and line.start < middle < line.end


def _ends_at(line: Segment, level: Segment, side: float) -> bool:
    return abs(line.position - side) <= NEAR and (
        abs(line.start - level.position) <= NEAR or abs(line.end - level.position) <= NEAR
    )
