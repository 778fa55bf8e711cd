"""Counts that add up, and shares of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(slots=True)
class Counts:
    """A base of scores whose fields are numbers, counters or lists."""

    def add(self, other: Self) -> None:
        """Add another score, field by field."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def share(part: float, whole: float) -> float:
    """Return the part of a whole; 0 of nothing is 0."""
    return part / max(1, whole)
