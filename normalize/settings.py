"""Thresholds of the modules that several steps share; the values, with units and reasons, are in `settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Names(Settings, section="names"):
    """When a text is the name of a column, an area or a component (likeness 0 to 100, lengths in letters)."""

    role: float
    begun: float
    same: float
    longest: int
    shortest_prefix: int
    most_known: int


class NumberRow(Settings, section="number_row"):
    """When a row is that of the column numbers `1 2 3 ...` below a header."""

    fewest: int
    longest: int
    first: int
    rising: float
    fitting: float


class RunningText(Settings, section="running_text"):
    """When a line is a running head, foot or catchword."""

    same_place: float
    alike: float
    reach: int
    margin: float
    fewest_letters: int
    near: float
    beginning: int


class LineBreaks(Settings, section="line_breaks"):
    """Whether a word would have fitted on a line."""

    room: float


NAMES = Names.load("normalize")
NUMBER_ROW = NumberRow.load("normalize")
RUNNING_TEXT = RunningText.load("normalize")
LINE_BREAKS = LineBreaks.load("normalize")
