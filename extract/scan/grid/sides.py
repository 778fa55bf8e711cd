"""Turns what is seen along the edges of a grid into a decision for every side of its elementary boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.grid.rulings import Lattice, Segment
from extract.scan.grid.settings import SIDES
from extract.scan.pixels import runs_of

EVEN = 0.5  # evidence that speaks as much for a side as against it

Scores = NDArray[np.float64]
Drawn = NDArray[np.bool_]


class Sides(NamedTuple):
    """The evidence (0 to 1) for, and the decision on, each elementary side.

    `horizontal[j, i]` is the side on row edge j in column i, `vertical[i, j]` the one on column edge i in row j. `bad`
    tells of each crossing (row edge, column edge) whether lines meet there as they cannot between cells.
    """

    horizontal_score: Scores
    vertical_score: Scores
    horizontal: Drawn
    vertical: Drawn
    bad: Drawn


def open_borders(horizontal: Scores, vertical: Scores, printed: Drawn) -> tuple[Scores, Scores]:
    """Return the evidence in which outer borders have the benefit of the doubt between the rulings that run up to them.

    A page break, a copier's edge or worn toner leaves a border open. `printed` tells which elementary boxes (row, column)
    hold print: a corner that is open on both its outer sides belongs to the table where it holds any, or where a side of
    the table has no border at all.
    """
    open_left, open_right = (
        bool(
            np.mean(vertical[edge] < SIDES.open) > SIDES.most_open
            and np.mean(horizontal[:, edge] >= SIDES.sure) > SIDES.run_out
        )
        for edge in (0, -1)
    )
    horizontal, vertical = horizontal.copy(), vertical.copy()
    for border, crossing in ((horizontal, vertical.copy()), (vertical, horizontal.copy())):
        for edge in (0, -1):
            reaching = np.flatnonzero(crossing[:, edge] >= SIDES.sure)
            if len(reaching) > 1:
                part = border[edge, reaching[0] : reaching[-1]]
                np.maximum(part, SIDES.open, out=part)
    for down in (1, -1):
        for right, is_open in ((1, open_left), (-1, open_right)):
            held = printed[::down, ::right] | is_open
            evidence = SIDES.open if is_open else SIDES.corner
            _close_corner(horizontal[::down, ::right], vertical[::right, ::down], held, evidence)
    return horizontal, vertical


def _close_corner(horizontal: Scores, vertical: Scores, held: Drawn, evidence: float) -> None:
    """Close the first corner on its outer sides, where neither is drawn, if the table holds it; changes its arguments."""
    wide, high = (
        int(np.argmax(np.append(border[0] >= SIDES.open, True))) for border in (horizontal, vertical)
    )
    if wide < horizontal.shape[1] and high < vertical.shape[1] and held[:high, :wide].any():
        np.maximum(horizontal[0, :wide], evidence, out=horizontal[0, :wide])
        np.maximum(vertical[0, :high], evidence, out=vertical[0, :high])


def in_context(score: Scores) -> Scores:
    """Return the evidence with unsure sides moved towards what sides at their place are in rows of sides that are alike.

    A row of `score` holds the sides along one edge; the rows of a table, and the edges between them, repeat. Two rows are
    alike that contradict each other at no place and are both sure at enough of them. Their evidence counts as a prior (of
    Jeffreys).
    """
    on, off = (score >= SIDES.sure).astype(np.int64), (score <= SIDES.nothing).astype(np.int64)
    known = on | off
    alike = (on @ off.T + off @ on.T == 0) & (known @ known.T >= SIDES.alike * score.shape[1])
    np.fill_diagonal(alike, val=False)
    own = np.clip(score, 0.01, 0.99)
    likely = score
    for _ in range(4):  # what the others have is in doubt, too, and moves in its turn
        drawn, empty = alike @ likely, alike @ (1 - likely)
        odds = own / (1 - own) * (drawn + EVEN) / (empty + EVEN)
        both = odds / (1 + odds)
        against = (np.abs(own - EVEN) >= SIDES.leans) & ((own >= EVEN) != (both >= EVEN))
        both = np.where(against, EVEN + np.copysign(SIDES.corner - EVEN, both - EVEN), both)
        likely = np.where(known, score, both)
    return np.asarray(likely, dtype=np.float64)


def of_print(score: Scores, ends: Drawn, middle: Scores) -> Drawn:
    """Tell which sides along each edge are strokes of print below each other, such as the `1` of codes.

    `ends` tells where a line is seen right up to both crossings, `middle` on what share of the rest. In worn copies gaps are
    anywhere; those of print are only at the crossings. Sides near each other on the edge are judged together.
    """
    result = np.zeros(score.shape, np.bool_)
    for edge, likely in enumerate(score >= EVEN):
        sides = np.flatnonzero(likely)
        for at, side in enumerate(sides):
            near = sides[max(0, at - SIDES.near_by) : at + SIDES.near_by + 1]
            solid = len(near) >= SIDES.fewest and middle[edge, near].mean() >= SIDES.solid
            result[edge, side] = solid and not ends[edge, side] and ends[edge, near].mean() < SIDES.seldom
    return result


def between_print(sure: Drawn, printed: Drawn) -> Drawn:
    """Tell of each vertical side (column edge, row) whether there is print on both sides of it, up to the next sure one.

    `sure` tells which sides are surely drawn, `printed` which elementary boxes (row, column) hold print. Whether any
    other side is drawn changes no text. An outer side has print beside it where the box inside has.
    """
    before, behind = np.zeros(sure.shape, np.bool_), np.zeros(sure.shape, np.bool_)
    for edge in range(1, len(sure)):
        before[edge] = printed[:, edge - 1] | (before[edge - 1] & ~sure[edge - 1])
    for edge in range(len(sure) - 2, -1, -1):
        behind[edge] = printed[:, edge] | (behind[edge + 1] & ~sure[edge + 1])
    before[0], behind[-1] = behind[0], before[-1]
    return before & behind


def decide(horizontal_score: Scores, vertical_score: Scores) -> Sides:
    """Decide every side so that evidence and crossings agree best.

    At a crossing inside a table lines run through, or meet as a T or cross; an end or a corner there is impossible. Starting
    from the evidence alone, single sides and stretches of doubtful ones are changed while that lowers the sum of
    contradicted evidence and impossible crossings (iterated conditional modes, Besag 1986).
    """
    horizontal, vertical = _rimmed(horizontal_score >= EVEN), _rimmed(vertical_score >= EVEN)
    for _ in range(4):
        changed = _improve(horizontal, horizontal_score, vertical)
        if not _improve(vertical, vertical_score, horizontal) and not changed:
            break
    drawn = horizontal[:, 1:-1], vertical[:, 1:-1]
    return Sides(horizontal_score, vertical_score, *drawn, _bad_crossings(horizontal, vertical))


def may_differ(unsure: Drawn, drawn: Drawn, score: Scores, crossing: Drawn) -> Drawn:
    """Tell which of the unsure sides of one direction may be otherwise; `crossing` are the sides of the other direction.

    Changed, alone or with those beside them, they give no more impossible crossings. A border that was not seen may not
    exist, whatever meets it.
    """
    found, changed, across = np.zeros_like(drawn), _rimmed(drawn), _rimmed(crossing)
    found[[0, -1]] = unsure[[0, -1]]
    for edge, first, last in _stretches(unsure, score):
        now = _bad_near(changed, across, edge, first, last)
        changed[edge, first + 1 : last + 1] ^= True
        found[edge, first:last] |= _bad_near(changed, across, edge, first, last) <= now
        changed[edge, first + 1 : last + 1] ^= True
    return found


def _rimmed(drawn: Drawn) -> Drawn:
    return np.pad(drawn, ((0, 0), (1, 1)))


def _impossible(left: Drawn, right: Drawn, up: Drawn, down: Drawn) -> Drawn:
    """Tell of crossings with these four sides whether they are an end or a corner."""
    count = left.astype(int) + right + up + down
    return (count == 1) | ((count == 2) & ~(left & right) & ~(up & down))


def _bad_crossings(along: Drawn, across: Drawn) -> Drawn:
    """Tell of each crossing of rimmed sides whether it is impossible; outer corners may be corners, or open."""
    bad = _impossible(along[:, :-1], along[:, 1:], across[:, :-1].T, across[:, 1:].T)
    bad[[0, 0, -1, -1], [0, -1, 0, -1]] = False
    return bad


def _bad_near(along: Drawn, across: Drawn, edge: int, first: int, last: int) -> int:
    """Count the impossible crossings along a stretch of an edge; both arguments are rimmed."""
    left, right = along[edge, first : last + 1], along[edge, first + 1 : last + 2]
    bad = _impossible(left, right, across[first : last + 1, edge], across[first : last + 1, edge + 1])
    if edge in (0, len(along) - 1):
        bad[0] &= first != 0
        bad[-1] &= last != len(across) - 1
    return int(bad.sum())


def _improve(along: Drawn, score: Scores, across: Drawn) -> bool:
    """Change the sides of one direction where that helps; tell whether any was changed. The sides are rimmed."""
    changed = False
    bad = _bad_crossings(along, across)
    unsure = (score > SIDES.absent) & (score < SIDES.sure) | bad[:, :-1] | bad[:, 1:]
    for edge, first, last in _stretches(unsure, score):
        own, stretch = score[edge, first:last], along[edge, first + 1 : last + 1]
        before = stretch.copy()
        costs = []
        for values in (before, True, False):
            stretch[:] = values
            contradicted = SIDES.weight * float(np.where(values, 1 - own, own).sum())
            costs.append(contradicted + _bad_near(along, across, edge, first, last))
        now, on, off = costs
        better = min(on, off) < now - 1e-9
        stretch[:] = on < off if better else before
        changed |= better
    return changed


def _stretches(unsure: Drawn, score: Scores) -> list[tuple[int, int, int]]:
    """Return (edge, first, last) of stretches of unsure sides and of each unsure side by itself, the clearest first."""
    longer = [
        (edge, first, last)
        for edge, row in enumerate(unsure)
        for first, last in runs_of(row)
        if last - first > 1
    ]
    single = [(edge, at, at + 1) for edge, at in np.argwhere(unsure).tolist()]
    return sorted(
        longer + single,
        key=lambda item: abs(float(score[item[0], item[1] : item[2]].mean()) - EVEN),
        reverse=True,
    )


def lattice(sides: Sides, columns: Sequence[float], rows: Sequence[float], scale: float) -> Lattice:
    """Return the sides drawn as rulings; `scale` turns pixels into points."""
    return Lattice(
        _segments(sides.horizontal, rows, columns, scale), _segments(sides.vertical, columns, rows, scale)
    )


def _segments(
    drawn: Drawn, edges: Sequence[float], places: Sequence[float], scale: float
) -> tuple[Segment, ...]:
    return tuple(
        Segment(edges[edge] * scale, places[index] * scale, places[index + 1] * scale)
        for edge, index in np.argwhere(drawn).tolist()
    )
