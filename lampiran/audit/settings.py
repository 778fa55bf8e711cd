"""The thresholds of an audit, from `lampiran/settings.toml`."""

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


class Texts(Settings, section="audit.texts"):
    """Which fault made one text of another: likenesses, 0 to 1, and letters."""

    same_word: float
    same_text: float
    paired: float
    slack: int


class Verdicts(Settings, section="audit.verdicts"):
    """What is said of one cell: likenesses, 0 to 1, letters, lines and periods."""

    left: float
    another: float
    nearly: float
    held: float
    shortest_held: int
    furthest: int
    same_team: float
    team_lines: int
    other_part: float
    shortest_moved: int


class Sheet(Settings, section="audit.sheet"):
    """What is read of a sample's sheet: bytes, rows, and letters of a digest."""

    largest: int
    rows: int
    columns: int
    digest: int


class Verdict(Settings, section="audit.verdict"):
    """What a whole transcription comes to: a share (0 to 1) and a number of kinds."""

    most_unseen: float
    kinds: int


class Page(Settings, section="audit.page"):
    """How much `audit.html` shows: numbers of crops and cells, widths in pixels, a factor of a height."""

    crops: int
    ink_crops: int
    cell_width: int
    row_width: int
    row_cells: int
    around: int


class Pack(Settings, section="audit.pack"):
    """The limits of an evidence pack: bytes, and letters of a name."""

    largest: int
    field: int


class Ink(Settings, section="audit.ink"):
    """How ink is seen and told: points and pixels, levels of grey (0 to 255), shares (0 to 1), numbers, decimals."""

    scale: float
    most_pixels: int
    dark: int
    letter: float
    no_width: float
    line: float
    ruling: float
    cell_edge: float
    least_ruling: float
    speck: float
    solid: float
    solid_pixels: int
    tone: int
    near: float
    wide: float
    most: int
    fewest: float
    decimals: int
    share_decimals: int


class InkMap(Settings, section="audit.ink_map"):
    """The picture of a page's ink: pixels, points, numbers of shades, and a factor of darkness."""

    width: int
    room: float
    shades: int
    contrast: float
    spread: int


class Intervals(Settings, section="audit.intervals"):
    """How figures are made: a confidence, numbers of draws and places, a seed."""

    level: float
    resamples: int
    seed: int
    places: int


ROWS = Rows.load("lampiran")
UNMATCHED = Unmatched.load("lampiran")
LAYOUT = LayoutVotes.load("lampiran")
CELLS = Cells.load("lampiran")
MARKS = Marks.load("lampiran")
TEXTS = Texts.load("lampiran")
VERDICTS = Verdicts.load("lampiran")
SHEET = Sheet.load("lampiran")
VERDICT = Verdict.load("lampiran")
PAGE = Page.load("lampiran")
PACK = Pack.load("lampiran")
INK = Ink.load("lampiran")
MAP = InkMap.load("lampiran")
INTERVALS = Intervals.load("lampiran")
