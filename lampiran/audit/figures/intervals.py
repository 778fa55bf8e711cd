"""Counts and sums over rows -> figures with 95 % intervals, by Wilson's score or by a seeded bootstrap."""

from __future__ import annotations

from collections.abc import Sequence

from lampiran.audit.settings import INTERVALS
from schema.audit import Figure


def share(name: str, right: int, total: int, column: str | None = None) -> Figure:
    """Return `right` of `total` with Wilson's score interval; without a value where there is nothing to count."""
    if not total:
        return Figure(name=name, column=column, value=None, n=0)
    low, high = wilson(right, total)
    return Figure(name=name, column=column, value=right / total, n=total, low=low, high=high, method="wilson")


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927) with 95 % confidence."""
    from scipy.stats import binomtest  # takes half a second to load

    interval = binomtest(right, total).proportion_ci(INTERVALS.level, method="wilson")
    return max(0.0, float(interval.low)), min(1.0, float(interval.high))


def rate(name: str, parts: Sequence[tuple[int, int, int]], column: str | None = None) -> Figure:
    """Return a sum of errors over a sum of units (characters, words), with an interval by drawing rows again.

    `parts` holds errors, units and cells of each row. Rows are what is drawn, since faults come in rows: the cells
    of a lost row are wrong together. Where no row or every row alike has errors, drawing again cannot tell how
    sure the figure is; without any error the upper end is then that of the share of cells with a fault (Wilson): a
    rate beyond it would need faulty cells to be wrong from their first letter to the last.
    """
    errors, units = (sum(part[n] for part in parts) for n in (0, 1))
    if not units:
        return Figure(name=name, column=column, value=None, n=0)
    value = errors / units
    if not errors:
        high = wilson(0, max(1, sum(part[2] for part in parts)))[1]
        return Figure(name=name, column=column, value=value, n=units, low=0.0, high=high, method="wilson")
    low, high = _bootstrap([part[:2] for part in parts], value)
    return Figure(name=name, column=column, value=value, n=units, low=low, high=high, method="bootstrap")


def f1(name: str, parts: Sequence[tuple[int, int, int]]) -> Figure:
    """Return F1 of marks, with an interval by drawing rows again; `parts` holds hits, lost and invented of each row.

    Where all marks are right, or none is, the ends are the F1 of the ends of recall and precision (Wilson).
    """
    hits, lost, invented = (sum(part[n] for part in parts) for n in range(3))
    total = hits + lost + invented
    if not total:
        return Figure(name=name, value=None, n=0)
    value = 2 * hits / (2 * hits + lost + invented)
    if value in {0.0, 1.0}:
        low = high = value
        if hits + lost and hits + invented:
            ends = zip(wilson(hits, hits + lost), wilson(hits, hits + invented), strict=True)
            low, high = (2 * a * b / (a + b) if a + b else 0.0 for a, b in ends)
        return Figure(name=name, value=value, n=total, low=low, high=high, method="wilson")
    low, high = _bootstrap([(2 * part[0], 2 * part[0] + part[1] + part[2]) for part in parts], value)
    return Figure(name=name, value=value, n=total, low=low, high=high, method="bootstrap")


def _bootstrap(parts: Sequence[tuple[int, int]], value: float) -> tuple[float, float]:
    """Return the ends of the ratio of two sums over rows drawn with replacement, which hold the ratio itself.

    The same rows give the same draws.
    """
    import numpy as np

    table = np.asarray(parts, dtype=np.float64)
    equal = [1 / len(parts)] * len(parts)
    draws = np.random.default_rng(INTERVALS.seed).multinomial(len(parts), equal, size=INTERVALS.resamples)
    sums = draws @ table
    whole = sums[sums[:, 1] > 0]
    tails = [(1 - INTERVALS.level) / 2, (1 + INTERVALS.level) / 2]
    low, high = np.percentile(whole[:, 0] / whole[:, 1], [100 * tail for tail in tails])
    return min(float(low), value), max(float(high), value)
