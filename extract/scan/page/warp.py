"""Turns courses of rulings into the smooth displacement that makes them straight and square."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from extract.scan.model import Points
from extract.scan.page.ruling_traces import Courses

MOST_ALONG, MOST_ACROSS = 7, 3  # degrees of the polynomials along the rulings and across them
STIFF = 5e-4  # how much bending costs against missing the rulings
TEXT_STIFF = 1.5e-3  # the same for lines of text, whose places are rougher
ROUNDS = 3
SAME = 1.3  # pixels of the reduced page: pieces of ruling no further apart are one ruling
ENOUGH = 60  # measured places below which nothing is bent
REACH = 1.03  # from where on beyond the rulings the bend is no longer followed
Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Bend:
    """How far rulings of one direction lie off, in pixels, as a polynomial of the place.

    `along` (0: x, 1: y) is the direction the rulings run in; the displacement is across it. Places are brought to
    -1 .. 1 by `middle` and `half`; `terms` are the degrees along and across, one row a coefficient.
    """

    along: int
    middle: tuple[float, float]
    half: tuple[float, float]
    terms: Whole
    weights: Floats

    @property
    def bends(self) -> bool:
        """Whether there is any displacement."""
        return len(self.weights) > 0

    def at(self, places: Points) -> Floats:
        """Return the displacement at places (n, 2) of the straight page."""
        return _basis(places, self) @ self.weights if self.bends else np.zeros(len(places))


NO_TERMS = np.zeros((0, 2), dtype=np.intp)


def flat(along: int) -> Bend:
    """Return the bend of a page without rulings: none."""
    return Bend(along, (0.0, 0.0), (1.0, 1.0), NO_TERMS, np.zeros(0))


def fitted(courses: Courses, along: int, *, stiff: float = STIFF) -> Bend:
    """Fit a bend to rulings: on the straight page each keeps one coordinate, which one is left free.

    Least squares with a small price on bending, outliers weighed down (Tukey's biweight); after the first fit
    the pieces of a broken ruling are taken for one.
    """
    if len(courses.places) < ENOUGH:
        return flat(along)
    bend, owner = _frame(courses, courses.owner, along), courses.owner
    straight = courses.places.copy()
    for turn in range(ROUNDS):
        basis = _basis(straight, bend)
        weights = _solved(basis, courses.places[:, 1 - along], owner, bend.terms, stiff)
        straight[:, 1 - along] = courses.places[:, 1 - along] - basis @ weights
        if turn == 0:
            owner = _joined(straight[:, 1 - along], owner)
            bend = _frame(courses, owner, along)
        else:
            bend = replace(bend, weights=weights)
    return bend


def _frame(courses: Courses, owner: Whole, along: int) -> Bend:
    low, high = courses.places.min(axis=0), courses.places.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, 1.0)
    terms = _terms(courses.places[:, along], courses.places[:, 1 - along], owner)
    return Bend(along, _pair(middle), _pair(half), terms, np.zeros(len(terms)))


def _pair(values: Floats) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _terms(along: Floats, across: Floats, owner: Whole) -> Whole:
    """Return the degrees that rulings so many and so long can carry."""
    count = int(owner.max()) + 1
    span = np.full((count, 2), (np.inf, -np.inf))
    np.minimum.at(span[:, 0], owner, along)
    np.maximum.at(span[:, 1], owner, along)
    middle = np.bincount(owner, across, count) / np.maximum(np.bincount(owner, minlength=count), 1)
    apart = len(np.unique(np.round(middle / 12)))
    high = 0 if apart < 3 else 1 if apart < 5 else 2 if apart < 8 else MOST_ACROSS
    share = float((span[:, 1] - span[:, 0]).max()) / max(float(np.ptp(along)), 1.0)
    most = 2 if len(along) < 2 * ENOUGH else 4 if share < 0.4 else MOST_ALONG
    degrees = [(i, j) for i in range(1, most + 1) for j in range(high + 1) if i + j <= MOST_ALONG]
    return np.array(degrees, dtype=np.intp)


def _basis(places: Points, bend: Bend) -> Floats:
    """Return the products of Legendre polynomials; beyond the rulings' ends only their lines go on, beside them nothing changes."""
    values = (places - bend.middle) / bend.half
    held = np.clip(values, -REACH, REACH)
    along = legendre.legvander(held[:, bend.along], int(bend.terms[:, 0].max()))
    along[:, 1] = values[:, bend.along]
    across = legendre.legvander(held[:, 1 - bend.along], int(bend.terms[:, 1].max()))
    return along[:, bend.terms[:, 0]] * across[:, bend.terms[:, 1]]


def _solved(basis: Floats, measured: Floats, owner: Whole, terms: Whole, stiff: float) -> Floats:
    """Return the coefficients; each ruling's own constant drops out with its weighted mean."""
    order = np.argsort(owner, kind="stable")
    table, owner = np.column_stack([basis, measured])[order], owner[order]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    counts = np.diff(np.append(starts, len(owner)))
    price = stiff * len(basis) * np.diag((terms.sum(axis=1) - 1.0) ** 2 + 1e-3)
    weight = np.ones((len(table), 1))
    found = np.zeros(len(terms))
    for _ in range(ROUNDS):
        means = np.add.reduceat(table * weight, starts) / np.add.reduceat(weight, starts)
        inner = table - np.repeat(means, counts, axis=0)
        product = np.einsum("ni,nj->ij", inner[:, :-1], inner * weight)  # too small for threads to pay
        found = np.linalg.solve(product[:, :-1] + price, product[:, -1])
        left = inner[:, -1] - inner[:, :-1] @ found
        spread = max(0.15, 1.4826 * float(np.median(np.abs(left))))
        weight = (np.square(np.clip(1 - np.square(left / (4.7 * spread)), 0, None)) + 1e-9)[:, None]
    return found


def _joined(position: Floats, owner: Whole) -> Whole:
    """Number the rulings anew: pieces on the same straight line are one."""
    count = int(owner.max()) + 1
    mean = np.bincount(owner, position, count) / np.maximum(np.bincount(owner, minlength=count), 1)
    order = np.argsort(mean)
    fresh = np.concatenate(([0], np.cumsum(np.diff(mean[order]) > SAME)))
    number = np.empty(count, dtype=np.intp)
    number[order] = fresh
    return number[owner]
