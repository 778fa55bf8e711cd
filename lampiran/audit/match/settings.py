"""The thresholds of matching a transcription with a plan, from `lampiran/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Rows(Settings, section="audit.rows"):
    """Which line is which printed row: weights, likenesses (0 to 1), and lines of a title."""

    indicator: float
    action: float
    evidence: float
    floor: float
    same_label: float
    same_count: float
    near: float
    label: float
    title: float
    part_title: float
    title_lines: int


class Unmatched(Settings, section="audit.unmatched"):
    """What became of rows and lines without a partner: likenesses and shares, 0 to 1, letters and lines."""

    held: float
    shortest_held: int
    longer: float
    both: float
    again: float
    whole: float
    shortest_piece: int
    longest: float
    mostly: float
    many: int
    neighbours: int


class LayoutVotes(Settings, section="audit.layout"):
    """When a cell votes for its column: likenesses, 0 to 1."""

    alike: float
    clearly: float


class Cells(Settings, section="audit.cells"):
    """Which cell says which field: likenesses, 0 to 1, letters and columns."""

    like: float
    title: float
    equal: float
    home: float
    held: float
    shortest_held: int
    held_floor: float
    held_share: float
    numeral_beside: int


class Marks(Settings, section="audit.marks"):
    """Which cells say which periods: numbers of cells."""

    most: int
    padded: int


ROWS = Rows.load("lampiran")
UNMATCHED = Unmatched.load("lampiran")
LAYOUT = LayoutVotes.load("lampiran")
CELLS = Cells.load("lampiran")
MARKS = Marks.load("lampiran")
