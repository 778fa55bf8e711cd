"""The values this package hands out: one word's change or suggestion, and the text of joined lines."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.findings import Grade

WordRule = Literal[
    "confusion",
    "digit-letters",
    "glued-ending",
    "doubled-letter",
    "near-word",
    "official-wording",
    "joined-words",
    "broken-word",
    "spelling-habit",
]


class WordChange(Frozen):
    """One word that was changed, or that should perhaps be.

    `raw` is what the text says from `start` (a character offset in the text handed in), `value` the
    reading the evidence is for. `applied` tells a repair from a suggestion; a suggestion leaves the
    text as it is. `alternatives` are further readings, best first, without `value`. The rule
    `spelling-habit` marks a writer's own spelling beside the standard one: never a reading mistake.
    """

    raw: str
    value: str
    start: int
    grade: Grade
    alternatives: tuple[str, ...] = ()
    rule: WordRule
    applied: bool


class JoinedText(Frozen):
    """The running text of a cell's lines.

    `grade` is that of the weakest joint; `alternatives` are the texts that differ in one
    doubtful joint.
    """

    text: str
    grade: Grade
    alternatives: tuple[str, ...] = ()
