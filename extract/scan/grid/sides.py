"""Turns what is seen along the edges of a grid into a decision for every side of its elementary boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.grid.rulings import Lattice, Segment

SURE, ABSENT = 0.75, 0.25  # evidence from which on a side is surely drawn, and up to which it surely is not
OPEN = 0.6  # evidence for a border that is missing between rulings which run up to it
NOTHING = 0.1  # evidence up to which nothing at all is seen: no other side can speak against it
MOST = 0.5  # share of a table's rows without a border at one side from which on it has none there
RUN_OUT = 0.3  # share of its level rulings that then run out to that side at least; merged cells have fewer
CORNER = 0.55  # the same at a corner that is open on both sides: enough to close it, not to be sure of it
LEANS = 0.1  # evidence that is so far from even is not outdone by other sides without a doubt
ALIKE = 0.5  # share of places at which two rows of sides must both be sure to be compared
EVIDENCE = 3.0  # weight of a side's evidence against one impossible crossing
ROUNDS = 4
NEAR_BY, FEWEST = (
    3,
    3,
)  # likely sides on both sides of one that are looked at with it, and all of them at least
SOLID = 0.85  # of the middle of sides that are strokes of print, or rulings that are no worn ones
SELDOM = (
    0.2  # of strokes of print reach both crossings at most; of rulings three in four do, in worn copies too
)


Scores = NDArray[np.float64]
Drawn = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sides:
    """The evidence (0 to 1) for, and the decision on, each elementary side.

    `across[j, i]` is the level side on row edge j in column i, `upright[i, j]` the upright one on column edge
    i in row j. `bad` tells of each crossing (row edge, column edge) whether lines meet there as no cells do.
    """

    across_score: Scores
    upright_score: Scores
    across: Drawn
    upright: Drawn
    bad: Drawn


def open_borders(across: Scores, upright: Scores, printed: Drawn) -> tuple[Scores, Scores]:
    """Return the evidence in which outer borders have the benefit of the doubt between the rulings that run up to them.

    A page break, a copier's edge or worn toner leaves a border open. `printed` tells in which elementary boxes (row, column)
    print stands: a corner that is open on both its outer sides is one of the table where it holds any, or where a side of
    the table has no border at all.
    """
    open_left, open_right = (
        bool(np.mean(upright[edge] < OPEN) > MOST and np.mean(across[:, edge] >= SURE) > RUN_OUT)
        for edge in (0, -1)
    )
    across, upright = across.copy(), upright.copy()
    for border, crossing in ((across, upright.copy()), (upright, across.copy())):
        for edge in (0, -1):
            reaching = np.flatnonzero(crossing[:, edge] >= SURE)
            if len(reaching) > 1:
                part = border[edge, reaching[0] : reaching[-1]]
                np.maximum(part, OPEN, out=part)
    for down in (1, -1):
        for right, is_open in ((1, open_left), (-1, open_right)):
            held = printed[::down, ::right] | is_open
            evidence = OPEN if is_open else CORNER
            _close_corner(across[::down, ::right], upright[::right, ::down], held, evidence)
    return across, upright


def _close_corner(across: Scores, upright: Scores, held: Drawn, evidence: float) -> None:
    """Close the first corner on its outer sides, as far as neither is drawn, if the table holds it; changes its arguments."""
    wide, high = (int(np.argmax(np.append(border[0] >= OPEN, True))) for border in (across, upright))
    if wide < across.shape[1] and high < upright.shape[1] and held[:high, :wide].any():
        np.maximum(across[0, :wide], evidence, out=across[0, :wide])
        np.maximum(upright[0, :high], evidence, out=upright[0, :high])


def in_context(score: Scores) -> Scores:
    """Return the evidence of which unsure sides lean to what sides at their place are in rows of sides that are alike.

    A row of `score` holds the sides along one edge; the rows of a table, and the edges between them, repeat. Two are alike that
    contradict each other at no place, both being sure at `ALIKE` of the places at least. Their evidence is counted as a prior (of Jeffreys).
    """
    on, off = (score >= SURE).astype(np.int64), (score <= NOTHING).astype(np.int64)
    known = on | off
    alike = (on @ off.T + off @ on.T == 0) & (known @ known.T >= ALIKE * score.shape[1])
    np.fill_diagonal(alike, val=False)
    own = np.clip(score, 0.01, 0.99)
    likely = score
    for _ in range(ROUNDS):  # what the others have is in doubt, too, and leans in its turn
        drawn, empty = alike @ likely, alike @ (1 - likely)
        odds = own / (1 - own) * (drawn + 0.5) / (empty + 0.5)
        both = odds / (1 + odds)
        against = (np.abs(own - 0.5) >= LEANS) & ((own >= 0.5) != (both >= 0.5))
        both = np.where(against, 0.5 + np.copysign(CORNER - 0.5, both - 0.5), both)
        likely = np.where(known, score, both)
    return np.asarray(likely, dtype=np.float64)


def of_print(score: Scores, ends: Drawn, middle: Scores) -> Drawn:
    """Tell which sides along each edge are strokes of print that stand one below the other, such as the `1` of codes.

    `ends` tells of which a line is seen right up to both its crossings, `middle` on what share of the rest. In worn copies gaps
    lie anywhere; those of print lie at the crossings alone. Sides near by on the edge tell together.
    """
    result = np.zeros(score.shape, np.bool_)
    for edge, likely in enumerate(score >= 0.5):
        sides = np.flatnonzero(likely)
        for at, side in enumerate(sides):
            near = sides[max(0, at - NEAR_BY) : at + NEAR_BY + 1]
            solid = len(near) >= FEWEST and middle[edge, near].mean() >= SOLID
            result[edge, side] = solid and not ends[edge, side] and ends[edge, near].mean() < SELDOM
    return result


def between_print(sure: Drawn, printed: Drawn) -> Drawn:
    """Tell of each upright side (column edge, row) whether print stands on both sides of it, up to the next sure one.

    `sure` tells which sides are surely drawn, `printed` which elementary boxes (row, column) hold print. Whether any
    other side is drawn changes no text. An outer side has print beside it where the box inside has.
    """
    before = np.zeros(sure.shape, np.bool_)
    behind = np.zeros(sure.shape, np.bool_)
    for edge in range(1, len(sure)):
        before[edge] = printed[:, edge - 1] | (before[edge - 1] & ~sure[edge - 1])
    for edge in range(len(sure) - 2, -1, -1):
        behind[edge] = printed[:, edge] | (behind[edge + 1] & ~sure[edge + 1])
    before[0], behind[-1] = behind[0], before[-1]
    return before & behind


def decide(across_score: Scores, upright_score: Scores) -> Sides:
    """Decide every side so that evidence and crossings agree best.

    At a crossing inside a table lines run through, meet as a T or cross; an end or a corner there is
    impossible. Starting from the evidence alone, single sides and stretches of doubtful ones are turned over
    while that lowers the sum of contradicted evidence and impossible crossings (iterated conditional modes,
    Besag 1986).
    """
    across, upright = across_score >= 0.5, upright_score >= 0.5
    for _ in range(ROUNDS):
        changed = _improve(across, across_score, upright) | _improve(upright, upright_score, across)
        if not changed:
            break
    return Sides(across_score, upright_score, across, upright, bad_crossings(across, upright))


def bad_crossings(across: Drawn, upright: Drawn) -> Drawn:
    """Tell of each crossing whether it is impossible; outer corners may be corners, or open."""
    level = np.zeros((across.shape[0], across.shape[1] + 2), np.bool_)
    level[:, 1:-1] = across
    stick = np.zeros((upright.shape[0], upright.shape[1] + 2), np.bool_)
    stick[:, 1:-1] = upright
    left, right = level[:, :-1], level[:, 1:]
    up, down = stick[:, :-1].T, stick[:, 1:].T
    count = left.astype(int) + right + up + down
    bad = (count == 1) | ((count == 2) & ~(left & right) & ~(up & down))
    bad[[0, 0, -1, -1], [0, -1, 0, -1]] = False
    return bad


def may_be_turned(unsure: Drawn, drawn: Drawn, score: Scores, crossing: Drawn) -> Drawn:
    """Tell which of the unsure sides of one direction may be otherwise; `crossing` are the sides of the other direction.

    Turned over, alone or with those beside them, they make no more crossings at which lines meet as no cells do. A border
    that was not seen may be none, whatever meets it.
    """
    found, turned = np.zeros_like(drawn), drawn.copy()
    found[[0, -1]] = unsure[[0, -1]]
    for edge, first, last in _stretches(unsure, score):
        now = _bad_near(turned, crossing, edge, first, last)
        turned[edge, first:last] ^= True
        found[edge, first:last] |= _bad_near(turned, crossing, edge, first, last) <= now
        turned[edge, first:last] ^= True
    return found


def _improve(drawn: Drawn, score: Scores, crossing: Drawn) -> bool:
    """Turn over the sides of one direction where that helps; tell whether any was."""
    changed = False
    bad = bad_crossings(drawn, crossing)
    unsure = (score > ABSENT) & (score < SURE) | bad[:, :-1] | bad[:, 1:]
    for edge, first, last in _stretches(unsure, score):
        cost_on = EVIDENCE * float((1 - score[edge, first:last]).sum())
        cost_off = EVIDENCE * float(score[edge, first:last].sum())
        before = drawn[edge, first:last].copy()
        costs = []
        for value, cost in ((True, cost_on), (False, cost_off)):
            drawn[edge, first:last] = value
            costs.append(cost + _bad_near(drawn, crossing, edge, first, last))
        drawn[edge, first:last] = before
        now = EVIDENCE * float(np.where(before, 1 - score[edge, first:last], score[edge, first:last]).sum())
        now += _bad_near(drawn, crossing, edge, first, last)
        if min(costs) < now - 1e-9:
            drawn[edge, first:last] = costs[0] < costs[1]
            changed = True
    return changed


def _bad_near(drawn: Drawn, crossing: Drawn, edge: int, first: int, last: int) -> int:
    """Count the impossible crossings along a stretch of an edge."""
    row = np.concatenate([[False], drawn[edge], [False]])
    left, right = row[first : last + 1], row[first + 1 : last + 2]
    up = crossing[first : last + 1, edge - 1] if edge > 0 else np.zeros(last + 1 - first, np.bool_)
    below = edge < crossing.shape[1]
    down = crossing[first : last + 1, edge] if below else np.zeros(last + 1 - first, np.bool_)
    count = left.astype(int) + right + up + down
    bad = (count == 1) | ((count == 2) & ~(left & right) & ~(up & down))
    if edge == 0 or not below:
        bad[0] &= first != 0
        bad[-1] &= last != drawn.shape[1]
    return int(bad.sum())


def _stretches(unsure: Drawn, score: Scores) -> list[tuple[int, int, int]]:
    """Return (edge, first, last) of stretches of unsure sides, then of each unsure side by itself."""
    result: list[tuple[int, int, int]] = []
    for edge, row in enumerate(unsure):
        steps = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
        for first, last in zip(steps[::2], steps[1::2], strict=True):
            if last - first > 1:
                result.append((edge, int(first), int(last)))
    result += [(int(edge), int(at), int(at) + 1) for edge, at in zip(*np.nonzero(unsure), strict=True)]
    result.sort(key=lambda item: abs(float(score[item[0], item[1] : item[2]].mean()) - 0.5), reverse=True)
    return result


def lattice(sides: Sides, columns: Sequence[float], rows: Sequence[float], scale: float) -> Lattice:
    """Return the sides drawn as rulings; `scale` turns pixels into points."""
    return Lattice(
        _segments(sides.across, rows, columns, scale), _segments(sides.upright, columns, rows, scale)
    )


def _segments(
    drawn: Drawn, edges: Sequence[float], marks: Sequence[float], scale: float
) -> tuple[Segment, ...]:
    return tuple(
        Segment(edges[edge] * scale, marks[index] * scale, marks[index + 1] * scale)
        for edge, index in zip(*np.nonzero(drawn), strict=True)
    )
