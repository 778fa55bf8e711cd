"""Turns courses of rulings into the smooth displacement that makes them straight and square."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre

from extract.scan.model import Floats, Indices, Points
from extract.scan.page.ruling_traces import Courses
from extract.scan.page.settings import WARP


class Bend(NamedTuple):
    """How far rulings of one direction are displaced, in pixels, as a polynomial of the place.

    `along` (0: x, 1: y) is the direction the rulings run in; the displacement is across it. Places are brought to
    -1 .. 1 by `middle` and `half`; `terms` are the degrees along and across, one row per coefficient.
    """

    along: int
    middle: Floats
    half: Floats
    terms: Indices
    weights: Floats

    @property
    def bends(self) -> bool:
        """Whether there is any displacement."""
        return len(self.weights) > 0

    def at(self, places: Points) -> Floats:
        """Return the displacement at places (n, 2) of the straight page."""
        return _basis(places, self) @ self.weights if self.bends else np.zeros(len(places))


def fitted(courses: Courses, along: int, *, stiff: float = WARP.stiff) -> Bend:
    """Fit a bend to rulings: on the straight page each keeps one coordinate, whichever that is.

    Least squares with a small price on bending, in which outliers lose weight (Tukey's biweight); after the first fit the
    pieces of a broken ruling are taken for one.
    """
    if len(courses.places) < WARP.enough:
        return Bend(along, np.zeros(2), np.ones(2), np.zeros((0, 2), dtype=np.intp), np.zeros(0))
    bend, owner = _frame(courses, courses.owner, along), courses.owner
    straight = courses.places.copy()
    for turn in range(WARP.rounds):
        basis = _basis(straight, bend)
        weights = _solved(basis, courses.places[:, 1 - along], owner, bend.terms, stiff)
        straight[:, 1 - along] = courses.places[:, 1 - along] - basis @ weights
        if turn == 0:
            owner = _joined(straight[:, 1 - along], owner)
            bend = _frame(courses, owner, along)
        else:
            bend = bend._replace(weights=weights)
    return bend


def _frame(courses: Courses, owner: Indices, along: int) -> Bend:
    low, high = courses.places.min(axis=0), courses.places.max(axis=0)
    terms = _terms(courses.places[:, along], courses.places[:, 1 - along], owner)
    return Bend(along, (low + high) / 2, np.maximum((high - low) / 2, 1.0), terms, np.zeros(len(terms)))


def _terms(along: Floats, across: Floats, owner: Indices) -> Indices:
    """Return the degrees along and across that can be told from so many rulings of such lengths."""
    middles = _means(across, owner)
    span = np.full((len(middles), 2), (np.inf, -np.inf))
    np.minimum.at(span[:, 0], owner, along)
    np.maximum.at(span[:, 1], owner, along)
    apart = len(np.unique(np.round(middles / 12)))
    high = sum(apart >= fewest for fewest in (3, 5, 8))
    share = float((span[:, 1] - span[:, 0]).max()) / max(float(np.ptp(along)), 1.0)
    most = 4 if share < 0.4 else WARP.most_along
    if len(along) < 2 * WARP.enough:
        most = 2
    degrees = [(i, j) for i in range(1, most + 1) for j in range(high + 1) if i + j <= WARP.most_along]
    return np.array(degrees, dtype=np.intp)


def _basis(places: Points, bend: Bend) -> Floats:
    """Return the products of Legendre polynomials; beyond the rulings' ends only their lines go on, beside them nothing changes."""
    values = (places - bend.middle) / bend.half
    held = np.clip(values, -WARP.reach, WARP.reach)
    along = legendre.legvander(held[:, bend.along], int(bend.terms[:, 0].max()))
    along[:, 1] = values[:, bend.along]
    across = legendre.legvander(held[:, 1 - bend.along], int(bend.terms[:, 1].max()))
    return along[:, bend.terms[:, 0]] * across[:, bend.terms[:, 1]]


def _solved(basis: Floats, measured: Floats, owner: Indices, terms: Indices, stiff: float) -> Floats:
    """Return the coefficients; each ruling's own constant drops out with its weighted mean."""
    order = np.argsort(owner, kind="stable")
    table, owner = np.column_stack([basis, measured])[order], owner[order]
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    counts = np.diff(np.append(starts, len(owner)))
    price = stiff * len(basis) * np.diag((terms.sum(axis=1) - 1.0) ** 2 + 1e-3)
    weight = np.ones((len(table), 1))
    found = np.zeros(len(terms))
    for _ in range(WARP.rounds):
        means = np.add.reduceat(table * weight, starts) / np.add.reduceat(weight, starts)
        inner = table - np.repeat(means, counts, axis=0)
        product = np.einsum("ni,nj->ij", inner[:, :-1], inner * weight)  # too small for threads to pay
        found = np.linalg.solve(product[:, :-1] + price, product[:, -1])
        left = inner[:, -1] - inner[:, :-1] @ found
        spread = max(0.15, 1.4826 * float(np.median(np.abs(left))))
        near = np.clip(1 - np.square(left / (4.7 * spread)), 0, None)
        weight = (np.square(near) + 1e-9)[:, None]
    return found


def _joined(position: Floats, owner: Indices) -> Indices:
    """Number the rulings anew: pieces on the same straight line are one."""
    mean = _means(position, owner)
    order = np.argsort(mean)
    number = np.empty(len(mean), dtype=np.intp)
    number[order] = np.concatenate(([0], np.cumsum(np.diff(mean[order]) > WARP.same)))
    return number[owner]


def _means(values: Floats, owner: Indices) -> Floats:
    count = int(owner.max()) + 1
    return np.bincount(owner, values, count) / np.maximum(np.bincount(owner, minlength=count), 1)
