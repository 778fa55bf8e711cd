"""Turns level rulings that no upright one meets into the shapes of tables, their columns still to be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from extract.grid.chars import Chars
from extract.grid.lattice import HALF_STROKE, Shape, Span
from extract.grid.rulings import Reach, Segment, merge
from extract.grid.words import Line, has_wide_gap, pieces_of, text_lines
from extract.pdf.cell_boxes import text_cells
from extract.pdf.page_content import PageContent

SAME_END = 6.0  # points by which the ends of a table's level rulings may differ
NARROWEST = 144.0  # points; shorter rulings are underlines and places to write on
FEWEST_RULINGS = 3  # above the head, below it, below the table
FEWEST_LINES = 2  # lines of text that are parted into columns
FEWEST_ALIGNED = 3  # lines of a column that can tell whether they are aligned
ALIGNED = 0.7  # share of them that must be; a head may be longer than its column's texts
CLOSE = 1.6  # sizes between the baselines of the lines of one text
LOOSE = 3.5  # sizes; a higher strip with a single line in it parts two tables, as a caption does


def level_shapes(content: PageContent, shapes: Iterable[Shape], reach: Reach) -> list[Shape]:
    """Return what may be tables between level rulings alone, as shapes of one column, from top to bottom.

    Three rulings or more that begin and end together outside all grids (a band of colour gives two), with lines of
    text between them that stand in pieces. What looks like a caption or prose parts two of them.
    """
    boxes = [(s.column_edges[0], s.row_edges[0], s.column_edges[-1], s.row_edges[-1]) for s in shapes]
    free = [
        line
        for line in merge(content.horizontal, reach)
        if line.end - line.start >= NARROWEST and not any(_lies_in(line, box, reach.snap) for box in boxes)
    ]
    found = (shape for group in _alike(free) for shape in _parts(group, content.chars, reach))
    return sorted(found, key=lambda shape: shape.row_edges[0])


def with_rows_around(shape: Shape, chars: Chars) -> Iterator[Shape]:
    """Yield a shape of one column with the row of text right above it, and with the one right below it.

    Every second row of a table with coloured rows has no ground, and so may its first and its last one. Such a row is
    a line in pieces as close as the rows of the shape are, with lines of one of these pieces below it.
    """
    left, right = shape.column_edges
    middle = (chars.x0 + chars.x1) / 2
    lines = text_lines(chars[(chars.turn == 0) & (left <= middle) & (middle <= right)])
    top, bottom = shape.row_edges[0], shape.row_edges[-1]
    highest = max(below - above for above, below in pairwise(shape.row_edges))
    above = [line for line in lines if top - highest <= line[0].base <= top]
    if above and has_wide_gap(above[-1]):
        word = above[-1][0]
        yield _with_edge(shape, min(top - 1, word.base - word.size), above=True)
    below = [line for line in lines if bottom <= line[0].base <= bottom + highest]
    if below and has_wide_gap(below[0]):
        last = below[0]
        for line in below[1:]:
            starts = any(abs(piece.x0 - line[0].x0) <= line[0].size / 2 for piece in pieces_of(below[0]))
            if len(pieces_of(line)) > 1 or not starts or line[0].base - last[0].base > CLOSE * line[0].size:
                break
            last = line
        yield _with_edge(shape, max(bottom + 1, last[0].base + last[0].size / 2), above=False)


def _with_edge(shape: Shape, edge: float, *, above: bool) -> Shape:
    edges = (edge, *shape.row_edges) if above else (*shape.row_edges, edge)
    return shape._replace(row_edges=edges, spans=tuple(Span(row, 0, 1, 1) for row in range(len(edges) - 1)))


def _lies_in(line: Segment, box: tuple[float, float, float, float], snap: float) -> bool:
    middle = (line.start + line.end) / 2
    return box[0] <= middle <= box[2] and box[1] - snap <= line.position <= box[3] + snap


def _alike(lines: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the sets of rulings that begin and end together."""
    left = list(lines)
    while left:
        first = left[0]
        group = [
            line
            for line in left
            if abs(line.start - first.start) <= SAME_END and abs(line.end - first.end) <= SAME_END
        ]
        left = [line for line in left if line not in group]
        yield group


def _parts(lines: Sequence[Segment], chars: Chars, reach: Reach) -> Iterator[Shape]:
    """Yield the shapes between the rulings of a set, parted where no table goes on."""
    if len(lines) < FEWEST_RULINGS:
        return
    whole = _shape(lines, reach)
    texts = text_cells(whole, chars)
    level = {span: own[chars.turn[own] == 0] for span, own in texts.items()}
    cells = [text_lines(chars[level[span]]) if span in level else [] for span in whole.spans]
    start = 0
    for n, (cell, (top, bottom)) in enumerate(zip(cells, pairwise(whole.row_edges), strict=True)):
        size = median(word.size for line in cell for word in line) if cell else 0.0
        title = len(cell) == 1 and bottom - top <= LOOSE * size
        if title or any(map(has_wide_gap, cell)):
            continue
        if _is_table(cells[start:n]):
            yield _shape(lines[start : n + 1], reach)
        start = n + 1
    if _is_table(cells[start:]):
        yield _shape(lines[start:], reach)


def _is_table(cells: Sequence[Sequence[Line]]) -> bool:
    parted = sum(has_wide_gap(line) for cell in cells for line in cell)
    return len(cells) >= FEWEST_RULINGS - 1 and parted >= FEWEST_LINES


def _shape(lines: Sequence[Segment], reach: Reach) -> Shape:
    return Shape(
        (min(line.start for line in lines), max(line.end for line in lines)),
        tuple(line.position for line in lines),
        tuple(Span(row, 0, 1, 1) for row in range(len(lines) - 1)),
        0,
        reach.snap / 2 + HALF_STROKE,
    )


def has_aligned_columns(shape: Shape, chars: Chars) -> bool:
    """Tell whether the lines of each column begin, end or are centred at one place.

    Without upright rulings that is what makes a column; lines that stand anywhere are only parted by chance.
    """
    columns: dict[int, list[Line]] = {}
    for span, own in text_cells(shape, chars).items():
        if span.columns == 1:
            columns.setdefault(span.column, []).extend(text_lines(chars[own]))
    return all(_is_aligned(lines) for lines in columns.values())


def _is_aligned(lines: Sequence[Line]) -> bool:
    if len(lines) < FEWEST_ALIGNED:
        return True
    sides = [(line[0].x0, line[-1].x1, (line[0].x0 + line[-1].x1) / 2) for line in lines]
    near = max(word.size for line in lines for word in line)
    best = max(
        sum(abs(place - sorted(places)[len(places) // 2]) <= near for place in places)
        for places in zip(*sides, strict=True)
    )
    return bool(best >= ALIGNED * len(lines))
