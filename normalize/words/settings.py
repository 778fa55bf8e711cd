"""Thresholds of `normalize/words`; the values, with units and reasons, are in `normalize/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Repair(Settings, section="words.repair"):
    """When a doubtful word is changed, suggested or left (costs and scores as in `confusions.json`)."""

    shortest: int
    short: int
    long: int
    margin: float
    unattested_margin: float
    short_margin: float
    clear_margin: float
    clear_cost: float
    applied_score: float
    suggested_score: float
    alternative_span: float
    most_alternatives: int
    most_passes: int


class Evidence(Settings, section="words.evidence"):
    """What speaks for a reading of a damaged word."""

    near_cost: float
    shortest_reading: int
    most_cost: float
    further_cost: float
    most_replacements: int
    longest: int
    stem_floor: float
    most_known: int


class Wording(Settings, section="words.wording"):
    """When a sentence copies the official wording but for one word."""

    shortest: int
    letters_per_slip: int
    most_slips: int
    shared_words: int
    shared_part: float


class Spacing(Settings, section="words.spacing"):
    """When words are parted or joined (frequencies on the Zipf scale)."""

    shortest_part: int
    shortest_content: int
    function_word: float
    ordinary: float
    weak: float
    most_pieces: int
    strong: float
    fewest_letters: int
    most_digits: int


class Weights(Settings, section="words.weights"):
    """What the evidence for a reading weighs against its cost."""

    frequency: float
    common_from: float
    listed: float
    official: float
    repeated: float
    in_context: float
    long: float
    most_long: float
    official_stem: float


REPAIR = Repair.load("normalize")
EVIDENCE = Evidence.load("normalize")
WORDING = Wording.load("normalize")
WEIGHTS = Weights.load("normalize")
SPACING = Spacing.load("normalize")
