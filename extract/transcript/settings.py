"""The thresholds of transcriptions: what of a text is a table, and in which encoding it was written."""

from __future__ import annotations

from schema.settings import Settings


class Transcripts(Settings, section="transcript.texts"):
    """Tables of a text or a sheet, in cells, and encodings of bytes, in shares of them."""

    fewest_cells: int
    fewest_last_cells: int
    legacy: tuple[str, ...]
    ticks: str
    fewest_zeros: float
    most_other_zeros: float
    most_controls: float
    block_tags: frozenset[str]
    silent_tags: frozenset[str]


TEXTS = Transcripts.load("extract")
