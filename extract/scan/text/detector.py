"""Tells where lines of print run on a page, with the PP-OCR text detector that lies in the rapidocr wheel.

The network gives each place of a reduced page the chance that it lies in the core of a line: its middle rows, as high
as an x, so that the cores of two lines never touch. Dirt, rulings and pictures have none. The map itself is used and no
boxes made of it: a box runs over the borders of columns, a map is cut along them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.model import Grey, Mask, PixelBox
from extract.scan.text.engine import Session, session
from extract.scan.text.rapid import model_path

# Pixels an inch of the picture that the network gets. Of 158 short and 408 long lines of four worn pages it missed 46
# and 3 at 85, 23 and 1 at 100, 9 and 1 at 125; the time grows with the square.
DPI = 100.0
STEP = 32  # pixels: the sides of the network's picture are multiples of this
CORE = 0.3  # chance from which on a place belongs to a core, as in the PP-OCR post-processing
INK = 128  # grey level that bounds the part of the page worth looking at
ROOM = 0.1  # inches around it


class Core(NamedTuple):
    """The middle rows of a piece of a line, in pixels of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class CoreMap:
    """The cores of a page's lines, `scale` of the page's size, its corner at `x0` and `top` of the page."""

    mask: Grey
    scale: float
    x0: int
    top: int

    def within(self, box: PixelBox) -> list[Core]:
        """Return the pieces of cores inside a box, cut at its sides."""
        left, high = (box.x0 - self.x0) * self.scale, (box.top - self.top) * self.scale
        right, low = (box.x1 - self.x0) * self.scale, (box.bottom - self.top) * self.scale
        x0, top = max(0, round(left)), max(0, round(high))
        part = self.mask[top : max(top, round(low)), x0 : max(x0, round(right))]
        if not part.any():
            return []
        _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(part), connectivity=8)
        found = stats[1:].astype(np.float64)
        found[:, :2] += (x0, top)
        found[:, 2:4] += found[:, :2]
        places = found[:, :4] / self.scale + (self.x0, self.top, self.x0, self.top)
        return [Core(*place) for place in places.tolist()]

    def on_page(self, shape: tuple[int, ...]) -> Mask:
        """Return the cores at the page's own size."""
        page: Grey = np.zeros(shape[:2], dtype=np.uint8)
        height, width = (round(side / self.scale) for side in self.mask.shape)
        whole = cv2.resize(self.mask, (width, height), interpolation=cv2.INTER_NEAREST)
        bottom, right = min(shape[0], self.top + height), min(shape[1], self.x0 + width)
        page[self.top : bottom, self.x0 : right] = whole[: bottom - self.top, : right - self.x0]
        return page > 0


def core_map(clean: Grey, dpi: float) -> CoreMap:
    """Return the cores of the lines of a page whose paper is near white, of `dpi` pixels an inch.

    Raises `FileNotFoundError` where the installed rapidocr holds no detector.
    """
    scale = min(1.0, DPI / dpi)
    inked = cv2.boundingRect((clean < INK).view(np.uint8))
    room = round(ROOM * dpi)
    x0, top = max(0, inked[0] - room), max(0, inked[1] - room)
    part = clean[top : inked[1] + inked[3] + room, x0 : inked[0] + inked[2] + room]
    height, width = (max(1, round(side * scale)) for side in part.shape)
    small = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
    framed: Grey = np.full((_rounded(height), _rounded(width)), 255, dtype=np.uint8)
    framed[:height, :width] = small
    planes = np.repeat(framed.astype(np.float32)[None, None] / 127.5 - 1, 3, axis=1)
    chance = _session()(planes)[0, 0, :height, :width]
    return CoreMap((chance > CORE).astype(np.uint8), scale, x0, top)


def _session() -> Session:
    path = model_path("det")
    if path is None:
        raise FileNotFoundError("rapidocr holds no *_det_*.onnx model")
    return session(path)


def _rounded(side: int) -> int:
    return -(-side // STEP) * STEP
