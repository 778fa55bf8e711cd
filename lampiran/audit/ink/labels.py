"""The ink of a page and what is known of the page -> a name for every dark pixel."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.grid.chars import Char
from extract.pdf.page_content import PageContent
from extract.pdf.pictures import is_logo
from lampiran.audit.ink.places import Places
from lampiran.audit.ink.settings import INK
from lampiran.audit.ink.sheet import InkSheet, Mask, without_specks
from schema.geometry import BBox

# The names of what a pixel belongs to; its number in this order is its label, 0 is paper.
NAMES = ("paper", "cell", "mark", "table-head", "head", "footer", "body", "ruling", "fill", "stamp", "picture",
         "outside", "dirt", "unexplained")  # fmt: skip
LABELS = {name: number for number, name in enumerate(NAMES)}
OUTSIDE = frozenset({"picture", "outside"})

Labels = NDArray[np.uint8]


def labelled(sheet: InkSheet, known: Places) -> Labels:
    """Return the label of every pixel, see `NAMES`.

    What nothing explains is `unexplained`, on a page that is no part of the annex `outside`.
    """
    owner = _owners(sheet, known)
    labels: Labels = np.where(sheet.dark, owner, np.uint8(0))
    if sheet.stamped is not None:
        labels[sheet.stamped] = LABELS["stamp"]
    _doubt(labels, sheet, known, owner)
    left = labels == LABELS["unexplained"]
    specks = left & ~without_specks(left, max(2, round(INK.speck * sheet.scale)))
    labels[specks] = LABELS["dirt"]
    if not known.annex and not known.unread:
        labels[labels == LABELS["unexplained"]] = LABELS["outside"]
    return labels


def _owners(sheet: InkSheet, known: Places) -> Labels:
    """Return what each place of the page would belong to if it were dark."""
    owner: Labels = np.full(sheet.dark.shape, LABELS["unexplained"], dtype=np.uint8)
    paint = _painter(owner, sheet)
    content = sheet.content
    if content is not None:
        _paint_fills(owner, sheet, content)
        _paint_pictures(paint, content, known)
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


def _painter(owner: Labels, sheet: InkSheet) -> Callable[[BBox, str, float], None]:
    def paint(box: BBox, name: str, reach: float) -> None:
        owner[sheet.window(box, reach)] = LABELS[name]

    return paint


def _paint_fills(owner: Labels, sheet: InkSheet, content: PageContent) -> None:
    """What is drawn in one tint, wider and higher than a stroke, explains its own pixels: what lies over it stays."""
    side = max(INK.solid_pixels, round(INK.solid * sheet.scale))
    drawing = cv2.resize(
        content.view.drawing, (sheet.grey.shape[1], sheet.grey.shape[0]), interpolation=cv2.INTER_NEAREST
    )
    window = np.ones((side, side), dtype=np.uint8)
    even = (cv2.dilate(drawing, window) == cv2.erode(drawing, window)).astype(np.uint8)
    solid = cv2.dilate(even, window) > 0
    same = np.abs(sheet.grey.astype(np.int16) - drawing.astype(np.int16)) <= INK.tone
    owner[solid & same] = LABELS["fill"]


def _paint_pictures(paint: Callable[[BBox, str, float], None], content: PageContent, known: Places) -> None:
    """A logo or coat of arms in the margin is none of the annex; any other picture may hold what nobody read."""
    for picture in content.pictures:
        box = _box(picture.x0, picture.top, picture.x1, picture.bottom)
        if is_logo(picture, content) and not any(_overlap(box, table) for table in known.tables):
            paint(box, "picture", 0.0)


def _paint_rulings(paint: Callable[[BBox, str, float], None], content: PageContent, known: Places) -> None:
    xs = np.array([edge for box in known.borders for edge in (box.x0, box.x1)])
    ys = np.array([edge for box in known.borders for edge in (box.top, box.bottom)])
    for at, start, end in content.horizontal:
        if _is_ruling(end - start, at, ys):
            paint(_box(start, at, end, at), "ruling", INK.ruling)
    for at, start, end in content.vertical:
        if _is_ruling(end - start, at, xs):
            paint(_box(at, start, at, end), "ruling", INK.ruling)


def _is_ruling(length: float, at: float, edges: NDArray[np.float64]) -> bool:
    """Tell whether a straight stroke is long, or on the border of a cell."""
    return length >= INK.least_ruling or bool((np.abs(edges - at) <= INK.cell_edge).any())


def _paint_letters(
    paint: Callable[[BBox, str, float], None], sheet: InkSheet, content: PageContent, known: Places
) -> None:
    """A character explains its ink where it belongs to a line that is known."""
    lines: Labels = np.zeros(sheet.dark.shape, dtype=np.uint8)
    for box, name in known.texts:
        lines[sheet.window(box, INK.letter)] = LABELS[name]
    height, width = lines.shape
    for char in content.chars:
        x, y = _middle(char, sheet.scale)
        if not char.text.isspace() and 0 <= x < width and 0 <= y < height and lines[y, x]:
            paint(_letter(char), NAMES[lines[y, x]], INK.letter)


def _letter(char: Char) -> BBox:
    """Return a character's box; one whose font states no width takes as much as its size."""
    wide = char.x1 if char.x1 - char.x0 > INK.no_width * char.size else char.x0 + char.size
    return _box(char.x0, char.top, wide, char.bottom)


def _doubt(labels: Labels, sheet: InkSheet, known: Places, owner: Labels) -> None:
    """Ink that the reading itself could not explain stays unexplained, below a stamp too."""
    texts = [LABELS[name] for name in ("cell", "table-head", "head", "footer", "body", "ruling")]
    for box in known.doubts:
        part = sheet.window(box)
        open_ = sheet.dark[part] & ~np.isin(owner[part], texts)
        labels[part][open_] = LABELS["unexplained"]


def _middle(char: Char, scale: float) -> tuple[int, int]:
    return int((char.x0 + char.x1) / 2 * scale), int((char.top + char.bottom) / 2 * scale)


def _box(x0: float, top: float, x1: float, bottom: float) -> BBox:
    return BBox.unchecked(x0=x0, top=top, x1=x1, bottom=bottom)


def _overlap(one: BBox, other: BBox) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def dark_of(labels: Labels) -> Mask:
    """Return the ink that counts: dirt is none."""
    found: Mask = (labels != LABELS["paper"]) & (labels != LABELS["dirt"])
    return found
