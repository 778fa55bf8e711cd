"""Turns a lattice of rulings into column edges, row edges and rectangular cells with their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.rulings import Lattice, Reach
from extract.pdf.seam import Char, Segment

COVERED = 0.75  # share of an elementary side that a ruling must cover to part two boxes
LONE_ROW_COLUMNS = 4  # a table's single row on a continuation page counts from this many columns on
FEWEST_CELLS = 3  # a table of two rows and two columns has at most one span
FEWEST_OF_ANY = 2  # cells of a table of any kind; a single one is a frame around text
NARROW = 0.7  # of a row's height: a column of narrow signs is no narrower
RULED = 0.5  # of the height of a grid: an edge of columns that is drawn along less of it has no ruling in the body
FEW_UPRIGHT = (
    0.5  # of the share of level rulings that is drawn: a body without upright ones has only those of its head
)
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


def shape_of(lattice: Lattice, chars: Iterable[Char] = ()) -> Shape | None:
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
    unruled = tuple(
        x for x, row in zip(xs, upright, strict=True) if _length(row, ys) < RULED * (ys[-1] - ys[0])
    )
    _complete(xs, ys, across, upright)
    spans: list[Span] = []
    irregular = 0
    for region in _regions(rows, columns, across, upright):
        if _is_outside(region, rows, columns, across, upright) and not (
            any(row == rows - 1 for row, _ in region) and _has_text(region, xs, ys, chars)
        ):
            continue
        parts = list(_rectangles(region))
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
    lines: Iterable[Segment], edges: tuple[float, ...], marks: tuple[float, ...], reach: Reach
) -> list[list[bool]]:
    """Tell for each edge and each interval between marks whether a ruling is drawn there."""
    drawn = [[False] * (len(marks) - 1) for _ in edges]
    for line in lines:
        row = drawn[min(range(len(edges)), key=lambda index: abs(edges[index] - line.position))]
        for index in range(len(marks) - 1):
            low, high = marks[index], marks[index + 1]
            overlap = min(high, line.end + reach.touch) - max(low, line.start - reach.touch)
            if overlap >= COVERED * (high - low):
                row[index] = True
    return drawn


def _parting(drawn: list[list[bool]]) -> list[int]:
    """Return the edges that part boxes somewhere, and the two outer ones."""
    return [n for n, row in enumerate(drawn) if n in {0, len(drawn) - 1} or any(row)]


def _complete(
    xs: tuple[float, ...], ys: tuple[float, ...], across: list[list[bool]], upright: list[list[bool]]
) -> None:
    """Draw the upright sides that a level ruling implies where it ends inside the grid: a cell begins there.

    It ends at a side that goes on above and below it, or at none, where upright rulings are left out. Where one is
    drawn on one side only, it goes on if most of the grid's level rulings are drawn and few of its upright ones.
    """
    few = _share(upright, ys) < FEW_UPRIGHT * _share(across, xs)
    while True:
        ends = [
            (row, column)
            for row in range(1, len(ys) - 1)
            for column in range(1, len(xs) - 1)
            if across[row][column - 1] != across[row][column]
            and not all(sides := upright[column][row - 1 : row + 1])
            and (few or not any(sides))
        ]
        if not ends:
            return
        for row, column in ends:
            first, last = row - 1, row
            while first and not any(across[first][column - 1 : column + 1]):
                first -= 1
            while last + 2 < len(ys) and not any(across[last + 1][column - 1 : column + 1]):
                last += 1
            upright[column][first : last + 1] = [True] * (last + 1 - first)


def _share(drawn: list[list[bool]], marks: tuple[float, ...]) -> float:
    """Return how much is drawn of the edges inside a grid, by their length; 1 where there are none."""
    if len(drawn) <= FEWEST_OF_ANY:
        return 1.0
    found = sum(_length(row, marks) for row in drawn[1:-1])
    return found / ((marks[-1] - marks[0]) * (len(drawn) - 2))


def _length(drawn: list[bool], marks: tuple[float, ...]) -> float:
    """Return how much of an edge is drawn, in points."""
    return sum(high - low for (low, high), is_drawn in zip(pairwise(marks), drawn, strict=True) if is_drawn)


def _regions(
    rows: int, columns: int, across: list[list[bool]], upright: list[list[bool]]
) -> Iterator[set[tuple[int, int]]]:
    """Yield the sets of elementary boxes that no ruling parts, in row-major order of their first box."""
    seen: set[tuple[int, int]] = set()
    for start in ((row, column) for row in range(rows) for column in range(columns)):
        if start in seen:
            continue
        region, queue = {start}, [start]
        while queue:
            row, column = queue.pop()
            around = (
                (row + 1, column, row + 1 < rows and not across[row + 1][column]),
                (row - 1, column, row > 0 and not across[row][column]),
                (row, column + 1, column + 1 < columns and not upright[column + 1][row]),
                (row, column - 1, column > 0 and not upright[column][row]),
            )
            for next_row, next_column, is_open in around:
                if is_open and (next_row, next_column) not in region:
                    region.add((next_row, next_column))
                    queue.append((next_row, next_column))
        seen |= region
        yield region


def _is_outside(
    region: set[tuple[int, int]],
    rows: int,
    columns: int,
    across: list[list[bool]],
    upright: list[list[bool]],
) -> bool:
    """Tell whether a region is the notch beside a table that is no rectangle.

    A notch lies open to two sides; a cell whose outer border is missing lies open to one.
    """
    sides = (
        any(row == 0 and not across[0][column] for row, column in region),
        any(row == rows - 1 and not across[rows][column] for row, column in region),
        any(column == 0 and not upright[0][row] for row, column in region),
        any(column == columns - 1 and not upright[columns][row] for row, column in region),
    )
    return sum(sides) > 1


def _has_text(
    region: set[tuple[int, int]], xs: tuple[float, ...], ys: tuple[float, ...], chars: Iterable[Char]
) -> bool:
    """Tell whether a printed character stands in a region."""
    return any(
        (bisect_right(ys, (char.top + char.bottom) / 2) - 1, bisect_right(xs, (char.x0 + char.x1) / 2) - 1)
        in region
        for char in chars
        if not char.text.isspace()
    )


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
