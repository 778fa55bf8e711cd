"""Thresholds of `normalize/recognised`; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Candidates(Settings, section="recognised.candidates"):
    """Which texts are considered in a place, and which words are sought (lengths in letters)."""

    most: int
    tried: int
    short: int
    far: int
    shortest: int
    sure: float
    confused: int
    common: float
    often: int
    acronym: int
    read: float
    near: int


class Deciding(Settings, section="recognised.deciding"):
    """When another reading is told, and how readers are set against each other (chances and likeness 0 to 1)."""

    unlikely: float
    most_others: int
    most_words: int
    untold: float
    unlike: float
    least: float
    floor: float
    edits: int


CANDIDATES = Candidates.load("normalize")
DECIDING = Deciding.load("normalize")
