"""Thresholds of joining rows; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Breaks(Settings, section="breaks"):
    """When the parts of a row that a page break or a line feed cuts are one row."""

    as_low: float
    pitch: float
    lowered: float
    most_breaks: int
    past_texts: int


BREAKS = Breaks.load("normalize")
