"""Turns what is seen along the edges of a grid into a decision for every side of its elementary boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.pdf.rulings import Lattice
from extract.pdf.seam import Segment
from extract.scan.edges import BESIDE, Path
from extract.scan.rulings import MM

INSET = 0.35 * MM  # the crossing lines themselves are left out of account
END = 1.2 * MM  # the longest stretch at either end of a side that is looked at by itself
SHORT_END = 0.3 * MM  # the shortest one
END_SHARE = 0.08  # of the side's length between those
LONG_SIDE = 9.0 * MM  # from this length on only unbroken runs count in the middle of a side
GAP_SHARE = 0.15  # of a side may be missing at no cost
HALF = 0.62  # what must be seen of a side for an even chance that it is drawn
SURE, ABSENT = 0.75, 0.25  # evidence from which on a side is surely drawn, and up to which it surely is not
EVIDENCE = 3.0  # weight of a side's evidence against one impossible crossing
ROUNDS = 4
BROADER = 1.6  # times as broad as the edge's other sides: other ink than the ruling's
BROAD = 0.6 * MM  # how far from its edge the breadth of a side is measured
COVERED = 0.5  # of a side that lies under a stamp or pen, from which on it cannot be seen
LIKELY, UNLIKELY = 0.55, 0.45  # evidence for a side that other ink hides or feigns

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


def scores(paths: Sequence[Path], marks: Sequence[float], step: int, dpi: float) -> Scores:
    """Return the evidence for each edge and each interval between marks (pixels along the edges).

    A side has two ends and a middle; its evidence is the second best of the three, so that one gap does not
    break it and a letter that stands on it does not make it; but little more than what is seen of the whole.
    """
    result = np.zeros((len(paths), len(marks) - 1))
    for index in range(len(marks) - 1):
        low, high = marks[index] + INSET * dpi, marks[index + 1] - INSET * dpi
        end = min(max(END_SHARE * (high - low), SHORT_END * dpi), END * dpi)
        is_long = high - low >= LONG_SIDE * dpi
        for row, path in enumerate(paths):
            middle = (
                float(path.runs[_part(path.runs, (low + end) / step, (high - end) / step)].mean())
                if is_long
                else _share(path, low + end, high - end)
            )
            ends = _share(path, low, low + end), _share(path, high - end, high)
            whole = _share(path, low, high)
            result[row, index] = min(sorted((*ends, middle))[1], whole + GAP_SHARE)
    return np.interp(result, (0.0, HALF, 1.0), (0.0, 0.5, 1.0))


def _share(path: Path, low: float, high: float) -> float:
    """Return the share of a stretch on which a line is seen; an even chance where other ink hides it."""
    part = _part(path.seen, low, high)
    clear = path.clear[part]
    if 4 * np.count_nonzero(clear) < len(clear):
        return HALF
    return float(path.seen[part][clear].mean())


def _part(seen: NDArray[np.generic], low: float, high: float) -> slice:
    start = min(max(round(low), 0), len(seen) - 1)
    return slice(start, max(round(high), start + 1))


def unlike(paths: Sequence[Path], marks: Sequence[float], score: Scores, dpi: float) -> Drawn:
    """Tell which sides show ink that is much broader than their edge's ruling is elsewhere.

    A word that stands on the edge, a stamp's ring or a pen's stroke along it: such ink says nothing of a ruling.
    Breadth is the darkness across the side, averaged along it, in shares of the darkness on the edge.
    """
    breadth = np.array([_breadth(path, marks, dpi) for path in paths])
    sure = score >= SURE
    usual = float(np.median(breadth[sure])) if sure.any() else np.inf
    own = np.array(
        [np.median(row[on]) if on.sum() > 2 else usual for row, on in zip(breadth, sure, strict=True)]
    )
    return np.asarray(breadth > BROADER * own[:, None], dtype=np.bool_)


def _breadth(path: Path, marks: Sequence[float], dpi: float) -> Scores:
    """Return the median breadth of each side over its stretches of a millimetre, in pixels."""
    step, reach = max(2, round(MM * dpi)), round(BROAD * dpi)
    starts = np.arange(0, path.strip.shape[1] - step + 1, step)
    profile = np.add.reduceat(path.strip[:, : len(starts) * step], starts, axis=1, dtype=np.float32) / step
    far = len(profile) // 2
    near = max(2, far // 2)
    paper = np.minimum(profile[: far - near + 1].max(axis=0), profile[far + near :].max(axis=0))
    depth = paper - profile[far - 1 : far + 2].min(axis=0)
    dark = np.clip(paper - profile[far - reach : far + reach + 1], 0, None).sum(axis=0)
    breadth = dark / np.maximum(depth, 1.0)
    inset = INSET * dpi
    parts = [_part(breadth, (low + inset) / step, (high - inset) / step - 1) for low, high in pairwise(marks)]
    return np.array([np.median(breadth[part]) for part in parts])


def under(
    paths: Sequence[Path], marks: Sequence[float], step: int, strokes: NDArray[np.bool_], dpi: float
) -> Drawn:
    """Tell which sides run under the strokes of a stamp or a pen for the greater part.

    `strokes` is a mask of the page, its second axis along the paths; `step` is pixels to a sample of them.
    """
    reach = round(BESIDE * dpi)
    result = np.zeros((len(paths), len(marks) - 1), np.bool_)
    for row, path in enumerate(paths):
        samples = np.rint((np.arange(len(path.places)) + 0.5) * step).astype(np.intp)
        across = np.rint(path.places).astype(np.intp)[None, :] + np.arange(-reach, reach + 1)[:, None]
        across = np.clip(across, 0, len(strokes) - 1)
        on = strokes[across, np.minimum(samples, strokes.shape[1] - 1)[None, :]].any(axis=0)
        for index, (low, high) in enumerate(pairwise(marks)):
            result[row, index] = on[_part(on, low / step, high / step)].mean() > COVERED
    return result


def tempered(score: Scores, doubted: Drawn, hidden: Drawn) -> Scores:
    """Return evidence in which that of sides of other ink is about even, and that of hidden ones too.

    Whether such a side is rather drawn or not follows from how many sides beside it are, along its edge and
    across it: a title's row has no upright sides, a head's level ones do not run through all columns. Outer
    borders stay.
    """
    doubted, hidden = doubted.copy(), hidden.copy()
    doubted[[0, -1]] = hidden[[0, -1]] = False
    seen = ~(doubted | hidden)
    drawn = (score >= 0.5) & seen
    seen[[0, -1]] = drawn[[0, -1]] = False
    odds = _odds(drawn, seen, 1) + _odds(drawn, seen, 0) - _odds(drawn, seen, None)
    even = np.where(odds > 0, LIKELY, UNLIKELY)
    even = np.where(doubted & (score > even), even, score)
    return np.where(hidden & (odds > 0), np.maximum(even, LIKELY), even)


def _odds(drawn: Drawn, seen: Drawn, axis: int | None) -> Scores:
    """Return the logarithm of the odds that a side is drawn, by those seen along an axis, or by all."""
    on, all_of = (part.sum(axis=axis, keepdims=True) for part in (drawn, seen))
    return np.asarray(np.log((on + 0.5) / (all_of - on + 0.5)), dtype=np.float64)


def with_fills(across: Scores, upright: Scores, solid: Drawn) -> tuple[Scores, Scores]:
    """Return the evidence with the borders of solid boxes in it.

    The rim of a dark box is a border by itself; between two dark boxes nothing can be seen, so the evidence
    there is what the same edge shows elsewhere.
    """
    rows, columns = solid.shape
    flat = np.zeros((rows + 2, columns), np.bool_)
    flat[1:-1] = solid
    side = np.zeros((rows, columns + 2), np.bool_)
    side[:, 1:-1] = solid
    return (
        _filled(across, flat[:-1], flat[1:]),
        _filled(upright, side[:, :-1].T, side[:, 1:].T),
    )


def _filled(evidence: Scores, one: Drawn, other: Drawn) -> Scores:
    usual = np.median(evidence, axis=1, keepdims=True)
    rim = np.where(one ^ other, 1.0, evidence)
    return np.where(one & other, np.maximum(evidence, np.minimum(usual, SURE)), rim)


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
