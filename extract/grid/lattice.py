"""Turns a lattice of rulings into column edges, row edges and rectangular cells with their spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from extract.grid.chars import BOTTOM, TOP, X0, X1, Chars, Flags, Floats, Ints
from extract.grid.rulings import Lattice, Reach, Segment

COVERED = 0.75  # share of an elementary side that a ruling must cover to part two boxes
LONE_ROW_COLUMNS = 4  # a table's single row on a continuation page counts from this many columns on
FEWEST_CELLS = 3  # a table of two rows and two columns has at most one span
FEWEST_OF_ANY = 2  # cells of a table of any kind; a single one is a frame around text
NARROW = 0.7  # of a row's height: a column of narrow signs is no narrower
RULED = 0.5  # of the height of a grid: an edge of columns that is drawn along less of it has no ruling in the body
# Of the share of level rulings that is drawn: a body without upright ones has only those of its head.
FEW_UPRIGHT = 0.5
HALF_STROKE = 0.75  # points; half of a thin ruling and the blur of its edge
MAX_BOXES = 250_000  # elementary boxes of one grid


class Span(NamedTuple):
    """A cell's first row and column and its number of rows and columns."""

    row: int
    column: int
    rows: int
    columns: int


class Shape(NamedTuple):
    """A grid without its text: edges in points, spans in row-major order.

    `irregular` counts regions that are no rectangle (a stretch of ruling is missing) and were split. `border` is
    how far, in points, a ruling may reach into a cell from the cell's edge. `unruled` are those of the column edges
    along which hardly any ruling is drawn: the body has no upright rulings there.
    """

    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    spans: tuple[Span, ...]
    irregular: int
    border: float = 1.5
    unruled: tuple[float, ...] = ()

    def box(self, span: Span) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom of a cell between the middles of its rulings."""
        return (
            self.column_edges[span.column],
            self.row_edges[span.row],
            self.column_edges[span.column + span.columns],
            self.row_edges[span.row + span.rows],
        )


def shape_of(lattice: Lattice, chars: Chars | None = None) -> Shape | None:
    """Return the grid a lattice draws, or `None` where it is only a frame.

    Any two cells that a ruling parts are a grid. Empty rows and columns stay. What lies open at the end of a page, as a
    cell that goes on there, is a cell of the grid where any of the `chars` stand in it, and else a notch beside it.
    """
    reach = lattice.reach
    xs = _trimmed(_edges((line.position for line in lattice.vertical), reach.snap), NARROW * reach.strip)
    ys = _trimmed(_edges((line.position for line in lattice.horizontal), reach.snap), reach.strip)
    columns, rows = len(xs) - 1, len(ys) - 1
    if not _is_grid(rows, columns):
        return None
    across = _drawn(lattice.horizontal, ys, xs, reach)
    upright = _drawn(lattice.vertical, xs, ys, reach)
    parting_rows, parting_columns = _parting(across), _parting(upright)
    if len(parting_rows) < len(ys) or len(parting_columns) < len(xs):
        xs, ys = tuple(xs[n] for n in parting_columns), tuple(ys[n] for n in parting_rows)
        columns, rows = len(xs) - 1, len(ys) - 1
        if not _is_grid(rows, columns):
            return None
        across = _drawn(lattice.horizontal, ys, xs, reach)
        upright = _drawn(lattice.vertical, xs, ys, reach)
    unruled = tuple(np.array(xs)[_lengths(upright, ys) < RULED * (ys[-1] - ys[0])].tolist())
    _complete(xs, ys, across, upright)
    spans: list[Span] = []
    irregular = 0
    for parts in _regions(across, upright, _held(xs, ys, chars)):
        irregular += len(parts) > 1
        spans += parts
    if len(spans) < FEWEST_OF_ANY:
        return None
    return Shape(xs, ys, tuple(sorted(spans)), irregular, reach.snap / 2 + HALF_STROKE, unruled)


def is_large(shape: Shape) -> bool:
    """Tell whether a grid can be a plan's table.

    It has at least two rows and two columns with three cells, or a single row of four columns or more: the rest of a
    table on a continuation page.
    """
    rows, columns = len(shape.row_edges) - 1, len(shape.column_edges) - 1
    large = (rows > 1 and columns > 1) or (rows == 1 and columns >= LONE_ROW_COLUMNS)
    return large and len(shape.spans) >= FEWEST_CELLS


def _is_grid(rows: int, columns: int) -> bool:
    return FEWEST_OF_ANY <= rows * columns <= MAX_BOXES


def _edges(positions: Iterable[float], snap: float) -> tuple[float, ...]:
    """Return the distinct positions; those closer than the tolerance are one."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][-1] <= snap:
            groups[-1].append(position)
        else:
            groups.append([position])
    return tuple(sum(group) / len(group) for group in groups)


def _trimmed(edges: tuple[float, ...], strip: float) -> tuple[float, ...]:
    """Leave out an outermost edge that bounds only a strip."""
    if len(edges) > 2 and edges[1] - edges[0] < strip:
        edges = edges[1:]
    if len(edges) > 2 and edges[-1] - edges[-2] < strip:
        edges = edges[:-1]
    return edges


def _drawn(
    lines: Sequence[Segment], edges: tuple[float, ...], marks: tuple[float, ...], reach: Reach
) -> Flags:
    """Tell for each edge (rows) and each interval between marks (columns) whether a ruling is drawn there."""
    places = np.array(lines, dtype=np.float64).reshape(-1, 3)
    nearest = np.abs(np.array(edges) - places[:, :1]).argmin(axis=1)
    low, high = np.array(marks[:-1]), np.array(marks[1:])
    overlap = np.minimum(high, places[:, 2:] + reach.touch) - np.maximum(low, places[:, 1:2] - reach.touch)
    drawn = np.zeros((len(edges), len(marks) - 1), dtype=np.bool_)
    np.logical_or.at(drawn, nearest, overlap >= COVERED * (high - low))
    return drawn


def _parting(drawn: Flags) -> list[int]:
    """Return the edges that part boxes somewhere, and the two outer ones."""
    last = len(drawn) - 1
    return [n for n, parts in enumerate(np.any(drawn, axis=1).tolist()) if parts or n in {0, last}]


def _complete(xs: tuple[float, ...], ys: tuple[float, ...], across: Flags, upright: Flags) -> None:
    """Draw the upright sides that a level ruling implies where it ends inside the grid: a cell begins there.

    It ends at a side that goes on above and below it, or at none, where upright rulings are left out. Where one is
    drawn on one side only, it goes on if most of the grid's level rulings are drawn and few of its upright ones.
    """
    few = _share(upright, ys) < FEW_UPRIGHT * _share(across, xs)
    ruled = (
        across[:, :-1] | across[:, 1:]
    )  # at each crossing inside the grid, whether a level ruling meets it
    while True:
        above, below = upright[1:-1, :-1].T, upright[1:-1, 1:].T
        open_sides = ~(above & below) if few else ~(above | below)
        ends = np.argwhere((across[1:-1, :-1] != across[1:-1, 1:]) & open_sides)
        if not len(ends):
            return
        for row, column in ends.tolist():
            first, last = row, row + 1
            while first and not ruled[first, column]:
                first -= 1
            while last + 2 < len(ys) and not ruled[last + 1, column]:
                last += 1
            upright[column + 1, first : last + 1] = True


def _share(drawn: Flags, marks: tuple[float, ...]) -> float:
    """Return how much is drawn of the edges inside a grid, by their length; 1 where there are none."""
    return (
        float((_lengths(drawn[1:-1], marks) / (marks[-1] - marks[0])).mean())
        if len(drawn) > FEWEST_OF_ANY
        else 1.0
    )


def _lengths(drawn: Flags, marks: tuple[float, ...]) -> Floats:
    """Return how much of each edge is drawn, in points."""
    lengths: Floats = (drawn * np.diff(marks)).sum(axis=1)
    return lengths


def _held(xs: tuple[float, ...], ys: tuple[float, ...], chars: Chars | None) -> Flags:
    """Tell in which elementary boxes (rows x columns) a printed character stands."""
    held = np.zeros((len(ys) - 1, len(xs) - 1), dtype=np.bool_)
    if chars is None:
        return held
    own = chars.places[chars.printed]
    columns = np.searchsorted(xs, (own[:, X0] + own[:, X1]) / 2, side="right") - 1
    rows = np.searchsorted(ys, (own[:, TOP] + own[:, BOTTOM]) / 2, side="right") - 1
    inside = (columns >= 0) & (columns < held.shape[1]) & (rows >= 0) & (rows < held.shape[0])
    held[rows[inside], columns[inside]] = True
    return held


def _regions(across: Flags, upright: Flags, held: Flags) -> Iterator[Sequence[Span]]:
    """Yield the cells of each region of elementary boxes that no ruling parts: one, or its rectangles.

    The regions come in row-major order of their first box; notches beside a table that is no rectangle are left out,
    those at its foot only where no text is `held` by them.
    """
    labels = _labels(across, upright)
    columns = labels.shape[1]
    outside = _outside(labels, across, upright)
    outside[np.intersect1d(labels[-1], labels[held])] = False
    order = np.argsort(labels, axis=None, kind="stable")
    starts = np.searchsorted(labels.ravel()[order], np.arange(labels.max() + 1))
    for boxes in sorted(np.split(order, starts[1:]), key=lambda own: int(own[0])):
        if outside[labels.flat[boxes[0]]]:
            continue
        y, x = boxes // columns, boxes % columns
        span = Span(int(y[0]), int(x.min()), int(y[-1] - y[0]) + 1, int(x.max() - x.min()) + 1)
        whole = len(boxes) == span.rows * span.columns
        yield [span] if whole else list(_rectangles(set(zip(y.tolist(), x.tolist(), strict=True))))


def _labels(across: Flags, upright: Flags) -> Ints:
    """Return the number of the region of each elementary box (rows x columns)."""
    rows, columns = len(across) - 1, len(upright) - 1
    numbers = np.arange(rows * columns).reshape(rows, columns)
    down, aside = ~across[1:-1], ~upright[1:-1].T
    one = np.concatenate([numbers[:-1][down], numbers[:, :-1][aside]])
    other = np.concatenate([numbers[1:][down], numbers[:, 1:][aside]])
    links = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(numbers.size, numbers.size))
    _, labels = connected_components(links, directed=False)
    found: Ints = labels.astype(np.int64).reshape(rows, columns)
    return found


def _outside(labels: Ints, across: Flags, upright: Flags) -> Flags:
    """Tell of each region whether it is the notch beside a table that is no rectangle.

    A notch lies open to two sides; a cell whose outer border is missing lies open to one.
    """
    sides = np.zeros((labels.max() + 1, 4), dtype=np.bool_)
    sides[labels[0][~across[0]], 0] = True
    sides[labels[-1][~across[-1]], 1] = True
    sides[labels[:, 0][~upright[0]], 2] = True
    sides[labels[:, -1][~upright[-1]], 3] = True
    outside: Flags = sides.sum(axis=1) > 1
    return outside


def _rectangles(region: set[tuple[int, int]]) -> Iterator[Span]:
    """Split a region into rectangles, each as wide, then as high, as it can be from the top left on."""
    left = set(region)
    while left:
        row, column = min(left)
        columns = 1
        while (row, column + columns) in left:
            columns += 1
        rows = 1
        while all((row + rows, column + index) in left for index in range(columns)):
            rows += 1
        left -= {(row + y, column + x) for y in range(rows) for x in range(columns)}
        yield Span(row, column, rows, columns)
