"""The small cells of a month or quarter grid turned into marked, empty, unknown or covered, by their ink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np

from extract.scan.marks.fills import Fills, find_fills
from extract.scan.marks.groups import Verdict, judge
from extract.scan.marks.ink import InkArea, ink_area
from extract.scan.marks.pieces import SortedInk, sort_pieces
from extract.scan.marks.settings import PLACES, READING
from extract.scan.model import Floats, MarkReading, Mask, PixelBox, Sheet
from extract.scan.pixels import closed, dilated, pieces_of

Kind = Literal["glyphs", "fills", "none"]


def read_marks(sheet: Sheet, boxes: Sequence[PixelBox], rulings: Mask, foreign: Mask) -> list[MarkReading]:
    """Return what each cell says, in the order of `boxes`.

    Args:
        sheet: the page, upright and straight.
        boxes: body cells of a month or quarter grid, between the middles of their rulings or inside of
            them; they may be off by two pixels. Header rows are not to be among them.
        rulings: True on rulings, shape of `sheet.grey`.
        foreign: True on ink of stamps and signatures, see `extract.scan.stamps.foreign_ink.foreign_ink`.

    All cells of a page should be given in one call: thresholds come from the page's own ink, and marks are judged in groups
    that look alike. The `ink` of a reading is the dark share of the cell's inside.
    """
    if not boxes:
        return []
    area = ink_area(sheet, boxes, rulings, foreign)
    pieces = sort_pieces(area, boxes, sheet.dpi)
    verdicts = judge(list(pieces.candidates.values()), len(boxes), sheet.dpi)
    shares = _shares(area, pieces, len(boxes), sheet.dpi)
    fills = find_fills(area, boxes, sheet, shares.under, shares.stamped)
    if sheet.colour is None and area.foreign.any() and fills.filled.any():
        area = area._replace(foreign=area.foreign & ~_shade(area, fills.filled))
        shares = _shares(area, pieces, len(boxes), sheet.dpi)
    glyphs = [cell for cell, one in verdicts.items() if one.is_mark and not shares.under[cell]]
    page = _Page(
        pieces=pieces,
        verdicts=verdicts,
        fills=fills,
        shares=shares,
        coloured=sheet.colour is not None,
        kind=_kind(set(glyphs), set(np.flatnonzero(fills.filled & ~shares.under).tolist())),
        usual=float(np.median(shares.ink[glyphs])) if glyphs else 1.0,
    )
    return [page.reading(cell) for cell in range(len(boxes))]


class _Shares(NamedTuple):
    """Shares of each cell's inside.

    Ink of any kind, foreign ink, strokes that cross cells, the area that foreign strokes enclose, and what lies
    below ink too dark to see through.
    """

    ink: Floats
    foreign: Floats
    crossed: Floats
    enclosed: Floats
    veiled: Floats

    @property
    def under(self) -> Mask:
        """The cells that a stamp, a signature or a stroke touches or encloses."""
        return (self.crossed > READING.touch) | self.stamped

    @property
    def stamped(self) -> Mask:
        """The cells that foreign ink touches or encloses."""
        return (self.foreign > READING.touch) | (self.enclosed > READING.inside)


def _shares(area: InkArea, pieces: SortedInk, count: int, dpi: float) -> _Shares:
    cells = np.where(area.core, area.cells, -1) + 1
    pixels = np.maximum(np.bincount(cells.ravel(), minlength=count + 1)[1:], 1)

    def share(mask: Mask) -> Floats:
        return np.asarray(np.bincount(cells[mask], minlength=count + 1)[1:] / pixels)

    crossed = np.zeros(count)
    for cell, own in pieces.crossed.items():
        crossed[cell] = own / pixels[cell]
    enclosed = share(_enclosed(area.foreign, dpi)) if area.foreign.any() else np.zeros(count)
    ink = share(area.darkness > area.tone.weak)
    return _Shares(ink, share(area.foreign), crossed, enclosed, share(area.veil))


def _enclosed(foreign: Mask, dpi: float) -> Mask:
    """Return the area that large foreign strokes enclose, arcs of one ring taken together."""
    step = max(1, round(dpi / 50.0))
    small = np.ascontiguousarray(dilated(foreign, step)[::step, ::step])
    pieces = pieces_of(closed(small, 2 * round(READING.group * dpi / step / 2) + 1))
    hulls = np.zeros(small.shape, dtype=np.uint8)
    for index, box in enumerate(pieces.boxes(), start=1):
        if max(box.width, box.height) * step >= READING.hull * dpi:
            part = (pieces.labels[box.part] == index).view(np.uint8)
            points = cv2.findNonZero(part) + np.array([box.x0, box.top], dtype=np.int32)
            cv2.fillConvexPoly(hulls, cv2.convexHull(points), 1)
    inside: Mask = cv2.resize(hulls, foreign.shape[::-1], interpolation=cv2.INTER_NEAREST).view(np.bool_)
    return inside


def _shade(area: InkArea, filled: Mask) -> Mask:
    """Return the pixels of filled cells that are no darker than the fill: its grain can look like strokes."""
    inside: Mask = np.append(filled, [False])[area.cells]
    return inside & (area.darkness <= area.tone.weak)


def _kind(glyphs: set[int], fills: set[int]) -> Kind:
    """Tell by what the page's months are marked, from the cells with clear glyphs, and those with clear fills.

    Dirt can look like a glyph here and there on a page of fills; else, glyphs make fills mere decoration.
    """
    if fills and len(fills - glyphs) >= READING.mostly * len(glyphs - fills):
        return "fills"
    return "glyphs" if glyphs else "none"


class _Page(NamedTuple):
    """What is known of a page's cells; `usual` is the share of ink that one of its marks has in its cell."""

    pieces: SortedInk
    verdicts: Mapping[int, Verdict]
    fills: Fills
    shares: _Shares
    coloured: bool
    kind: Kind
    usual: float

    def reading(self, cell: int) -> MarkReading:
        """Return what a cell says."""
        ink = round(float(self.shares.ink[cell]), 4)
        touched = self.shares.foreign[cell] > READING.touch
        by_fills = self.kind == "fills" and self.fills.filled[cell]
        if not touched and by_fills and ink < READING.dirty:
            return self._filled(cell, ink)
        if self.shares.stamped[cell] or self.shares.crossed[cell] > 0:
            return self._under(cell, ink)
        if cell in self.pieces.doubtful:
            return MarkReading("unknown", 0.4, ink, "other")
        return self._plain(cell, ink)

    def _filled(self, cell: int, ink: float) -> MarkReading:
        """Return the reading of a filled cell where fills are the marks: dirt and grain do not matter, a dash does."""
        verdict = self.verdicts.get(cell)
        if verdict is not None and verdict.glyph == "dash":
            return MarkReading("unknown", 0.5, ink, "dash")
        clean = verdict is None or verdict.dirt
        return MarkReading("marked", 0.93 if clean else 0.85, ink, "filled")

    def _plain(self, cell: int, ink: float) -> MarkReading:
        verdict = self.verdicts.get(cell)
        if verdict is None or verdict.dirt:
            return self._bare(cell, ink, dirty=verdict is not None)
        if self.kind == "fills" and verdict.glyph != "dash" and self._is_speck(cell):
            return self._bare(cell, ink, dirty=True)
        if not verdict.known or (self.kind == "fills" and self.fills.doubtful[cell]):
            return MarkReading("unknown", 0.5, ink, verdict.glyph)
        if verdict.glyph == "dash":
            return MarkReading("empty", verdict.confidence, ink, "dash")
        state: Literal["unknown", "marked"] = "unknown" if self.kind == "fills" else "marked"
        return MarkReading(state, verdict.confidence, ink, verdict.glyph)

    def _is_speck(self, cell: int) -> bool:
        candidate = self.pieces.candidates[cell]
        return all(max(one.points) <= PLACES.speck for one in candidate.parts or (candidate,))

    def _bare(self, cell: int, ink: float, *, dirty: bool) -> MarkReading:
        """Return the reading of a cell without a glyph where fills are not marks or the cell is not clearly filled."""
        if self.fills.filled[cell] or (self.fills.doubtful[cell] and self.kind != "glyphs"):
            return MarkReading("unknown", 0.5, ink, "filled")
        clean = max(0.6, 0.995 - 4.0 * ink)
        return MarkReading("empty", 0.7 if dirty else clean, ink)

    def _under(self, cell: int, ink: float) -> MarkReading:
        """Return the reading of a cell that a stamp or signature touches or encloses."""
        verdict = self.verdicts.get(cell)
        doubtful = cell in self.pieces.doubtful
        if self.fills.filled[cell] or self.fills.doubtful[cell]:
            return MarkReading("covered", 0.5, ink, "filled")
        if verdict is None or verdict.dirt:
            if not doubtful and self._is_seen_bare(cell):
                return MarkReading("empty", 0.8, ink)
            return MarkReading("covered", 0.5, ink)
        sure = verdict.is_mark and verdict.grouped and verdict.confidence >= READING.sure
        if sure and verdict.placed and not doubtful:
            confidence = round(verdict.confidence * 0.9, 3)
            return MarkReading("marked", confidence, ink, verdict.glyph)
        return MarkReading("covered", 0.5, ink, verdict.glyph)

    def _is_seen_bare(self, cell: int) -> bool:
        """Tell whether a cell below a stamp or pen surely holds no mark."""
        shares = self.shares
        touched = shares.foreign[cell] + shares.crossed[cell] > READING.touch
        clear = self.coloured and shares.veiled[cell] < READING.heavy and cell not in self.pieces.crossed
        hides = shares.foreign[cell] > READING.hiding * self.usual
        return bool(not hides and (clear or not touched) and shares.ink[cell] < READING.bare)
