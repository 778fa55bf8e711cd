"""Thresholds of the official list; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Titles(Settings, section="official.titles"):
    """When a printed text is a name of the official list (likeness 0 to 100)."""

    like_name: float
    like_area: float
    contained: float
    long_name: int


class WordLikeness(Settings, section="official.words"):
    """How much a word of a text stands for a word of the sheet."""

    alike: float
    long: int
    form: float
    rarest: float
    common: float
    unknown: float
    smoothing: float


class Matching(Settings, section="official.matching"):
    """How the likeness of rows and names adds up to a match (shares and likeness 0 to 1)."""

    action_share: float
    action_alone: float
    both: float
    other_area: float
    other_component: float
    rows_share: float
    rows_alone: float
    next_in_order: float
    edition_lead: float
    fewest_votes: int
    own_edition: float
    holds: float
    beyond: float
    same: float
    not_sure: float


class Ranking(Settings, section="official.ranking"):
    """Which items are told as rivals of the best one."""

    most_rivals: int
    rival: float
    looked_at: int


TITLES = Titles.load("normalize")
WORD_LIKENESS = WordLikeness.load("normalize")
MATCHING = Matching.load("normalize")
RANKING = Ranking.load("normalize")
