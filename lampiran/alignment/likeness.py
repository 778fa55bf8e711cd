"""Texts of two lists of rows -> how alike each pair is, as matrices: one row per item of A, one column per item of B."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from schema.settings import Settings

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


class _Alignment(Settings, section="alignment"):
    chance: float


CHANCE = _Alignment.load("lampiran").chance


def text_likeness(a: Sequence[str], b: Sequence[str]) -> Matrix:
    """Return the likeness of each pair of wordings, from 0 for what chance gives to 1 for equal ones.

    An empty text is like no other.
    """
    unique_a, at_a = np.unique(np.array(a), return_inverse=True)
    unique_b, at_b = np.unique(np.array(b), return_inverse=True)
    ratios = process.cdist(list(unique_a), list(unique_b), scorer=fuzz.ratio, dtype=np.float64) / 100
    ratios[unique_a == "", :] = 0
    ratios[:, unique_b == ""] = 0
    spread: Matrix = np.clip((ratios - CHANCE) / (1 - CHANCE), 0, 1)[np.ix_(at_a, at_b)]
    return spread


def row_likeness(
    alike: Mapping[str, Matrix], weights: Mapping[str, float], there: Mapping[str, Flags]
) -> Matrix:
    """Return the likeness of each pair of rows: the weighted mean of the likenesses of their texts.

    `alike` has a matrix for each column of texts. A column counts where it is `there`, a flag for each row of A in
    shape (rows, 1).
    """
    score, total = np.zeros(1), np.zeros(1)
    for name, found in alike.items():
        score = score + weights[name] * found
        total = total + weights[name] * there[name]
    return np.divide(
        score, total, out=np.zeros(np.broadcast_shapes(score.shape, total.shape)), where=total > 0
    )


def same(a: Sequence[object], b: Sequence[object]) -> Matrix:
    """Return 1 for each pair of equal values, else 0."""
    return np.array([one == other for one in a for other in b], dtype=np.float64).reshape(len(a), len(b))


def nearness(a: int, b: int) -> Matrix:
    """Return how near the places of each two are, 0 to 1, in lists of `a` and of `b` items."""
    places: Matrix = 1 - np.abs(np.arange(a)[:, None] / max(1, a) - np.arange(b)[None, :] / max(1, b))
    return places
