"""Turns away a picture that shows two pages side by side, as an opened book or a double print does."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.errors import PageNotReadableError
from extract.scan.model import Grey
from extract.scan.page.illumination import INK, reduced
from extract.scan.page.skew import letters_of

DPI = 50.0
WIDE = 1.15  # a spread is wider than high
MIDDLE = (0.40, 0.60)  # of the width: where the gutter lies
GUTTER = 0.35  # inches of paper at least between the two pages' text
TALL = 0.5  # of the height, that text covers on both sides
FILLED = 0.55  # of each half's width, that text covers
LINES = 12  # on either side
CROSSED, RULINGS = 0.8, 2  # of the gutter that a ruling runs over, and so many rulings: those of a table
HALF = 128  # an even chance
SHORT = 5  # lines that are enough on one side, where the other one is full: the end of a letter


def refuse_spread(grey: Grey, dpi: float, level: Grey) -> None:
    """Raise `PageNotReadableError` where a straight picture holds two pages beside each other.

    `level` is the map of its level rulings: those of a table run on over what would be the gutter.
    """
    if grey.shape[1] > WIDE * grey.shape[0] and _is_spread(
        reduced(grey, dpi, 2 * DPI), min(2 * DPI, dpi), level
    ):
        raise PageNotReadableError(
            reason_id="gambarnya memuat dua halaman berdampingan; pindai tiap halaman sendiri-sendiri",
            reason_en="its picture holds two pages side by side; scan each page on its own",
        )


def _is_spread(low: Grey, dpi: float, level: Grey) -> bool:
    """Tell whether a tall empty gutter parts two blocks of text, at least one of them a full page."""
    gutter = _gutter(low, dpi)
    if gutter is None or gutter[0] == 0 or gutter[1] == low.shape[1]:
        return False
    x0, x1 = (round(edge * level.shape[1] / low.shape[1]) for edge in gutter)
    ruled = (cv2.dilate(level[:, x0:x1], np.ones((3, 1), np.uint8)) >= HALF).mean(axis=1) >= CROSSED
    if np.count_nonzero(np.diff(ruled.astype(np.int8)) == 1) >= RULINGS:
        return False
    letters = letters_of(low, dpi)
    halves = letters[:, : gutter[0]], letters[:, gutter[1] :]
    return any(_is_page(half, dpi) for half in halves) and all(_lines(half) >= SHORT for half in halves)


def _gutter(low: Grey, dpi: float) -> tuple[int, int] | None:
    """Return the widest column of paper near the middle; a thin dark fold in it does not count as ink."""
    ink = (low < INK).astype(np.uint8)
    fold = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(2 * dpi), 1), np.uint8))
    free = np.count_nonzero(ink & ~fold, axis=0) <= 0.004 * low.shape[0]
    start, end = (round(edge * low.shape[1]) for edge in MIDDLE)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    runs = [
        (int(a), int(b)) for a, b in edges.reshape(-1, 2) if b - a >= GUTTER * dpi and a < end and b > start
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _is_page(half: NDArray[np.bool_], dpi: float) -> bool:
    used = np.flatnonzero(_rows(half))
    columns = np.flatnonzero(
        cv2.blur(half.mean(axis=0).astype(np.float32)[None, :], (round(dpi / 4), 1))[0] > 0.01
    )
    tall = len(used) > 0 and np.ptp(used) >= TALL * half.shape[0]
    return bool(tall and _lines(half) >= LINES and np.ptp(columns) >= FILLED * half.shape[1])


def _rows(half: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(half.mean(axis=1) > 0.01, dtype=np.bool_)


def _lines(half: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(np.diff(_rows(half).astype(np.int8)) == 1))
