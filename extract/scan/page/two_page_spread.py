"""Turns away a picture that shows two pages side by side, as an open book or a double print does."""

from __future__ import annotations

import cv2
import numpy as np

from extract.errors import PageNotReadableError
from extract.scan.model import EVEN_CHANCE, Grey, Mask
from extract.scan.page.illumination import reduced
from extract.scan.page.settings import LIGHT, SPREAD
from extract.scan.page.skew import letters_of
from extract.scan.pixels import dilated, opened, runs_of


def refuse_spread(grey: Grey, dpi: float, horizontal: Grey) -> None:
    """Raise `PageNotReadableError` where a straight picture holds two pages beside each other.

    `horizontal` is the map of its horizontal rulings: those of a table run on over what would be the gutter.
    """
    wide = grey.shape[1] > SPREAD.wide * grey.shape[0]
    if wide and _is_spread(reduced(grey, dpi, SPREAD.dpi), min(SPREAD.dpi, dpi), horizontal):
        raise PageNotReadableError(
            reason_id="gambarnya memuat dua halaman berdampingan; pindai tiap halaman sendiri-sendiri",
            reason_en="its picture holds two pages side by side; scan each page on its own",
        )


def _is_spread(low: Grey, dpi: float, horizontal: Grey) -> bool:
    """Tell whether a tall empty gutter parts two blocks of text, at least one of them a full page."""
    gutter = _gutter(low, dpi)
    if gutter is None or gutter[0] == 0 or gutter[1] == low.shape[1]:
        return False
    x0, x1 = (round(edge * horizontal.shape[1] / low.shape[1]) for edge in gutter)
    ruled = dilated(horizontal[:, x0:x1], 1, 3) >= EVEN_CHANCE
    if _starts(ruled.mean(axis=1) >= SPREAD.crossed) >= SPREAD.rulings:
        return False
    letters = letters_of(low, dpi)
    halves = letters[:, : gutter[0]], letters[:, gutter[1] :]
    full = any(_is_page(half, dpi) for half in halves)
    return full and all(_starts(_rows(half)) >= SPREAD.few_lines for half in halves)


def _gutter(low: Grey, dpi: float) -> tuple[int, int] | None:
    """Return the widest column of paper near the middle; a thin dark fold in it does not count as ink."""
    ink = low < LIGHT.ink
    fold = opened(ink, 1, round(2 * dpi))
    free = np.count_nonzero(ink & ~fold, axis=0) <= 0.004 * low.shape[0]
    start, end = (round(edge * low.shape[1]) for edge in SPREAD.middle)
    runs = [(a, b) for a, b in runs_of(free) if b - a >= SPREAD.gutter * dpi and a < end and b > start]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _is_page(half: Mask, dpi: float) -> bool:
    rows = np.flatnonzero(_rows(half))
    inked = half.mean(axis=0).astype(np.float32)[None, :]
    columns = np.flatnonzero(cv2.blur(inked, (round(dpi / 4), 1))[0] > 0.01)
    tall = len(rows) > 0 and np.ptp(rows) >= SPREAD.tall * half.shape[0]
    full = tall and _starts(_rows(half)) >= SPREAD.lines
    return bool(full and np.ptp(columns) >= SPREAD.filled * half.shape[1])


def _rows(half: Mask) -> Mask:
    return np.asarray(half.mean(axis=1) > 0.01, dtype=np.bool_)


def _starts(rows: Mask) -> int:
    """Return how many runs of true values start after a false one: lines of text, or rulings."""
    return int(np.count_nonzero(np.diff(rows.astype(np.int8)) == 1))
