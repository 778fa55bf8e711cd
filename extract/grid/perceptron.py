"""A small perceptron: the features of some pictures in, the likelihood of each class out."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray


def stored_arrays(package: str, name: str) -> list[NDArray[Any]]:
    """Return the arrays of a file in a package, in their order: weights and offsets of each layer in turn."""
    with (files(package) / name).open("rb") as file, np.load(file) as stored:
        return [stored[f"p{n}"] for n in range(len(stored.files))]


def likelihoods(inputs: NDArray[Any], arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return how likely each input (a row of features) is of each class, in rows that each sum to 1."""
    values = inputs
    layers = list(zip(arrays[::2], arrays[1::2], strict=True))
    for number, (weights, offsets) in enumerate(layers, start=1):
        values = values @ weights + offsets
        if number < len(layers):
            values = np.maximum(values, 0.0)
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))
