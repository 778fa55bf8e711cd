"""Turns the rulings of a page into connected sets of merged rulings, each a candidate grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from extract.errors import PageNotReadableError
from extract.grid.chars import Flags

SNAP = 2.0  # points; rulings closer than this are one (double borders, the two edges of adjoining boxes)
JOIN = 3.0  # points; a gap along a ruling up to this is no gap (dashes, the joints of bordered paragraphs)
TOUCH = 2.5  # points; a ruling that ends this close to another one meets it
SHORTEST = 3.0  # points; shorter rulings are the joints of other ones
POKE = 4.0  # points; a ruling that runs on for more than this past the last crossing one has an open end
GAP, LONGEST_GAP = (
    0.6,
    5.0,
)  # of that size, points: pieces of a ruling too short to be seen as edges may lie between
JOINT = 1.0  # points; a smaller gap is that of two boxes that abut, not one between dashes
FEWEST_DASHES = 4  # gaps; fewer are those at crossings
STRIP = 0.9  # of that size: a row of text is higher
ROOM = 0.4  # of the size of a page's smaller print: a strip narrower than this holds no letter, so it is one ruling
MAX_RULINGS = 4_000  # merged rulings of one direction on one page


Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


class Segment(NamedTuple):
    """A straight ruling: `position` across its direction (y of a horizontal one), `start` to `end` along it."""

    position: float
    start: float
    end: float


class Reach(NamedTuple):
    """How far rulings may lie apart, in points: see the constants of the same names.

    Rulings in one line with at least `dashes` gaps in all (0: none is) are dashed: each piece of them that has a gap may
    end two gaps before the ruling that it meets: a dash that would be cut at a crossing is not drawn.
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
    of_dashes = [gap for own in gaps for gap in own if gap > JOINT]
    more = min(2 * max(of_dashes), reach.join) if 0 < reach.dashes <= len(of_dashes) else 0.0
    return [
        Segment(position, start - (more if own else 0.0), end + (more if own else 0.0))
        for (start, end), own in zip(spans, gaps, strict=True)
        if end - start >= reach.shortest
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


def _crossing(flat: Sequence[Segment], upright: Sequence[Segment], touch: float) -> Flags:
    """Tell which horizontal rulings (rows) meet which vertical ones (columns)."""
    flats = np.array(flat, dtype=np.float64).reshape(-1, 1, 3)
    uprights = np.array(upright, dtype=np.float64).reshape(1, -1, 3)
    across = (flats[..., 1] - touch <= uprights[..., 0]) & (uprights[..., 0] <= flats[..., 2] + touch)
    along = (uprights[..., 1] - touch <= flats[..., 0]) & (flats[..., 0] <= uprights[..., 2] + touch)
    crossing: Flags = across & along
    return crossing


def _connected(flat: list[Segment], upright: list[Segment], reach: Reach) -> list[Lattice]:
    """Part the rulings into sets in which each can be reached from each over crossings."""
    meet = _crossing(flat, upright, reach.touch)
    one, other = np.nonzero(meet)
    pairs = list(_parallel(upright, set(other.tolist()), reach))
    lone, like = np.array(pairs, dtype=np.int64).reshape(-1, 2).T + len(flat)
    count = len(flat) + len(upright)
    ends = (np.concatenate([one, lone]), np.concatenate([other + len(flat), like]))
    links = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(count, count))
    _, labels = connected_components(links, directed=False)
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for node, (segment, label) in enumerate(zip(flat + upright, labels.tolist(), strict=True)):
        part = sets.setdefault(label, ([], []))
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
        own = [line for line in loose if top <= line.position <= bottom]
        between = _run_between(own, part.vertical, reach).tolist()
        found = (line for line, runs in zip(own, between, strict=True) if runs)
        yield part._replace(horizontal=tuple(sorted((*part.horizontal, *found)))) if any(between) else part


def _run_between(lines: Sequence[Segment], others: Sequence[Segment], reach: Reach) -> Flags:
    """Tell which rulings begin and end at the places of two crossing ones, whether they are drawn there or not."""
    if not others:
        return np.zeros(len(lines), dtype=np.bool_)
    places = np.array([other.position for other in others])
    ends = np.array([line[1:] for line in lines], dtype=np.float64).reshape(-1, 2)
    nearest = places[np.abs(ends[:, :, None] - places).argmin(axis=2)]
    near = (np.abs(nearest - ends) <= reach.touch).all(axis=1)
    between: Flags = near & (nearest[:, 1] - nearest[:, 0] > reach.snap)
    return between


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
    meet = _crossing(flats, uprights, reach.touch)
    while True:
        kept_flats = _meet_two(meet, uprights, reach) | _run_between(flats, uprights, reach)
        kept_uprights = _meet_two(meet[kept_flats].T, [flats[n] for n in np.flatnonzero(kept_flats)], reach)
        if kept_flats.all() and kept_uprights.all():
            return Lattice(tuple(sorted(flats)), tuple(sorted(uprights)), reach)
        flats = [line for line, kept in zip(flats, kept_flats, strict=True) if kept]
        uprights = [line for line, kept in zip(uprights, kept_uprights, strict=True) if kept]
        meet = meet[kept_flats][:, kept_uprights]


def _meet_two(meet: Flags, others: Sequence[Segment], reach: Reach) -> Flags:
    """Tell which rulings meet crossing ones at two places (an underline meets one at the most)."""
    places = np.array([other.position for other in others])
    first = np.where(meet, places, np.inf).min(axis=1, initial=np.inf)
    last = np.where(meet, places, -np.inf).max(axis=1, initial=-np.inf)
    two: Flags = last - first > reach.snap
    return two


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
    meet = _crossing(across, [line], reach.touch)[:, 0]
    gaps = [abs(edge - other.position) for other, met in zip(across, meet, strict=True) if met]
    return bool(gaps) and min(gaps) > reach.poke
