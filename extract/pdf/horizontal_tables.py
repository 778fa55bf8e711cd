"""Turns horizontal rulings that no vertical one meets into the shapes of tables, their columns still to be found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from extract.grid.boxes import Box
from extract.grid.chars import Chars
from extract.grid.lattice import Shape, Span, border_of
from extract.grid.rulings import Segment, merge
from extract.grid.settings import HEADERS, Reach
from extract.grid.words import Line, has_wide_gap, pieces_of, text_lines
from extract.pdf.cell_boxes import text_cells
from extract.pdf.page_content import PageContent
from extract.pdf.settings import HORIZONTAL


def horizontal_shapes(content: PageContent, shapes: Iterable[Shape], reach: Reach) -> list[Shape]:
    """Return what may be tables between horizontal rulings alone, as shapes of one column, from top to bottom.

    Three rulings or more that begin and end together outside all grids (a band of colour gives two), with lines of
    text between them that are in pieces. What looks like a caption or prose separates two of them.
    """
    boxes = [shape.bounds for shape in shapes]
    free = [
        line
        for line in merge(content.horizontal, reach)
        if line.length >= HORIZONTAL.narrowest and not any(_is_in(line, box, reach.snap) for box in boxes)
    ]
    found = (shape for group in _alike(free) for shape in _parts(group, content.chars, reach))
    return sorted(found, key=lambda shape: shape.row_edges[0])


def with_rows_around(shape: Shape, chars: Chars) -> Iterator[Shape]:
    """Yield a shape of one column with the row of text right above it, and with the one right below it.

    Of coloured rows every second has no ground. Such a row is a line in pieces as close as the rows of the shape,
    with lines of one of these pieces below it.
    """
    left, top, right, bottom = shape.bounds
    middle = (chars.x0 + chars.x1) / 2
    lines = text_lines(chars[(chars.turn == 0) & (left <= middle) & (middle <= right)])
    highest = max(below - above for above, below in pairwise(shape.row_edges))
    above = [line for line in lines if top - highest <= line[0].base <= top]
    if above and has_wide_gap(above[-1]):
        word = above[-1][0]
        yield _with_edges(shape, (min(top - 1, word.base - word.size), *shape.row_edges))
    below = [line for line in lines if bottom <= line[0].base <= bottom + highest]
    if below and has_wide_gap(below[0]):
        last = below[0]
        starts = [piece.x0 for piece in pieces_of(last)]
        for line in below[1:]:
            word = line[0]
            is_under = any(abs(x0 - word.x0) <= word.size / 2 for x0 in starts)
            if has_wide_gap(line) or not is_under or word.base - last[0].base > HEADERS.below * word.size:
                break
            last = line
        yield _with_edges(shape, (*shape.row_edges, max(bottom + 1, last[0].base + last[0].size / 2)))


def has_aligned_columns(shape: Shape, chars: Chars) -> bool:
    """Tell whether the lines of each column begin, end or are centred at one place, and not in pieces by chance."""
    columns: dict[int, list[Line]] = {}
    for span, own in text_cells(shape, chars).items():
        if span.columns == 1:
            columns.setdefault(span.column, []).extend(text_lines(chars[own]))
    return all(_is_aligned(lines) for lines in columns.values())


def _is_aligned(lines: Sequence[Line]) -> bool:
    if len(lines) < HORIZONTAL.fewest_aligned:
        return True
    sides = [(line[0].x0, line[-1].x1, (line[0].x0 + line[-1].x1) / 2) for line in lines]
    near = max(word.size for line in lines for word in line)
    best = max(
        sum(abs(place - sorted(places)[len(places) // 2]) <= near for place in places)
        for places in zip(*sides, strict=True)
    )
    return bool(best >= HORIZONTAL.aligned * len(lines))


def _with_edges(shape: Shape, edges: tuple[float, ...]) -> Shape:
    return shape._replace(row_edges=edges, spans=tuple(Span(row, 0, 1, 1) for row in range(len(edges) - 1)))


def _is_in(line: Segment, box: Box, snap: float) -> bool:
    return box._replace(top=box.top - snap, bottom=box.bottom + snap).holds(
        Box(line.start, line.position, line.end, line.position)
    )


def _alike(lines: Sequence[Segment]) -> Iterator[list[Segment]]:
    left = list(lines)
    while left:
        _, start, end = left[0]
        group = [
            line for line in left if max(abs(line.start - start), abs(line.end - end)) <= HORIZONTAL.same_end
        ]
        left = [line for line in left if line not in group]
        yield group


def _parts(lines: Sequence[Segment], chars: Chars, reach: Reach) -> Iterator[Shape]:
    """Yield the shapes between the rulings of a set, split where no table goes on."""
    if len(lines) < HORIZONTAL.fewest_rulings:
        return
    whole = _shape(lines, reach)
    texts = {span: own[chars.turn[own] == 0] for span, own in text_cells(whole, chars).items()}
    cells = [text_lines(chars[texts[span]]) if span in texts else [] for span in whole.spans]
    start = 0
    for n, (cell, (top, bottom)) in enumerate(zip(cells, pairwise(whole.row_edges), strict=True)):
        size = median(word.size for line in cell for word in line) if cell else 0.0
        is_title = len(cell) == 1 and bottom - top <= HORIZONTAL.loose * size
        if is_title or any(map(has_wide_gap, cell)):
            continue
        if _is_table(cells[start:n]):
            yield _shape(lines[start : n + 1], reach)
        start = n + 1
    if _is_table(cells[start:]):
        yield _shape(lines[start:], reach)


def _is_table(cells: Sequence[Sequence[Line]]) -> bool:
    in_pieces = sum(has_wide_gap(line) for cell in cells for line in cell)
    return len(cells) >= HORIZONTAL.fewest_rulings - 1 and in_pieces >= HORIZONTAL.fewest_lines


def _shape(lines: Sequence[Segment], reach: Reach) -> Shape:
    edges = (min(line.start for line in lines), max(line.end for line in lines))
    return _with_edges(Shape(edges, (), (), 0, border_of(reach)), tuple(line.position for line in lines))
