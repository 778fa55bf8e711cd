"""The thresholds by which lines are found and read, from `extract/settings.toml`, which gives units and reasons."""

from __future__ import annotations

from schema.settings import Settings

Pair = tuple[float, float]


class Ink(Settings, section="scan.text.ink"):
    """What is ink, where lines are, and how a line is cut out: grey levels, inches, letter sizes."""

    detector_dpi: float
    core: float
    room: float
    darkest: int
    palest: int
    faintest: int
    around: float
    size: float
    wide: int
    line_core: float
    margin: float
    beside: float
    half: float


class Lines(Settings, section="scan.text.lines"):
    """What belongs to one line: letter sizes."""

    same: float
    near: float
    half: float
    letter: float
    lone: float
    tallest: float
    over: float
    ruling: Pair
    before: float
    behind: float
    gap: float
    gap_in_cell: float
    block: int
    trim: float


class Signs(Settings, section="scan.text.signs"):
    """Where spaces were lost and ink was passed over: letter sizes, confidences."""

    white: float
    place_slack: float
    space_sure: float
    high: Pair
    wide: float
    far: float
    more: float
    flat: float
    long: float
    shortest: float
    beside: float
    apart: float
    seen: float
    room: float
    room_at_space: float


class Words(Settings, section="scan.text.words"):
    """What a word may be, and what the strokes of a numeral look like: chances, shares of their height."""

    lone_sign: float
    least_choice: float
    beam: int
    faint: float
    letter: float
    slim: float
    solid: float
    uneven: float
    apart: float
    most: int
    pale: float
    smallest: float
    near: float
    counted: float
    lone: tuple[float, float, float]
    unsure: float


class Readers(Settings, section="scan.text.readers"):
    """What recognisers get: pixels, grey level."""

    height: int
    width_step: int
    narrowest: int
    batch: int
    short: float
    stretches: tuple[float, ...]
    plain: float
    tesseract_height: int
    tesseract_edge: int
    tesseract_paper: int


INK = Ink.load("extract")
LINES = Lines.load("extract")
SIGNS = Signs.load("extract")
WORDS = Words.load("extract")
READERS = Readers.load("extract")
