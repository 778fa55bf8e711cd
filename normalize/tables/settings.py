"""Thresholds of `normalize/tables`; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Certainty(Settings, section="tables.certainty"):
    """How certain the cells of recognised tables are."""

    fewest_rows: int
    same_height: float
    confirmed: float
    doubted: float


class Joining(Settings, section="tables.joining"):
    """When tables of following pages are one."""

    fewest_columns: int
    fewest_shared: int
    much_room: float
    tolerance: float
    tolerance_seen: float
    shift: float
    filled: float
    fewest_rows: int
    long: int
    alike_seen: float
    running: float
    within: float


CERTAINTY = Certainty.load("normalize")
JOINING = Joining.load("normalize")
