"""The thresholds by which stamps and pens are found, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings


class Stamps(Settings, section="scan.stamps"):
    """What is ink of stamps and pens, and what lies below it: inches, levels of 255."""

    look_dpi: float
    pale: int
    stamp: float
    signature: tuple[float, float]
    reach: float
    solid: float
    faintest: int
    strongest: int
    print: float
    black: int
    fewest: int
    coloured: int
    slack: float
    opaque: float


STAMPS = Stamps.load("extract")
