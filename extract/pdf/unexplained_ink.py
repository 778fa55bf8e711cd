"""The account of a page's ink: what of the text, and of the drawing in its tables, nothing that was read explains."""

from __future__ import annotations

import cv2
import numpy as np

from extract.grid.boxes import Box, around
from extract.grid.chars import Chars
from extract.pdf.drawn_page import PageView, Pixels, extent, ground_of, ink_on
from extract.pdf.settings import DRAWING, INK


def unexplained_text(view: PageView, *texts: Chars) -> tuple[Box, ...]:
    """Return the boxes (points) of text that is seen where none was read."""
    left = view.pool.array(view.text_ink.shape)
    np.copyto(left, view.text_ink)
    for chars in texts:
        for top, bottom, x0, x1 in _explained(view, chars):
            left[top:bottom, x0:x1] = 0
    return _regions(left, view) if left.any() else ()


def _explained(view: PageView, chars: Chars) -> list[list[int]]:
    """Return the boxes of pixels that characters explain, those of neighbours on a line that overlap as one."""
    pad = INK.around * chars.size
    first = [(chars.top - pad) * view.y_scale, (chars.x0 - pad) * view.x_scale]
    last = [(chars.bottom + pad) * view.y_scale, (chars.x1 + pad) * view.x_scale]
    top, x0 = (np.clip(low, 0, None).astype(np.int64) for low in first)
    bottom, x1 = (np.clip(high, -1, None).astype(np.int64) + 1 for high in last)
    goes_on = (top[1:] == top[:-1]) & (bottom[1:] == bottom[:-1])
    goes_on &= (x0[1:] <= x1[:-1]) & (x0[1:] >= x0[:-1])
    starts = np.flatnonzero(np.concatenate([[True], ~goes_on])[: len(top)])
    if not len(starts):
        return []
    right = np.maximum.reduceat(x1, starts)
    return np.stack([top[starts], bottom[starts], x0[starts], right], axis=1).tolist()  # type: ignore[no-any-return]


def unexplained_drawing(view: PageView, box: Box, inset: float) -> bool:
    """Tell whether something is drawn in a cell with text that is neither a line nor a ground of the text.

    Lines under the text or beside it, frames of straight lines, and shapes of one colour behind the text are
    explained; pictures, drawn marks and strokes across the text are not.
    """
    part = view.part(box, inset)
    if part.size == 0 or int(part.max()) - int(part.min()) <= DRAWING.dark:
        return False
    ink = (ink_on(part, ground_of(part)) > DRAWING.dark).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(_without_lines(ink, view), connectivity=8)
    width, height, area = stats[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_AREA + 1].T
    large = np.maximum(width / view.x_scale, height / view.y_scale) >= INK.speck
    return bool((large & (area < INK.solid * width * height)).any())


def _without_lines(ink: Pixels, view: PageView) -> Pixels:
    rest = ink.copy()
    thin_y, thin_x = (max(round(INK.thin * scale), 1) for scale in (view.y_scale, view.x_scale))
    for line, across in (((1, 3 * thin_x), (thin_y + 1, 1)), ((3 * thin_y, 1), (1, thin_x + 1))):
        long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(line, dtype=np.uint8))
        thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones(across, dtype=np.uint8))
        rest[(long > 0) & (thick == 0)] = 0
    return rest


def _regions(left: Pixels, view: PageView) -> tuple[Box, ...]:
    kept = _without_specks(left, INK.speck * view.y_scale)
    if not kept.any():
        return ()
    size = max(round(INK.near * view.y_scale), 1)
    joined = cv2.dilate(kept, np.ones((size, size), dtype=np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes: list[Box] = []
    for n in range(1, count):
        rows, columns = extent((labels == n) & (kept > 0))
        x0, x1 = columns.start / view.x_scale, columns.stop / view.x_scale
        boxes.append(Box(x0, rows.start / view.y_scale, x1, rows.stop / view.y_scale))
    return tuple(boxes) if len(boxes) <= INK.most else (around(boxes),)


def _without_specks(ink: Pixels, smallest: float) -> Pixels:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= smallest
    large[0] = False
    return (large[labels] if count > 1 else np.zeros_like(ink)).astype(np.uint8)
