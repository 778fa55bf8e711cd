"""What the rows of one stretch tell together about where its time cells stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.draft import TimeEvidence
from normalize.marks.readings import regular_months


@dataclass(frozen=True, slots=True)
class ChunkContext:
    """Evidence of a stretch of rows between two heads.

    `usual_cells` is the number of cells that rows mostly have right of their last text; several numbers, where
    as many rows have one as the other and no team's text tells which is right. `teams` are the offsets at which a team's text stands, `overfull` tells that a row has marks in more adjacent cells than there are
    periods, and `aligned_through` is the greatest offset that an evenly planned row shows to be in its place.
    """

    usual_cells: frozenset[int]
    teams: frozenset[int]
    overfull: bool
    aligned_through: int

    @classmethod
    def of(cls, rows: Sequence[TimeEvidence], periods: int) -> ChunkContext:
        """Gather the context of a stretch."""
        return cls(
            usual_cells=_usual_cells(rows, periods),
            teams=frozenset(row.team_at for row in rows if row.team_at is not None),
            overfull=any(set(range(periods + 1)) <= set(row.marks) for row in rows),
            aligned_through=max((_aligned(row, periods) for row in rows), default=-1),
        )

    def widths(self, row: TimeEvidence, shift: int, periods: int) -> dict[int, float]:
        """Return how many time cells the row may have, each with the weight of that assumption.

        `shift` is how far the row's texts stand right of their usual column; a shifted row keeps the length
        of the others, so that its end is cut or padded by as much.
        """
        if row.team_at is not None:
            return {row.team_at: 1.0}
        widths = {periods: 1.0}
        for team in self.teams:
            widths.setdefault(team, 1.0)
        if self.overfull:
            widths.setdefault(periods + 1, 0.5)
        if self.is_odd(row, shift):
            for usual in self.usual_cells:
                widths.setdefault(periods + row.cells - usual, 1.0)
        return {width: weight for width, weight in widths.items() if width > 0}

    def is_odd(self, row: TimeEvidence, shift: int) -> bool:
        """Tell whether a row without a team's text has more or fewer cells than the others, its shift apart."""
        usual = len(self.usual_cells) == 1 and row.cells - min(self.usual_cells) in (0, -shift)
        return row.team_at is None and not usual


def _usual_cells(rows: Sequence[TimeEvidence], periods: int) -> frozenset[int]:
    """Return the commonest numbers of cells; of equally common ones those of rows whose team is in its place."""
    cells = Counter(row.cells for row in rows)
    common = frozenset(n for n in cells if cells[n] == max(cells.values()))
    proven = common & {row.cells for row in rows if row.team_at == periods}
    return proven or common or frozenset((periods + 1,))


def _aligned(row: TimeEvidence, periods: int) -> int:
    """Return the last offset up to which a row of even dates agrees with their places, else -1."""
    regular = regular_months(len(row.marks), periods)
    if regular is None or len(row.marks) < 3 or len(row.marks) == periods:
        return -1
    agreed = -1
    for count, (mark, month) in enumerate(zip(sorted(row.marks), sorted(regular), strict=True), 1):
        if mark != month - 1:
            break
        agreed = mark if count >= 2 else agreed
    return agreed
