"""Turns the rulings of a page into connected sets of merged rulings, each a candidate grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.pdf.seam import PageNotReadableError, Segment

SNAP = 2.0  # points; rulings closer than this are one (double borders, the two edges of adjoining boxes)
JOIN = 3.0  # points; a gap along a ruling up to this is no gap (dashes, the joints of bordered paragraphs)
TOUCH = 2.5  # points; a ruling that ends this close to another one meets it
SHORTEST = 3.0  # points; shorter rulings are the joints of other ones
POKE = 4.0  # points; a ruling that runs on for more than this past the last crossing one has an open end
GAP, LONGEST_GAP = (
    0.6,
    5.0,
)  # of that size, points: pieces of a ruling too short to be seen as edges may lie between
FEWEST_DASHES = 4  # gaps; fewer are those at crossings
STRIP = 0.9  # of that size: a row of text is higher
ROOM = 0.4  # of the size of a page's smaller print: a strip narrower than this holds no letter, so it is one ruling
MAX_RULINGS = 4_000  # merged rulings of one direction on one page


class Reach(NamedTuple):
    """How far rulings may lie apart, in points: see the constants of the same names.

    A ruling with at least `dashes` gaps (0: none is) is dashed: it may end a gap before the ruling that it meets.
    An outermost row or column that is no wider than `strip` is what is left of a border or of a page that is cut.
    """

    snap: float = SNAP
    join: float = JOIN
    touch: float = TOUCH
    shortest: float = SHORTEST
    poke: float = POKE
    strip: float = 0.0
    dashes: int = 0


class Lattice(NamedTuple):
    """Rulings that hang together; the vertical ones sorted by x, the horizontal ones by y."""

    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
    reach: Reach = Reach()


PAGE = Reach()


def reach_of(print_size: float) -> Reach:
    """Return the reach of a page whose smaller print has this size in points.

    What is too narrow for a letter is no row and no column: the two edges of a stroke, double borders, the gap between
    boxes that stand apart. Up to 12-point print that is never more than 4.8 points.
    """
    room = ROOM * min(print_size, 12.0)
    return Reach(
        snap=room,
        join=max(room, min(GAP * print_size, LONGEST_GAP)),
        touch=room,
        shortest=min(SHORTEST, room),
        poke=room * 1.5,
        strip=STRIP * min(print_size, 12.0),
        dashes=FEWEST_DASHES,
    )


def merge(segments: Iterable[Segment], reach: Reach = PAGE) -> list[Segment]:
    """Return the segments with collinear ones that touch, overlap or lie side by side made one.

    Sorted by position, then start. A merged position is the mean weighted by length. Merging what has
    been merged changes nothing.
    """
    result: list[Segment] = []
    group: list[Segment] = []
    for segment in sorted(segments):
        if group and segment.position - group[0].position > reach.snap:
            result += _joined(group, reach)
            group = []
        group.append(segment)
    return sorted(result + _joined(group, reach))


def _joined(group: list[Segment], reach: Reach) -> list[Segment]:
    """Join the segments of one position along their direction."""
    if not group:
        return []
    weight = sum(end - start for _, start, end in group)
    if weight > 0:
        position = sum(at * (end - start) for at, start, end in group) / weight
    else:
        position = group[0].position
    spans: list[list[float]] = []
    gaps: list[list[float]] = []
    for start, end in sorted((start, end) for _, start, end in group):
        if spans and start - spans[-1][1] <= reach.join:
            if start > spans[-1][1]:
                gaps[-1].append(start - spans[-1][1])
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
            gaps.append([])
    return [
        Segment(position, start - more, end + more)
        for (start, end), own in zip(spans, gaps, strict=True)
        if end - start >= reach.shortest
        for more in (max(own) if reach.dashes and len(own) >= reach.dashes else 0.0,)
    ]


def lattices(
    horizontal: Iterable[Segment], vertical: Iterable[Segment], reach: Reach = PAGE
) -> list[Lattice]:
    """Return the connected sets of rulings that could be a grid: at least two of each direction.

    Raises `PageNotReadableError` for a page with more than 4,000 merged rulings of one direction.
    """
    flat, upright = merge(horizontal, reach), merge(vertical, reach)
    if max(len(flat), len(upright)) > MAX_RULINGS:
        raise PageNotReadableError(reason_id="garisnya terlalu banyak", reason_en="it holds too many rulings")
    found = (_closed(part) for part in _with_loose(_connected(flat, upright, reach), reach))
    return [part for part in found if len(part.horizontal) > 1 and len(part.vertical) > 1]


def _crosses(one: Segment, other: Segment, touch: float) -> bool:
    """Tell whether two rulings of different directions meet."""
    return (
        one.start - touch <= other.position <= one.end + touch
        and other.start - touch <= one.position <= other.end + touch
    )


def _connected(flat: list[Segment], upright: list[Segment], reach: Reach) -> list[Lattice]:
    """Part the rulings into sets in which each can be reached from each over crossings."""
    parent = list(range(len(flat) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    crossing: set[int] = set()
    positions = [segment.position for segment in upright]
    for index, line in enumerate(flat):
        first = bisect_left(positions, line.start - reach.touch)
        last = bisect_right(positions, line.end + reach.touch)
        for other in range(first, last):
            if _crosses(line, upright[other], reach.touch):
                crossing.add(other)
                parent[root(index)] = root(len(flat) + other)
    for lone, other in _parallel(upright, crossing, reach):
        parent[root(len(flat) + lone)] = root(len(flat) + other)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for node, segment in enumerate(flat + upright):
        part = sets.setdefault(root(node), ([], []))
        part[0 if node < len(flat) else 1].append(segment)
    return [Lattice(tuple(flats), tuple(uprights), reach) for flats, uprights in sets.values()]


def _with_loose(parts: list[Lattice], reach: Reach) -> Iterator[Lattice]:
    """Yield the sets, each with the level rulings that meet no upright one but run from one of its columns to another.

    Without upright rulings in its body a table has such rulings between cells that are merged over its rows.
    """
    loose = [line for part in parts if not part.vertical for line in part.horizontal]
    for part in parts:
        if not part.vertical:
            continue
        top, bottom = min(line.start for line in part.vertical), max(line.end for line in part.vertical)
        own = (line for line in loose if top <= line.position <= bottom)
        found = [line for line in own if _runs_between(line, part.vertical, reach)]
        yield part._replace(horizontal=tuple(sorted((*part.horizontal, *found))))


def _runs_between(line: Segment, others: Sequence[Segment], reach: Reach) -> bool:
    """Tell whether a ruling begins and ends at the places of two crossing ones, whether they are drawn there or not."""
    ends = [
        min((other.position for other in others), key=lambda place: abs(place - end), default=float("inf"))
        for end in (line.start, line.end)
    ]
    near = all(abs(place - end) <= reach.touch for place, end in zip(ends, line[1:], strict=True))
    return near and ends[1] - ends[0] > reach.snap


def _parallel(upright: list[Segment], crossing: set[int], reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield the vertical rulings that cross none, each with one of the `crossing` that has the same two ends.

    The outer border of a table without an upper and a lower one hangs on nothing where the cells beside it are
    merged over all rows.
    """
    for lone in set(range(len(upright))) - crossing:
        start, end = upright[lone][1:]
        same = (
            other
            for other in crossing
            if abs(upright[other].start - start) <= reach.join and abs(upright[other].end - end) <= reach.join
        )
        found = next(same, None)
        if found is not None:
            yield lone, found


def _closed(part: Lattice) -> Lattice:
    """Add the borders that are missing at open ends, and drop rulings that bound nothing.

    A table cut by a page break may lack its lower or upper border, or a part of it: rulings then run on
    past the last crossing one and end together.
    """
    if not part.horizontal or not part.vertical:
        return part
    flats, uprights, reach = list(part.horizontal), list(part.vertical), part.reach
    flats += _missing_borders(uprights, flats, reach)
    uprights += _missing_borders(flats, uprights, reach)
    while True:
        kept_flats = [
            line
            for line in flats
            if _meets_two(line, uprights, reach) or _runs_between(line, uprights, reach)
        ]
        kept_uprights = [line for line in uprights if _meets_two(line, kept_flats, reach)]
        if len(kept_flats) == len(flats) and len(kept_uprights) == len(uprights):
            return Lattice(tuple(sorted(flats)), tuple(sorted(uprights)), reach)
        flats, uprights = kept_flats, kept_uprights


def _meets_two(line: Segment, others: list[Segment], reach: Reach) -> bool:
    """Tell whether a ruling meets crossing ones at two places (an underline meets one at the most)."""
    places = [other.position for other in others if _crosses(line, other, reach.touch)]
    return bool(places) and max(places) - min(places) > reach.snap


def _missing_borders(along: list[Segment], across: list[Segment], reach: Reach) -> list[Segment]:
    """Return the borders to add where rulings `along` end open at the outer edge of their set.

    The border may be there for a part of the table only, so it is drawn between all that reach the edge.
    """
    borders: list[Segment] = []
    for sign in (-1, 1):
        ends = [(sign * (line.end if sign > 0 else line.start), line) for line in along]
        edge = max(*(end for end, _ in ends), *(sign * line.position for line in across))
        reaching = [line for end, line in ends if edge - end <= reach.join]
        places = [line.position for line in reaching]
        if len(places) > 1 and any(_is_open(line, sign * edge, across, reach) for line in reaching):
            borders.append(Segment(sign * edge, min(places), max(places)))
    return borders


def _is_open(line: Segment, edge: float, across: list[Segment], reach: Reach) -> bool:
    """Tell whether no crossing ruling meets a ruling at its end, though one does further in."""
    gaps = [abs(edge - other.position) for other in across if _crosses(other, line, reach.touch)]
    return bool(gaps) and min(gaps) > reach.poke
