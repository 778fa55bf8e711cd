"""Which printed row is which line of a transcription: the values, and how alike each two are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extract.types import Cell
from lampiran.alignment.likeness import text_likeness
from lampiran.alignment.wording import wording
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.transcription_table import StatedRow

Matrix = NDArray[np.float64]

WEIGHTS = {"indicator": 0.3, "action": 0.45, "evidence": 0.25}


@dataclass(frozen=True, slots=True)
class Title:
    """Lines that hold the title of an area or a component, or a team's name, and nothing else.

    A long one may go on over several lines of one cell. `part` is its place among the paper's, `None` where the paper
    has none like it; `score` how alike it is to that one, 0 to 1. `cell` is the title's
    where its line holds other texts as well.
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
    """Pairs of places: paper rows (from 0) with lines of the transcription (places in `rows`).

    `fused` are paper rows by the line that holds them besides its own, `split` lines by the paper row that they are a
    part of, besides its own line; `twice` lines that say a row once more, `lent` lines
    with a component's title whose other texts are those of its first row.
    """

    pairs: dict[int, int]
    likeness: dict[int, float]
    fused: dict[int, list[int]] = field(default_factory=dict)
    split: dict[int, list[int]] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    lent: dict[int, list[int]] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    missing: tuple[int, ...] = ()
    invented: tuple[int, ...] = ()


def row_likeness(printed: Sequence[PaperRow], stated: Sequence[tuple[str, ...]]) -> Matrix:
    """Return the likeness (0 to 1) of each printed row with each line, whatever column a text stands in."""
    result: Matrix = np.zeros((len(printed), len(stated)))
    flat = [(n, text) for n, texts in enumerate(stated) for text in texts]
    if not printed or not flat:
        return result
    owners = np.array([n for n, _ in flat])
    total: Matrix = np.zeros((len(printed), 1))
    for name, weight in WEIGHTS.items():
        mine = [wording(row.texts[name].text) if name in row.texts else "" for row in printed]
        if not any(mine):
            continue
        alike = text_likeness(mine, [text for _, text in flat])
        best: Matrix = np.zeros_like(result)
        for n in range(len(stated)):
            own = alike[:, owners == n]
            if own.size:
                best[:, n] = own.max(axis=1)
        result += weight * best
        total += weight * np.array([[bool(text)] for text in mine])
    return np.divide(result, total, out=np.zeros_like(result), where=total > 0)
