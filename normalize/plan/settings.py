"""The section `plan` of `settings.toml` as typed values."""

from __future__ import annotations

from schema.settings import Settings


class PlanSettings(Settings, section="plan"):
    """When names and texts of a plan are taken to be one; likeness is 0 to 100."""

    sure: float
    same_team: float
    plain_score: float
    plain_margin: float


class Unplaced(Settings, section="plan.unplaced"):
    """How text outside the plan is reported; distances in points."""

    crowded: int
    passage: int
    words: int
    columned: float
    label: int
    like: float
    near: float
    fewest: int


PLAN = PlanSettings.load("normalize")
UNPLACED = Unplaced.load("normalize")
