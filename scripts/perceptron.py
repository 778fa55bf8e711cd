"""The small perceptron of the mark and letter classifiers: its first weights, and what it makes of its inputs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def fresh(rng: np.random.Generator, sizes: Sequence[int]) -> list[Floats]:
    """Return random weights and zero offsets in turn, for layers of these sizes."""
    weights: list[Floats] = []
    for before, after in itertools.pairwise(sizes):
        weights += [rng.normal(0, np.sqrt(2 / before), (before, after)).astype(np.float32)]
        weights += [np.zeros(after, dtype=np.float32)]
    return weights


def forward(weights: Sequence[Floats], inputs: Floats) -> list[Floats]:
    """Return the values of all layers; the last are probabilities."""
    values = [inputs]
    for index in range(0, len(weights), 2):
        raw = values[-1] @ weights[index] + weights[index + 1]
        values.append(np.maximum(raw, 0) if index < len(weights) - 2 else _softmax(raw))
    return values


def _softmax(raw: Floats) -> Floats:
    grown = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))
