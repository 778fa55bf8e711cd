"""Thresholds of a decree's preamble; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Lines(Settings, section="preamble.lines"):
    """How the loose lines of a page belong together."""

    capitals: float
    pivot_year: int
    gap: float
    same_row: float
    sloped: float
    near: int
    indent: float


class Parts(Settings, section="preamble.parts"):
    """How many lines or words the parts of a preamble take."""

    office_lines: int
    holder_lines: int
    title_lines: int
    rank_lines: int
    annex_lines: int
    annex_head_lines: int
    heading_alike: float
    telling_words: int
    more_words: int
    long_word: int


LINES = Lines.load("normalize")
PARTS = Parts.load("normalize")
