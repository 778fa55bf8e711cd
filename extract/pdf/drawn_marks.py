"""Turns what is drawn in a cell without text into a mark, or into ink that nobody can name."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.pdf.view import FAINT, Box, PageView, Pixels
from extract.scan.mark_shapes import SIDE, shapes_of
from extract.types import MarkState

SURE = 0.9  # how likely a drawing must be a mark, or a dash, to be taken for one
SPECK = 0.8  # points; a smaller drawing is none
WIDEST = 2.5  # times a mark's height that it may be wide


class DrawnMark(NamedTuple):
    """The share of a cell that is drawn on (`None`: too small to tell), and what it was taken for.

    `state` is `None` where nothing is drawn, `unknown` where something is that is neither mark nor dash.
    """

    ink: float | None
    state: MarkState | None


NOTHING = DrawnMark(0.0, None)


def drawn_mark(view: PageView, box: Box, inset: float) -> DrawnMark:
    """Look at what is drawn inside a cell, `inset` points from its edges: strokes, shapes and pictures."""
    part = view.part(box, inset)
    if part.size == 0:
        return DrawnMark(None, None)
    if int(part.max()) - int(part.min()) <= FAINT:
        return NOTHING
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = cv2.absdiff(part, np.full_like(part, ground))
    rows, columns = np.flatnonzero(ink.max(axis=1) > FAINT), np.flatnonzero(ink.max(axis=0) > FAINT)
    height = (rows[-1] - rows[0] + 1) / view.y_scale
    width = (columns[-1] - columns[0] + 1) / view.x_scale
    if max(width, height) < SPECK:
        return NOTHING
    share = round(float((ink > FAINT).mean()), 4)
    return DrawnMark(share, _state(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], width, height))


def _state(ink: Pixels, width: float, height: float) -> MarkState:
    darkness = ink.astype(np.float32) / max(float(ink.max()), 1.0)
    shape = shapes_of([cv2.resize(darkness, (SIDE, SIDE), interpolation=cv2.INTER_AREA)], [(width, height)])[
        0
    ]
    if shape.dash >= SURE:
        return "empty"
    is_mark = shape.glyph in {"tick", "letter", "cross", "blob"} and shape.fit >= SURE
    return "marked" if is_mark and width <= WIDEST * max(height, SPECK) else "unknown"
