"""The section `marks` of `settings.toml` as typed values."""

from __future__ import annotations

from schema.settings import Settings


class Marks(Settings, section="marks"):
    """How marks are seen, and how likely the ways are in which a transcriber miscounts cells; weights of 0 to 1."""

    ink: float
    filled: float
    certain: float
    probable: float
    shown: int
    even: int
    long_run: int
    faults: int
    unlikely: float
    possible: float
    negligible: float
    surplus_lost: float
    surplus_last: float
    one_more: float


MARKS = Marks.load("normalize")
