"""Thresholds of rows; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Titles(Settings, section="rows.titles"):
    """When recognised cells hold the title of an area, or the numeral of an area or a component."""

    word: int
    sure: float
    area_numeral: int
    misread_numeral: int


class Headings(Settings, section="rows.headings"):
    """When lines above a table are the heading of its area (in heights of a line)."""

    most_lines: int
    near: float
    highest: float
    capitals: float


class Headers(Settings, section="rows.headers"):
    """When the headers of several pages are one (likeness 0 to 100)."""

    alike: float
    far: float
    edge: float


class PlanLikeness(Settings, section="rows.plan"):
    """From how many points on a document is a plan, and what earns them (shares 0 to 1)."""

    enough: int
    least: int
    other: int
    most_names: int
    scheduled: float
    mostly: float
    half: float
    hardly: float
    first_words: int


TITLES = Titles.load("normalize")
HEADINGS = Headings.load("normalize")
HEADERS = Headers.load("normalize")
PLAN = PlanLikeness.load("normalize")
