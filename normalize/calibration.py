"""The calibration table: what is known of a recognised word turned into how often such words are right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

DEFAULT_THRESHOLD = 0.8

Agreement = Literal["agreed", "differ", "alone"]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often words were right on drawn pages, by what is known of them.

    `bands` are the lower bounds of the confidence bands, ascending from 0; `shares` holds for each kind
    (`agreed known`, `alone other`, ...) the share of right words in each band.
    """

    bands: tuple[float, ...]
    shares: Mapping[str, tuple[float, ...]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Build the table from the parsed calibration file."""
        return cls(tuple(data["bands"]), {kind: tuple(shares) for kind, shares in data["shares"].items()})

    def certainty(self, confidence: float, agreement: Agreement, *, known: bool) -> float:
        """Return the share of right words among those like this one, 0 to 1."""
        band = max(0, bisect_right(self.bands, confidence) - 1)
        return self.shares[word_kind(agreement, known=known)][band]


def word_kind(agreement: Agreement, *, known: bool) -> str:
    """Return the name of a kind of words in the calibration table."""
    return f"{agreement} {'known' if known else 'other'}"
