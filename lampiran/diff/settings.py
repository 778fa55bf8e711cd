"""The thresholds of a comparison, from `lampiran/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Readings(Settings, section="diff"):
    """How alike two texts must be for a doubtful reading to explain their difference, 0 to 1."""

    reading_floor: float


class RowLikeness(Settings, section="diff.rows"):
    """When two rows may be the same action: weights of their texts and likenesses, 0 to 1."""

    action: float
    indicator: float
    evidence: float
    floor: float
    same_code: float
    other_code: float
    same_question: float


class Ties(Settings, section="diff.ties"):
    """What decides among rows of equal text, added to the cube of the likeness."""

    component: float
    area: float
    time: float
    near: float


class PartLikeness(Settings, section="diff.parts"):
    """When two components or areas may be the same: likenesses and shares, 0 to 1, and letters."""

    floor: float
    official: float
    held: float
    shortest_held: int
    common_rows: float
    same_number: float


READINGS = Readings.load("lampiran")
ROWS = RowLikeness.load("lampiran")
TIES = Ties.load("lampiran")
PARTS = PartLikeness.load("lampiran")
