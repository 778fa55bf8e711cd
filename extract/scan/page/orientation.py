"""Turns a picture of a page into the clockwise quarter turn that makes its text upright, and its skew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from extract.scan.components import pieces_of
from extract.scan.model import Grey, Mask
from extract.scan.page.illumination import Evened
from extract.scan.page.skew import letters_of, level_share, skew_of
from extract.scan.text.rapid import rapid_reader
from extract.scan.text.reader import RawReading

CLEAR = 0.58  # share of level text above which (or below 1 - which) only one axis is tried
SAMPLES = 6  # lines read where the first does not tell up from down
CROP_HEIGHT = 48  # pixels, as the recogniser takes them
LONGEST = 6.0  # times its height: a few words tell enough
SURE = 0.95  # mean confidence that decides; upside down, lines read at 0.4 to 0.9
ENOUGH = 9  # letters that this confidence must rest on
GAP = 0.12  # inches between words of a line
Box = tuple[int, int, int, int]


class Reader(Protocol):
    """What is asked of a recogniser of single lines."""

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return a reading a crop."""
        ...


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies: the clockwise `turn` that makes it upright, and how many degrees its lines then fall."""

    turn: int
    skew: float


@dataclass(frozen=True, slots=True)
class _View:
    """A page after a turn of `turn` degrees, its skew, and a few level pieces of its lines, the longest first."""

    turn: int
    skew: float
    crops: tuple[Grey, ...]

    def opposite(self) -> _View:
        """Return the same upside down."""
        flipped = tuple(np.ascontiguousarray(crop[::-1, ::-1]) for crop in self.crops)
        return _View((self.turn + 180) % 360, self.skew, flipped)


def lie_of(page: Evened, *, likely: int = 0, reader: Reader | None = None) -> Lie:
    """Find out how a page lies.

    The axis follows from how letters line up; up and down from what the recogniser makes of one line or, where
    that does not tell, of a few lines both ways. `likely` is the turn tried first, and kept for a page without
    legible text.
    """
    views = _views(page, likely)
    if not any(view.crops for view in views):
        return Lie(likely, next((view.skew for view in views if view.turn == likely), 0.0))
    reader = reader or rapid_reader()
    for view in views:
        sure, count = _legibility(reader.read(view.crops[:1]))
        if sure >= SURE and count >= ENOUGH:
            return Lie(view.turn, view.skew)
    scores = [
        sure * min(count, 3 * ENOUGH)
        for sure, count in (_legibility(reader.read(view.crops)) for view in views)
    ]
    best = views[int(np.argmax(scores))] if max(scores) > 0 else views[0]
    return Lie(best.turn, best.skew)


def _views(page: Evened, likely: int) -> list[_View]:
    """Return the page in the turns that come into question, the likely ones first."""
    letters = letters_of(page.low, page.low_dpi)
    share = level_share(letters, page.low_dpi)
    axes = [0] if share > CLEAR else [90] if share < 1 - CLEAR else [0, 90] if share >= 0.5 else [90, 0]
    seen = [_view(page, letters, axis) for axis in axes]
    pairs = [(view, view.opposite()) for view in seen]
    return [view for pair in pairs for view in sorted(pair, key=lambda view: view.turn != likely)]


def _legibility(readings: list[RawReading]) -> tuple[float, int]:
    """Return the mean confidence of the letters read and how many there were."""
    sure = [char.confidence for reading in readings for char in reading.chars if char.text.isalnum()]
    return (float(np.mean(sure)), len(sure)) if sure else (0.0, 0)


def _view(page: Evened, letters: Mask, turn: int) -> _View:
    turned = np.ascontiguousarray(np.rot90(letters, -(turn // 90)))
    grey = np.ascontiguousarray(np.rot90(page.grey, -(turn // 90)))
    angle = skew_of(turned)
    height, width = turned.shape
    level = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(turned.astype(np.uint8), level, (width, height), flags=cv2.INTER_NEAREST)
    back = np.vstack([cv2.invertAffineTransform(level), [0.0, 0.0, 1.0]])
    way = np.diag([grey.shape[1] / width, grey.shape[0] / height, 1.0]) @ back
    return _View(turn, angle, tuple(_cut(grey, way, box) for box in _line_boxes(straight, page.low_dpi)))


def _line_boxes(straight: Grey, dpi: float) -> list[Box]:
    """Return boxes of lines of text, longest first, at most `SAMPLES`, the last ones from among the shorter."""
    joined = cv2.morphologyEx(
        straight,
        cv2.MORPH_CLOSE,
        np.ones((1, round(GAP * dpi) | 1), np.uint8),
        borderType=cv2.BORDER_CONSTANT,
    )
    stats = pieces_of(joined).stats[1:]
    high, wide = stats[:, cv2.CC_STAT_HEIGHT] / dpi, stats[:, cv2.CC_STAT_WIDTH] / dpi
    fits = stats[(high >= 0.05) & (high <= 0.24) & (wide >= 2.0 * high)]
    longest = fits[np.argsort(-fits[:, cv2.CC_STAT_WIDTH], kind="stable")][: 4 * SAMPLES]
    chosen = np.unique(np.linspace(0, max(len(longest) - 1, 0), SAMPLES).astype(np.intp))
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in longest[chosen]] if len(longest) else []


def _cut(grey: Grey, way: Grey, box: Box) -> Grey:
    """Return a line of the tilted page level, with a little paper round it."""
    x, y, wide, high = box
    pad = max(2.0, 0.18 * high)
    tall = high + 2 * pad
    unit = tall / CROP_HEIGHT
    size = (max(CROP_HEIGHT, round(min(wide + 2 * pad, LONGEST * tall) / unit)), CROP_HEIGHT)
    out = np.array([[unit, 0.0, x - pad], [0.0, unit, y - pad], [0.0, 0.0, 1.0]])
    crop: Grey = cv2.warpAffine(
        grey,
        (way @ out)[:2],
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return crop
