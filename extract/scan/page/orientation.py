"""Turns a picture of a page into the clockwise quarter turn that makes its text upright, and its skew."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.scan.model import QUARTER_TURN, WHITE, Grey, Mask, PixelBox
from extract.scan.page.illumination import EvenPage
from extract.scan.page.settings import ORIENTATION
from extract.scan.page.skew import horizontal_share, letters_of, skew_of
from extract.scan.pixels import pieces_of
from extract.scan.text.rapidocr import rapid_reader
from extract.scan.text.reader import RawReading


class Orientation(NamedTuple):
    """The clockwise `turn` in degrees that makes a page upright, and by how many degrees its lines then fall."""

    turn: int
    skew: float


class _View(NamedTuple):
    """A page in one orientation, with a few horizontal pieces of its lines, the longest first."""

    orientation: Orientation
    crops: tuple[Grey, ...]

    def opposite(self) -> _View:
        """Return the same upside down."""
        turn = (self.orientation.turn + 2 * QUARTER_TURN) % (4 * QUARTER_TURN)
        flipped = tuple(np.ascontiguousarray(crop[::-1, ::-1]) for crop in self.crops)
        return _View(Orientation(turn, self.orientation.skew), flipped)


def find_orientation(page: EvenPage, *, likely: int = 0) -> Orientation:
    """Find out how a page is turned.

    The axis follows from how letters line up; which way is up follows from what the recogniser makes of one line or, where
    that does not show it, of a few lines both ways. `likely` is the turn tried first, and kept for a page without legible
    text.
    """
    views = _views(page, likely)
    if not any(view.crops for view in views):
        same = (view.orientation for view in views if view.orientation.turn == likely)
        return next(same, Orientation(likely, 0.0))
    reader = rapid_reader()
    for view in views:
        confidence, count = _legibility(reader.read(view.crops[:1]))
        if confidence >= ORIENTATION.sure and count >= ORIENTATION.enough:
            return view.orientation
    read = [_legibility(reader.read(view.crops)) for view in views]
    scores = [confidence * min(count, ORIENTATION.most_letters) for confidence, count in read]
    return views[int(np.argmax(scores))].orientation


def turned(picture: Grey, turn: int) -> Grey:
    """Return a picture after a clockwise turn in degrees."""
    return np.ascontiguousarray(np.rot90(picture, -(turn // QUARTER_TURN)))


def _views(page: EvenPage, likely: int) -> list[_View]:
    """Return the page in the orientations that come into question, the likely ones first."""
    letters = letters_of(page.low, page.low_dpi)
    share = horizontal_share(letters, page.low_dpi)
    axes = [0, QUARTER_TURN] if 2 * share >= 1 else [QUARTER_TURN, 0]
    if max(share, 1 - share) > ORIENTATION.clear:
        axes = axes[:1]
    pairs = [(view, view.opposite()) for view in (_view(page, letters, axis) for axis in axes)]
    return [view for pair in pairs for view in sorted(pair, key=lambda v: v.orientation.turn != likely)]


def _legibility(readings: list[RawReading]) -> tuple[float, int]:
    found = [char.confidence for reading in readings for char in reading.chars if char.text.isalnum()]
    return (float(np.mean(found)), len(found)) if found else (0.0, 0)


def _view(page: EvenPage, letters: Mask, turn: int) -> _View:
    ink, grey = turned(letters.view(np.uint8), turn), turned(page.grey, turn)
    angle = skew_of(ink.view(np.bool_))
    height, width = ink.shape
    level = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(ink, level, (width, height), flags=cv2.INTER_NEAREST)
    back = np.vstack([cv2.invertAffineTransform(level), [0.0, 0.0, 1.0]])
    way = np.diag([grey.shape[1] / width, grey.shape[0] / height, 1.0]) @ back
    crops = tuple(_cut(grey, way, box) for box in _line_boxes(straight, page.low_dpi))
    return _View(Orientation(turn, angle), crops)


def _line_boxes(straight: Grey, dpi: float) -> list[PixelBox]:
    """Return the boxes of a few lines of text, longest first, the last ones from among the shorter."""
    gap = np.ones((1, round(ORIENTATION.word_gap * dpi) | 1), np.uint8)
    joined = cv2.morphologyEx(straight, cv2.MORPH_CLOSE, gap, borderType=cv2.BORDER_CONSTANT)
    lines = [
        box
        for box in pieces_of(joined).boxes()
        if 0.05 <= box.height / dpi <= 0.24 and box.width / dpi >= 2.0 * (box.height / dpi)
    ]
    lines.sort(key=lambda box: -box.width)
    last = min(len(lines), 4 * ORIENTATION.samples) - 1
    chosen = np.unique(np.linspace(0, max(last, 0), ORIENTATION.samples).astype(np.intp))
    return [lines[at] for at in chosen] if lines else []


def _cut(grey: Grey, way: Grey, box: PixelBox) -> Grey:
    """Return a line of the tilted page made horizontal, with a little paper around it."""
    high = ORIENTATION.crop_height
    pad = max(2.0, 0.18 * box.height)
    tall = box.height + 2 * pad
    unit = tall / high
    size = (max(high, round(min(box.width + 2 * pad, ORIENTATION.longest * tall) / unit)), high)
    out = np.array([[unit, 0.0, box.x0 - pad], [0.0, unit, box.top - pad], [0.0, 0.0, 1.0]])
    crop: Grey = cv2.warpAffine(
        grey,
        (way @ out)[:2],
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    return crop
