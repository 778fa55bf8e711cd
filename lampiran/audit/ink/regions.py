"""The labels of a page's pixels -> its account: shares, and a modest number of regions with their names."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extract.types import Page
from lampiran.audit.ink.labels import LABELS, NAMES, OUTSIDE, Labels, dark_of
from lampiran.audit.ink.sheet import Mask
from lampiran.audit.settings import INK
from schema.audit import InkPage, InkRegion, InkState
from schema.geometry import BBox


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
    return round(count / total, INK.share_decimals) if total else empty


def _regions(labels: Labels, scale: float, total: int, counts: np.ndarray) -> Iterator[InkRegion]:
    """Yield the regions by name, the unexplained ones last."""
    for name in NAMES[1:]:
        count = int(counts[LABELS[name]])
        is_open = name == "unexplained"
        if name == "dirt" or not count or (not is_open and count < INK.fewest * total):
            continue
        state: InkState = "unexplained" if is_open else "outside" if name in OUTSIDE else "explained"
        for box in _boxes(labels == LABELS[name], scale, INK.near if is_open else INK.wide):
            yield InkRegion(bbox=box, state=state, by="" if is_open else name)


def _boxes(mask: Mask, scale: float, near: float) -> list[BBox]:
    """Return the boxes, in points, of what hangs together; very many are one box around all of them."""
    size = max(1, round(near * scale)) | 1
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((size, size), dtype=np.uint8))
    count, groups = cv2.connectedComponents(joined, connectivity=8)
    ys, xs = np.nonzero(mask)
    group = groups[ys, xs]
    if count - 1 > INK.most:
        group, count = np.ones_like(group), 2
    low = np.full((count, 2), np.iinfo(np.int64).max)
    high = np.full((count, 2), -1)
    places = np.column_stack([xs, ys])
    np.minimum.at(low, group, places)
    np.maximum.at(high, group, places)
    corners = np.column_stack([low, high + 1])[1:] / scale
    rounded = (tuple(round(float(value), INK.decimals) for value in row) for row in corners[high[1:, 0] >= 0])
    boxes = [BBox(x0=x0, top=top, x1=x1, bottom=bottom) for x0, top, x1, bottom in rounded]
    return sorted(boxes, key=lambda box: (box.top, box.x0))
