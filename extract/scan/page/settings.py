"""The thresholds by which pages are lit and straightened, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings

Pair = tuple[float, float]


class Light(Settings, section="scan.page.light"):
    """What is the light on a page, the scanner's lid, colour and dirt: shares, grey levels, inches, pixels."""

    low_dpi: float
    ink: int
    edge_dpi: float
    lid: float
    sliver: int
    dpi: float
    reach: float
    widest: float
    filled: float
    across: int
    around: int
    sharp: float
    paper: float
    chroma: int
    coloured: float
    faint: int
    speck: float
    dash_flat: float
    lonely: float
    grain: int


class OrientationRules(Settings, section="scan.page.orientation"):
    """How many lines are read to see which way is up, and how skew is measured: counts, inches, degrees."""

    clear: float
    samples: int
    crop_height: int
    longest: float
    sure: float
    enough: int
    most_letters: int
    word_gap: float
    most_skew: float
    coarse: float
    fine: float
    least_places: int
    most_places: int
    letter: Pair
    run: float


class Picture(Settings, section="scan.page.picture"):
    """At what resolution pages are drawn and looked at: dots per inch, pixels."""

    most_dpi: float
    least_dpi: float
    drawn_dpi: float
    wanted_share: float
    most_pixels: int
    finder_dpi: float
    finder_block: int
    mesh: int
    strip: int


class Warp(Settings, section="scan.page.warp"):
    """How the bends of rulings and lines are measured: inches, weights, pixels of the reduced page."""

    ruling: float
    ruling_step: float
    line: float
    line_step: float
    most_along: int
    stiff: float
    stiff_text: float
    rounds: int
    same: float
    enough: int
    reach: float


class Spread(Settings, section="scan.page.spread"):
    """What two pages side by side look like: shares, inches, counts."""

    dpi: float
    wide: float
    middle: Pair
    gutter: float
    tall: float
    filled: float
    lines: int
    few_lines: int
    crossed: float
    rulings: int


LIGHT = Light.load("extract")
ORIENTATION = OrientationRules.load("extract")
PICTURE = Picture.load("extract")
WARP = Warp.load("extract")
SPREAD = Spread.load("extract")
