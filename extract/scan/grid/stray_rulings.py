"""Rulings of a page told apart from its folds and a scanner's streaks, and tables without outer rulings held together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from extract.grid.rulings import Segment
from extract.scan.grid.settings import RULING


def without_strays(along: Sequence[Segment], across: Sequence[Segment]) -> list[Segment]:
    """Return the rulings of one direction without those that run on far beyond where all others end.

    `across` are those of the other direction. A fold or a streak crosses a whole sheet; a table's rulings end together, at
    its border or, where a page's end cuts it, beyond the last crossing one.
    """
    whole = [_whole(line, along) for line in along]
    return [line for line, own in zip(along, whole, strict=True) if not _is_stray(own, whole, across)]


def _whole(line: Segment, along: Sequence[Segment]) -> Segment:
    """Return a ruling extended over the pieces on its course, as far as most of the way to them is seen."""
    own = [each for each in along if abs(each.position - line.position) <= RULING.on_course]
    start, end = line.start, line.end
    for each in sorted(own, key=lambda each: each.start, reverse=True):
        if _seen(own, each.start, start) >= RULING.runs_on:
            start = min(start, each.start)
    for each in sorted(own, key=lambda each: each.end):
        if _seen(own, end, each.end) >= RULING.runs_on:
            end = max(end, each.end)
    return Segment(line.position, start, end)


def _seen(own: Sequence[Segment], start: float, end: float) -> float:
    covered = sum(max(0.0, min(each.end, end) - max(each.start, start)) for each in own)
    return covered / (end - start) if end > start else 0.0


def _is_stray(line: Segment, along: Sequence[Segment], across: Sequence[Segment]) -> bool:
    met = [other for other in across if _meet(line, other)]
    for sign in (1, -1) if met else ():
        last = max(met, key=lambda other: sign * other.position)
        beyond = _beyond(line, last, sign)
        others = [
            _beyond(each, last, sign)
            for each in along
            if abs(each.position - line.position) > RULING.on_course and _meet(each, last)
        ]
        enough = len(others) >= RULING.fewest_others
        if beyond > RULING.overshoot and enough and max(others) < beyond - RULING.overshoot:
            return True
    return False


def _meet(line: Segment, other: Segment) -> bool:
    return all(
        one.start - RULING.ends_together <= two.position <= one.end + RULING.ends_together
        for one, two in ((line, other), (other, line))
    )


def _beyond(line: Segment, last: Segment, sign: int) -> float:
    end = line.end if sign > 0 else line.start
    return sign * (end - last.position)


def side_borders(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> Iterator[Segment]:
    """Yield vertical borders for those rows of a table without outer rulings that no vertical one crosses, such as titles.

    Two horizontal rulings of one width with little between them bound such a row, unless vertical ones end at both ends of
    both of them, on the other sides: then these are two closed tables.
    """
    for width in _widths(horizontal):
        for above, below in pairwise(width) if len(width) >= RULING.fewest_lines else ():
            low = below.position - above.position <= RULING.title
            if not low or any(_between(each, above, below) for each in vertical):
                continue
            sides = max(above.start, below.start), min(above.end, below.end)
            corners = product((above, below), sides)
            if not all(any(_ends_at(each, *corner) for each in vertical) for corner in corners):
                yield from (Segment(side, above.position, below.position) for side in sides)


def _widths(horizontal: Sequence[Segment]) -> list[list[Segment]]:
    """Return the groups of horizontal rulings that begin and end at the same places, each from top to bottom."""
    found: list[list[Segment]] = []
    for line in sorted(horizontal, key=lambda each: each.position):
        for group in found:
            if max(abs(group[0].start - line.start), abs(group[0].end - line.end)) <= RULING.ends_together:
                group.append(line)
                break
        else:
            found.append([line])
    return found


def _between(line: Segment, above: Segment, below: Segment) -> bool:
    inside = above.start + RULING.ends_together < line.position < above.end - RULING.ends_together
    middle = (above.position + below.position) / 2
    return inside and line.start < middle < line.end


def _ends_at(line: Segment, horizontal: Segment, side: float) -> bool:
    distance = min(abs(line.start - horizontal.position), abs(line.end - horizontal.position))
    return abs(line.position - side) <= RULING.ends_together and distance <= RULING.ends_together
