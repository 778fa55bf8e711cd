"""Turns a lattice of rulings into column edges, row edges and rectangular cells with their spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import Box, middles
from extract.grid.chars import Chars, Flags, Floats, Ints
from extract.grid.groups import grouped
from extract.grid.rulings import Lattice, Segment, as_rows, regions
from extract.grid.settings import SHAPES, Reach
from extract.settings import LIMITS

FEWEST_OF_ANY = 2  # cells of a table of any kind; a single one is a frame around text


class Span(NamedTuple):
    """A cell's first row and column and its number of rows and columns."""

    row: int
    column: int
    rows: int
    columns: int

    def transposed(self) -> Span:
        """Return the cell with rows and columns exchanged."""
        return Span(self.column, self.row, self.columns, self.rows)


class Shape(NamedTuple):
    """A grid without its text: edges in points, spans in row-major order.

    `irregular` counts regions that are not rectangles (a stretch of ruling is missing) and were split. `border` is
    how far, in points, a ruling may reach into a cell from the cell's edge. `unruled` are the column edges
    along which hardly any ruling is drawn: the body has no vertical rulings there.
    """

    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    spans: tuple[Span, ...]
    irregular: int
    border: float = SHAPES.border
    unruled: tuple[float, ...] = ()

    @property
    def rows(self) -> int:
        """The number of its rows."""
        return len(self.row_edges) - 1

    @property
    def columns(self) -> int:
        """The number of its columns."""
        return len(self.column_edges) - 1

    @property
    def bounds(self) -> Box:
        """The box around it."""
        return Box(self.column_edges[0], self.row_edges[0], self.column_edges[-1], self.row_edges[-1])

    def box(self, span: Span) -> Box:
        """Return the box of a cell between the middles of its rulings."""
        xs, ys = self.column_edges, self.row_edges
        return Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows])

    def owners(self) -> Ints:
        """Return the index of the cell that covers each elementary box (rows x columns), -1 where none does."""
        owner = np.full((self.rows, self.columns), -1, dtype=np.int64)
        for number, (row, column, rows, columns) in enumerate(self.spans):
            owner[row : row + rows, column : column + columns] = number
        return owner


def shape_of(lattice: Lattice, chars: Chars | None = None) -> Shape | None:
    """Return the grid a lattice draws, or `None` where it is only a frame.

    Any two cells that a ruling separates are a grid. Empty rows and columns stay. What is open at the end of a page,
    as a cell that goes on there, is a cell of the grid if it holds any of the `chars`, and else a notch beside it.
    """
    reach = lattice.reach
    narrowest = SHAPES.narrow * reach.strip
    xs = _trimmed(_edges((line.position for line in lattice.vertical), reach.snap), narrowest)
    ys = _trimmed(_edges((line.position for line in lattice.horizontal), reach.snap), reach.strip)
    xs = _bounding(xs, lattice.vertical, ys, reach)
    ys = _bounding(ys, lattice.horizontal, xs, reach)
    if not _is_grid(xs, ys):
        return None
    across, down = _sides(lattice, xs, ys)
    separating = _separating(xs, down), _separating(ys, across)
    if separating != (xs, ys):
        xs, ys = separating
        if not _is_grid(xs, ys):
            return None
        across, down = _sides(lattice, xs, ys)
    unruled = tuple(np.array(xs)[_lengths(down, ys) < SHAPES.ruled * (ys[-1] - ys[0])].tolist())
    _complete(xs, ys, across, down)
    spans: list[Span] = []
    irregular = 0
    for parts in _regions(across, down, _held(xs, ys, chars)):
        irregular += len(parts) > 1
        spans += parts
    if len(spans) < FEWEST_OF_ANY:
        return None
    return Shape(xs, ys, tuple(sorted(spans)), irregular, border_of(reach), unruled)


def border_of(reach: Reach) -> float:
    """Return how far a ruling may reach into a cell, in points."""
    return reach.snap / 2 + SHAPES.half_stroke


def is_large(shape: Shape) -> bool:
    """Tell whether a grid can be a plan's table, or the rest of one on a continuation page: a single row of some columns."""
    large = (shape.rows > 1 and shape.columns > 1) or (
        shape.rows == 1 and shape.columns >= SHAPES.lone_row_columns
    )
    return large and len(shape.spans) >= SHAPES.fewest_cells


def _is_grid(xs: tuple[float, ...], ys: tuple[float, ...]) -> bool:
    return FEWEST_OF_ANY <= (len(xs) - 1) * (len(ys) - 1) <= LIMITS.grid_boxes


def _edges(positions: Iterable[float], snap: float) -> tuple[float, ...]:
    groups = grouped(sorted(positions), lambda group, position: position - group[-1] <= snap)
    return tuple(sum(group) / len(group) for group in groups)


def _trimmed(edges: tuple[float, ...], strip: float) -> tuple[float, ...]:
    if len(edges) > 2 and edges[1] - edges[0] < strip:
        edges = edges[1:]
    if len(edges) > 2 and edges[-1] - edges[-2] < strip:
        edges = edges[:-1]
    return edges


def _bounding(
    edges: tuple[float, ...], lines: Sequence[Segment], marks: tuple[float, ...], reach: Reach
) -> tuple[float, ...]:
    """Leave out outermost edges of which no ruling runs between the outer marks: the ends of a thick rule at its foot."""
    places = as_rows(lines)
    inside = np.minimum(places[:, 2], marks[-1]) - np.maximum(places[:, 1], marks[0]) > reach.touch
    nearest = np.abs(np.array(edges) - places[inside, :1]).argmin(axis=1)
    return edges[nearest.min() : nearest.max() + 1] if len(nearest) else edges


def _sides(lattice: Lattice, xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[Flags, Flags]:
    """Tell which horizontal and which vertical sides of elementary boxes are drawn, see `_drawn`."""
    return _drawn(lattice.horizontal, ys, xs, lattice.reach), _drawn(lattice.vertical, xs, ys, lattice.reach)


def _drawn(
    lines: Sequence[Segment], edges: tuple[float, ...], marks: tuple[float, ...], reach: Reach
) -> Flags:
    """Tell for each edge (rows) and each interval between marks (columns) whether a ruling is drawn there."""
    places = as_rows(lines)
    nearest = np.abs(np.array(edges) - places[:, :1]).argmin(axis=1)
    low, high = np.array(marks[:-1]), np.array(marks[1:])
    overlap = np.minimum(high, places[:, 2:] + reach.touch) - np.maximum(low, places[:, 1:2] - reach.touch)
    drawn = np.zeros((len(edges), len(marks) - 1), dtype=np.bool_)
    np.logical_or.at(drawn, nearest, overlap >= SHAPES.covered * (high - low))
    return drawn


def _separating(edges: tuple[float, ...], drawn: Flags) -> tuple[float, ...]:
    kept = np.asarray(drawn.any(axis=1))
    kept[[0, -1]] = True
    return tuple(edge for edge, keep in zip(edges, kept.tolist(), strict=True) if keep)


def _complete(xs: tuple[float, ...], ys: tuple[float, ...], across: Flags, down: Flags) -> None:
    """Draw the vertical sides that a horizontal ruling implies where it ends inside the grid: a cell begins there.

    It ends at a side that goes on above and below it, or at none, where vertical rulings are left out. Where one is
    drawn on one side only, it goes on if most of the grid's horizontal rulings are drawn and few of its vertical ones.
    """
    few = _share(down, ys) < SHAPES.few_vertical * _share(across, xs)
    # At each crossing inside the grid, whether a horizontal ruling meets it.
    ruled = across[:, :-1] | across[:, 1:]
    while True:
        above, below = down[1:-1, :-1].T, down[1:-1, 1:].T
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
            down[column + 1, first : last + 1] = True


def _share(drawn: Flags, marks: tuple[float, ...]) -> float:
    """Return how much is drawn of the edges inside a grid, by their length; 1 where there are none."""
    shares = _lengths(drawn[1:-1], marks) / (marks[-1] - marks[0])
    return float(shares.mean()) if len(shares) else 1.0


def _lengths(drawn: Flags, marks: tuple[float, ...]) -> Floats:
    return np.asarray((drawn * np.diff(marks)).sum(axis=1))


def _held(xs: tuple[float, ...], ys: tuple[float, ...], chars: Chars | None) -> Flags:
    held = np.zeros((len(ys) - 1, len(xs) - 1), dtype=np.bool_)
    if chars is None:
        return held
    x, y = middles(chars.boxes[chars.printed])
    columns, rows = np.searchsorted(xs, x, side="right") - 1, np.searchsorted(ys, y, side="right") - 1
    inside = (columns >= 0) & (columns < held.shape[1]) & (rows >= 0) & (rows < held.shape[0])
    held[rows[inside], columns[inside]] = True
    return held


def _regions(across: Flags, down: Flags, held: Flags) -> Iterator[Sequence[Span]]:
    """Yield the cells of each region of elementary boxes that no ruling separates: one, or its rectangles.

    The regions come in row-major order of their first box; notches beside a table that is not a rectangle are left
    out, those at its foot only where no text is `held` by them.
    """
    labels = _labels(across, down)
    columns = labels.shape[1]
    outside = _outside(labels, across, down)
    outside[np.intersect1d(labels[-1], labels[held])] = False
    order = np.argsort(labels, axis=None, kind="stable")
    sizes = np.bincount(labels.ravel())
    ends = np.cumsum(sizes)
    starts = ends - sizes
    y, x = order // columns, order % columns
    left, right = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts) + 1
    top, bottom = y[starts], y[ends - 1] + 1
    is_whole = sizes == (bottom - top) * (right - left)
    spans = np.stack([top, left, bottom - top, right - left], axis=1).tolist()
    in_order = np.argsort(order[starts])
    for region in in_order[~outside[in_order]].tolist():
        if is_whole[region]:
            yield [Span._make(spans[region])]
        else:
            own = slice(starts[region], ends[region])
            yield list(_rectangles(set(zip(y[own].tolist(), x[own].tolist(), strict=True))))


def _labels(across: Flags, down: Flags) -> Ints:
    """Return the number of the region of each elementary box (rows x columns)."""
    rows, columns = len(across) - 1, len(down) - 1
    numbers = np.arange(rows * columns).reshape(rows, columns)
    to_below, to_right = ~across[1:-1], ~down[1:-1].T
    one = np.concatenate([numbers[:-1][to_below], numbers[:, :-1][to_right]])
    other = np.concatenate([numbers[1:][to_below], numbers[:, 1:][to_right]])
    return regions(numbers.size, one, other).reshape(rows, columns)


def _outside(labels: Ints, across: Flags, down: Flags) -> Flags:
    """Tell which regions are notches beside a table that is not a rectangle: a notch is open to two sides, a cell to one."""
    sides = (
        (labels[0], across[0]),
        (labels[-1], across[-1]),
        (labels[:, 0], down[0]),
        (labels[:, -1], down[-1]),
    )
    count = labels.max() + 1
    is_open = [np.bincount(side[~drawn], minlength=count) > 0 for side, drawn in sides]
    return np.asarray(np.sum(is_open, axis=0) > 1)


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
