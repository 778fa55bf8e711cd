"""Tells where lines of print run on a page, with the PP-OCR text detector that lies in the rapidocr wheel.

The network gives each place of a reduced page the chance that it lies in the core of a line: its middle rows, as high as an x, so
that the cores of two lines never touch. Dirt, rulings and pictures have none. No boxes are made of this map: a box runs over
the borders of columns, while a map can be cut along them.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.model import DARK, WHITE, Grey, Mask, PixelBox
from extract.scan.pixels import pieces_of
from extract.scan.text.engine import Session, session
from extract.scan.text.rapidocr import model_path
from extract.scan.text.settings import INK


class Core(NamedTuple):
    """The middle rows of a piece of a line, in pixels of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Pixels from top to bottom, about those of an x."""
        return self.bottom - self.top


class CoreMap(NamedTuple):
    """The cores of a page's lines, `scale` of the page's size, its corner at `x0` and `top` of the page."""

    mask: Grey
    scale: float
    x0: int
    top: int

    def within(self, box: PixelBox) -> list[Core]:
        """Return the pieces of cores inside a box, cut at its sides."""
        place = PixelBox.rounded(at * self.scale for at in box.moved(-self.x0, -self.top))
        place = PixelBox(*(max(0, at) for at in place))
        part = self.mask[place.part]
        if not part.any():
            return []
        corner = np.array([self.x0, self.top] * 2)
        found = np.array(pieces_of(np.ascontiguousarray(part)).boxes(), dtype=np.float64)
        places = (found + np.array([place.x0, place.top] * 2)) / self.scale + corner
        return [Core(*each) for each in places.tolist()]

    def on_page(self, shape: tuple[int, ...]) -> Mask:
        """Return the cores at the page's own size."""
        page = np.zeros(shape[:2], dtype=np.bool_)
        height, width = (round(side / self.scale) for side in self.mask.shape)
        whole = cv2.resize(self.mask, (width, height), interpolation=cv2.INTER_NEAREST) > 0
        bottom, right = min(shape[0], self.top + height), min(shape[1], self.x0 + width)
        page[self.top : bottom, self.x0 : right] = whole[: bottom - self.top, : right - self.x0]
        return page


def core_map(clean: Grey, dpi: float) -> CoreMap:
    """Return the cores of the lines of a page whose paper is near white, at `dpi` pixels per inch.

    Raises `FileNotFoundError` where the installed rapidocr holds no detector.
    """
    scale = min(1.0, INK.detector_dpi / dpi)
    inked = PixelBox.of_size(*cv2.boundingRect((clean < DARK).view(np.uint8)))
    place = inked.grown(round(INK.room * dpi))
    part = clean[place.part]
    height, width = (max(1, round(side * scale)) for side in part.shape)
    framed = np.full([-(-side // 32) * 32 for side in (height, width)], WHITE, np.uint8)
    framed[:height, :width] = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
    planes = np.repeat(framed.astype(np.float32)[None, None] / (WHITE / 2) - 1, 3, axis=1)
    chance = _session()(planes)[0, 0, :height, :width]
    mask = (chance > INK.core).astype(np.uint8)
    return CoreMap(mask, scale, max(0, place.x0), max(0, place.top))


def _session() -> Session:
    path = model_path("det")
    if path is None:
        raise FileNotFoundError("rapidocr holds no *_det_*.onnx model")
    return session(path)
