"""How alike each two items of two lists are -> which is which: by the best sum, or by the best sum in order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from lampiran.alignment.likeness import Flags, Matrix

Pairs = dict[int, int]
Aligned = list[tuple[int | None, int | None]]


def best_pairs(weight: Matrix) -> Pairs:
    """Return the pairs, A's places to B's, of the greatest total weight; a weight of 0 is not a pair."""
    chosen = zip(*linear_sum_assignment(weight, maximize=True), strict=True)
    return {int(n): int(m) for n, m in chosen if weight[n, m] > 0}


def row_pairs(likeness: Matrix, allowed: Flags, ties: Matrix) -> Pairs:
    """Return the best pairs of rows; `ties` decide among rows of equal texts.

    The cube keeps two fair matches from outweighing one exact match.
    """
    return best_pairs(np.where(allowed, likeness**3 + ties, 0.0))


def longest_rise(places: Sequence[int], bonus: Sequence[bool], *, latest: bool = False) -> list[int]:
    """Return the indices of the longest rising run of places; of equally long ones that with the greater bonus.

    Of runs that are equal in both, the one whose items come first counts, with `latest` the one whose items come last.
    """
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for n, place in enumerate(places):
        options = [m for m in range(n) if places[m] < place]
        previous = max(reversed(options) if latest else options, key=best.__getitem__, default=-1)
        length, extra = best[previous] if previous >= 0 else (0, 0)
        best.append((length + 1, extra + bonus[n]))
        before.append(previous)
    at = max(range(len(places)), key=best.__getitem__, default=-1)
    run: list[int] = []
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def in_order(
    scores: Matrix,
    gaps_a: Sequence[float] | None = None,
    gaps_b: Sequence[float] | None = None,
    *,
    pairs_first: bool = True,
) -> Aligned:
    """Align two sequences so that the sum of the scores is greatest; an item without a partner is paired with `None`.

    `scores` are those of each pair, `gaps_a` and `gaps_b` those of items left alone (0 unless given). Of equal
    alignments, seen from the end, a pair comes first, or with `pairs_first=False` last; then an item of A alone.
    """
    alone_a = np.zeros(scores.shape[0]) if gaps_a is None else np.array(gaps_a, dtype=np.float64)
    alone_b = np.zeros(scores.shape[1]) if gaps_b is None else np.array(gaps_b, dtype=np.float64)
    reach = np.concatenate([[0.0], np.cumsum(alone_b)])
    best = np.empty((len(alone_a) + 1, len(alone_b) + 1))
    best[0] = reach
    for n, row in enumerate(scores):
        best[n + 1] = best[n] + alone_a[n]
        np.maximum(best[n + 1, 1:], best[n, :-1] + row, out=best[n + 1, 1:])
        best[n + 1] = np.maximum.accumulate(best[n + 1] - reach) + reach
    pairs: Aligned = []
    i, j = scores.shape
    while i or j:
        pair = bool(i and j) and best[i, j] == best[i - 1, j - 1] + scores[i - 1, j - 1]
        left_a = bool(i) and best[i, j] == best[i - 1, j] + alone_a[i - 1]
        left_b = bool(j) and best[i, j] == best[i, j - 1] + alone_b[j - 1]
        take_pair = pair and (pairs_first or not (left_a or left_b))
        take_a = take_pair or left_a
        take_b = take_pair or not left_a
        i, j = i - take_a, j - take_b
        pairs.append((i if take_a else None, j if take_b else None))
    return pairs[::-1]
