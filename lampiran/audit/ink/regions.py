"""The labels of a page's pixels turned into its account: shares, and a modest number of regions with their names."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extract.types import Page
from lampiran.audit.ink.labels import LABELS, NAMES, OUTSIDE, Labels, dark_of
from lampiran.audit.ink.sheet import Mask
from schema.audit import InkPage, InkRegion, InkState
from schema.geometry import BBox

NEAR = 8.6  # points; unexplained pieces closer than this are one region, as on a scan
WIDE = 30.0  # points; the same of what is explained, of which nobody needs the detail
MOST = 40  # regions told one by one; more of one name are told as one
FEWEST = 0.0005  # of the page's ink; less of one name is not told, unless it is unexplained
PLACES = 2  # decimals of a point
SHARE_PLACES = 6


def ink_page(page: Page, labels: Labels, scale: float) -> InkPage:
    """Return the account of one page; a page without ink is wholly explained."""
    total = int(np.count_nonzero(dark_of(labels)))
    counts = np.bincount(labels.ravel(), minlength=len(NAMES))
    unexplained = int(counts[LABELS["unexplained"]])
    outside = sum(int(counts[LABELS[name]]) for name in OUTSIDE)
    return InkPage(
        page=page.number,
        width=page.width,
        height=page.height,
        explained=_share(total - unexplained - outside, total, 1.0),
        unexplained=_share(unexplained, total, 0.0),
        regions=tuple(_regions(labels, scale, total, counts)),
    )


def _share(count: int, total: int, empty: float) -> float:
    return round(count / total, SHARE_PLACES) if total else empty


def _regions(labels: Labels, scale: float, total: int, counts: np.ndarray) -> Iterator[InkRegion]:
    """Yield the regions by name, the unexplained ones last."""
    for name in NAMES[1:]:
        count = int(counts[LABELS[name]])
        is_open = name == "unexplained"
        if name == "dirt" or not count or (not is_open and count < FEWEST * total):
            continue
        state: InkState = "unexplained" if is_open else "outside" if name in OUTSIDE else "explained"
        for box in _boxes(labels == LABELS[name], scale, NEAR if is_open else WIDE):
            yield InkRegion(bbox=box, state=state, by="" if is_open else name)


def _boxes(mask: Mask, scale: float, near: float) -> list[BBox]:
    """Return the boxes, in points, of what hangs together; very many are one box around all of them."""
    size = max(1, round(near * scale)) | 1
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((size, size), dtype=np.uint8))
    count, groups = cv2.connectedComponents(joined, connectivity=8)
    ys, xs = np.nonzero(mask)
    group = groups[ys, xs]
    if count - 1 > MOST:
        group, count = np.ones_like(group), 2
    low = np.full((count, 2), np.iinfo(np.int64).max)
    high = np.full((count, 2), -1)
    places = np.column_stack([xs, ys])
    np.minimum.at(low, group, places)
    np.maximum.at(high, group, places)
    found = [(low[n] / scale, (high[n] + 1) / scale) for n in range(1, count) if high[n, 0] >= 0]
    boxes = [_box(float(a[0]), float(a[1]), float(b[0]), float(b[1])) for a, b in found]
    return sorted(boxes, key=lambda box: (box.top, box.x0))


def _box(x0: float, top: float, x1: float, bottom: float) -> BBox:
    return BBox(
        x0=round(x0, PLACES), top=round(top, PLACES), x1=round(x1, PLACES), bottom=round(bottom, PLACES)
    )
