"""Turns a cleaned page into its pieces of ink: boxes of connected dark pixels and the page's letter size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask, PixelBox

Ints = NDArray[np.int32]
X0, TOP, X1, BOTTOM, AREA = range(5)  # columns of `PageInk.pieces`

DARKEST, PALEST = 90, 190  # grey levels between which the threshold of ink lies
LEAST, MOST = 0.03, 0.25  # inches: heights of printed letters
SIZE = 0.07  # inches: letter height where a page has too few letters to tell
FEW = 5  # letters that tell a size
# Three letters in four are no higher than a capital, in capitals and in small letters alike; the height of an x is
# about this share of it. The median would jump between the two.
TALL, X_SHARE = 75, 0.77
LETTER: Final = (0.5, 2.1)  # letter sizes: the height of a piece that tells where a line runs
THIN = 0.3  # letter sizes: a piece no thicker than this and much longer is a rule, not a letter


@dataclass(frozen=True, slots=True)
class PageInk:
    """The pieces of ink of a page, an (n, 5) array of x0, top, x1, bottom, dark pixels, in no order.

    `size` is the letter size of the page in pixels: the height of an x, told from the taller letters.
    """

    pieces: Ints
    size: float

    def within(self, box: PixelBox) -> Ints:
        """Return the pieces whose middle lies in a box."""
        x = self.pieces[:, X0] + self.pieces[:, X1]
        y = self.pieces[:, TOP] + self.pieces[:, BOTTOM]
        inside = (x >= 2 * box.x0) & (x < 2 * box.x1) & (y >= 2 * box.top) & (y < 2 * box.bottom)
        return self.pieces[inside]


def page_ink(clean: Grey, dpi: float) -> PageInk:
    """Find the ink of a page whose rulings are whitened."""
    dark = dark_pixels(clean)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.view(np.uint8), connectivity=8)
    x0, top, width, height, area = stats[1:].T
    pieces = np.column_stack([x0, top, x0 + width, top + height, area]).astype(np.int32)
    return PageInk(pieces, _page_size(pieces, dpi))


def dark_pixels(clean: Grey) -> Mask:
    """Return the pixels that are ink: darker than the middle between this page's paper and ink (Otsu)."""
    level, _ = cv2.threshold(clean[::2, ::2], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark: Mask = clean < min(max(level, DARKEST), PALEST)
    return dark


def heights(pieces: Ints) -> Ints:
    """Return the heights of pieces."""
    return np.asarray(pieces[:, BOTTOM] - pieces[:, TOP], dtype=np.int32)


def widths(pieces: Ints) -> Ints:
    """Return the widths of pieces."""
    return np.asarray(pieces[:, X1] - pieces[:, X0], dtype=np.int32)


def letters(pieces: Ints, size: float) -> Mask:
    """Tell which pieces are letters by their height: no dots, no rules, no two lines grown together."""
    high, wide = heights(pieces), widths(pieces)
    fits = (high >= LETTER[0] * size) & (high <= LETTER[1] * size)
    upright_rule = (wide <= 0.1 * size) & (high > 1.6 * size)
    found: Mask = fits & ~upright_rule
    return found


def own_size(pieces: Ints, size: float) -> float:
    """Return the letter size of some pieces alone; `size` of the page where they are too few to tell."""
    high = heights(pieces)
    tall = high[(high >= LETTER[0] * size) & (widths(pieces) <= 4 * np.maximum(high, 1))]
    if not len(tall):
        return size
    own = X_SHARE * float(np.percentile(tall, TALL))
    return own if len(tall) >= FEW else max(size, own)


def _page_size(pieces: Ints, dpi: float) -> float:
    high, wide = heights(pieces), widths(pieces)
    fits = (high >= LEAST * dpi) & (high <= MOST * dpi) & (wide <= 2 * high) & (wide * 4 >= high)
    return X_SHARE * float(np.percentile(high[fits], TALL)) if fits.sum() >= FEW else SIZE * dpi
