"""The thresholds of the scan reader's first level, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings


class Cells(Settings, section="scan.cells"):
    """What a background and the edges of a cell hold beside print: grey levels, inches, shares."""

    paper: int
    contrast: int
    fewest_pixels: int
    ruling_rest: float
    label_ink: float
    entry: float


class Narrow(Settings, section="scan.narrow"):
    """What columns of marks look like: inches, shares, counts."""

    widest: float
    alike: float
    fewest: int
    top_rows: int
    distinct: float
    same_edge: float


class Turned(Settings, section="scan.turned"):
    """What print that runs upwards looks like: ratios, points, inches, confidence."""

    steep: float
    least: float
    room: float
    sure: float


class Dash(Settings, section="scan.dash"):
    """What a dash that fills a cell alone looks like: grey levels, letter sizes, confidences."""

    dark: int
    pale: int
    fewest_pixels: int
    flat: float
    widest: float
    highest: float
    beside: float
    few: int
    sure: float
    unsure: float


class Report(Settings, section="scan.report"):
    """What is said of a page's grids, lines and other ink: shares, confidences, inches."""

    doubtful_grid: float
    doubtful_border: float
    covered_line: float
    covered_text: float
    covered_empty: float
    around: float
    blank: float
    filled: float
    dark: int
    dark_share: float
    smallest_region: float
    region_gap: float
    reach: float
    most_regions: int


class Missed(Settings, section="scan.missed"):
    """What rulings look like that make a table which was not read: inches, counts, shares."""

    gap: float
    shortest: float
    reach: float
    around: float
    same_end: float
    fewest: int
    rungs: int
    wide: float
    header: float
    along: float
    row: float
    dpi: float


CELLS = Cells.load("extract")
NARROW = Narrow.load("extract")
TURNED = Turned.load("extract")
DASH = Dash.load("extract")
REPORT = Report.load("extract")
MISSED = Missed.load("extract")
