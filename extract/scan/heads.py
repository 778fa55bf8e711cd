"""Rows of a head that stands on every page: what was read in them is recalled where the next page shows the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.lattice import Span
from extract.scan.columns import TOP_ROWS
from extract.scan.model import Grey, LineReading, PixelBox

# Correlation of two pictures of one cell: at least, and on the mean over a row. A 6 and an 8 reach 0.97 by
# themselves, so a row is recalled as a whole or not at all.
LEAST_ALIKE, ALIKE = 0.9, 0.965
FEWEST = 5  # cells with text in such a row
SAME_SIZE = 0.06  # share by which the sides of a cell may differ
SHIFT = 0.02  # inches by which the print may lie elsewhere in its cell
SAME_EDGE = 0.012  # share of a grid's width by which its columns may stand elsewhere on the next page
SURE = 0.9  # confidence from which on a reading is worth keeping
WHITE = 255
Floats = NDArray[np.float32]
Lines = tuple[LineReading, ...]
Shares = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    picture: Floats
    box: PixelBox
    lines: Lines


@dataclass(slots=True)
class HeadMemory:
    """What the top rows of a document's grids held on the pages read so far.

    Rows in which a reader was unsure, or two saw something else, are not kept.
    """

    _rows: list[dict[Span, _Kept]] = field(default_factory=list)
    _periods: list[tuple[Shares, range]] = field(default_factory=list)

    def recall(self, clean: Grey, cells: Mapping[Span, PixelBox], dpi: float) -> dict[Span, Lines]:
        """Return the lines of the cells of known rows, moved to where the cells lie on this page.

        A row is known if its cells stand at the same place of the grid and each shows the same picture.
        """
        shift = max(1, round(SHIFT * dpi))
        found: dict[Span, Lines] = {}
        for row in _by_row(cells):
            kept = next(
                (k for k in self._rows if k.keys() == row.keys() and _same(clean, row, k, shift)), None
            )
            if kept is None:
                continue
            for span, box in row.items():
                found[span] = tuple(_moved(line, kept[span].box, box) for line in kept[span].lines)
        return found

    def keep_periods(self, shares: Shares, block: range) -> None:
        """Keep that columns are those of periods; `shares` are the column edges as shares of the grid's width."""
        if not self.knows_periods(shares, block):
            self._periods.append((shares, block))

    def knows_periods(self, shares: Shares, block: range) -> bool:
        """Tell whether columns stand where those of periods stood on a page before."""
        return any(
            block == known and len(shares) == len(edges) and all(map(_is_near, shares, edges))
            for edges, known in self._periods
        )

    def keep(self, clean: Grey, cells: Mapping[Span, PixelBox], lines: Mapping[Span, Lines]) -> None:
        """Keep what was read for sure in the top rows."""
        for row in _by_row(cells):
            read = [line for span in row for line in lines.get(span, ())]
            sure = all(r.confidence >= SURE and r.agreed is not False for r in read)
            if sure and sum(bool(lines.get(span)) for span in row) >= FEWEST:
                self._rows.append(
                    {s: _Kept(_softened(clean, box), box, lines.get(s, ())) for s, box in row.items()}
                )


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_EDGE


def _by_row(cells: Mapping[Span, PixelBox]) -> Iterator[dict[Span, PixelBox]]:
    rows: dict[int, dict[Span, PixelBox]] = {}
    for span, box in cells.items():
        if span.row < TOP_ROWS:
            rows.setdefault(span.row, {})[span] = box
    yield from (row for row in rows.values() if len(row) >= FEWEST)


def _same(clean: Grey, row: Mapping[Span, PixelBox], kept: Mapping[Span, _Kept], shift: int) -> bool:
    likeness = list(_likenesses(clean, row, kept, shift))
    return min(likeness) >= LEAST_ALIKE and sum(likeness) / len(likeness) >= ALIKE


def _likenesses(
    clean: Grey, row: Mapping[Span, PixelBox], kept: Mapping[Span, _Kept], shift: int
) -> Iterable[float]:
    for span, box in row.items():
        picture, known = _softened(clean, box), kept[span].picture
        sides = zip(picture.shape, known.shape, strict=True)
        if any(abs(a - b) > SAME_SIZE * b + 2 for a, b in sides):
            yield 0.0
        else:
            yield _likeness(picture, known, shift)


def _softened(clean: Grey, box: PixelBox) -> Floats:
    """Return the ink of a cell, without its grain."""
    part = clean[box.top : box.bottom, box.x0 : box.x1]
    return cv2.GaussianBlur(WHITE - part, (0, 0), 1.2).astype(np.float32)


def _likeness(one: Floats, other: Floats, shift: int) -> float:
    """Return the correlation of two pictures of about one size, the best one over small shifts."""
    height, width = other.shape
    one = cv2.resize(one, (width, height), interpolation=cv2.INTER_LINEAR)
    shift = min(shift, min(height, width) // 5)
    inside = other[shift : height - shift, shift : width - shift]
    if inside.size == 0 or float(inside.std()) < 1.0:
        return 1.0 if float(one.std()) < 1.0 else 0.0
    return float(cv2.matchTemplate(one, inside, cv2.TM_CCOEFF_NORMED).max())


def _moved(line: LineReading, old: PixelBox, new: PixelBox) -> LineReading:
    right, down = new.x0 - old.x0, new.top - old.top

    def moved(box: PixelBox) -> PixelBox:
        return PixelBox(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)

    words = tuple(replace(word, box=moved(word.box)) for word in line.words)
    return replace(line, box=moved(line.box), words=words)
