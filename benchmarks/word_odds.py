"""Judged words turned into the weights of a calibration: logistic regression with a price on every weight."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalize.calibration import nines

# Price of a weight: what both `agreement` and `class` say is to be said by them, `kind` only adds what is left.
PRICE = {"agreement": 0.3, "class": 0.3, "kind": 1.0, "support": 0.3, "wear": 0.3, "reader": 0.1}
ROUNDS = 40
Word = tuple[Mapping[str, str], float, bool]
Floats = NDArray[np.float64]


def fitted(words: Sequence[Word]) -> dict[str, Any]:
    """Fit the log odds of being right (iteratively reweighted least squares, ridge) and return them as parts.

    Args:
        words: for each the values of its parts, the reader's confidence, and whether it was right.

    Words that say the same are taken together, so a fit is quick on hundreds of thousands.
    """
    counts: Counter[tuple[tuple[tuple[str, str], ...], float]] = Counter()
    right: Counter[tuple[tuple[tuple[str, str], ...], float]] = Counter()
    for parts, confidence, ok in words:
        key = (tuple(parts.items()), round(nines(confidence), 2))
        counts[key] += 1
        right[key] += ok
    names = sorted({item for parts, _ in counts for item in parts})
    agreements = sorted({value for name, value in names if name == "agreement"})
    columns = {item: n + 1 for n, item in enumerate([*names, *(("reader", a) for a in agreements)])}
    table = np.zeros((len(counts), len(columns) + 1))
    for row, (parts, level) in enumerate(counts):
        table[row, 0] = 1.0
        table[row, [columns[item] for item in parts]] = 1.0
        table[row, columns["reader", dict(parts)["agreement"]]] = level
    price = np.array([1e-3, *(PRICE[name] for name, _ in columns)])
    total = np.array([counts[key] for key in counts], dtype=np.float64)
    good = np.array([right[key] for key in counts], dtype=np.float64)
    weights = _solved(table, total, good, price)
    result: dict[str, dict[str, float]] = {name: {} for name in PRICE}
    for (name, value), column in columns.items():
        result[name][value] = round(float(weights[column]), 4)
    seen = Counter(parts["kind"] for parts, _, _ in words)
    most = {kind: round(1 - 0.5 / (1 + count), 6) for kind, count in sorted(seen.items())}
    return {"base": round(float(weights[0]), 4), "parts": result, "most": most}


def _solved(table: Floats, total: Floats, good: Floats, price: Floats) -> Floats:
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (good - total * chance) - price * weights
        curve = (table * (total * chance * (1 - chance))[:, None]).T @ table + np.diag(price)
        step = np.linalg.solve(curve, slope)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return weights


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    share, spread = right / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
