"""Which printed row is which line of a transcription: the values, and how alike each two are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.types import Cell
from lampiran.alignment.likeness import Matrix, row_likeness, text_likeness
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.settings import ROWS

WEIGHTS = {"indicator": ROWS.indicator, "action": ROWS.action, "evidence": ROWS.evidence}


@dataclass(frozen=True, slots=True)
class Title:
    """Lines that hold the title of an area or a component, or a team's name, and nothing else.

    A long one may go on over several lines of one cell. `part` is its number among the paper's, `None` where the paper
    has none like it; `score` how alike it is to that one, 0 to 1. `cell` is the title's where its line holds other
    texts as well.
    """

    rows: tuple[StatedRow, ...]
    kind: str
    part: int | None
    score: float
    cell: Cell | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells that hold something, in their order."""
        if self.cell is not None:
            return (self.cell,)
        return tuple(cell for row in self.rows for cell in row.filled)

    @property
    def n(self) -> int:
        """The number of its first line."""
        return self.rows[0].n


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of numbers: paper rows (from 0) with lines of the transcription (places in `rows`).

    `fused` are paper rows by the line that holds them besides its own, `split` lines by the paper row that they are a
    part of, besides its own line; `twice` lines that say a row once more, `lent` lines with a component's title whose
    other texts are those of its first row.
    """

    pairs: dict[int, int]
    likeness: dict[int, float]
    fused: dict[int, list[int]] = field(default_factory=dict)
    split: dict[int, list[int]] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    lent: dict[int, list[int]] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    invented: tuple[int, ...] = ()


def line_likeness(printed: Sequence[PaperRow], lines: Sequence[tuple[str, ...]]) -> Matrix:
    """Return the likeness (0 to 1) of each printed row with each line, given by its wordings, whatever their columns."""
    flat = [text for texts in lines for text in texts]
    if not printed or not flat:
        return np.zeros((len(printed), len(lines)))
    counts = np.array([len(texts) for texts in lines])
    starts = np.cumsum(counts) - counts
    alike, there = {}, {}
    for name in WEIGHTS:
        own = [row.wordings.get(name, "") for row in printed]
        there[name] = np.array([[bool(text)] for text in own])
        alike[name] = np.zeros((len(printed), len(lines)))
        alike[name][:, counts > 0] = np.maximum.reduceat(text_likeness(own, flat), starts[counts > 0], axis=1)
    return row_likeness(alike, WEIGHTS, there)
