"""Turns what is drawn in a cell without text into a mark, or into ink that cannot be named."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.grid.boxes import Box
from extract.pdf.drawn_page import PageView, Pixels, extent, ground_of, ink_on
from extract.pdf.settings import DRAWING, INK
from extract.scan.marks.shapes import SIDE, SIGNS, shapes_of
from extract.types import MarkState

MARK_SHAPES = {"tick", "letter", "cross", "blob"}


class DrawnMark(NamedTuple):
    """The share of a cell that is drawn on (`None`: the cell is too small), and what the drawing was taken for.

    `state` is `None` where nothing is drawn, `unknown` for what is neither mark nor dash; `sign` is the character that a
    mark looks like, else empty.
    """

    ink: float | None
    state: MarkState | None
    sign: str = ""


NOTHING = DrawnMark(0.0, None)


def drawn_mark(view: PageView, box: Box, inset: float, *, with_text: bool = False) -> DrawnMark:
    """Look at what is drawn in a cell, `inset` points from its edges, `with_text` where its glyphs cannot be named."""
    part = view.part(box, inset, with_text=with_text)
    if part.size == 0:
        return DrawnMark(None, None)
    if int(part.max()) - int(part.min()) <= DRAWING.faint:
        return NOTHING
    ground = ground_of(part)
    ink = ink_on(part, ground)
    over = _beyond(view, box, inset, ink, ground, with_text=with_text)
    if over is not None:
        if (ink > DRAWING.faint).sum() < over.beyond:
            return NOTHING
        ink = over.whole
    seen = ink > DRAWING.faint
    mark = ink[extent(seen)]
    width, height = mark.shape[1] / view.x_scale, mark.shape[0] / view.y_scale
    if max(width, height) < INK.smallest_mark:
        return NOTHING
    return DrawnMark(round(float(seen.mean()), INK.places), *_state(mark, width, height))


class _Over(NamedTuple):
    """A drawing that runs on over the left or right edge of its cell: as a whole, and its pixels beyond the edge."""

    whole: Pixels
    beyond: int


def _beyond(
    view: PageView, box: Box, inset: float, ink: Pixels, ground: int, *, with_text: bool
) -> _Over | None:
    """Look over the edges of a cell that its drawing touches; a mark that is a little off is in two cells."""
    for side in (0, -1):
        if not (ink[:, side] > DRAWING.faint).any():
            continue
        x0, x1 = (box.x0 - INK.reach, box.x0) if side == 0 else (box.x1, box.x1 + INK.reach)
        beside = Box(x0 - inset, box.top, x1 + inset, box.bottom)
        part = view.part(beside, inset, with_text=with_text)
        if part.shape[0] != ink.shape[0] or not part.size:
            continue
        outside = ink_on(part, ground)
        edge = round(inset * view.x_scale)
        outside = outside[:, : max(outside.shape[1] - edge, 0)] if side == 0 else outside[:, edge:]
        seen = np.asarray((outside > DRAWING.faint).any(axis=0))
        run = int(np.argmin(seen[::-1] if side == 0 else seen)) if not seen.all() else 0
        if run:
            near = outside[:, -run:] if side == 0 else outside[:, :run]
            whole = np.hstack([near, ink] if side == 0 else [ink, near])
            return _Over(whole, int((near > DRAWING.faint).sum()))
    return None


def _state(ink: Pixels, width: float, height: float) -> tuple[MarkState, str]:
    """Return what a drawing is taken for, and the sign of a mark."""
    darkest = float(ink.max())
    strong = np.where(ink >= INK.stroke * darkest, ink, np.uint8(0))
    strong = strong[extent(strong > 0)]
    width, height = width * strong.shape[1] / ink.shape[1], height * strong.shape[0] / ink.shape[0]
    darkness = strong.astype(np.float32) / max(darkest, 1.0)
    square = cv2.resize(darkness, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    shape = shapes_of([square], [(width, height)])[0]
    if max(width, height) > DRAWING.largest_mark:
        return "unknown", ""
    if shape.dash >= INK.sure and height <= INK.flat:
        return "empty", ""
    if shape.glyph in MARK_SHAPES and shape.fit >= INK.sure:
        return "marked", SIGNS[shape.glyph]
    return "unknown", ""
