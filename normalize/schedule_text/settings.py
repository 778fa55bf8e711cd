"""Thresholds of `normalize/schedule_text`; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Misread(Settings, section="schedule_text.misread"):
    """Which words of a schedule may be put right (lengths in letters)."""

    shortest: int
    shortest_typo: int
    short: int
    longest_strokes: int


class Days(Settings, section="schedule_text.days"):
    """How many days and weeks a month has."""

    leap_year: int
    shortest_month: int


MISREAD = Misread.load("normalize")
DAYS = Days.load("normalize")
