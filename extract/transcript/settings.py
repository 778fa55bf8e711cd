"""The thresholds of transcriptions: what of a text is a table, and in which encoding it was written."""

from __future__ import annotations

from schema.settings import Settings


class Tables(Settings, section="transcript.tables"):
    """What of a text or a sheet is a table."""

    fewest_cells: int
    fewest_last_cells: int


class Encodings(Settings, section="transcript.encodings"):
    """In which encoding a text was written."""

    legacy: tuple[str, ...]
    ticks: str
    fewest_zeros: float
    most_other_zeros: float
    most_controls: float


TABLES = Tables.load("extract")
ENCODINGS = Encodings.load("extract")
