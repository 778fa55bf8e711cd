"""Likeness and lead of a match turned into the chance that it is right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schema.findings import Grade


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic function of the likeness of the best item (0 to 1) and its lead over the best other one."""

    constant: float
    likeness: float
    lead: float

    def chance(self, likeness: float, lead: float) -> float:
        """Return the chance (0 to 1) that the best item is the right one."""
        return 1 / (1 + math.exp(-(self.constant + self.likeness * likeness + self.lead * lead)))


@dataclass(frozen=True, slots=True)
class LkeCalibration:
    """The curves of components and questions, and the chances from which a match is `likely` and `sure`."""

    component: Curve
    question: Curve
    likely: float
    sure: float

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LkeCalibration:
        """Build the calibration from the parsed content of its file."""
        return cls(
            Curve(**data["component"]), Curve(**data["question"]), likely=data["likely"], sure=data["sure"]
        )

    def grade(self, chance: float) -> Grade | None:
        """Return what a chance is called; `None` where it is too small for a match."""
        if chance < self.likely:
            return None
        return "certain" if chance >= self.sure else "probable"
