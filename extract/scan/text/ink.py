"""Turns a cleaned page into its pieces of ink: boxes of connected dark pixels and the page's letter size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Grey, Mask, PixelBox

Ints = NDArray[np.int32]
X0, TOP, X1, BOTTOM, AREA, LINKED = range(6)  # columns of `PageInk.pieces`

DARKEST, PALEST = 90, 190  # grey levels between which the threshold of ink lies
LEAST, MOST = 0.03, 0.25  # inches: heights of printed letters
SIZE = 0.07  # inches: letter height where a page has too few letters to tell
FEW = 5  # letters that tell a size
# Three letters in four are no higher than a capital, in capitals and in small letters alike; the height of an x is
# about this share of it. The median would jump between the two.
TALL, X_SHARE = 75, 0.77
LETTER: Final = (0.5, 2.1)  # letter sizes: the height of a piece that tells where a line runs
# A faint stroke: least and most height, most width in letter sizes; crumbs of it are smaller than CRUMB. FAINT is how
# far from the level of ink towards white a pixel may be.
STROKE = (1.1, 2.2, 0.9)
STROKE_INK = 1.0  # its least ink, in letter sizes of a line one pixel wide
CRUMB = 0.8
CLOSE = 0.5  # letter sizes: a slash is no further from a letter
TINY = 0.35  # letter sizes: crumbs up to this size may be remains of a faint stroke
FAINT = 0.55
WHITE = 255
THIN = 0.3  # letter sizes: a piece no thicker than this and much longer is a rule, not a letter


@dataclass(frozen=True, slots=True)
class PageInk:
    """The pieces of ink of a page, an (n, 6) array of x0, top, x1, bottom, dark pixels, link, in no order.

    A link of 1 tells a crumb that a faint trace joins to a letter: it is no dirt.

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
    """Find the ink of a page whose rulings are whitened.

    A faint stroke as high as a letter is one piece.
    """
    level = ink_level(clean)
    dark, pale = clean < level, clean < level + FAINT * (WHITE - level)
    labels, pieces = _pieces(dark)
    size = _page_size(pieces, dpi)
    crumbs = np.maximum(heights(pieces), widths(pieces)) < CRUMB * size
    solid = np.concatenate([[False], ~crumbs])[labels]
    near = cv2.dilate(solid.view(np.uint8), np.ones((3, 3), dtype=np.uint8)) > 0
    _, faint = _pieces(pale & ~near)
    linked = crumbs & (np.maximum(heights(pieces), widths(pieces)) < TINY * size)
    pieces[:, LINKED] = linked & _joined(dark, labels, pale, size)
    return PageInk(_with_faint(pieces, crumbs, faint, size), size)


def _joined(dark: Mask, labels: Ints, pale: Mask, size: float) -> Mask:
    """Tell of each dark piece whether the pale ink around it is as high as a letter."""
    pale_labels, traces = _pieces(pale)
    trace_of = np.zeros(int(labels.max()) + 1, dtype=np.int64)
    trace_of[labels[dark]] = pale_labels[dark]
    tall = np.concatenate([[False], heights(traces) >= STROKE[0] * size])
    found: Mask = tall[trace_of[1:]]
    return found


def dark_pixels(clean: Grey) -> Mask:
    """Return the pixels that are ink."""
    dark: Mask = clean < ink_level(clean)
    return dark


def ink_level(clean: Grey) -> float:
    """Return the grey level below which a pixel is ink: the middle between this page's paper and ink (Otsu)."""
    level, _ = cv2.threshold(clean[::2, ::2], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(min(max(level, DARKEST), PALEST))


def _pieces(dark: Mask) -> tuple[Ints, Ints]:
    """Return the connected pieces of a mask as labels (height, width), 0 for none, and as rows of `PageInk.pieces`."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.view(np.uint8), connectivity=8)
    x0, top, width, height, area = stats[1:].T
    link = np.zeros_like(area)
    return labels, np.column_stack([x0, top, x0 + width, top + height, area, link]).astype(np.int32)


def _with_faint(pieces: Ints, crumbs: Mask, faint: Ints, size: float) -> Ints:
    """Return the pieces with faint strokes as high as a letter in place of the crumbs they left.

    Thin strokes (a slash above all) fade below the level of ink in print and at 150 dpi, and leave crumbs that look
    like dirt, or nothing. Letters beside them are left out of account, so that they do not grow together.
    """
    high, wide = heights(faint), widths(faint)
    strokes = faint[(high >= STROKE[0] * size) & (high <= STROKE[1] * size) & (wide <= STROKE[2] * size)]
    strokes = strokes[strokes[:, AREA] >= STROKE_INK * size]
    strokes = strokes[_beside(strokes, pieces[~crumbs], size)]
    if not len(strokes) or not len(pieces):
        return pieces
    kept = ~crumbs | (_inside(pieces, strokes) < 0)
    return np.concatenate([pieces[kept], strokes])


def _beside(strokes: Ints, others: Ints, size: float) -> Mask:
    """Tell which strokes stand close beside a letter, half of the stroke level with it."""
    found = np.zeros(len(strokes), dtype=np.bool_)
    for at, stroke in enumerate(strokes):
        gap = np.maximum(others[:, X0] - stroke[X1], stroke[X0] - others[:, X1])
        level = np.minimum(others[:, BOTTOM], stroke[BOTTOM]) - np.maximum(others[:, TOP], stroke[TOP])
        high = heights(others)
        fits = (high >= LETTER[0] * size) & (high <= LETTER[1] * size)
        found[at] = bool((fits & (gap <= CLOSE * size) & (2 * level >= stroke[BOTTOM] - stroke[TOP])).any())
    return found


def _inside(pieces: Ints, strokes: Ints) -> NDArray[np.intp]:
    """Return for each piece the stroke in whose box its middle lies, -1 for none."""
    x = (pieces[:, X0] + pieces[:, X1]) / 2
    y = (pieces[:, TOP] + pieces[:, BOTTOM]) / 2
    found = np.full(len(pieces), -1, dtype=np.intp)
    for at, stroke in enumerate(strokes):
        hit = (x >= stroke[X0]) & (x <= stroke[X1]) & (y >= stroke[TOP]) & (y <= stroke[BOTTOM])
        found[hit] = at
    return found


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
