"""The picture of a small glyph turned into the kind of mark it shows: tick, v, cross, blob, dash or none of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Glyph

SIDE = 24  # pixels of a glyph's picture, both ways
GRID = 16  # the same as the classifier sees it
CUT = 0.5  # of a glyph's darkest part: what is darker is its stroke
KINDS: tuple[Glyph, ...] = ("tick", "letter", "cross", "blob", "dash", "other")
MARKS = slice(0, 4)  # kinds that mark a cell
Patch = NDArray[np.float32]  # (SIDE, SIDE), 0 paper to 1 ink, stretched to the glyph's box
Floats = NDArray[np.float64]


class Shape(NamedTuple):
    """A kind of glyph and how likely it is that it is one of the kinds with the same meaning, 0 to 1.

    `dash` is how likely it is a dash, whatever it looks like most.
    """

    glyph: Glyph
    fit: float
    dash: float


def shapes_of(patches: list[Patch], sizes: list[tuple[float, float]]) -> list[Shape]:
    """Return the kinds of glyphs from their pictures and the widths and heights of their boxes in points.

    A small perceptron decides that was trained on typeset and hand-drawn glyphs, see
    `scripts/train_mark_shapes.py`; what is no mark (digits, letters, words, scribbles) is a kind of its own.
    """
    if not patches:
        return []
    inputs = np.array([features(patch, *size) for patch, size in zip(patches, sizes, strict=True)])
    likely = _likely(inputs)
    return [_shape(row) for row in likely]


def features(patch: Patch, width: float, height: float) -> Floats:
    """Return what the classifier sees: the picture without its blurred rim, its size and proportion."""
    tight, width, height = _tightened(patch, width, height)
    small = cv2.resize(tight, (GRID, GRID), interpolation=cv2.INTER_AREA).astype(np.float64).ravel()
    proportion = np.log(max(width, 0.2) / max(height, 0.2))
    size = np.array([proportion, np.log(max(width, 0.2) / 5.0), np.log(max(height, 0.2) / 5.0)])
    return np.concatenate([2.0 * small - 1.0, size])


def _tightened(patch: Patch, width: float, height: float) -> tuple[Patch, float, float]:
    """Return the picture cut to where it is dark and the size of that in points."""
    rows, columns = np.flatnonzero(patch.max(axis=1) > CUT), np.flatnonzero(patch.max(axis=0) > CUT)
    if not rows.size or not columns.size:
        return patch, width, height
    cut = patch[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tight: Patch = cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return tight, width * cut.shape[1] / SIDE, height * cut.shape[0] / SIDE


def _shape(likely: Floats) -> Shape:
    marked, dash = float(likely[MARKS].sum()), float(likely[4])
    if marked >= dash and marked >= likely[5]:
        return Shape(KINDS[int(likely[MARKS].argmax())], marked, dash)
    return Shape("dash", dash, dash) if dash >= likely[5] else Shape("other", float(likely[5]), dash)


def _likely(inputs: Floats) -> Floats:
    values = inputs
    weights = _weights()
    for index in range(0, len(weights), 2):
        values = values @ weights[index] + weights[index + 1]
        if index < len(weights) - 2:
            values = np.maximum(values, 0.0)
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


@cache
def _weights() -> tuple[Floats, ...]:
    with (files("extract.scan.marks") / "shapes.npz").open("rb") as file, np.load(file) as stored:
        return tuple(stored[f"p{n}"].astype(np.float64) for n in range(len(stored.files)))
