"""The calibration table: what is known of a recognised word turned into how often such words are right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_THRESHOLD = 0.8


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often words were right on drawn pages, by what is known of them.

    `bands` are the lower bounds of the confidence bands, ascending from 0; `shares` holds for each kind of
    word (`agreed known`, `alone odd`, ...) the share of right words in each band.
    """

    bands: tuple[float, ...]
    shares: Mapping[str, tuple[float, ...]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Build the table from the parsed calibration file."""
        return cls(tuple(data["bands"]), {kind: tuple(shares) for kind, shares in data["shares"].items()})

    def certainty(self, confidence: float, kind: str) -> float:
        """Return the share of right words among those like this one, 0 to 1; `KeyError` for an unknown kind."""
        return self.shares[kind][max(0, bisect_right(self.bands, confidence) - 1)]
