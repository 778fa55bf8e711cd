"""Turns the cores of lines in an area and the ink around them into lines of text, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Mask, PixelBox
from extract.scan.text.detector import Core
from extract.scan.text.ink import BOTTOM, LABEL, TOP, WIDE, X0, X1, Ints, PageInk, heights, widths

SAME = 0.5  # share of the lower one's height by which the cores of one line overlap
# Letter sizes: how far from the middle of a line's core the middle of its ink lies at most, and the ink itself. Lines
# are at least twice that apart.
NEAR, HALF = 1.25, 1.4
LETTER = 0.5  # letter sizes: ink as high or as wide as that is a letter or a dash, smaller ink a dot or dirt
LONE = 0.75  # letter sizes: ink as high as that which no core covers is a line by itself
TALLEST = 3.0  # letter sizes: higher ink is letters of several lines grown together
OVER = 0.4  # letter sizes of it on both sides of a border that make ink two letters, a ruling between them
RULE = (6.0, 0.4)  # letter sizes: what is longer and thinner is left of a ruling
BESIDE = (1.8, 0.8)  # letter sizes: so near before a line the dash of its item lies, and behind it its stop
GAP = 2.8  # letter sizes (1.5 of the font's): outside the cells, letters further apart are two lines
APART = 10.0  # letter sizes: the same inside a cell, where words are spaced out to fill the line
BLOCK = 2048  # pieces of ink held against all rows at once: a page of dirt has a hundred thousand
Floats = NDArray[np.float64]


class InkLine(NamedTuple):
    """A line's ink: its box, its letter size, the middle of its core, and its pieces as rows of `PageInk.pieces`.

    `shared` are the labels of ink that has grown together with other lines or with a ruling: what of it lies in the box
    is the line's.
    `seen` tells that the detector saw the line; one that it did not see may be dirt.
    """

    box: PixelBox
    size: float
    middle: float
    pieces: Ints
    shared: Ints
    seen: bool


def cell_lines(ink: PageInk, box: PixelBox, trim: int = 0) -> tuple[InkLine, ...]:
    """Return the lines of a cell; ink within `trim` pixels of its edges is what is left of its rulings."""
    inner = PixelBox(box.x0 + trim, box.top + trim, box.x1 - trim, box.bottom - trim)
    rows = _rows(ink.cores.within(box), APART * ink.size)
    over, pieces = _over_sides(ink, box), ink.within(inner)
    own = pieces[~np.isin(pieces[:, LABEL], over)]
    return tuple(_in_order(_lines(rows, own, np.concatenate([_grown(ink, inner), over]), ink.size)))


def loose_lines(ink: PageInk, areas: Sequence[PixelBox]) -> tuple[InkLine, ...]:
    """Return the lines in areas without cells, row by row from the top, the pieces of a row from the left."""
    found: list[InkLine] = []
    for area in areas:
        rows = _rows(ink.cores.within(area), GAP * ink.size)
        found += _lines(rows, ink.within(area), _grown(ink, area), ink.size)
    return tuple(_in_order(found))


def _rows(cores: Sequence[Core], gap: float) -> list[Core]:
    """Join the cores that lie in one row no further apart than `gap`."""
    rows: list[Core] = []
    for core in sorted(cores):
        same = [row for row in rows if _overlap(core, row) >= SAME and core.x0 - row.x1 <= gap]
        rows = [row for row in rows if row not in same]
        rows.append(_joined([core, *same]))
    return rows


def _overlap(one: Core, other: Core) -> float:
    """Return by what share of the lower one's height two cores overlap."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(1.0, min(one.bottom - one.top, other.bottom - other.top))


def _joined(cores: Sequence[Core]) -> Core:
    """Join the cores of a row; its rows are those of the widest."""
    widest = max(cores, key=lambda core: core.x1 - core.x0)
    return widest._replace(x0=min(core.x0 for core in cores), x1=max(core.x1 for core in cores))


def _grown(ink: PageInk, area: PixelBox) -> Ints:
    """Return the labels of the ink in an area that has grown together beyond a line."""
    high, wide = heights(ink.pieces), widths(ink.pieces)
    fits = (high > TALLEST * ink.size) & (wide > RULE[1] * ink.size)
    fits &= (ink.pieces[:, X0] < area.x1) & (ink.pieces[:, X1] > area.x0)
    fits &= (ink.pieces[:, TOP] < area.bottom) & (ink.pieces[:, BOTTOM] > area.top)
    return np.asarray(ink.pieces[fits, LABEL])


def _over_sides(ink: PageInk, cell: PixelBox) -> Ints:
    """Return the labels of the ink that has grown together over a side of a cell: a letter of it, and one of the cell beside."""
    least = OVER * ink.size
    x0, x1 = ink.pieces[:, X0], ink.pieces[:, X1]
    over = np.zeros(len(ink.pieces), np.bool_)
    for side in (cell.x0, cell.x1):
        over |= (x0 <= side - least) & (x1 >= side + least)
    middle = ink.pieces[:, TOP] + ink.pieces[:, BOTTOM]
    over &= (middle >= 2 * cell.top) & (middle < 2 * cell.bottom) & (widths(ink.pieces) <= TALLEST * ink.size)
    return np.asarray(ink.pieces[over, LABEL])


def _lines(rows: list[Core], pieces: Ints, shared: Ints, size: float) -> list[InkLine]:
    pieces = pieces[~_is_rule(pieces, size)]
    owners = _owners(pieces, rows, size)
    lone = (owners < 0) & (heights(pieces) >= LONE * size) & (heights(pieces) <= TALLEST * size)
    all_rows = [*rows, *_rows([Core(*piece[: BOTTOM + 1].tolist()) for piece in pieces[lone]], GAP * size)]
    owners = _owners(pieces, all_rows, size)
    found = (
        _line(row, _size(row, size), pieces[owners == at], shared, seen=at < len(rows))
        for at, row in enumerate(all_rows)
    )
    return [line for line in found if line is not None]


def _is_rule(pieces: Ints, size: float) -> Mask:
    sides = np.sort(np.column_stack([heights(pieces), widths(pieces)]), axis=1)
    found: Mask = (sides[:, 1] > RULE[0] * size) & (sides[:, 0] < RULE[1] * size)
    return found


def _size(row: Core, size: float) -> float:
    """Return the letter size of a row: its core's height, the page's where the row is short."""
    high = row.bottom - row.top
    return high if row.x1 - row.x0 >= WIDE * high else size


def _owners(pieces: Ints, rows: Sequence[Core], size: float) -> NDArray[np.intp]:
    """Return for each piece the row whose middle is nearest, -1 where none is near."""
    if not rows or not len(pieces):
        return np.full(len(pieces), -1, dtype=np.intp)
    sizes = np.array([_size(row, size) for row in rows])
    starts = range(0, len(pieces), BLOCK)
    return np.concatenate([_nearest(pieces[at : at + BLOCK], np.array(rows).T, sizes) for at in starts])


def _nearest(pieces: Ints, rows: Floats, sizes: Floats) -> NDArray[np.intp]:
    """Return the nearest row of each of some pieces, -1 for none; `rows` are their x0, top, x1 and bottom."""
    x0, top, x1, bottom = rows
    away = np.abs((pieces[:, TOP] + pieces[:, BOTTOM])[:, None] - (top + bottom)[None, :]) / 2 / sizes
    across = np.maximum(x0[None, :] - pieces[:, X1, None], pieces[:, X0, None] - x1[None, :])
    fits = (across <= GAP * sizes) & (away <= NEAR) & (heights(pieces)[:, None] <= TALLEST * sizes)
    away[~fits] = np.inf
    nearest = away.argmin(axis=1)
    return np.where(np.isfinite(away.min(axis=1)), nearest, -1)


def _line(row: Core, size: float, pieces: Ints, shared: Ints, *, seen: bool) -> InkLine | None:
    """Return a row's line with the dots near its letters; `None` for a short row without any ink."""
    large = np.maximum(heights(pieces), widths(pieces)) >= LETTER * size
    letters = pieces[large]
    if not len(letters) and row.x1 - row.x0 < size:
        return None
    middle = (row.top + row.bottom) / 2
    box = _hull(row, middle, size, letters)
    near = (pieces[:, X1] > box.x0 - BESIDE[0] * size) & (pieces[:, X0] < box.x1 + BESIDE[1] * size)
    near &= (pieces[:, BOTTOM] > box.top - LETTER * size) & (pieces[:, TOP] < box.bottom)
    own = pieces[large | near]
    return InkLine(_hull(row, middle, size, own), size, middle, own, shared, seen)


def _hull(row: Core, middle: float, size: float, letters: Ints) -> PixelBox:
    """Return the box of a line's core and letters, no higher than a line is."""
    least, most = middle - HALF * size, middle + HALF * size
    x0, x1 = round(row.x0), round(row.x1)
    if not len(letters):
        return PixelBox(x0, round(least), x1, round(most))
    left, top = letters[:, [X0, TOP]].min(axis=0).tolist()
    right, bottom = letters[:, [X1, BOTTOM]].max(axis=0).tolist()
    return PixelBox(min(x0, left), round(max(top, least)), max(x1, right), round(min(bottom, most)))


def _in_order(lines: Sequence[InkLine]) -> Iterator[InkLine]:
    row: list[InkLine] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if row and line.middle - row[0].middle > SAME * line.size:
            yield from sorted(row, key=_left)
            row = []
        row.append(line)
    yield from sorted(row, key=_left)


def _left(line: InkLine) -> int:
    return line.box.x0
