"""Tells a chart from a table by where its text stands: a chart's bars and lines part boxes that hold none."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import cv2
import numpy as np

from extract.grid.chars import Chars
from extract.grid.lattice import Shape, Span
from extract.grid.rulings import Box
from extract.grid.words import pieces_of, text_lines
from extract.pdf.cell_boxes import text_cells
from extract.pdf.drawn_marks import drawn_mark
from extract.pdf.drawn_page import FAINT
from extract.pdf.page_content import PageContent

BESIDE = (
    2 / 3
)  # of the cells with text of a table share a side with another one; of 105 real and drawn files no table had under .8
LABELS = 3  # texts beside or below a chart: the values and the names of its axes
AWAY = 2.5  # sizes up to which they stand away from it
MANY, HARDLY = (
    60,
    0.05,
)  # cells, and the share of them with text up to which so many are a pattern, not a table
AROUND = 1.0  # points; the edge of a picture is drawn a pixel beside its place
FILLED = 0.5  # of the cells of some row or some column of a table hold text or a mark


def is_chart(shape: Shape, chars: Chars, content: PageContent) -> bool:
    """Tell whether a shape is the drawing of a chart: axes, lines of its grid, bars.

    A diagram is one as well, and what a picture draws without text over it. Labels stand outside a chart along its left side or below it. Where its boxes are no rectangles, as bars before the lines
    of a grid make them, few hold text; else no row and no column is filled well with text or with drawings of their own. A form to fill in has heads over its
    columns or names before its rows.
    """
    spans = set(text_cells(shape, chars))
    if _is_diagram(shape, spans) or (not spans and _is_pictured(shape, content)):
        return True
    sparse = shape.irregular > 0 and len(spans) < FILLED * len(shape.spans)
    if len(shape.spans) >= MANY and len(spans) < HARDLY * len(shape.spans):
        return not _has_filled_line(shape, spans)
    if (_has_filled_line(shape, spans) and not sparse) or _labels(shape, chars) < LABELS:
        return False
    if sparse:
        return True
    left = (span for span in shape.spans if span not in spans)
    return not _has_filled_line(
        shape, spans | {s for s in left if _holds_drawing(shape.box(s), shape.border, content)}
    )


def _is_pictured(shape: Shape, content: PageContent) -> bool:
    """Tell whether a picture draws a shape: it is looked at as a picture then, see `extract.pdf.pictures`."""
    x0, x1 = shape.column_edges[0], shape.column_edges[-1]
    top, bottom = shape.row_edges[0], shape.row_edges[-1]
    return any(
        p.x0 - AROUND <= x0 and x1 <= p.x1 + AROUND and p.top - AROUND <= top and bottom <= p.bottom + AROUND
        for p in content.pictures
    )


def _is_diagram(shape: Shape, filled: Collection[Span]) -> bool:
    """Tell whether the texts of a shape stand in boxes of their own, as those of an organisation chart do.

    Lines lead from box to box and part the room between them, so that hardly a text stands right beside another one,
    and what they part are no rectangles, or none that fill a rectangle.
    """
    places = (len(shape.row_edges) - 1) * (len(shape.column_edges) - 1)
    if not shape.irregular and sum(span.rows * span.columns for span in shape.spans) == places:
        return False
    owner = np.full((len(shape.row_edges) - 1, len(shape.column_edges) - 1), -1, dtype=np.int64)
    for number, span in enumerate(shape.spans):
        if span in filled:
            owner[span.row : span.row + span.rows, span.column : span.column + span.columns] = number
    beside: set[int] = set()
    for one, other in ((owner[1:], owner[:-1]), (owner[:, 1:], owner[:, :-1])):
        both = (one >= 0) & (other >= 0) & (one != other)
        beside |= {*one[both].tolist(), *other[both].tolist()}
    return len(filled) > 1 and len(beside) < BESIDE * len(filled)


def _labels(shape: Shape, chars: Chars) -> int:
    """Return how many texts stand beside the left or the right side of a shape, or below it."""
    left, right = shape.column_edges[0], shape.column_edges[-1]
    top, bottom = shape.row_edges[0], shape.row_edges[-1]
    near = AWAY * chars.size
    below = (left <= chars.x0) & (chars.x0 <= right)
    below &= (bottom - near / 2 <= chars.top) & (chars.top <= bottom + near)
    beside = (left - near <= chars.x1) & (chars.x1 <= left)
    beside |= (right <= chars.x0) & (chars.x0 <= right + near)
    beside &= ~below & (top <= chars.origin_y) & (chars.origin_y <= bottom + near)
    return len(text_lines(chars[beside])) + sum(len(pieces_of(line)) for line in text_lines(chars[below])[:1])


def _has_filled_line(shape: Shape, filled: Collection[Span]) -> bool:
    rows = [[s for s in shape.spans if s.row <= n < s.row + s.rows] for n in range(len(shape.row_edges) - 1)]
    columns = [
        [s for s in shape.spans if s.column <= n < s.column + s.columns]
        for n in range(len(shape.column_edges) - 1)
    ]
    return _any_filled(rows, filled, min(len(columns), 2)) or _any_filled(columns, filled, min(len(rows), 2))


def _any_filled(lines: Sequence[Sequence[Span]], filled: Collection[Span], fewest: int) -> bool:
    """Tell whether at least half of the cells of some line are filled; a title over all columns is no line."""
    counts = [(sum(span in filled for span in line), len(line)) for line in lines]
    return any(count >= max(fewest, FILLED * cells) for count, cells in counts)


def _holds_drawing(box: Box, inset: float, content: PageContent) -> bool:
    """Tell whether something is drawn inside a cell that does not run on over its edges, as a chart's curve does."""
    if drawn_mark(content.view, box, inset).state is None:
        return False
    part = content.view.part(box, inset)
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = cv2.absdiff(part, np.full_like(part, ground)) > FAINT
    return not (ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())
