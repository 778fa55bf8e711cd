"""The ink of a page and what is known of the page -> a name for every dark pixel."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pdf.page_content import PageContent
from extract.pdf.pictures import is_logo
from lampiran.audit.ink.places import Places
from lampiran.audit.ink.sheet import InkSheet, Mask, without_specks
from lampiran.audit.settings import INK
from schema.geometry import BBox

# The names of what a pixel belongs to; its number in this order is its label, 0 is paper.
NAMES = ("paper", "cell", "mark", "table-head", "head", "footer", "body", "ruling", "fill", "stamp", "picture",
         "outside", "dirt", "unexplained")  # fmt: skip
LABELS = {name: number for number, name in enumerate(NAMES)}
OUTSIDE = frozenset({"picture", "outside"})
_TEXTS = [LABELS[name] for name in ("cell", "table-head", "head", "footer", "body", "ruling")]

Labels = NDArray[np.uint8]
Paint = Callable[[BBox, str, float], None]


def labelled(sheet: InkSheet, known: Places) -> Labels:
    """Return the label of every pixel, see `NAMES`.

    What nothing explains is `unexplained`, on a page that is not part of the annex `outside`. Ink that the reading
    itself could not explain stays unexplained, below a stamp too.
    """
    owner = _owners(sheet, known)
    labels: Labels = np.where(sheet.dark, owner, np.uint8(0))
    if sheet.stamped is not None:
        labels[sheet.stamped] = LABELS["stamp"]
    for box in known.doubts:
        part = sheet.window(box)
        labels[part][sheet.dark[part] & ~np.isin(owner[part], _TEXTS)] = LABELS["unexplained"]
    left = labels == LABELS["unexplained"]
    labels[left & ~without_specks(left, max(2, round(INK.speck * sheet.scale)))] = LABELS["dirt"]
    if not known.annex and not known.unread:
        labels[labels == LABELS["unexplained"]] = LABELS["outside"]
    return labels


def _owners(sheet: InkSheet, known: Places) -> Labels:
    """Return what each place of the page would belong to if it were dark."""
    owner: Labels = np.full(sheet.dark.shape, LABELS["unexplained"], dtype=np.uint8)
    content = sheet.content

    def paint(box: BBox, name: str, reach: float) -> None:
        owner[sheet.window(box, reach)] = LABELS[name]

    if content is not None:
        owner[_fills(sheet, content)] = LABELS["fill"]
        for picture in content.pictures:
            box = _box(picture.x0, picture.top, picture.x1, picture.bottom)
            # a logo or coat of arms in the margin is not of the annex; any other picture may hold what nobody read
            if is_logo(picture, content) and not any(_overlap(box, table) for table in known.tables):
                paint(box, "picture", 0.0)
    for box, name in known.areas:
        paint(box, name, 0.0)
    if content is not None:
        _paint_rulings(paint, content, known)
        _paint_letters(paint, sheet, content, known)
    else:
        for box, name in known.texts:
            paint(box, name, INK.line)
    if sheet.ruled is not None:
        owner[sheet.ruled] = LABELS["ruling"]
    return owner


def _fills(sheet: InkSheet, content: PageContent) -> Mask:
    """Return what is drawn in one tint, wider and higher than a stroke, without what is drawn over it."""
    side = max(INK.solid_pixels, round(INK.solid * sheet.scale))
    height, width = sheet.grey.shape
    drawing = cv2.resize(content.view.drawing, (width, height), interpolation=cv2.INTER_NEAREST)
    window = np.ones((side, side), dtype=np.uint8)
    even = (cv2.dilate(drawing, window) == cv2.erode(drawing, window)).astype(np.uint8)
    same = np.abs(sheet.grey.astype(np.int16) - drawing.astype(np.int16)) <= INK.tone
    found: Mask = (cv2.dilate(even, window) > 0) & same
    return found


def _paint_rulings(paint: Paint, content: PageContent, known: Places) -> None:
    """Paint the straight strokes that are long, or on the border of a cell."""
    xs = np.array([edge for box in known.borders for edge in (box.x0, box.x1)])
    ys = np.array([edge for box in known.borders for edge in (box.top, box.bottom)])
    strokes = [(_box(x0, y, x1, y), x1 - x0, np.abs(ys - y)) for y, x0, x1 in content.horizontal]
    strokes += [(_box(x, y0, x, y1), y1 - y0, np.abs(xs - x)) for x, y0, y1 in content.vertical]
    for box, length, distances in strokes:
        if length >= INK.least_ruling or (distances <= INK.cell_edge).any():
            paint(box, "ruling", INK.ruling)


def _paint_letters(paint: Paint, sheet: InkSheet, content: PageContent, known: Places) -> None:
    """Paint the characters of lines that are known; one whose font states no width takes as much as its size."""
    lines: Labels = np.zeros(sheet.dark.shape, dtype=np.uint8)
    for box, name in known.texts:
        lines[sheet.window(box, INK.letter)] = LABELS[name]
    height, width = lines.shape
    for char in content.chars:
        x, y = int((char.x0 + char.x1) / 2 * sheet.scale), int((char.top + char.bottom) / 2 * sheet.scale)
        if not char.text.isspace() and 0 <= x < width and 0 <= y < height and lines[y, x]:
            wide = char.x1 if char.x1 - char.x0 > INK.no_width * char.size else char.x0 + char.size
            paint(_box(char.x0, char.top, wide, char.bottom), NAMES[lines[y, x]], INK.letter)


def _box(x0: float, top: float, x1: float, bottom: float) -> BBox:
    return BBox.unchecked(x0=x0, top=top, x1=x1, bottom=bottom)


def _overlap(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def dark_of(labels: Labels) -> Mask:
    """Return the ink that counts: dirt does not."""
    found: Mask = (labels != LABELS["paper"]) & (labels != LABELS["dirt"])
    return found
