"""The features of a slot's candidates turned into the chance that each is what was printed.

A network with one small hidden layer scores each candidate; beside them is the score of "none of these", by what is
known of the first reader's own text. The chances are the softmax of the scores. Weights and their origin are in
`lampiran/data/word_model.json`; `python -m benchmarks calibrate --fit` fits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalize.recognised.word_features import NAMES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A score: `direct` (f) over the features plus `outer` (h) over the tanh of `inner` (h, f) and `offset` (h), plus `base`."""

    direct: Floats
    inner: Floats
    offset: Floats
    outer: Floats
    base: float

    def __call__(self, values: Floats) -> Floats:
        """Return the scores of rows of features (n, f)."""
        hidden = np.tanh(values @ self.inner.T + self.offset)
        return np.asarray(values @ self.direct + hidden @ self.outer + self.base)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Network:
        """Build the network from a parsed file."""
        direct, inner, offset, outer = (
            np.array(data[name], dtype=np.float64) for name in ("direct", "inner", "offset", "outer")
        )
        return cls(direct, inner, offset, outer, float(data["base"]))


@dataclass(frozen=True, slots=True, eq=False)
class WordModel:
    """What the chances of candidates follow from.

    `mean` and `scale` bring the features to one size; `likely` scores a candidate, `none` that all are wrong; `sure` is
    the chance of a word for which nothing else was sought.
    """

    mean: Floats
    scale: Floats
    likely: Network
    none: Network
    sure: float

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WordModel:
        """Build the model from the parsed file. Raises `ValueError` where it was fitted on other features."""
        if tuple(data["features"]) != NAMES:
            raise ValueError("word_model.json was fitted on other features")
        mean, scale = (np.array(data[name], dtype=np.float64) for name in ("mean", "scale"))
        networks = Network.from_json(data["likely"]), Network.from_json(data["none"])
        return cls(mean, scale, *networks, float(data["sure"]))

    def chances(self, features: Sequence[Sequence[float]]) -> Floats:
        """Return the chance of each candidate of a slot, the first reader's own first; what they lack to 1 is none of them."""
        values = (np.array(features, dtype=np.float64) - self.mean) / self.scale
        scores = np.append(self.likely(values), self.none(values[:1]))
        weights = np.exp(scores - scores.max())
        return np.asarray(weights[:-1] / weights.sum())
