"""Turns the pixels of a straightened page into its long thin dark lines, level and upright ones alike."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Colour, Grey, Sheet

Samples = NDArray[np.uint8]  # (pixels across, samples along): 1 where a line is seen
Floats = NDArray[np.float64]

MM = 1 / 25.4  # inches
STEP = 0.5 * MM  # a sample is the mean of this much along the line: strokes of letters fade, rulings stay
THICKEST = 1.2 * MM  # what is thicker is a fill
LONG = {"level": 6.0 * MM, "upright": 3.6 * MM}  # the shortest run that may be a ruling; rows are low
FAINTEST = 14  # grey levels below the paper beside it
NOISE = 6.0  # a line stands out of the paper's grain by this many mean deviations
GRAINY = 28  # from this depth of grain on, means are taken over three samples
FAINT_SHARE = 0.3  # of the page's typical depth of line
ASLANT = 0.012  # slope against the other lines of the page from which on a run is no ruling
BLACK = 105  # lightest channel below which ink is black, whatever colour its rim took on
COLOURED = 32  # spread of the three channels from which on ink counts as coloured


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbroken stretch of a line: `position` across it, `start` to `end` along it, in pixels."""

    position: float
    start: float
    end: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Strokes:
    """The lines of one direction. A sample stands for `step` pixels along the lines, one across them.

    `seen` holds the samples that are thin and dark, small gaps closed, `runs` those of them in long unbroken
    runs; `grey` is the picture they were seen on, `pieces` the runs one by one. Upright lines are held lying: first axis x, second axis y.
    """

    step: int
    seen: Samples
    runs: Samples
    grey: Grey
    pieces: tuple[Piece, ...]


def strokes_of(sheet: Sheet) -> tuple[Strokes, Strokes]:
    """Return the level and the upright lines of a page.

    A line is a valley of grey no wider than 1.2 mm (black top hat across the line on means of 0.5 mm
    along it), so grey and dark fills are neither lines nor hide them. Coloured ink is faded first.
    """
    grey = without_colour(sheet)
    level = _strokes(grey, sheet.dpi, round(LONG["level"] / STEP) | 1)
    upright = _strokes(cv2.transpose(grey), sheet.dpi, round(LONG["upright"] / STEP) | 1)
    return level, upright


def without_colour(sheet: Sheet) -> Grey:
    """Return the grey picture in which coloured ink is as light as its lightest channel, or lighter.

    Ink of a stamp over a black line stays black in all channels, so the line stays.
    """
    if sheet.colour is None:
        return sheet.grey
    box = _coloured_box(sheet.colour)
    if box is None:
        return sheet.grey
    faded = sheet.grey.copy()
    lightest, darkest = _extremes(np.ascontiguousarray(sheet.colour[box]))
    strong = cv2.subtract(cv2.subtract(lightest, darkest), COLOURED)
    strong[lightest < BLACK] = 0
    faded[box] = cv2.max(cv2.add(lightest, cv2.multiply(strong, 4)), faded[box])
    return faded


def _extremes(colour: Colour) -> tuple[Grey, Grey]:
    """Return the lightest and the darkest channel."""
    red, green, blue = cv2.split(colour)
    return cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)


def _coloured_box(colour: Colour) -> tuple[slice, slice] | None:
    """Return the part of the page that holds coloured ink."""
    coloured = cv2.subtract(*_extremes(np.ascontiguousarray(colour[::4, ::4]))) > COLOURED
    rows, columns = np.flatnonzero(coloured.any(axis=1)), np.flatnonzero(coloured.any(axis=0))
    if not len(rows):
        return None
    return (
        slice(max(4 * int(rows[0]) - 8, 0), 4 * int(rows[-1]) + 12),
        slice(max(4 * int(columns[0]) - 8, 0), 4 * int(columns[-1]) + 12),
    )


def _strokes(grey: Grey, dpi: float, longest: int) -> Strokes:
    step = max(2, round(STEP * dpi))
    count = grey.shape[1] // step
    soft = cv2.resize(grey[:, : count * step], (count, grey.shape[0]), interpolation=cv2.INTER_AREA)
    thick = max(3, round(THICKEST * dpi)) | 1
    paper = cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    depth = cv2.subtract(paper, soft)
    if _grain(depth) > GRAINY:
        soft = cv2.blur(soft, (3, 1))
        depth = cv2.subtract(cv2.morphologyEx(soft, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8)), soft)
    seen = _closed(_above(depth, _grain(depth)))
    runs = _opened(seen, longest)
    typical = float(np.median(depth[runs > 0])) if runs.any() else 0.0
    if FAINT_SHARE * typical > _grain(depth):
        seen = _closed(_above(depth, FAINT_SHARE * typical))
        runs = _opened(seen, longest)
    straight, pieces = _pieces(runs, step)
    return Strokes(step, seen, straight, grey, pieces)


def _pieces(runs: Samples, step: int) -> tuple[Samples, tuple[Piece, ...]]:
    """Return the runs without those that lie aslant (strokes of a pen, of a stamp), and the others one by one."""
    _, labels, boxes, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
    length = boxes[:, cv2.CC_STAT_WIDTH] * float(step)
    slope = _slopes(labels, len(boxes), centres) / step
    usual = float(np.median(np.repeat(slope[1:], boxes[1:, cv2.CC_STAT_WIDTH]))) if len(boxes) > 1 else 0.0
    upright = np.abs(slope - usual) <= ASLANT + 1 / length
    upright[0] = False
    pieces = tuple(
        Piece(
            float(centres[index][1]),
            float(boxes[index][cv2.CC_STAT_LEFT] * step),
            float(boxes[index][cv2.CC_STAT_LEFT] * step + length[index]),
            float(boxes[index][cv2.CC_STAT_AREA] / boxes[index][cv2.CC_STAT_WIDTH]),
        )
        for index in np.flatnonzero(upright)
    )
    if upright[1:].all():
        return runs, pieces
    return upright.astype(np.uint8)[labels], pieces


def _slopes(labels: NDArray[np.int32], count: int, centres: Floats) -> Floats:
    """Return the slope of each labelled run, in pixels across a sample along (least squares)."""
    across, along = np.nonzero(labels)
    which = labels[across, along]
    aside = along - centres[which, 0]
    products = np.bincount(which, weights=aside * (across - centres[which, 1]), minlength=count)
    squares = np.bincount(which, weights=aside * aside, minlength=count)
    return np.asarray(products / np.maximum(squares, 1.0), dtype=np.float64)


def _grain(depth: Grey) -> float:
    """Return the depth from which on a valley is more than the paper's grain."""
    sparse = depth[::5, ::5].astype(np.float32)
    middle = float(np.median(sparse))
    return max(FAINTEST, middle + NOISE * float(np.median(np.abs(sparse - middle))))


def _above(depth: Grey, level: float) -> Samples:
    return (depth > level).astype(np.uint8)


def _closed(seen: Samples) -> Samples:
    """Close gaps of one sample; the anchors keep a kernel of even length from moving the lines."""
    pair = np.ones((1, 2), np.uint8)
    return cv2.erode(cv2.dilate(seen, pair, anchor=(0, 0)), pair, anchor=(1, 0))


def _opened(seen: Samples, length: int) -> Samples:
    return cv2.morphologyEx(seen, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
