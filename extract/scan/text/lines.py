"""Turns the pieces of ink in a cell into the boxes of its lines of text, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Mask, PixelBox
from extract.scan.text.ink import AREA, BOTTOM, TOP, X0, X1, Ints, PageInk, heights, letters, own_size, widths
from extract.scan.text.specks import specks

CORE = 0.25  # share of a letter's height left out above and below: what remains never touches the next line
LINE = 1.6  # letter sizes: usual height of a line from the top of an l to the foot of a g
DASH = 0.3  # letter sizes: least length of a lone piece that is a sign (a dash) and not dirt
SOLID = 0.12  # square letter sizes: least ink of a lone sign
GROWN = 2.8  # letter sizes: most height of letters of one line that have grown together
REACH = 0.7  # letter sizes: a dot or comma this near to a line belongs to it
ENDS = 3.0  # letter sizes: the same to the left and right (a bullet and its space)


class InkLine(NamedTuple):
    """A line's ink: its box, its letter size, and the rows the crop may reach to without touching a neighbour.

    `pieces` are its ink, `dirt` the pieces near it that are no part of it, both as rows of `PageInk.pieces`.
    """

    box: PixelBox
    size: float
    above: int
    below: int
    pieces: Ints
    dirt: Ints


def cell_lines(ink: PageInk, box: PixelBox, trim: int = 0) -> tuple[InkLine, ...]:
    """Return the lines of a cell; `trim` pixels along its edges are left out (remains of rulings)."""
    inner = PixelBox(box.x0 + trim, box.top + trim, box.x1 - trim, box.bottom - trim)
    return lines_of(ink.within(inner), ink.size, inner)


def lines_of(pieces: Ints, page_size: float, area: PixelBox) -> tuple[InkLine, ...]:
    """Return the lines that pieces of ink form inside an area."""
    if not len(pieces):
        return ()
    size = own_size(pieces, page_size)
    is_letter = letters(pieces, size)
    if not is_letter.any():
        return _lone_sign(pieces, size, area)
    bands = list(_bands(pieces[is_letter]))
    owners = _owners(pieces, bands)
    found = [
        _line(band, pieces[owners == index], is_letter[owners == index], size)
        for index, band in enumerate(bands)
    ]
    return tuple(_parted(found, size, area))


def _owners(pieces: Ints, bands: list[tuple[int, int]]) -> NDArray[np.intp]:
    """Return for each piece the line whose middle is nearest."""
    middle = (pieces[:, TOP] + pieces[:, BOTTOM]) / 2
    lines = np.array([(first + last) / 2 for first, last in bands])
    return np.asarray(np.abs(middle[:, None] - lines[None, :]).argmin(axis=1), dtype=np.intp)


def _bands(chosen: Ints) -> Iterator[tuple[int, int]]:
    """Yield the rows that the middles of letters share, as half-open stretches, from top to bottom."""
    cut = (heights(chosen) * CORE).astype(np.int64)
    first, last = chosen[:, TOP] + cut, chosen[:, BOTTOM] - cut
    start = int(first.min())
    change = np.zeros(int(last.max()) - start + 1, dtype=np.int64)
    np.add.at(change, first - start, 1)
    np.add.at(change, last - start, -1)
    filled = np.concatenate(([False], np.cumsum(change) > 0, [False]))
    edges = np.flatnonzero(filled[1:] != filled[:-1]) + start
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _line(band: tuple[int, int], pieces: Ints, is_letter: Mask, size: float) -> tuple[PixelBox, Ints, Ints]:
    """Return the box of a band's letters with the dots and commas beside them, and what is dirt."""
    middle = (pieces[:, TOP] + pieces[:, BOTTOM]) / 2
    own = is_letter | _grown(pieces, size)
    own &= (middle >= band[0] - 1) & (middle <= band[1] + 1)
    x0, top, x1, bottom = _hull(pieces[own])
    close = (middle > top - REACH * size) & (middle < bottom + 0.4 * size) & (heights(pieces) < 3 * size)
    close &= (pieces[:, X0] > x0 - ENDS * size) & (pieces[:, X1] < x1 + ENDS * size)
    dirt = specks(pieces[close], size)
    far = pieces[~close & ~own & (widths(pieces) < size) & (heights(pieces) < size)]
    low = heights(pieces) < size
    added = pieces[close & low & ~own & ~_among(pieces, dirt)]
    if len(added):
        x0, x1 = min(x0, int(added[:, X0].min())), max(x1, int(added[:, X1].max()))
        inside = added[(added[:, TOP] > band[0] - 1.5 * size) & (added[:, BOTTOM] < bottom + 0.4 * size)]
        if len(inside):
            top, bottom = min(top, int(inside[:, TOP].min())), max(bottom, int(inside[:, BOTTOM].max()))
    return PixelBox(x0, top, x1, bottom), np.concatenate([pieces[own], added]), np.concatenate([dirt, far])


def _grown(pieces: Ints, size: float) -> Mask:
    """Tell which pieces are letters of one line grown together, from the top of a d to the foot of a p: wide ones."""
    found: Mask = (heights(pieces) <= GROWN * size) & (heights(pieces) >= size) & (widths(pieces) >= size)
    return found


def _among(pieces: Ints, some: Ints) -> Mask:
    if not len(some):
        return np.zeros(len(pieces), dtype=bool)
    found: Mask = (pieces[:, None, :] == some[None, :, :]).all(axis=2).any(axis=1)
    return found


def _hull(pieces: Ints) -> tuple[int, int, int, int]:
    return (
        int(pieces[:, X0].min()),
        int(pieces[:, TOP].min()),
        int(pieces[:, X1].max()),
        int(pieces[:, BOTTOM].max()),
    )


def _lone_sign(pieces: Ints, size: float, area: PixelBox) -> tuple[InkLine, ...]:
    """Return a dash or the like as a line; specks give nothing."""
    long = np.maximum(heights(pieces), widths(pieces)) >= DASH * size
    kept = pieces[long & (pieces[:, AREA] >= SOLID * size * DASH * size)]
    if not len(kept):
        return ()
    box = PixelBox(*_hull(kept))
    if box.bottom - box.top > LINE * size:
        return ()
    return (InkLine(box, size, area.top, area.bottom, kept, pieces[~long]),)


def _parted(found: list[tuple[PixelBox, Ints, Ints]], size: float, area: PixelBox) -> Iterator[InkLine]:
    """Yield the lines with the rows between them shared out."""
    boxes = [box for box, _, _ in found]
    for index, (box, kept, dirt) in enumerate(found):
        above = area.top if index == 0 else (boxes[index - 1].bottom + box.top + 1) // 2
        below = area.bottom if index + 1 == len(found) else (box.bottom + boxes[index + 1].top + 1) // 2
        yield InkLine(box, size, min(above, box.top), max(below, box.bottom), kept, dirt)
