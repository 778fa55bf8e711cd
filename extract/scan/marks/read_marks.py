"""The small cells of a month or quarter grid turned into marked, empty, unknown or covered, by their ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.marks.fills import Fills, find_fills
from extract.scan.marks.groups import Verdict, judge
from extract.scan.marks.ink import Field, field_of
from extract.scan.marks.pieces import Sorted, sort_pieces
from extract.scan.model import MarkReading, Mask, PixelBox, Sheet

HULL = 0.45  # inches; foreign strokes that reach as far enclose an area in which small ink may be theirs
GROUP = 0.16  # inches; strokes that lie closer belong to one stamp or signature
TOUCH = 0.012  # share of a cell's inside that foreign ink must hold to matter
INSIDE = 0.05  # share of a cell's inside that foreign strokes must enclose to matter
HEAVY = 0.04  # share of a cell's inside below ink too dark to see through from which on a mark may hide in it
BARE = 0.02  # share of a cell's inside that may be inked by what a stamp left in an empty cell
HIDING = 0.5  # of a mark's usual ink: foreign ink of so much may be the mark itself, taken for the stamp's
SURE = 0.72  # a mark's confidence that stands under a stamp
MOSTLY = 8  # times that fills outnumber glyphs on a page whose marks are fills
DIRTY = 0.3  # share of a filled cell's inside that dirt and grain may ink
SPECK = 3.1  # points; smaller ink is dirt where fills are the marks

Kind = Literal["glyphs", "fills", "none"]


def read_marks(sheet: Sheet, boxes: Sequence[PixelBox], rulings: Mask, foreign: Mask) -> list[MarkReading]:
    """Return what each cell says, in the order of `boxes`.

    Args:
        sheet: the page, upright and straight.
        boxes: body cells of a month or quarter grid, between the middles of their rulings or inside of
            them; they may be off by two pixels. Head rows are not to be among them.
        rulings: True on rulings, shape of `sheet.grey`.
        foreign: True on ink of stamps and signatures, see `extract.scan.stamps.foreign_ink.foreign_ink`.

    All cells of a page should be given in one call: thresholds come from the page's own ink, and marks
    are judged in groups that look alike. `confidence` is 0 to 1; `ink` is the dark share of the cell's inside.
    """
    if not boxes:
        return []
    area = field_of(sheet, boxes, rulings, foreign)
    pieces = sort_pieces(area, boxes, sheet.dpi)
    verdicts = judge(list(pieces.candidates.values()), len(boxes), sheet.dpi)
    shares = _shares(area, pieces, len(boxes), sheet.dpi)
    fills = find_fills(area, boxes, sheet, shares.under, shares.stamped)
    if sheet.colour is None and area.foreign.any() and fills.filled.any():
        area = replace(area, foreign=area.foreign & ~_shade(area, fills.filled))
        shares = _shares(area, pieces, len(boxes), sheet.dpi)
    kind = _kind(verdicts, fills.filled, shares.under)
    usual = _usual_ink(verdicts, shares)
    page = _Page(pieces, verdicts, fills, shares, sheet.colour is not None, kind, sheet.dpi, usual)
    return [_reading(page, cell) for cell in range(len(boxes))]


class _Shares(NamedTuple):
    """Shares of each cell's inside.

    Ink of any kind, foreign ink, strokes that cross cells, the area that foreign strokes enclose, and what lies
    below ink too dark to see through.
    """

    ink: NDArray[np.float64]
    foreign: NDArray[np.float64]
    crossed: NDArray[np.float64]
    enclosed: NDArray[np.float64]
    veiled: NDArray[np.float64]

    @property
    def under(self) -> NDArray[np.bool_]:
        """The cells that a stamp, a signature or a stroke touches or encloses."""
        return (self.crossed > TOUCH) | self.stamped

    @property
    def stamped(self) -> NDArray[np.bool_]:
        """The cells that foreign ink touches or encloses."""
        return (self.foreign > TOUCH) | (self.enclosed > INSIDE)


class _Page(NamedTuple):
    pieces: Sorted
    verdicts: dict[int, Verdict]
    fills: Fills
    shares: _Shares
    coloured: bool
    kind: Kind
    dpi: float
    usual: float


def _usual_ink(verdicts: dict[int, Verdict], shares: _Shares) -> float:
    """Return the share of ink that a mark of this page has in its cell; none bounds nothing."""
    marked = [n for n, v in verdicts.items() if v.known and v.glyph != "dash" and not shares.under[n]]
    return float(np.median(shares.ink[marked])) if marked else 1.0


def _kind(verdicts: dict[int, Verdict], filled: NDArray[np.bool_], under: NDArray[np.bool_]) -> Kind:
    """Tell by what the page's months are marked, from the cells that no stamp or signature touches.

    Dirt can look like a glyph here and there on a page of fills; else, glyphs make fills mere decoration.
    """
    glyphs = {cell for cell, one in verdicts.items() if one.known and one.glyph != "dash" and not under[cell]}
    fills = set(np.flatnonzero(filled & ~under).tolist())
    if fills and len(fills - glyphs) >= MOSTLY * len(glyphs - fills):
        return "fills"
    return "glyphs" if glyphs else "none"


def _shares(area: Field, pieces: Sorted, count: int, dpi: float) -> _Shares:
    core, cells = area.core.ravel(), area.cells.ravel()
    size = np.maximum(np.bincount(cells[core], minlength=count), 1)

    def share(mask: Mask) -> NDArray[np.float64]:
        place = np.flatnonzero(mask)
        return np.asarray(np.bincount(cells[place[core[place]]], minlength=count) / size)

    foreign = share(area.foreign)
    crossed = np.zeros(count)
    for cell, pixels in pieces.crossed.items():
        crossed[cell] = pixels / size[cell]
    enclosed = share(_enclosed(area.foreign, dpi)) if area.foreign.any() else np.zeros(count)
    return _Shares(share(area.darkness > area.tone.weak), foreign, crossed, enclosed, share(area.veil))


def _shade(area: Field, filled: NDArray[np.bool_]) -> Mask:
    """Return the pixels of filled cells that are no darker than the fill: its grain can look like strokes."""
    inside: Mask = np.append(filled, [False])[area.cells]
    return inside & (area.darkness <= area.tone.weak)


def _enclosed(foreign: Mask, dpi: float) -> Mask:
    """Return the area that large foreign strokes enclose, arcs of one ring taken together."""
    step = max(1, round(dpi / 50.0))
    joined = cv2.dilate(foreign.astype(np.uint8), np.ones((step, step), np.uint8))[::step, ::step]
    side = 2 * round(GROUP * dpi / step / 2) + 1
    joined = cv2.morphologyEx(np.ascontiguousarray(joined), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    hulls = np.zeros(joined.shape, dtype=np.uint8)
    for index, (left, top, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        if max(width, height) * step < HULL * dpi:
            continue
        part = (labels[top : top + height, left : left + width] == index).astype(np.uint8)
        points = cv2.findNonZero(part) + np.array([left, top], dtype=np.int32)
        cv2.fillConvexPoly(hulls, cv2.convexHull(points), 1)
    size = (foreign.shape[1], foreign.shape[0])
    inside: Mask = cv2.resize(hulls, size, interpolation=cv2.INTER_NEAREST).astype(np.bool_)
    return inside


def _reading(page: _Page, cell: int) -> MarkReading:
    ink = round(float(page.shares.ink[cell]), 4)
    touched = page.shares.foreign[cell] > TOUCH
    if not touched and page.kind == "fills" and page.fills.filled[cell] and ink < DIRTY:
        return _filled(page, cell, ink)
    if touched or page.shares.enclosed[cell] > INSIDE:
        return _under(page, cell, ink)
    if page.shares.crossed[cell] > 0:
        return _under(page, cell, ink)
    if cell in page.pieces.doubtful:
        return MarkReading("unknown", 0.4, ink, "other")
    return _plain(page, cell, ink)


def _filled(page: _Page, cell: int, ink: float) -> MarkReading:
    """Return the reading of a filled cell where fills are the marks: dirt and grain do not matter, a dash does."""
    verdict = page.verdicts.get(cell)
    if verdict is not None and verdict.glyph == "dash":
        return MarkReading("unknown", 0.5, ink, "dash")
    if verdict is None or verdict.dirt:
        return MarkReading("marked", 0.93, ink, "filled")
    return MarkReading("marked", 0.85, ink, "filled")


def _plain(page: _Page, cell: int, ink: float) -> MarkReading:
    """Return the reading of a cell that no stamp or signature touches."""
    verdict = page.verdicts.get(cell)
    if verdict is None or verdict.dirt:
        return _bare(page, cell, ink, dirty=verdict is not None)
    if page.kind == "fills" and verdict.glyph != "dash" and _is_speck(page, cell):
        return _bare(page, cell, ink, dirty=True)
    if not verdict.known or (page.kind == "fills" and page.fills.doubtful[cell]):
        return MarkReading("unknown", 0.5, ink, verdict.glyph)
    if verdict.glyph == "dash":
        return MarkReading("empty", verdict.confidence, ink, "dash")
    return MarkReading(
        "unknown" if page.kind == "fills" else "marked", verdict.confidence, ink, verdict.glyph
    )


def _is_speck(page: _Page, cell: int) -> bool:
    """Tell whether all pieces of ink in a cell are as small as dirt is."""
    candidate = page.pieces.candidates[cell]
    return all(max(one.size) * 72.0 <= SPECK * page.dpi for one in candidate.parts or (candidate,))


def _bare(page: _Page, cell: int, ink: float, *, dirty: bool) -> MarkReading:
    """Return the reading of a cell without a glyph where fills are no marks or the cell is not clearly filled."""
    filled, doubtful = page.fills.filled[cell], page.fills.doubtful[cell]
    if filled or (doubtful and page.kind != "glyphs"):
        return MarkReading("unknown", 0.5, ink, "filled")
    return MarkReading("empty", 0.7 if dirty else max(0.6, 0.995 - 4.0 * ink), ink)


def _under(page: _Page, cell: int, ink: float) -> MarkReading:
    """Return the reading of a cell that a stamp or signature touches or encloses."""
    verdict = page.verdicts.get(cell)
    doubtful = cell in page.pieces.doubtful
    if page.fills.filled[cell] or page.fills.doubtful[cell]:
        return MarkReading("covered", 0.5, ink, "filled")
    if verdict is None or verdict.dirt:
        touched = page.shares.foreign[cell] + page.shares.crossed[cell] > TOUCH
        clear = page.coloured and page.shares.veiled[cell] < HEAVY and cell not in page.pieces.crossed
        hides = page.shares.foreign[cell] > HIDING * page.usual
        if not doubtful and not hides and (clear or not touched) and page.shares.ink[cell] < BARE:
            return MarkReading("empty", 0.8, ink)
        return MarkReading("covered", 0.5, ink)
    sure = verdict.known and verdict.grouped and verdict.confidence >= SURE and verdict.glyph != "dash"
    if sure and verdict.placed and not doubtful:
        return MarkReading("marked", round(verdict.confidence * 0.9, 3), ink, verdict.glyph)
    return MarkReading("covered", 0.5, ink, verdict.glyph)
