"""The account of a page's ink: what of the text and of the drawing in its tables nothing that was read explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extract.grid.chars import Chars
from extract.grid.rulings import Box
from extract.pdf.drawn_page import DARK, PageView, Pixels

AROUND = 0.2  # of a glyph's size around its box: accents, tails and slanted letters reach so far
SPECK = 1.2  # points; smaller leftovers are the blur of what was read
NEAR = 4.0  # points; leftovers closer than this are one
MOST = 20  # leftovers of a page that are told one by one
THIN = 2.2  # points; a straight stroke up to this thick is a line under or beside the text
SOLID = 0.9  # of its box: a shape that fills more is a ground behind the text


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
    pad = AROUND * chars.size
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
    if part.size == 0 or int(part.max()) - int(part.min()) <= DARK:
        return False
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = (cv2.absdiff(part, np.full_like(part, ground)) > DARK).astype(np.uint8)
    return any(True for _ in _strange(ink, view))


def _strange(ink: Pixels, view: PageView) -> Iterator[tuple[int, int, int, int]]:
    """Yield the pieces of a drawing that are no straight lines and no filled boxes."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(_without_lines(ink, view), connectivity=8)
    for n in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[n])
        if max(width / view.x_scale, height / view.y_scale) < SPECK or area >= SOLID * width * height:
            continue
        yield x, y, width, height


def _without_lines(ink: Pixels, view: PageView) -> Pixels:
    """Take away the straight level and upright strokes."""
    rest = ink.copy()
    thin_y, thin_x = (max(round(THIN * scale), 1) for scale in (view.y_scale, view.x_scale))
    for kernel, length in (((1, 3 * thin_x), thin_y), ((3 * thin_y, 1), thin_x)):
        long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel, dtype=np.uint8))
        across = (length + 1, 1) if kernel[0] == 1 else (1, length + 1)
        thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones(across, dtype=np.uint8))
        rest[(long > 0) & (thick == 0)] = 0
    return rest


def _regions(left: Pixels, view: PageView) -> tuple[Box, ...]:
    """Return the boxes of what is left, near ones as one, specks left out."""
    kept = _without_specks(left, SPECK * view.scale)
    if not kept.any():
        return ()
    size = max(round(NEAR * view.scale), 1)
    joined = cv2.dilate(kept, np.ones((size, size), dtype=np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes: list[Box] = []
    for n in range(1, count):
        rows, columns = np.nonzero((labels == n) & (kept > 0))
        boxes.append(
            (
                columns.min() / view.x_scale,
                rows.min() / view.y_scale,
                (columns.max() + 1) / view.x_scale,
                (rows.max() + 1) / view.y_scale,
            )
        )
    return tuple(boxes) if len(boxes) <= MOST else (hull(boxes),)


def _without_specks(ink: Pixels, smallest: float) -> Pixels:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= smallest
    large[0] = False
    return (large[labels] if count > 1 else np.zeros_like(ink)).astype(np.uint8)


def hull(boxes: Sequence[tuple[float, float, float, float]]) -> Box:
    """Return the box around boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
