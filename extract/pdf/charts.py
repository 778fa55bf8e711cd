"""Distinguishes a chart from a table by where its text is: a chart's bars and lines draw boxes that hold none."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from extract.grid.chars import Chars
from extract.grid.lattice import Shape, Span
from extract.grid.words import pieces_of, text_lines
from extract.pdf.cell_boxes import text_cells
from extract.pdf.drawn_marks import drawn_mark
from extract.pdf.drawn_page import ground_of, ink_on
from extract.pdf.page_content import PageContent
from extract.pdf.settings import CHARTS, DRAWING, EDGES


def is_chart(shape: Shape, chars: Chars, content: PageContent) -> bool:
    """Tell whether a shape is the drawing of a chart: axes, lines of its grid, bars; or a diagram, or part of a picture.

    Labels are outside a chart along its left side or below it, and its boxes hold little: few of them where bars
    make them no rectangles, else in no row and no column many. A form to fill in has headers or names of rows.
    """
    spans = set(text_cells(shape, chars))
    if _is_diagram(shape, spans) or (not spans and _is_pictured(shape, content)):
        return True
    if len(shape.spans) >= CHARTS.many and len(spans) < CHARTS.hardly * len(shape.spans):
        return not _has_filled_line(shape, spans)
    sparse = shape.irregular > 0 and len(spans) < CHARTS.filled * len(shape.spans)
    if (_has_filled_line(shape, spans) and not sparse) or _labels(shape, chars) < CHARTS.labels:
        return False
    if sparse:
        return True
    drawn = {span for span in shape.spans if span not in spans and _holds_drawing(shape, span, content)}
    return not _has_filled_line(shape, spans | drawn)


def _is_pictured(shape: Shape, content: PageContent) -> bool:
    """Tell whether a picture draws a shape: it is looked at as a picture then, see `extract.pdf.pictures`."""
    x0, top, x1, bottom = shape.bounds
    near = EDGES.around
    return any(
        p.x0 - near <= x0 and x1 <= p.x1 + near and p.top - near <= top and bottom <= p.bottom + near
        for p in content.pictures
    )


def _is_diagram(shape: Shape, filled: Collection[Span]) -> bool:
    """Tell whether the texts of a shape are in separate boxes, as those of an organisation chart are.

    Lines lead from box to box and divide the room between them, so that hardly a text is right beside another one,
    and what they divide are not rectangles, or none that fill a rectangle.
    """
    covered = sum(span.rows * span.columns for span in shape.spans)
    if not shape.irregular and covered == shape.rows * shape.columns:
        return False
    owner = shape._replace(spans=tuple(filled)).owners()
    beside: set[int] = set()
    for one, other in ((owner[1:], owner[:-1]), (owner[:, 1:], owner[:, :-1])):
        both = (one >= 0) & (other >= 0) & (one != other)
        beside |= {*one[both].tolist(), *other[both].tolist()}
    return len(filled) > 1 and len(beside) < CHARTS.beside * len(filled)


def _labels(shape: Shape, chars: Chars) -> int:
    """Return how many texts are beside the left or the right side of a shape, or below it."""
    left, top, right, bottom = shape.bounds
    near = CHARTS.away * chars.size
    below = (left <= chars.x0) & (chars.x0 <= right)
    below &= (bottom - near / 2 <= chars.top) & (chars.top <= bottom + near)
    beside = (left - near <= chars.x1) & (chars.x1 <= left)
    beside |= (right <= chars.x0) & (chars.x0 <= right + near)
    beside &= ~below & (top <= chars.origin_y) & (chars.origin_y <= bottom + near)
    return len(text_lines(chars[beside])) + sum(len(pieces_of(line)) for line in text_lines(chars[below])[:1])


def _has_filled_line(shape: Shape, filled: Collection[Span]) -> bool:
    """Tell whether at least half of the cells of some row or column are filled; a title over all columns does not count."""
    owner = shape.owners()
    is_filled = np.array([span in filled for span in shape.spans])
    for lines in (owner, owner.T):
        fewest = min(lines.shape[1], 2)
        for line in lines:
            cells = np.unique(line[line >= 0])
            if is_filled[cells].sum() >= max(fewest, CHARTS.filled * len(cells)):
                return True
    return False


def _holds_drawing(shape: Shape, span: Span, content: PageContent) -> bool:
    """Tell whether something is drawn inside a cell that does not run on over its edges, as a chart's curve does."""
    box = shape.box(span)
    if drawn_mark(content.view, box, shape.border).state is None:
        return False
    part = content.view.part(box, shape.border)
    ink = ink_on(part, ground_of(part)) > DRAWING.faint
    return not (ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())
