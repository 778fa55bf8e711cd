"""Turns a line into the picture that a recogniser gets: its own ink, even margins, white around."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.scan.model import WHITE, Grey, Mask
from extract.scan.pixels import dilated, runs_of
from extract.scan.text.ink import LABEL, PageInk
from extract.scan.text.lines import InkLine
from extract.scan.text.settings import INK


class Crop(NamedTuple):
    """A line's picture at the page's size; its left edge is at `x0` of the page.

    `shared` are the stretches along the page with ink that the line shares with other lines, from left to right.
    """

    picture: Grey
    x0: int
    shared: tuple[tuple[int, int], ...] = ()


def crop(ink: PageInk, line: InkLine) -> Crop:
    """Cut out a line; ink of others is whitened, also what is in its rows."""
    margin = max(2, round(INK.margin * line.size))
    beside = max(margin, round(INK.beside * line.size))
    half = INK.half * line.size
    top = min(line.box.top - margin, round(line.middle - half))
    bottom = max(line.box.bottom + margin, round(line.middle + half))
    x0, x1 = line.box.x0 - beside, line.box.x1 + beside
    picture = np.full((bottom - top, x1 - x0), WHITE, dtype=np.uint8)
    rows = slice(max(top, 0), min(bottom, ink.clean.shape[0]))
    columns = slice(max(x0, 0), min(x1, ink.clean.shape[1]))
    part = ink.clean[rows, columns].copy()
    part[_others(ink, line, rows, columns)] = WHITE
    picture[rows.start - top : rows.stop - top, columns.start - x0 : columns.stop - x0] = part
    return Crop(picture, x0, _shared(ink, line))


def _shared(ink: PageInk, line: InkLine) -> tuple[tuple[int, int], ...]:
    if not len(line.shared):
        return ()
    x0 = max(0, line.box.x0)
    inked = np.isin(ink.labels[line.box.part], line.shared)
    return tuple((x0 + start, x0 + end) for start, end in runs_of(np.asarray(inked.any(axis=0))))


def _others(ink: PageInk, line: InkLine, rows: slice, columns: slice) -> Mask:
    """Tell which places of a part of the page hold ink of others, or its grey rim."""
    labels = ink.labels[rows, columns]
    own = np.isin(labels, line.pieces[:, LABEL])
    inside = line.box.moved(-columns.start, -rows.start).part
    own[inside] |= np.isin(labels[inside], line.shared)
    return dilated((labels > 0) & ~own) & ~own
