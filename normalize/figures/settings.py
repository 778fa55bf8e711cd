"""Thresholds of `normalize/figures`; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Columns(Settings, section="figures.columns"):
    """When a column is one of figures (shares 0 to 1)."""

    fewest: int
    mostly: float
    rarely: float
    word: int
    text_word: int
    tail: int


class Sums(Settings, section="figures.sums"):
    """When a column or row is the sum of others."""

    fewest: int
    clear: float
    most_parts: int


COLUMNS = Columns.load("normalize")
SUMS = Sums.load("normalize")
