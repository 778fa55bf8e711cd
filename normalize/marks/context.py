"""The rows of one stretch turned into what they tell together of the places of its time cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.draft import TimeEvidence
from normalize.marks.readings import regular_months
from normalize.marks.settings import MARKS
from schema.periods import MONTHS


@dataclass(frozen=True, slots=True)
class ChunkContext:
    """Evidence of a stretch of rows between two headers.

    `usual_cells` is the number of cells that most rows have right of their last text: several numbers where they are
    equally common and no team's text tells which is right. `teams` are the offsets of teams' texts, `overfull` tells
    that a row has marks in more adjacent cells than there are months, and `aligned_through` is the greatest offset
    that an evenly planned row proves to be in its place.
    """

    usual_cells: frozenset[int]
    teams: frozenset[int]
    overfull: bool
    aligned_through: int

    @classmethod
    def of(cls, rows: Sequence[TimeEvidence]) -> ChunkContext:
        """Gather the context of a stretch."""
        return cls(
            usual_cells=_usual_cells(rows),
            teams=frozenset(row.team_at for row in rows if row.team_at is not None),
            overfull=any(set(range(MONTHS + 1)) <= set(row.marks) for row in rows),
            aligned_through=max(map(_aligned, rows), default=-1),
        )

    def widths(self, row: TimeEvidence) -> dict[int, float]:
        """Return how many time cells the row may have, each with the weight of that assumption.

        A row whose texts are shifted to the right is as long as the others, so its end is cut or padded by as much.
        """
        if row.team_at is not None:
            return {row.team_at: 1.0}
        widths = {MONTHS: 1.0} | dict.fromkeys(self.teams, 1.0)
        if self.overfull:
            widths.setdefault(MONTHS + 1, MARKS.one_more)
        if self.is_odd(row):
            for usual in self.usual_cells:
                widths.setdefault(MONTHS + row.cells - usual, 1.0)
        return {width: weight for width, weight in widths.items() if width > 0}

    def is_odd(self, row: TimeEvidence) -> bool:
        """Tell whether a row without a team's text has more or fewer cells than the others, its shift apart."""
        usual = len(self.usual_cells) == 1 and row.cells - min(self.usual_cells) in (0, -row.shift)
        return row.team_at is None and not usual

    def proves(self, row: TimeEvidence) -> bool:
        """Tell whether the marks are in cells whose months are known: by an even plan here or in another row."""
        if row.team_at not in (None, MONTHS) or row.odd or self.is_odd(row) or max(row.marks) >= MONTHS:
            return False
        even = len(row.marks) >= MARKS.even and regular_months(len(row.marks), MONTHS) == row.months
        return even or max(row.marks) <= self.aligned_through


def _usual_cells(rows: Sequence[TimeEvidence]) -> frozenset[int]:
    """Return the commonest numbers of cells; of equally common ones those of rows whose team is in its place."""
    cells = Counter(row.cells for row in rows)
    common = frozenset(n for n in cells if cells[n] == max(cells.values()))
    proven = common & {row.cells for row in rows if row.team_at == MONTHS}
    return proven or common or frozenset((MONTHS + 1,))


def _aligned(row: TimeEvidence) -> int:
    """Return the last offset up to which a row of even dates agrees with their places, else -1."""
    regular = regular_months(len(row.marks), MONTHS)
    if regular is None or not MARKS.even <= len(row.marks) < MONTHS:
        return -1
    agreed = -1
    for count, (mark, month) in enumerate(zip(sorted(row.marks), sorted(regular), strict=True), 1):
        if mark != month - 1:
            break
        agreed = mark if count >= 2 else agreed
    return agreed
