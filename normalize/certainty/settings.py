"""The section `certainty` of `settings.toml` as typed values."""

from __future__ import annotations

from schema.settings import Settings


class FieldCertainty(Settings, section="certainty"):
    """How sure recognised fields are, 0 to 1, beyond what their words say."""

    vouched: float
    nearly_named: float
    lost_dash: float
    out_of_order: float
    sure_border: float
    disputed: float
    digits: int
    near_letters: int
    near_share: int


class Repeats(Settings, section="certainty.repeats"):
    """What readings of a text that is printed more than once say of each other."""

    likely: float
    sure: float
    most: float
    long: int
    edits: int
    team_areas: int
    numbered_teams: float


CERTAINTY = FieldCertainty.load("normalize")
REPEATS = Repeats.load("normalize")
