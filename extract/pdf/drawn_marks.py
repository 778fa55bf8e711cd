"""Turns what is drawn in a cell without text into a mark, or into ink that nobody can name."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.grid.rulings import Box
from extract.pdf.drawn_page import FAINT, PageView, Pixels
from extract.scan.marks.shapes import SIDE, shapes_of
from extract.types import MarkState

MARKS = {"tick", "letter", "cross", "blob"}
SURE = 0.9  # how likely a drawing must be a mark, or a dash, to be taken for one
STROKE = 0.4  # of a drawing's darkest part: paler parts are blur, and what shows of a pale ruling under it
SPECK = 0.8  # points; a smaller drawing is none
LARGEST = 30.0  # points; a mark or a dash is no larger, a drawn text is
REACH = 14.0  # points beyond a cell's edge over which a mark is followed
FLAT = 4.0  # points; a dash is no higher


class DrawnMark(NamedTuple):
    """The share of a cell that is drawn on (`None`: too small to tell), and what it was taken for.

    `state` is `None` where nothing is drawn, `unknown` where something is that is neither mark nor dash.
    """

    ink: float | None
    state: MarkState | None


NOTHING = DrawnMark(0.0, None)


def drawn_mark(view: PageView, box: Box, inset: float, *, with_text: bool = False) -> DrawnMark:
    """Look at what is drawn inside a cell, `inset` points from its edges: strokes, shapes and pictures.

    `with_text` looks at the text as well, where nobody can say what its glyphs are.
    """
    part = view.part(box, inset, with_text=with_text)
    if part.size == 0:
        return DrawnMark(None, None)
    if int(part.max()) - int(part.min()) <= FAINT:
        return NOTHING
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = cv2.absdiff(part, np.full_like(part, ground))
    over = _beyond(view, box, inset, ink, ground, with_text=with_text)
    if over is not None:
        own = int((ink > FAINT).sum())
        if own < over.beyond:
            return NOTHING
        ink = over.whole
    rows, columns = np.flatnonzero(ink.max(axis=1) > FAINT), np.flatnonzero(ink.max(axis=0) > FAINT)
    if not len(rows):
        return NOTHING
    height = (rows[-1] - rows[0] + 1) / view.y_scale
    width = (columns[-1] - columns[0] + 1) / view.x_scale
    if max(width, height) < SPECK:
        return NOTHING
    share = round(float((ink > FAINT).mean()), 4)
    return DrawnMark(share, _state(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], width, height))


class _Over(NamedTuple):
    """A drawing that runs on over the left or right edge of its cell: as a whole, and its pixels beyond the edge."""

    whole: Pixels
    beyond: int


def _beyond(
    view: PageView, box: Box, inset: float, ink: Pixels, ground: int, *, with_text: bool
) -> _Over | None:
    """Look over the edges of a cell that its drawing touches; a mark set a little off lies in two cells."""
    x0, top, x1, bottom = box
    if not ink.shape[1]:
        return None
    for side in (0, -1):
        if not (ink[:, side] > FAINT).any():
            continue
        low, high = (x0 - REACH, x0) if side == 0 else (x1, x1 + REACH)
        part = view.part((low - inset, top, high + inset, bottom), inset, with_text=with_text)
        if part.shape[0] != ink.shape[0] or not part.size:
            continue
        outside = cv2.absdiff(part, np.full_like(part, ground))
        edge = round(inset * view.x_scale)
        outside = outside[:, : max(outside.shape[1] - edge, 0)] if side == 0 else outside[:, edge:]
        seen = (outside > FAINT).any(axis=0)
        run = int(np.argmin(seen[::-1] if side == 0 else seen)) if not seen.all() else 0
        if run:
            near = outside[:, -run:] if side == 0 else outside[:, :run]
            whole = np.hstack([near, ink] if side == 0 else [ink, near])
            return _Over(whole, int((near > FAINT).sum()))
    return None


def _state(ink: Pixels, width: float, height: float) -> MarkState:
    strong = np.where(ink >= STROKE * float(ink.max()), ink, np.uint8(0))
    rows, columns = np.flatnonzero(strong.any(axis=1)), np.flatnonzero(strong.any(axis=0))
    strong = strong[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    width, height = width * strong.shape[1] / ink.shape[1], height * strong.shape[0] / ink.shape[0]
    darkness = strong.astype(np.float32) / max(float(ink.max()), 1.0)
    shape = shapes_of([cv2.resize(darkness, (SIDE, SIDE), interpolation=cv2.INTER_AREA)], [(width, height)])[
        0
    ]
    if max(width, height) > LARGEST:
        return "unknown"
    if shape.dash >= SURE and height <= FLAT:
        return "empty"
    return "marked" if shape.glyph in MARKS and shape.fit >= SURE else "unknown"
