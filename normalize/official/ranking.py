"""Likeness to items of the sheet turned into the best of them, its lead, and what else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from normalize.official.calibration import Curve
from normalize.official.likeness import Matrix
from normalize.official.settings import RANKING


@dataclass(frozen=True, slots=True)
class Ranked:
    """Places of items, the best first, with their likeness; items that ask the same are one."""

    places: tuple[int, ...]
    scores: tuple[float, ...]

    @property
    def likeness(self) -> float:
        """The likeness of the best item (0 to 1)."""
        return self.scores[0] if self.scores else 0.0

    @property
    def lead(self) -> float:
        """The lead of the best item over the next (0 to 1)."""
        return self.likeness - (self.scores[1] if len(self.scores) > 1 else 0.0)

    @property
    def rivals(self) -> tuple[int, ...]:
        """The places of the next best items, as far as they are near."""
        near = sum(score >= RANKING.rival * self.likeness for score in self.scores[1:])
        return self.places[1 : 1 + min(near, RANKING.most_rivals)]

    def chance(self, curve: Curve) -> float:
        """Return the chance (0 to 1) that the best item is the right one."""
        return curve.chance(self.likeness, self.lead) if self.places else 0.0


def rank(scores: Matrix, keys: Sequence[frozenset[str]], prefer: Matrix | None = None) -> Ranked:
    """Rank items by their likeness; one that asks what a better one asks (a key in common) is left out.

    `prefer` is added where the order is decided, not to the likeness that is returned.
    """
    order = np.argsort(-(scores if prefer is None else scores + prefer), kind="stable")
    places: list[int] = []
    taken: set[str] = set()
    for place in order[: RANKING.looked_at].tolist():
        if scores[place] > 0 and not keys[place] & taken:
            places.append(place)
            taken |= keys[place]
    return Ranked(tuple(places), tuple(float(scores[place]) for place in places))
