"""What is known of a recognised word turned into how likely it is right: a sum of named parts, fitted on drawn pages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_THRESHOLD = 0.8
STRAY = (
    0.75  # certainty at most of a word that looks misread, however sure the readers are: it asks by default
)
# Beyond this many nines a reader's confidence tells nothing more.
MOST_NINES = 3.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights (log odds) of the parts that speak for or against a recognised word.

    `parts` maps the name of a part to its weight by value: `agreement`, `class`, `kind` (both together), `support`,
    `wear`; `reader` holds for each agreement the weight of a nine of the reader's confidence (0.9 has one, 0.99 two).
    A part's value that was not seen while fitting weighs nothing. `most` bounds the certainty of each kind by how
    many words of it were seen (a kind never seen: 0.5).
    """

    base: float
    parts: Mapping[str, Mapping[str, float]]
    most: Mapping[str, float]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Build the table from the parsed calibration file."""
        return cls(float(data["base"]), data["parts"], data["most"])

    def certainty(self, confidence: float, values: Mapping[str, str]) -> float:
        """Return the chance that a word is right, 0 to 1.

        Args:
            confidence: the reader's own, 0 to 1.
            values: the word's value for each part (`WordEvidence.parts`).
        """
        odds = self.base + nines(confidence) * self.parts["reader"].get(values["agreement"], 0.0)
        odds += sum(self.parts[name].get(value, 0.0) for name, value in values.items())
        most = min(self.most.get(values["kind"], 0.5), STRAY if values["class"] == "stray" else 1.0)
        return min(1.0 / (1.0 + math.exp(-odds)), most)


def nines(confidence: float) -> float:
    """Return how many nines a confidence has, 0 to 3: 0 for 0, 1 for 0.9, 2 for 0.99."""
    return min(MOST_NINES, -math.log10(max(1.0 - confidence, 10.0**-MOST_NINES)))
