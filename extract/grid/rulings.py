"""Turns the rulings of a page into connected sets of merged rulings, each a candidate grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from extract.errors import not_readable
from extract.grid.chars import Flags, Floats, Ints
from extract.grid.groups import grouped
from extract.grid.settings import PRINTED_RULINGS, Reach
from extract.settings import LIMITS


class Segment(NamedTuple):
    """A straight ruling: `position` across its direction (y of a horizontal one), `start` to `end` along it."""

    position: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Its length."""
        return self.end - self.start


PAGE = Reach.load("extract")


class Lattice(NamedTuple):
    """Rulings that are connected; the vertical ones sorted by x, the horizontal ones by y."""

    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
    reach: Reach = PAGE


def reach_of(print_size: float) -> Reach:
    """Return the reach of a page whose smaller print has this size in points.

    What is too narrow for a letter is not a row or column: the two edges of a stroke, double borders, the gap between
    separate boxes.
    """
    size = min(print_size, PRINTED_RULINGS.largest)
    room = PRINTED_RULINGS.room * size
    return Reach(
        snap=room,
        join=max(room, min(PRINTED_RULINGS.gap * print_size, PRINTED_RULINGS.longest_gap)),
        touch=room,
        shortest=min(PAGE.shortest, room),
        poke=room * PRINTED_RULINGS.poke,
        strip=PRINTED_RULINGS.strip * size,
        dashes=PRINTED_RULINGS.fewest_dashes,
    )


def merge(segments: Iterable[Segment], reach: Reach = PAGE) -> list[Segment]:
    """Return the segments; collinear ones that touch, overlap or are side by side become one.

    Sorted by position, then start. A merged position is the mean weighted by length. Merging what has
    been merged changes nothing.
    """
    return sorted(_merged(segments, reach))


def _merged(segments: Iterable[Segment], reach: Reach) -> dict[Segment, list[Segment]]:
    """Return what `merge` does, each merged segment with those that it is made of."""
    groups = grouped(sorted(segments), lambda group, line: line.position - group[0].position <= reach.snap)
    return {line: parts for group in groups for line, parts in _joined(group, reach)}


def _joined(group: list[Segment], reach: Reach) -> Iterator[tuple[Segment, list[Segment]]]:
    weight = sum(end - start for _, start, end in group)
    weighted = sum(at * (end - start) for at, start, end in group)
    position = weighted / weight if weight > 0 else group[0].position
    spans: list[list[float]] = []
    gaps: list[list[float]] = []
    parts: list[list[Segment]] = []
    for line in sorted(group, key=lambda line: line[1:]):
        if spans and (gap := line.start - spans[-1][1]) <= reach.join:
            if gap > 0:
                gaps[-1].append(gap)
            spans[-1][1] = max(spans[-1][1], line.end)
            parts[-1].append(line)
        else:
            spans.append([line.start, line.end])
            gaps.append([])
            parts.append([line])
    of_dashes = [gap for own in gaps for gap in own if gap > PRINTED_RULINGS.joint]
    more = min(2 * max(of_dashes), reach.join) if 0 < reach.dashes <= len(of_dashes) else 0.0
    for (start, end), own, made_of in zip(spans, gaps, parts, strict=True):
        if end - start >= reach.shortest:
            reaching = more if own else 0.0
            yield Segment(position, start - reaching, end + reaching), made_of


def lattices(
    horizontal: Iterable[Segment], vertical: Iterable[Segment], reach: Reach = PAGE
) -> list[Lattice]:
    """Return the connected sets of rulings with two or more of each direction; raises `PageNotReadableError` for too many.

    Those of a set are merged anew among themselves: where the edges of another table on the page are says nothing of it.
    """
    across, down = _merged(horizontal, reach), _merged(vertical, reach)
    if max(len(across), len(down)) > LIMITS.rulings:
        raise not_readable("too-many-rulings")
    sets = [
        Lattice(_of_its_own(part.horizontal, across, reach), _of_its_own(part.vertical, down, reach), reach)
        for part in _connected(sorted(across), sorted(down), reach)
    ]
    found = (_closed(part) for part in _with_loose(sets, reach))
    return [part for part in found if len(part.horizontal) > 1 and len(part.vertical) > 1]


def _of_its_own(
    lines: Sequence[Segment], made_of: Mapping[Segment, Sequence[Segment]], reach: Reach
) -> tuple[Segment, ...]:
    return tuple(merge((part for line in lines for part in made_of[line]), reach))


def regions(count: int, one: Ints, other: Ints) -> Ints:
    """Return the number of the connected region of each of `count` things, of which `one` (N) touch `other` (N)."""
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(count, count))
    _, labels = connected_components(links, directed=False)
    return np.asarray(labels, dtype=np.int64)


def as_rows(lines: Sequence[Segment]) -> Floats:
    """Return segments as an array, N x 3: position, start, end."""
    return np.array(lines, dtype=np.float64).reshape(-1, 3)


def _crossing(across: Sequence[Segment], down: Sequence[Segment], touch: float) -> Flags:
    """Tell which horizontal rulings (rows) meet which vertical ones (columns)."""
    rows, columns = as_rows(across)[:, None], as_rows(down)[None]
    in_width = (rows[..., 1] - touch <= columns[..., 0]) & (columns[..., 0] <= rows[..., 2] + touch)
    in_height = (columns[..., 1] - touch <= rows[..., 0]) & (rows[..., 0] <= columns[..., 2] + touch)
    return np.asarray(in_width & in_height)


def _connected(across: list[Segment], down: list[Segment], reach: Reach) -> list[Lattice]:
    one, other = np.nonzero(_crossing(across, down, reach.touch))
    pairs = list(_parallel(down, set(other.tolist()), reach))
    lone, like = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ends = (np.concatenate([one, lone + len(across)]), np.concatenate([other, like]) + len(across))
    sets: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for node, label in enumerate(regions(len(across) + len(down), *ends).tolist()):
        horizontal, vertical = sets.setdefault(label, ([], []))
        if node < len(across):
            horizontal.append(across[node])
        else:
            vertical.append(down[node - len(across)])
    return [Lattice(tuple(horizontal), tuple(vertical), reach) for horizontal, vertical in sets.values()]


def _with_loose(parts: list[Lattice], reach: Reach) -> Iterator[Lattice]:
    """Yield the sets, each with the horizontal rulings that meet no vertical one but run from one of its columns to another.

    A table without vertical rulings in its body has such rulings between cells that are merged over its rows.
    """
    loose = [line for part in parts if not part.vertical for line in part.horizontal]
    for part in parts:
        if not part.vertical:
            continue
        top, bottom = min(line.start for line in part.vertical), max(line.end for line in part.vertical)
        own = [line for line in loose if top <= line.position <= bottom]
        found = _chosen(own, _run_between(own, part.vertical, reach))
        yield part._replace(horizontal=tuple(sorted((*part.horizontal, *found)))) if found else part


def _chosen(lines: Sequence[Segment], flags: Flags) -> list[Segment]:
    return [line for line, flag in zip(lines, flags.tolist(), strict=True) if flag]


def _run_between(lines: Sequence[Segment], others: Sequence[Segment], reach: Reach) -> Flags:
    """Tell which rulings begin and end at the places of two crossing ones, whether they are drawn there or not."""
    if not others:
        return np.zeros(len(lines), dtype=np.bool_)
    places, ends = as_rows(others)[:, 0], as_rows(lines)[:, 1:]
    nearest = places[np.abs(ends[:, :, None] - places).argmin(axis=2)]
    near = (np.abs(nearest - ends) <= reach.touch).all(axis=1)
    return np.asarray(near & (nearest[:, 1] - nearest[:, 0] > reach.snap))


def _parallel(vertical: list[Segment], crossing: set[int], reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield the vertical rulings that cross none, each with one of the `crossing` that has the same two ends.

    The outer border of a table without an upper and a lower one is connected to nothing where the cells beside it are
    merged over all rows.
    """
    for lone in set(range(len(vertical))) - crossing:
        for other in crossing:
            starts, ends = (abs(a - b) for a, b in zip(vertical[lone][1:], vertical[other][1:], strict=True))
            if max(starts, ends) <= reach.join:
                yield lone, other
                break


def _closed(part: Lattice) -> Lattice:
    """Add the borders that are missing at open ends, and drop rulings that bound nothing.

    A table cut by a page break may lack its lower or upper border, or a part of it: rulings then run on
    past the last crossing one and end together.
    """
    if not part.horizontal or not part.vertical:
        return part
    across, down, reach = list(part.horizontal), list(part.vertical), part.reach
    across += _missing_borders(down, across, reach, lone_open=True)
    down += _missing_borders(across, down, reach, lone_open=False)
    while True:
        meet = _crossing(across, down, reach.touch)
        kept = _meet_two(meet, down, reach) | _run_between(across, down, reach)
        across = _chosen(across, kept)
        kept_down = _meet_two(meet[kept].T, across, reach)
        down = _chosen(down, kept_down)
        if kept.all() and kept_down.all():
            return Lattice(tuple(sorted(across)), tuple(sorted(down)), reach)


def _meet_two(meet: Flags, others: Sequence[Segment], reach: Reach) -> Flags:
    """Tell which rulings meet crossing ones at two places (an underline meets one at most)."""
    places = as_rows(others)[:, 0]
    first = np.where(meet, places, np.inf).min(axis=1, initial=np.inf)
    last = np.where(meet, places, -np.inf).max(axis=1, initial=-np.inf)
    return np.asarray(last - first > reach.snap)


def _missing_borders(
    along: list[Segment], across: list[Segment], reach: Reach, *, lone_open: bool
) -> list[Segment]:
    """Return the borders to add where rulings `along` end open at the outer edge: each between all that reach the edge.

    Beside rulings that are a grid, more than a frame, one that meets none is open at both ends, where `lone_open` says
    so: only `_parallel` brings such uprights.
    """
    borders: list[Segment] = []
    lines, crossing = as_rows(along), as_rows(across)[:, 0]
    meet = _crossing(along, across, reach.touch)
    one, other = (int((meet.sum(axis=axis) > 1).sum()) for axis in (0, 1))
    lone_open = lone_open and (one - 1) * (other - 1) > 1
    for sign, ends in ((-1, lines[:, 1]), (1, lines[:, 2])):
        edge = sign * max((sign * ends).max(), (sign * crossing).max())
        reaching = sign * (edge - ends) <= reach.join
        # A ruling is open where no crossing one meets its end, though one does further in.
        beyond = np.where(meet, np.abs(edge - crossing), np.inf).min(axis=1)
        is_open = (meet.any(axis=1) | lone_open) & (beyond > reach.poke)
        places = lines[reaching, 0].tolist()
        if len(places) > 1 and (reaching & is_open).any():
            borders.append(Segment(float(edge), min(places), max(places)))
    return borders
