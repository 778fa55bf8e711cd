"""Fits the weights of the word model to judged slots: a small network over each candidate, one softmax per slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from normalize.recognised.word_features import NAMES

HIDDEN = 12  # units of a network's hidden layer: with 8 as many rows ask, with 24 no fewer, on forms left out
PRICE = 1e-3  # of the square of a weight, a slot: with a tenth of it more rows of forms left out are wrong in silence
SPREAD = 0.3  # of the first weights of the hidden layer
ROUNDS = 400
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots to fit on: the features of all candidates in a row (n, f), how many each slot has, and which is right.

    `right` counts a slot's candidates from 0, -1 where none is; for those that are `sure` nothing else was sought.
    """

    features: Floats
    counts: NDArray[np.intp]
    right: NDArray[np.intp]
    sure: NDArray[np.bool_]


def fitted(slots: Slots) -> dict[str, Any]:
    """Fit the model's weights by the likelihood of what was printed (L-BFGS, a price on every weight)."""
    mean, scale = slots.features.mean(axis=0), np.maximum(slots.features.std(axis=0), 1e-2)
    open_ones = ~slots.sure
    kept = np.repeat(open_ones, slots.counts)
    values = (slots.features[kept] - mean) / scale
    counts, right = slots.counts[open_ones], slots.right[open_ones]
    problem = _Problem(values, counts, right)
    rng = np.random.default_rng(1)
    start = problem.packed(rng)
    found = minimize(problem, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    likely, none = problem.unpacked(found.x)
    sure = slots.right[slots.sure]
    return {
        "features": list(NAMES),
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "likely": _named(likely),
        "none": _named(none),
        "sure": round(1 - (float((sure < 0).sum()) + 0.5) / (len(sure) + 1), 6),
    }


def _named(parts: Sequence[Floats]) -> dict[str, Any]:
    direct, inner, offset, outer, base = parts
    return {
        "direct": _rounded(direct),
        "inner": [_rounded(row) for row in inner],
        "offset": _rounded(offset),
        "outer": _rounded(outer),
        "base": round(float(base[0]), 5),
    }


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 5) for value in values]


class _Problem:
    """The price of weights and its slope; weights are those of the candidates' network, then of "none of these"."""

    def __init__(self, values: Floats, counts: NDArray[np.intp], right: NDArray[np.intp]) -> None:
        self._values = values
        self._starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        self._slot = np.repeat(np.arange(len(counts)), counts)
        self._own = values[self._starts]
        self._right = np.where(right >= 0, self._starts + right, -1)
        wide = values.shape[1]
        self._shapes = [(wide,), (HIDDEN, wide), (HIDDEN,), (HIDDEN,), (1,)] * 2

    def packed(self, rng: np.random.Generator) -> Floats:
        """Return weights to begin with: a hidden layer by chance, nothing else."""
        parts = [
            rng.normal(0, SPREAD, shape) if len(shape) == 2 else np.zeros(shape) for shape in self._shapes
        ]
        return np.concatenate([part.ravel() for part in parts])

    def unpacked(self, weights: Floats) -> tuple[list[Floats], list[Floats]]:
        """Return the parts of both networks."""
        parts, at = [], 0
        for shape in self._shapes:
            size = int(np.prod(shape))
            parts.append(weights[at : at + size].reshape(shape))
            at += size
        return parts[:5], parts[5:]

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        """Return the mean of minus the log chance of what is right, with the price of the weights, and its slope."""
        likely, none = self.unpacked(weights)
        scores, hidden = _score(likely, self._values)
        doubt, behind = _score(none, self._own)
        top = np.maximum(np.maximum.reduceat(scores, self._starts), doubt)
        share, rest = np.exp(scores - top[self._slot]), np.exp(doubt - top)
        total = np.add.reduceat(share, self._starts) + rest
        known = self._right >= 0
        chosen = np.where(known, scores[np.maximum(self._right, 0)], doubt)
        count = len(self._starts)
        cost = float((top + np.log(total) - chosen).sum()) / count
        pull = share / total[self._slot]
        pull[self._right[known]] -= 1
        pull_none = rest / total - ~known
        slope = [*_slope(likely, self._values, hidden, pull), *_slope(none, self._own, behind, pull_none)]
        flat = np.concatenate([part.ravel() for part in slope]) / count
        return cost + PRICE * float(weights @ weights) / 2, flat + PRICE * weights


def _score(parts: Sequence[Floats], values: Floats) -> tuple[Floats, Floats]:
    direct, inner, offset, outer, base = parts
    hidden = np.tanh(values @ inner.T + offset)
    return values @ direct + hidden @ outer + base[0], hidden


def _slope(parts: Sequence[Floats], values: Floats, hidden: Floats, pull: Floats) -> list[Floats]:
    outer = parts[3]
    back = pull[:, None] * outer[None, :] * (1 - hidden**2)
    return [values.T @ pull, back.T @ values, back.sum(axis=0), hidden.T @ pull, np.array([pull.sum()])]
