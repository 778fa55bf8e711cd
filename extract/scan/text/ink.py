"""Turns a cleaned page into its pieces of ink and the cores of its lines of print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask, PixelBox
from extract.scan.text.detector import CoreMap, core_map

Ints = NDArray[np.int32]
X0, TOP, X1, BOTTOM, AREA, LABEL = range(6)  # columns of `PageInk.pieces`

DARKEST, PALEST = 90, 190  # grey levels between which the threshold of ink lies
FAINTEST = 225  # grey level from which on nothing is ink, not in a faint line either
AROUND = 0.1  # inches: in a line, ink is what is darker than the middle between paper and the darkest so near
WHITE = 255
SIZE = 0.07  # inches: letter size where a page has no line that tells it
WIDE = 3  # times its height: a core as wide as that is as high as its letters
LINE_CORE = 1.8  # letter sizes: around the middle of a core, all of its line's ink lies so near


@dataclass(frozen=True, slots=True)
class PageInk:
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
        """Return the pieces whose middle lies in a box."""
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
    high = [core.bottom - core.top for core in found if core.x1 - core.x0 >= WIDE * (core.bottom - core.top)]
    size = float(np.median(high)) if high else SIZE * dpi
    dark = clean < _levels(clean, cores.on_page(clean.shape), size, dpi)
    labels, stats, _ = pieces_of(dark.view(np.uint8))
    x0, top, width, height, area = stats[1:].T
    label = np.arange(1, len(stats))
    pieces = np.column_stack([x0, top, x0 + width, top + height, area, label]).astype(np.int32)
    return PageInk(clean, pieces, labels, cores, size)


def _levels(clean: Grey, cores: Mask, size: float, dpi: float) -> Grey:
    """Return the grey level of each place below which it is ink: in a line, half of the way to its darkest place."""
    reach = round(AROUND * dpi)
    darkest = cv2.erode(clean, np.ones((reach, reach), np.uint8))
    line = cv2.dilate(cores.view(np.uint8), np.ones((round(LINE_CORE * size), round(size)), np.uint8))
    page = round(ink_level(clean))
    local = np.clip((darkest.astype(np.uint16) + WHITE) // 2, DARKEST, FAINTEST).astype(np.uint8)
    levels: Grey = np.where(line > 0, local, np.uint8(page))
    return levels


def dark_pixels(clean: Grey) -> Mask:
    """Return the pixels that are ink."""
    dark: Mask = clean < ink_level(clean)
    return dark


def ink_level(clean: Grey) -> float:
    """Return the grey level below which a pixel is ink: the middle between this page's paper and ink (Otsu)."""
    level, _ = cv2.threshold(clean[::2, ::2], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(max(level, DARKEST), PALEST))


def heights(pieces: Ints) -> Ints:
    """Return the heights of pieces."""
    return np.asarray(pieces[:, BOTTOM] - pieces[:, TOP], dtype=np.int32)


def widths(pieces: Ints) -> Ints:
    """Return the widths of pieces."""
    return np.asarray(pieces[:, X1] - pieces[:, X0], dtype=np.int32)
