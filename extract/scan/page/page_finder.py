"""A page's picture turned into four maps: its horizontal rulings, vertical rulings, lines of print and foreign ink.

The maps come from a small convolutional network (`page_finder.onnx`, trained by `scripts/train_page_finder.py` on drawn parts
of pages whose maps are exact). A ruling's map goes on where its ink is broken, worn off or covered; lines that do not belong to
a table (underlines, a scanner's streaks, folds) are in none of them.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from extract.scan.model import WHITE, Grey, PageMaps
from extract.scan.page.settings import PICTURE
from extract.scan.text.engine import session

MODEL = Path(__file__).with_name("page_finder.onnx")


def find(grey: Grey) -> PageMaps:
    """Return the maps of a grey picture of 150 dpi, of any size; each has its size."""
    height, width = grey.shape
    block = PICTURE.finder_block
    padded = np.full((-(-height // block) * block, -(-width // block) * block), WHITE, dtype=np.uint8)
    padded[:height, :width] = grey
    chances = session(MODEL)(padded[None, None])[0]
    return PageMaps(PICTURE.finder_dpi, *(np.ascontiguousarray(each[:height, :width]) for each in chances))


def at_finder_dpi(grey: Grey, dpi: float) -> Grey:
    """Return a picture at the network's dpi, each pixel the mean of those that it replaces."""
    height, width = (max(1, round(side * PICTURE.finder_dpi / dpi)) for side in grey.shape)
    how = cv2.INTER_AREA if dpi >= PICTURE.finder_dpi else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, (width, height), interpolation=how), dtype=np.uint8)
