"""A page's picture turned into four maps: its level rulings, upright rulings, lines of print and foreign ink.

The maps come from a small convolutional network (`page_finder.onnx`, trained by `scripts/train_page_finder.py` on drawn parts
of pages whose maps are exact). A ruling's map goes on where its ink is broken, worn off or covered; lines that belong to no
table (underlines, a scanner's streaks, folds) are in none. It looks at the page with 150 pixels to the inch.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from extract.scan.model import Grey, PageMaps
from extract.scan.text.engine import session

DPI = 150.0  # of the parts that the network was trained on
MODEL = Path(__file__).with_name("page_finder.onnx")
BLOCK = 32  # pixels: the network halves the page five times
PAPER = 255


def find(grey: Grey) -> PageMaps:
    """Return the maps of a grey picture of 150 dpi, of any size; each has its size."""
    height, width = grey.shape
    padded = np.full((-(-height // BLOCK) * BLOCK, -(-width // BLOCK) * BLOCK), PAPER, dtype=np.uint8)
    padded[:height, :width] = grey
    chances = session(MODEL)(padded[None, None])[0]
    level, upright, printed, foreign = (np.ascontiguousarray(chance[:height, :width]) for chance in chances)
    return PageMaps(level, upright, printed, foreign, DPI)


def at_finder_dpi(grey: Grey, dpi: float) -> Grey:
    """Return a picture at the network's dpi, each pixel the mean of those it stands for."""
    height, width = (max(1, round(side * DPI / dpi)) for side in grey.shape)
    how = cv2.INTER_AREA if dpi >= DPI else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, (width, height), interpolation=how), dtype=np.uint8)
