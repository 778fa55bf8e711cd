"""Turns a ruled grid and the text right above and beside it into the grid with its header, or with the names of its rows."""

from __future__ import annotations

from itertools import pairwise

from extract.grid.boxes import Box, middles
from extract.grid.chars import Chars
from extract.grid.lattice import Shape, Span
from extract.grid.words import Line, has_wide_gap, text_lines
from extract.pdf.settings import OUTER
from extract.pdf.unruled_cells import split_cells


def with_header(shape: Shape, chars: Chars) -> Shape | None:
    """Return the shape with a row for the names of its columns, where they are right above it without rulings.

    Each is a text of its own inside its column; with more than three columns the first may have none.
    """
    left, top, right, bottom = shape.bounds
    x, y = middles(chars.boxes)
    own = (chars.turn == 0) & (left <= x) & (x <= right) & (chars.origin_y <= top)
    own &= top - chars.origin_y <= OUTER.close * chars.size.max(initial=0.0)
    lines = [line for line in text_lines(chars[own]) if top - line[0].base <= OUTER.close * line[0].size]
    columns = shape.columns
    if columns < 2 or not lines or not has_wide_gap(lines[-1]):
        return None
    last = lines[-1]
    edge = last[0].base - last[0].size
    below = tuple(span._replace(row=span.row + 1) for span in shape.spans)
    wider = shape._replace(row_edges=(edge, *shape.row_edges), spans=(Span(0, 0, 1, columns), *below))
    split = split_cells(wider, chars[(edge <= y) & (y <= bottom)]).shape
    headers = [span for span in split.spans if span.row == 0]
    middles_of_words = [(word.x0 + word.x1) / 2 for word in last]
    boxes = map(wider.box, headers)
    named = sum(any(box.x0 <= middle <= box.x1 for middle in middles_of_words) for box in boxes)
    enough = columns if columns <= OUTER.few_columns else columns - 1
    if len(headers) != columns or named < enough or any(word.text.endswith(":") for word in last):
        return None
    return wider._replace(spans=tuple(sorted((*headers, *below))))


def with_names(shape: Shape, chars: Chars) -> Shape | None:
    """Return the shape with a column for the names of its rows, where they are left of it without rulings."""
    lines = _lines_beside(shape, chars, OUTER.fewest)
    if not lines:
        return None
    edge = min(line[0].x0 for line in lines) - OUTER.margin
    names = tuple(Span(row, 0, 1, 1) for row in range(shape.rows))
    others = tuple(span._replace(column=span.column + 1) for span in shape.spans)
    return shape._replace(column_edges=(edge, *shape.column_edges), spans=tuple(sorted((*names, *others))))


def text_beside(shape: Shape, chars: Chars) -> Box | None:
    """Return the box around lines left of a grid that are beside most of its rows, or none."""
    words = [word for line in _lines_beside(shape, chars, 2) for word in line]
    if not words:
        return None
    x0, top = min(word.x0 for word in words), min(word.base - word.size for word in words)
    return Box(x0, top, max(word.x1 for word in words), max(word.base for word in words))


def _lines_beside(shape: Shape, chars: Chars, fewest: int) -> list[Line]:
    """Return the lines left of a grid that are beside `fewest` rows and most of all; none if one is on an edge or in prose."""
    left, top, _, bottom = shape.bounds
    own = (chars.turn == 0) & (chars.x1 <= left + OUTER.margin) & chars.printed
    _, middle = middles(chars.boxes)
    inside = text_lines(chars[own & (top <= middle) & (middle <= bottom)])
    if not inside or min(left - line[-1].x1 for line in inside) > OUTER.near * inside[0][0].size:
        return []
    far = min(line[0].x0 for line in inside)
    free = OUTER.free * inside[0][0].size
    above = (top - free <= chars.bottom) & (chars.bottom < top + OUTER.margin)
    below = (bottom - OUTER.margin < chars.top) & (chars.top <= bottom + free)
    if ((far <= chars.x0) & (chars.x0 <= left) & chars.printed & (above | below)).any():
        return []
    edges = list(enumerate(pairwise(shape.row_edges)))
    heights = [(line[0].base - OUTER.letter * line[0].size, line[0].base) for line in inside]
    rows = [next((n for n, (a, b) in edges if a <= high and low <= b), None) for high, low in heights]
    return inside if len(set(rows)) >= max(fewest, OUTER.named * shape.rows) and None not in rows else []
