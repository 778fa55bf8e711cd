"""The picture of a small glyph turned into the kind of mark it shows: tick, v, cross, blob, dash or none of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.grid.perceptron import likelihoods, stored_arrays
from extract.scan.marks.settings import PIECES
from extract.scan.model import Floats, Glyph

SIDE = PIECES.side
KINDS: tuple[Glyph, ...] = ("tick", "letter", "cross", "blob", "dash", "other")
# The character for what a mark looks like.
SIGNS: dict[Glyph, str] = {"tick": "√", "letter": "v", "cross": "x", "blob": "●", "filled": "■", "dash": "-"}
Patch = NDArray[np.float32]  # (SIDE, SIDE), 0 paper to 1 ink, stretched to the glyph's box


class Shape(NamedTuple):
    """A kind of glyph and how likely it is that it is one of the kinds with the same meaning, 0 to 1.

    `dash` is how likely it is a dash, whatever it looks like most.
    """

    glyph: Glyph
    fit: float
    dash: float


def shapes_of(patches: list[Patch], sizes: list[tuple[float, float]]) -> list[Shape]:
    """Return the kinds of glyphs from their pictures and the widths and heights of their boxes in points.

    A small perceptron decides that was trained on typeset and hand-drawn glyphs, see `scripts/train_mark_shapes.py`; what is
    not a mark (digits, letters, words, scribbles) is a kind of its own.
    """
    if not patches:
        return []
    inputs = np.array([features(patch, *size) for patch, size in zip(patches, sizes, strict=True)])
    return [_shape(row) for row in likelihoods(inputs, _weights())]


def features(patch: Patch, width: float, height: float) -> Floats:
    """Return what the classifier sees: the picture without its blurred rim, its size and proportion."""
    tight, width, height = _tightened(patch, width, height)
    grid = (PIECES.grid, PIECES.grid)
    small = cv2.resize(tight, grid, interpolation=cv2.INTER_AREA).astype(np.float64).ravel()
    width, height = max(width, 0.2), max(height, 0.2)
    sizes = [np.log(width / height), np.log(width / 5.0), np.log(height / 5.0)]
    return np.concatenate([2.0 * small - 1.0, np.array(sizes)])


def _tightened(patch: Patch, width: float, height: float) -> tuple[Patch, float, float]:
    dark = patch > PIECES.cut
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return patch, width, height
    cut = patch[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tight: Patch = cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return tight, width * cut.shape[1] / SIDE, height * cut.shape[0] / SIDE


def _shape(likely: Floats) -> Shape:
    """Return the kind that is likeliest, where all kinds that mark a cell count as one."""
    *marks, dash, other = likely.tolist()
    marked = float(likely[: len(marks)].sum())
    if marked >= dash and marked >= other:
        return Shape(KINDS[marks.index(max(marks))], marked, dash)
    return Shape("dash", dash, dash) if dash >= other else Shape("other", other, dash)


@cache
def _weights() -> list[Floats]:
    return [array.astype(np.float64) for array in stored_arrays("extract.scan.marks", "shapes.npz")]
