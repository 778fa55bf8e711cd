"""Dark regions of a page that nothing read accounts for."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from extract.scan.model import Grey, Mask, PixelBox
from extract.scan.text.ink import ink_level

DARK, SHARE = 110, 0.75  # grey level of ink at least; of the page's own, where print is paler
SMALLEST = 0.03  # inches; smaller specks are dirt
NEAR = 0.12  # inches; leftovers closer than this are one region
REACH = 0.05  # inches by which a read box is widened: accents, commas, strokes that poke out
MOST = 40  # regions told one by one; a page with more is told as one


def unexplained(clean: Grey, explained: Iterable[PixelBox], dpi: float) -> list[PixelBox]:
    """Return the boxes of dark regions outside all explained boxes, specks left out.

    `clean` is the page without rulings and stamps.
    """
    dark: Mask = clean < max(DARK, SHARE * ink_level(clean))
    reach = round(REACH * dpi)
    for box in explained:
        dark[max(0, box.top - reach) : box.bottom + reach, max(0, box.x0 - reach) : box.x1 + reach] = False
    kept = _without_specks(dark, round(SMALLEST * dpi))
    if not kept.any():
        return []
    size = max(1, round(NEAR * dpi))
    joined = cv2.dilate(kept.astype(np.uint8), np.ones((size, size), dtype=np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [_box(stats[n], size // 2) for n in range(1, count)]


def told_as(boxes: list[PixelBox]) -> list[PixelBox]:
    """Return the regions that are told one by one; of very many the box around all of them."""
    return boxes if len(boxes) <= MOST else [_hull(boxes)]


def _without_specks(dark: Mask, smallest: int) -> Mask:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    extent = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    large = extent >= smallest
    large[0] = False
    kept: Mask = large[labels]
    return kept if count > 1 else np.zeros_like(dark)


def _box(stats: np.ndarray, inset: int) -> PixelBox:
    x0, top = int(stats[cv2.CC_STAT_LEFT]) + inset, int(stats[cv2.CC_STAT_TOP]) + inset
    width, height = int(stats[cv2.CC_STAT_WIDTH]) - inset, int(stats[cv2.CC_STAT_HEIGHT]) - inset
    return PixelBox(x0, top, x0 + max(1, width - inset), top + max(1, height - inset))


def _hull(boxes: list[PixelBox]) -> PixelBox:
    return PixelBox(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )
