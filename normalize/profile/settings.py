"""The section `profile` of `settings.toml` as typed values."""

from __future__ import annotations

from schema.settings import Settings


class ProfileSettings(Settings, section="profile"):
    """When columns of a profile are found again; likeness is 0 to 100, shares 0 to 1."""

    whole: float
    same_name: float
    misread: float
    part: float
    block: float
    fits_plan: float
    fits_table: float


PROFILE = ProfileSettings.load("normalize")
