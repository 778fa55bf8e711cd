"""Turns a ruled grid and the text right above and beside it into the grid with the head or the names of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.grid.chars import Chars
from extract.grid.lattice import Shape, Span
from extract.grid.rulings import Box
from extract.grid.words import Line, has_wide_gap, text_lines
from extract.pdf.unruled_cells import part

CLOSE = 1.0  # sizes between a grid and the names of its columns
NEAR = 4.0  # sizes between a grid and the longest name of its rows
FREE = 1.3  # sizes above and below the names of rows without text: prose beside a grid goes on
NAMED = 2 / 3  # of the rows have a name beside them
FEWEST = 3  # rows with names
FEW_COLUMNS = 3  # up to so many columns each has its head, of more all but the first one
MARGIN = 2.0  # points between a column of names and its outer edge


def with_head(shape: Shape, chars: Chars) -> Shape | None:
    """Return the shape with a row for the names of its columns, where they stand right above it without rulings.

    Each is a text of its own inside its column; with more than three columns the first may have none.
    """
    left, right, top = shape.column_edges[0], shape.column_edges[-1], shape.row_edges[0]
    middle = (chars.x0 + chars.x1) / 2
    own = (chars.turn == 0) & (left <= middle) & (middle <= right) & (chars.origin_y <= top)
    own &= top - chars.origin_y <= CLOSE * chars.size.max(initial=0.0)
    lines = [line for line in text_lines(chars[own]) if top - line[0].base <= CLOSE * line[0].size]
    columns = len(shape.column_edges) - 1
    if columns < 2 or not lines or not has_wide_gap(lines[-1]):
        return None
    edge = lines[-1][0].base - lines[-1][0].size
    below = tuple(span._replace(row=span.row + 1) for span in shape.spans)
    wider = shape._replace(row_edges=(edge, *shape.row_edges), spans=(Span(0, 0, 1, columns), *below))
    height = (chars.top + chars.bottom) / 2
    inside = (edge <= height) & (height <= shape.row_edges[-1])
    heads = [span for span in part(wider, chars[inside]).shape.spans if span.row == 0]
    texts = [span for span in heads if _has_text(wider.box(span), lines[-1])]
    enough = columns if columns <= FEW_COLUMNS else columns - 1
    if len(heads) != columns or len(texts) < enough or any(word.text.endswith(":") for word in lines[-1]):
        return None
    return wider._replace(spans=tuple(sorted((*heads, *below))))


def with_names(shape: Shape, chars: Chars) -> Shape | None:
    """Return the shape with a column for the names of its rows, where they stand left of it without rulings."""
    lines = _lines_beside(shape, chars)
    rows = _rows_of(lines, shape)
    if not lines or rows is None or len(set(rows)) < max(FEWEST, NAMED * (len(shape.row_edges) - 1)):
        return None
    edge = min(line[0].x0 for line in lines) - MARGIN
    names = tuple(Span(row, 0, 1, 1) for row in range(len(shape.row_edges) - 1))
    others = tuple(span._replace(column=span.column + 1) for span in shape.spans)
    return shape._replace(column_edges=(edge, *shape.column_edges), spans=tuple(sorted((*names, *others))))


def text_beside(shape: Shape, chars: Chars) -> Box | None:
    """Return the box around lines left of a grid that stand level with most of its rows, or none."""
    lines = _lines_beside(shape, chars)
    rows = _rows_of(lines, shape)
    if not lines or rows is None or len(set(rows)) < max(2, NAMED * (len(shape.row_edges) - 1)):
        return None
    words = [word for line in lines for word in line]
    return (
        min(word.x0 for word in words),
        min(word.base - word.size for word in words),
        max(word.x1 for word in words),
        max(word.base for word in words),
    )


def _has_text(box: Box, line: Line) -> bool:
    return any(box[0] <= (word.x0 + word.x1) / 2 <= box[2] for word in line)


def _lines_beside(shape: Shape, chars: Chars) -> list[Line]:
    """Return the lines left of a grid; none where text stands above or below them as prose does."""
    left, top, bottom = shape.column_edges[0], shape.row_edges[0], shape.row_edges[-1]
    own = (chars.turn == 0) & (chars.x1 <= left + MARGIN) & chars.printed
    middle = (chars.top + chars.bottom) / 2
    inside = text_lines(chars[own & (top <= middle) & (middle <= bottom)])
    if not inside or min(left - line[-1].x1 for line in inside) > NEAR * inside[0][0].size:
        return []
    far = min(line[0].x0 for line in inside)
    size = inside[0][0].size
    above = (top - FREE * size <= chars.bottom) & (chars.bottom < top + MARGIN)
    below = (bottom - MARGIN < chars.top) & (chars.top <= bottom + FREE * size)
    around = (far <= chars.x0) & (chars.x0 <= left) & chars.printed & (above | below)
    return [] if around.any() else inside


def _rows_of(lines: Sequence[Line], shape: Shape) -> list[int] | None:
    """Return the row that each line stands in, `None` where one stands on the edge of a row."""
    rows: list[int] = []
    for line in lines:
        top, bottom = line[0].base - 0.7 * line[0].size, line[0].base
        inside = [n for n, (a, b) in enumerate(pairwise(shape.row_edges)) if a <= top and bottom <= b]
        if not inside:
            return None
        rows.append(inside[0])
    return rows
