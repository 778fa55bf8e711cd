"""The periods of a printed row and the cells of a line that stand for them -> what is stated of each period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.types import Cell
from lampiran.audit.match.cell_assignment import Placement
from lampiran.audit.match.layout import Layout
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.transcription_table import StatedRow
from normalize.resources import Resources
from normalize.text import squeeze

_TRUE = frozenset({"true", "ya", "yes", "benar", "1"})
Pairs = list[tuple[int | None, int | None]]
UNKNOWN = "?"  # what our workbook says of a period that could not be read
_MOST = 3  # cells that a line is taken to have too few or too many
_PADDED = 3  # disagreements that a swallowed cell must explain where the line has its full length
_FALSE = frozenset({"false", "tidak", "no", "salah", "0"})


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """What a line says of a period: `marked`, or `None` where it says nothing or nothing clear (`text`).

    `swallowed`: other cells of the row are there, but too few for all periods, and this one is not; `alone`: only this
    line has too few.
    """

    marked: bool | None
    cell: Cell | None = None
    text: str = ""
    swallowed: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class MarksSaid:
    """`periods` by field, `strays` the marks that stand in the cell of no period, `added` cells too many.

    `left_swallowed`: what stands left of the marks is not there at all, so that they begin sooner.
    """

    periods: Mapping[str, MarkSaid]
    strays: tuple[Cell, ...] = ()
    added: tuple[Cell, ...] = ()
    left_swallowed: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the cells of marks may stand. `gain`: by how much better it must fit than the plain reading."""

    start: int
    end: int
    ends: bool
    gain: int = 0
    sooner: bool = False


def marks_said(
    row: PaperRow, stated: StatedRow, placement: Placement, layout: Layout, resources: Resources
) -> MarksSaid:
    """Read the cells of marks of one line.

    Cells are counted from the left. Where a line has fewer or more of them than there are periods and does not simply
    end, cells were swallowed or added: where, is chosen so that the fewest cells disagree with the paper; of equal
    choices the last.
    """
    if layout.exact:
        return _by_name(stated, layout, resources)
    if not layout.periods:
        return MarksSaid({})
    printed = [row.marks[name].marked if name in row.marks else None for name in layout.periods]
    texts = [said.cell for said in placement.said.values() if said.cell is not None]
    plain = _Block(placement.start, placement.end, placement.ends_inside)
    read = {
        block: _read(block, printed, stated, texts, resources)
        for block in (plain, *_others(stated, placement, layout))
    }
    best = min(read, key=lambda block: (read[block].cost + block.gain, block is plain and block.gain == 0))
    return _said(read[best], best, stated, texts, layout, resources)


def _others(stated: StatedRow, placement: Placement, layout: Layout) -> list[_Block]:
    """Return where else the marks may stand: a cell of the line was swallowed or added, as its length tells."""
    start, end = placement.start, placement.end
    left_missing = layout.left is not None and layout.left not in placement.said
    if placement.right_at is not None:
        moved = end - layout.end
        return [_Block(start + moved, end, False, sooner=moved < 0)] if left_missing and moved else []
    delta = stated.width - layout.width if layout.width else 0
    if delta == 0 and placement.shift:
        return []
    delta -= placement.shift
    if 0 < abs(delta) <= _MOST:
        whole = layout.end + (start - layout.start)
        found = [_Block(start, min(whole + delta, stated.width), False)]
        if left_missing:
            found.append(_Block(start + delta, min(whole + delta, stated.width), False, sooner=delta < 0))
        return found
    last = stated.at(stated.width - 1)
    if delta == 0 and last is not None and not last.text.strip() and end - start > 1:
        return [_Block(start, end - 1, False, gain=_PADDED)]
    return []


@dataclass(frozen=True, slots=True)
class _Reading:
    """The cells of one block, how they pair with the periods, and what that costs."""

    values: tuple[MarkSaid, ...]
    pairs: Pairs
    cut: bool
    cost: int


def _read(
    block: _Block,
    printed: Sequence[bool | None],
    stated: StatedRow,
    texts: Sequence[Cell],
    resources: Resources,
) -> _Reading:
    values = tuple(_value(stated.at(column), resources) for column in range(block.start, block.end))
    marked = [value.marked for value in values]
    cut, pairs = _paired(printed, marked, ends=block.ends)
    inside = (
        _cost(printed, marked, pairs)
        if not cut
        else sum(_differ(printed[n], marked[n]) for n in range(len(marked)))
    )
    outside = sum(
        resources.form.is_mark(cell.text)
        for cell in stated.filled
        if not block.start <= cell.column < block.end and cell not in texts
    )
    return _Reading(values, pairs, cut, inside + outside)


def _said(
    read: _Reading,
    block: _Block,
    stated: StatedRow,
    texts: Sequence[Cell],
    layout: Layout,
    resources: Resources,
) -> MarksSaid:
    names = layout.periods
    alone = layout.end - layout.start >= len(names) and not read.cut
    found: dict[str, MarkSaid] = {}
    used: set[int] = set()
    for n, m in read.pairs:
        if n is not None and m is not None:
            found[names[n]] = read.values[m]
            used.add(m)
        elif n is not None:
            found[names[n]] = MarkSaid(None, swallowed=not read.cut, alone=alone)
    rest = [value.cell for m, value in enumerate(read.values) if m not in used and value.cell is not None]
    outside = [
        cell for cell in stated.filled if not block.start <= cell.column < block.end and cell not in texts
    ]
    strays = [cell for cell in (*rest, *outside) if resources.form.is_mark(cell.text)]
    complete = layout.end - layout.start <= len(names)
    added = [cell for cell in rest if not cell.text.strip()] if complete else []
    return MarksSaid(found, tuple(strays), tuple(added), block.sooner)


def _by_name(stated: StatedRow, layout: Layout, resources: Resources) -> MarksSaid:
    found: dict[str, MarkSaid] = {}
    for name, column in layout.placed.items():
        cell = stated.at(column)
        told = cell is not None and (cell.text.strip() or layout.ticked) and cell.text.strip() != UNKNOWN
        said = _value(cell, resources) if told else MarkSaid(None, cell)
        found[name] = said
    return MarksSaid(found)


def _value(cell: Cell | None, resources: Resources) -> MarkSaid:
    """Return what one cell says: a mark, nothing (no mark), or something that is no mark."""
    if cell is None or not cell.text.strip():
        return MarkSaid(False, cell)
    text = squeeze(cell.text)
    if resources.form.is_mark(text) or text.casefold() in _TRUE:
        return MarkSaid(True, cell, text)
    if resources.form.is_empty_mark(text) or text.casefold() in _FALSE:
        return MarkSaid(False, cell, text)
    return MarkSaid(None, cell, text)


def _paired(
    printed: Sequence[bool | None], stated: Sequence[bool | None], *, ends: bool
) -> tuple[bool, Pairs]:
    """Pair periods with cells; a line that ends with its last cell may simply have been cut (the first value)."""
    best = aligned(tuple(printed), tuple(stated))
    if not ends or len(stated) >= len(printed):
        return False, best
    plain: Pairs = [(n, n if n < len(stated) else None) for n in range(len(printed))]
    cut = sum(_differ(printed[n], stated[n]) for n in range(len(stated)))
    cut_is_likelier = cut <= _cost(printed, stated, best)
    return cut_is_likelier, plain if cut_is_likelier else best


def _differ(printed: bool | None, stated: bool | None) -> bool:
    return printed is not None and bool(printed) != bool(stated)


def _cost(printed: Sequence[bool | None], stated: Sequence[bool | None], pairs: Pairs) -> int:
    """Count what disagrees: a mark on either side without a partner does as well."""
    cost = 0
    for n, m in pairs:
        if n is not None and m is not None:
            cost += _differ(printed[n], stated[m])
        elif n is not None:
            cost += bool(printed[n])
        elif m is not None:
            cost += bool(stated[m])
    return cost


def aligned(printed: tuple[bool | None, ...], stated: tuple[bool | None, ...]) -> Pairs:
    """Pair periods with cells in their order, so that as few as possible disagree.

    A period without a cell costs as much as a disagreement where it is marked, else half of that, and so does a cell
    without a period. Of equal pairings that counts which leaves out the last.
    """
    best: dict[tuple[int, int], int] = {}
    for n in range(len(printed), -1, -1):
        for m in range(len(stated), -1, -1):
            best[n, m] = min((cost + best[at] for at, cost in _steps(n, m, printed, stated)), default=0)
    pairs: Pairs = []
    at = (0, 0)
    while at != (len(printed), len(stated)):
        steps = _steps(*at, printed, stated)
        following = next(to for to, cost in steps if cost + best[to] == best[at])
        pairs.append((at[0] if following[0] > at[0] else None, at[1] if following[1] > at[1] else None))
        at = following
    return pairs


def _steps(
    n: int, m: int, printed: Sequence[bool | None], stated: Sequence[bool | None]
) -> list[tuple[tuple[int, int], int]]:
    """Return where a pairing may go on from a place, with what each step costs; pairing comes first."""
    steps: list[tuple[tuple[int, int], int]] = []
    more_printed, more_stated = len(printed) - n, len(stated) - m
    if more_printed and more_stated:
        steps.append(((n + 1, m + 1), 2 * _differ(printed[n], stated[m])))
    if more_printed > more_stated:
        steps.append(((n + 1, m), 1 + bool(printed[n])))
    if more_stated > more_printed:
        steps.append(((n, m + 1), 1 + bool(stated[m])))
    return steps
