"""A page of the decree, drawn anew from the file -> masks of its ink: what is dark, ruled, stamped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extract.pdf.page_content import PageContent
from extract.types import Page
from lampiran.audit.settings import INK
from schema.geometry import BBox

if TYPE_CHECKING:
    from extract.scan.clean_page import CleanPage

WHITE = 255
FULL_TURN = 360  # degrees
Mask = NDArray[np.bool_]
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class InkSheet:
    """The ink of one page on a raster of `scale` pixels a point, origin top left of the page as a reader sees it.

    `grey` is the page as it is drawn, `dark` all ink. On a scan `ruled` are the pixels of rulings and `stamped` those
    of stamps and pens; a digital page has its `content` instead, from which rulings are told.
    """

    page: Page
    scale: float
    grey: Grey
    dark: Mask
    ruled: Mask | None = None
    stamped: Mask | None = None
    content: PageContent | None = None

    def window(self, box: BBox, reach: float = 0.0) -> tuple[slice, slice]:
        """Return the rows and columns of a box in points, widened by `reach` points on every side."""
        edges = ((box.top, box.bottom), (box.x0, box.x1))
        sides = (((low - reach) * self.scale, (high + reach) * self.scale) for low, high in edges)
        (y0, y1), (x0, x1) = ((max(0, int(low)), max(0, int(high + 1))) for low, high in sides)
        return slice(y0, y1), slice(x0, x1)


def scale_of(page: Page) -> float:
    """Return the pixels a point that a page is drawn with."""
    area = max(page.width * page.height, 1.0)
    return float(min(INK.scale, math.sqrt(INK.most_pixels / area)))


def digital_sheet(data: bytes, page: Page, content: PageContent | None) -> InkSheet:
    """Draw a page by its objects; `content` is what a page reader sees on it, `None` where it cannot be read."""
    scale, grey = scale_of(page), drawn(data, page)
    return InkSheet(page, scale, grey, grey < INK.dark, content=content)


def drawn(data: bytes, page: Page) -> Grey:
    """Return the page in grey, `scale_of` it, under the rotation that it was read under."""
    document = pypdfium2.PdfDocument(data)
    try:
        shown = document[page.number - 1]
        turn = (page.rotation - shown.get_rotation()) % FULL_TURN
        image = shown.render(scale=scale_of(page), rotation=turn, grayscale=True).to_numpy()
    finally:
        document.close()
    grey: Grey = np.array(image, dtype=np.uint8).reshape(image.shape[0], image.shape[1])
    return grey


def black_sheet(page: Page) -> InkSheet:
    """Return a page that is dark all over."""
    scale = scale_of(page)
    shape = (max(1, round(page.height * scale)), max(1, round(page.width * scale)))
    return InkSheet(page, scale, np.zeros(shape, dtype=np.uint8), np.ones(shape, dtype=np.bool_))


def scanned_sheet(data: bytes, page: Page, *, likely: int) -> InkSheet:
    """Look at a page's picture as the scan reader does, and lay what it takes for ink back on the page as delivered.

    `likely` is the clockwise turn that the page was read with beyond its /Rotate. Dirt is not ink. Raises `PageNotReadableError`.
    """
    from extract.scan.clean_page import clean_page
    from extract.scan.text.ink import dark_pixels
    from extract.scan.text.settings import INK as PRINT

    seen = clean_page(data, page.number, rotation=likely)
    scale, shown = scale_of(page), drawn(data, page)
    ink = dark_pixels(np.where(seen.foreign, np.uint8(WHITE), seen.clean))
    ruled = seen.rulings & (seen.sheet.grey < PRINT.palest)
    dark, lines, stamped = (_laid(mask, shown.shape, scale, seen) for mask in (ink, ruled, seen.foreign))
    return InkSheet(page, scale, shown, dark | lines | stamped, ruled=lines, stamped=stamped)


def _laid(mask: Mask, shape: tuple[int, ...], scale: float, seen: CleanPage) -> Mask:
    """Return a mask of the straightened page laid on the raster of the page as delivered."""
    found: Mask = np.zeros(shape, dtype=np.bool_)
    ys, xs = np.nonzero(mask)
    if ys.size:
        middles = (np.column_stack([xs, ys]) + 0.5).astype(np.float64)
        columns, rows = (seen.sheet.place.forward(middles) * scale).astype(np.int64).T
        inside = (columns >= 0) & (rows >= 0) & (columns < shape[1]) & (rows < shape[0])
        found[rows[inside], columns[inside]] = True
    return found


def without_specks(mask: Mask, smallest: int) -> Mask:
    """Return a mask without its specks: pieces that are smaller than `smallest` pixels both ways."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 1:
        return np.zeros_like(mask)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= smallest
    large[0] = False
    kept: Mask = large[labels]
    return kept
