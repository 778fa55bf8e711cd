"""The thresholds by which marks are read, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings

Pair = tuple[float, float]
Three = tuple[float, float, float]


class Pieces(Settings, section="scan.marks.pieces"):
    """Which pieces of ink belong to a cell, and how they are looked at: points, pixels, shares."""

    box_slack: int
    noise_spread: float
    noise_grain: float
    own: float
    wide: float
    speck: float
    small: float
    satellite: float
    many: int
    faint: float
    side: int
    grid: int
    cut: float


class Places(Settings, section="scan.marks.places"):
    """What size and place in its cell a mark has: shares, points, widths of a cell."""

    fewest: int
    slack: float
    spread: float
    widths: Pair
    heights: Pair
    areas: Pair
    sizes: Pair
    paler: float
    speck: float
    out: float
    speck_ink: float
    beside: float
    black: float
    spot: float
    stray: float
    many: int
    spot_fit: float
    still: float
    tones: float
    round: float
    bare: float
    round_cut: float
    light: float


class Groups(Settings, section="scan.marks.groups"):
    """What marks look alike: correlations, likelihoods, points."""

    alike: float
    near: float
    size: float
    worn_size: float
    fewest: int
    few_dashes: int
    sure_group: float
    sure_alone: float
    tiny: float
    least: float
    small: float
    pale: float
    dirt: float
    maybe: float


class FillRules(Settings, section="scan.marks.fills"):
    """What is a filled cell, by steps at its rulings: levels of grey, inches, counts."""

    least: float
    tinted: float
    gap: float
    alike: float
    evened: float
    look_dpi: float
    even: float
    smooth: float
    fewest: int
    strip: float
    outside: float
    foreign_near: float
    fewest_pixels: int
    paper_slack: float
    back: float
    clean: float


class Reading(Settings, section="scan.marks.reading"):
    """What a cell says: inches, shares of its inside, confidence."""

    hull: float
    group: float
    touch: float
    inside: float
    heavy: float
    bare: float
    hiding: float
    sure: float
    mostly: int
    dirty: float


PIECES = Pieces.load("extract")
PLACES = Places.load("extract")
GROUPS = Groups.load("extract")
FILLS = FillRules.load("extract")
READING = Reading.load("extract")
