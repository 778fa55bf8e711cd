"""Turns the cores of lines in an area and the ink around them into lines of text, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from extract.scan.model import Floats, Indices, Ints, Mask, PixelBox
from extract.scan.pixels import grouped
from extract.scan.text.detector import Core
from extract.scan.text.ink import BOTTOM, LABEL, TOP, X0, X1, PageInk, heights, widths
from extract.scan.text.settings import INK, LINES


class InkLine(NamedTuple):
    """A line's ink: its box, its letter size, the middle of its core, and its pieces as rows of `PageInk.pieces`.

    `shared` are the labels of ink that has grown together with other lines or with a ruling: what of it is in the box
    belongs to the line. `seen` tells that the detector saw the line; one that it did not see may be dirt.
    """

    box: PixelBox
    size: float
    middle: float
    pieces: Ints
    shared: Ints
    seen: bool


def cell_lines(ink: PageInk, box: PixelBox, trim: int = 0) -> tuple[InkLine, ...]:
    """Return the lines of a cell; ink within `trim` pixels of its edges is what is left of its rulings."""
    inner = box.grown(-trim)
    rows = _rows(ink.cores.within(box), LINES.gap_in_cell * ink.size)
    over, pieces = _over_sides(ink, box), ink.within(inner)
    own = pieces[~np.isin(pieces[:, LABEL], over)]
    return tuple(_in_order(_lines(rows, own, np.concatenate([_grown(ink, inner), over]), ink.size)))


def loose_lines(ink: PageInk, areas: Sequence[PixelBox]) -> tuple[InkLine, ...]:
    """Return the lines in areas without cells, row by row from the top, the pieces of a row from the left."""
    found: list[InkLine] = []
    for area in areas:
        rows = _rows(ink.cores.within(area), LINES.gap * ink.size)
        found += _lines(rows, ink.within(area), _grown(ink, area), ink.size)
    return tuple(_in_order(found))


def _rows(cores: Sequence[Core], gap: float) -> list[Core]:
    """Join the cores of one row that are no further apart than `gap`; the height is that of the widest."""
    rows: list[Core] = []
    for core in sorted(cores):
        same = [row for row in rows if _overlap(core, row) >= LINES.same and core.x0 - row.x1 <= gap]
        rows = [row for row in rows if row not in same]
        joined = [core, *same]
        widest = max(joined, key=lambda core: core.width)
        rows.append(widest._replace(x0=min(core.x0 for core in joined), x1=max(core.x1 for core in joined)))
    return rows


def _overlap(one: Core, other: Core) -> float:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(1.0, min(one.height, other.height))


def _grown(ink: PageInk, area: PixelBox) -> Ints:
    """Return the labels of the ink in an area that has grown together beyond a line."""
    x0, top, x1, bottom = ink.pieces[:, : BOTTOM + 1].T
    fits = (bottom - top > LINES.tallest * ink.size) & (x1 - x0 > LINES.ruling[1] * ink.size)
    fits &= (x0 < area.x1) & (x1 > area.x0) & (top < area.bottom) & (bottom > area.top)
    return np.asarray(ink.pieces[fits, LABEL])


def _over_sides(ink: PageInk, cell: PixelBox) -> Ints:
    """Return the labels of the ink that has grown together over a side of a cell: a letter of it, and one beside."""
    least = LINES.over * ink.size
    x0, top, x1, bottom = ink.pieces[:, : BOTTOM + 1].T
    over = np.zeros(len(ink.pieces), np.bool_)
    for side in (cell.x0, cell.x1):
        over |= (x0 <= side - least) & (x1 >= side + least)
    over &= (top + bottom >= 2 * cell.top) & (top + bottom < 2 * cell.bottom)
    return np.asarray(ink.pieces[over & (x1 - x0 <= LINES.tallest * ink.size), LABEL])


def _lines(rows: list[Core], pieces: Ints, shared: Ints, size: float) -> list[InkLine]:
    pieces = pieces[~_is_ruling(pieces, size)]
    high = heights(pieces)
    lone = (_owners(pieces, rows, size) < 0) & (high >= LINES.lone * size) & (high <= LINES.tallest * size)
    alone = [Core(*piece[: BOTTOM + 1].tolist()) for piece in pieces[lone]]
    all_rows = [*rows, *_rows(alone, LINES.gap * size)]
    owners = _owners(pieces, all_rows, size)
    found = (
        _line(row, _size(row, size), pieces[owners == at], shared, seen=at < len(rows))
        for at, row in enumerate(all_rows)
    )
    return [line for line in found if line is not None]


def _is_ruling(pieces: Ints, size: float) -> Mask:
    high, wide = heights(pieces), widths(pieces)
    length, thickness = LINES.ruling
    found: Mask = (np.maximum(high, wide) > length * size) & (np.minimum(high, wide) < thickness * size)
    return found


def _size(row: Core, size: float) -> float:
    """Return the letter size of a row: its core's height, the page's where the row is short."""
    return row.height if row.width >= INK.wide * row.height else size


def _owners(pieces: Ints, rows: Sequence[Core], size: float) -> Indices:
    """Return for each piece the row whose middle is nearest, -1 where none is near."""
    if not rows or not len(pieces):
        return np.full(len(pieces), -1, dtype=np.intp)
    sizes, places = np.array([_size(row, size) for row in rows]), np.array(rows).T
    starts = range(0, len(pieces), LINES.block)
    return np.concatenate([_nearest(pieces[at : at + LINES.block], places, sizes) for at in starts])


def _nearest(pieces: Ints, rows: Floats, sizes: Floats) -> Indices:
    """Return the nearest row of each of some pieces, -1 for none; `rows` are their x0, top, x1 and bottom."""
    x0, top, x1, bottom = rows
    away = np.abs((pieces[:, TOP] + pieces[:, BOTTOM])[:, None] - (top + bottom)[None, :]) / 2 / sizes
    across = np.maximum(x0[None, :] - pieces[:, X1, None], pieces[:, X0, None] - x1[None, :])
    low = heights(pieces)[:, None] <= LINES.tallest * sizes
    away[~((across <= LINES.gap * sizes) & (away <= LINES.near) & low)] = np.inf
    return np.where(np.isfinite(away.min(axis=1)), away.argmin(axis=1), -1)


def _line(row: Core, size: float, pieces: Ints, shared: Ints, *, seen: bool) -> InkLine | None:
    """Return a row's line with the dots near its letters; `None` for a short row without any ink."""
    large = np.maximum(heights(pieces), widths(pieces)) >= LINES.letter * size
    letters = pieces[large]
    if not len(letters) and row.width < size:
        return None
    middle = (row.top + row.bottom) / 2
    box = _hull(row, middle, size, letters)
    near = pieces[:, X1] > box.x0 - LINES.before * size
    near &= pieces[:, X0] < box.x1 + LINES.behind * size
    near &= (pieces[:, BOTTOM] > box.top - LINES.letter * size) & (pieces[:, TOP] < box.bottom)
    own = pieces[large | near]
    return InkLine(_hull(row, middle, size, own), size, middle, own, shared, seen)


def _hull(row: Core, middle: float, size: float, letters: Ints) -> PixelBox:
    """Return the box of a line's core and letters, no higher than a line is."""
    least, most = middle - LINES.half * size, middle + LINES.half * size
    x0, x1 = round(row.x0), round(row.x1)
    if not len(letters):
        return PixelBox(x0, round(least), x1, round(most))
    left, top = letters[:, [X0, TOP]].min(axis=0).tolist()
    right, bottom = letters[:, [X1, BOTTOM]].max(axis=0).tolist()
    return PixelBox(min(x0, left), round(max(top, least)), max(x1, right), round(min(bottom, most)))


def _in_order(lines: Sequence[InkLine]) -> Iterator[InkLine]:
    rows = grouped(
        sorted(lines, key=lambda line: line.middle),
        lambda row, line: line.middle - row[0].middle <= LINES.same * line.size,
    )
    for row in rows:
        yield from sorted(row, key=lambda line: line.box.x0)
