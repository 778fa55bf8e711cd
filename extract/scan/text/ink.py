"""Turns a cleaned page into its pieces of ink and the cores of its lines of print."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import WHITE, Grey, Ints, Mask, PixelBox
from extract.scan.pixels import dilated, eroded, pieces_of
from extract.scan.text.detector import CoreMap, core_map
from extract.scan.text.settings import INK

X0, TOP, X1, BOTTOM, AREA, LABEL = range(6)  # columns of `PageInk.pieces`


class PageInk(NamedTuple):
    """The ink of a page.

    `pieces` are the connected dark places, an (n, 6) array of x0, top, x1, bottom, dark pixels, label, in no order;
    `labels` gives each pixel's label, 0 for paper. `size` is the page's letter size in pixels: the height of a core,
    about that of an x. `clean` is the page that readers get.
    """

    clean: Grey
    pieces: Ints
    labels: NDArray[np.integer]
    cores: CoreMap
    size: float

    def within(self, box: PixelBox) -> Ints:
        """Return the pieces whose middle is in a box."""
        x = self.pieces[:, X0] + self.pieces[:, X1]
        y = self.pieces[:, TOP] + self.pieces[:, BOTTOM]
        inside = (x >= 2 * box.x0) & (x < 2 * box.x1) & (y >= 2 * box.top) & (y < 2 * box.bottom)
        return self.pieces[inside]


def page_ink(clean: Grey, dpi: float, cores: CoreMap | None = None) -> PageInk:
    """Find the ink of a page whose rulings are whitened, and the lines it forms; `dpi` is its resolution.

    `cores` are those of its lines where they are known; the detector finds them otherwise.
    """
    cores = cores or core_map(clean, dpi)
    found = cores.within(PixelBox(0, 0, clean.shape[1], clean.shape[0]))
    high = [core.height for core in found if core.width >= INK.wide * core.height]
    size = float(np.median(high)) if high else INK.size * dpi
    pieces = pieces_of(clean < _levels(clean, cores.on_page(clean.shape), size, dpi))
    rows = pieces.stats[1:]
    ends, labels = rows[:, :2] + rows[:, 2:-1], np.arange(1, len(pieces.stats))
    columns = (rows[:, :2], ends, rows[:, -1], labels)
    return PageInk(clean, np.column_stack(columns).astype(np.int32), pieces.labels, cores, size)


def _levels(clean: Grey, cores: Mask, size: float, dpi: float) -> Grey:
    """Return the grey level of each place below which it is ink: in a line, halfway to its darkest place."""
    darkest = eroded(clean, round(INK.around * dpi))
    line = dilated(cores, round(size), round(INK.line_core * size))
    local = np.clip((darkest.astype(np.uint16) + WHITE) // 2, INK.darkest, INK.faintest).astype(np.uint8)
    return np.where(line, local, np.uint8(round(ink_level(clean))))


def dark_pixels(clean: Grey) -> Mask:
    """Return the pixels that are ink."""
    dark: Mask = clean < ink_level(clean)
    return dark


def ink_level(clean: Grey) -> float:
    """Return the grey level below which a pixel is ink: the middle between this page's paper and ink (Otsu)."""
    level, _ = cv2.threshold(clean[::2, ::2], 0, WHITE, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(max(level, INK.darkest), INK.palest))


def heights(pieces: Ints) -> Ints:
    """Return the heights of pieces."""
    return np.asarray(pieces[:, BOTTOM] - pieces[:, TOP], dtype=np.int32)


def widths(pieces: Ints) -> Ints:
    """Return the widths of pieces."""
    return np.asarray(pieces[:, X1] - pieces[:, X0], dtype=np.int32)


def middles(pieces: Ints) -> NDArray[np.float64]:
    """Return the places of the middles of pieces along the page."""
    return np.asarray((pieces[:, X0] + pieces[:, X1]) / 2, dtype=np.float64)
