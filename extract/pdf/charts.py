"""Tells a chart from a table by where its text stands: a chart's bars and lines part boxes that hold none."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import cv2
import numpy as np

from extract.pdf.drawn_marks import drawn_mark
from extract.pdf.lattice import Shape, Span
from extract.pdf.seam import Char, PageContent
from extract.pdf.shaping import text_cells
from extract.pdf.view import FAINT, Box

USED = 0.5  # of the columns, or of the rows, of a table hold text or a mark


def is_chart(shape: Shape, chars: Sequence[Char], content: PageContent) -> bool:
    """Tell whether a shape is the drawing of a chart (axes, lines of its grid, bars) or an empty frame.

    Most of its columns and most of its rows hold neither text nor a drawing of their own. A form to fill in has heads over its
    columns or names before its rows.
    """
    spans = set(text_cells(shape, chars))
    if _is_used(shape, spans):
        return False
    left = (span for span in shape.spans if span not in spans)
    return not _is_used(
        shape, spans | {s for s in left if _holds_drawing(shape.box(s), shape.border, content)}
    )


def _is_used(shape: Shape, spans: Collection[Span]) -> bool:
    columns = {n for s in spans for n in range(s.column, s.column + s.columns)}
    rows = {n for s in spans for n in range(s.row, s.row + s.rows)}
    return len(columns) >= USED * (len(shape.column_edges) - 1) or len(rows) >= USED * (
        len(shape.row_edges) - 1
    )


def _holds_drawing(box: Box, inset: float, content: PageContent) -> bool:
    """Tell whether something is drawn inside a cell that does not run on over its edges, as a chart's curve does."""
    if drawn_mark(content.view, box, inset).state is None:
        return False
    part = content.view.part(box, inset)
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = cv2.absdiff(part, np.full_like(part, ground)) > FAINT
    return not (ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())
