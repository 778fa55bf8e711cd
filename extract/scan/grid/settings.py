"""The thresholds by which grids are found in pictures, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings

Pair = tuple[float, float]
Ramp = tuple[Pair, Pair]  # two places, and the values that a straight line between them takes there


class Course(Settings, section="scan.grid.course"):
    """What a line looks like along its course: points, grey levels."""

    near: float
    far: float
    smooth: float
    dots: float
    stands_out: int
    step: int
    rim: float
    at_crossing: float
    pale: int
    part: float
    grain: float
    dark: int


class Ruling(Settings, section="scan.grid.ruling"):
    """How pieces of rulings belong together, and how rulings differ from folds and streaks: points, shares."""

    shortest: float
    one_edge: float
    bridged: float
    long: float
    aside: float
    continues: float
    other: float
    near: float
    ends_together: float
    on_course: float
    runs_on: float
    overshoot: float
    fewest_others: int
    title: float
    fewest_lines: int


class Evidence(Settings, section="scan.grid.evidence"):
    """What is evidence for a side of a cell: shares, evidence from 0 to 1, points."""

    narrowest: float
    seen: Ramp
    seen_bare: Ramp
    shown: Ramp
    lit: Ramp
    in_dark: Ramp
    all_bare: float
    bare: float
    as_dark: float
    clearly: float
    likely: float
    worn: float
    hidden: float
    half_seen: float
    dark_header: float
    inked: float
    inset: float
    flaw: float


class SideRules(Settings, section="scan.grid.sides"):
    """How the sides of cells are decided together: evidence from 0 to 1, shares, counts."""

    sure: float
    absent: float
    open: float
    nothing: float
    most_open: float
    run_out: float
    corner: float
    leans: float
    alike: float
    weight: float
    near_by: int
    fewest: int
    solid: float
    seldom: float


class Pixel(Settings, section="scan.grid.pixel"):
    """Which pixels belong to a ruling: points, pixels, grey levels."""

    reach: float
    aside: float
    inked: float
    palest: int
    more: float
    glued: float
    darker: Pair
    touched: float
    met: float
    soft: float
    frayed: float
    letter: float
    stem: float
    crumb: int
    stretch: int


class Header(Settings, section="scan.grid.header"):
    """How the print of a dark header shows its levels: letter sizes."""

    core: float
    over: float
    same: float
    line: float
    turned: float


COURSE = Course.load("extract")
RULING = Ruling.load("extract")
EVIDENCE = Evidence.load("extract")
SIDES = SideRules.load("extract")
PIXEL = Pixel.load("extract")
HEADER = Header.load("extract")
