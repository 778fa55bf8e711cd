"""The periods of a printed row and the line that says it -> what is stated of each period, in cells or in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extract.types import Cell
from lampiran.alignment.pairing import Aligned, in_order
from lampiran.alignment.wording import bare
from lampiran.audit.match.cell_assignment import Placement, Said
from lampiran.audit.match.layout import Layout
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.settings import MARKS
from lampiran.publish.periods import period_field
from normalize.resources import Resources
from normalize.schedule_text import read_schedule_text
from normalize.text import squeeze

Marks = Sequence[bool | None]
_TRUE = frozenset({"true", "ya", "yes", "benar", "1"})
_FALSE = frozenset({"false", "tidak", "no", "salah", "0"})
_UNKNOWN = "?"  # what our workbook says of a period that could not be read
_NEVER = -1e6  # what leaves no choice: the score of a step that an alignment may not take


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
    """`periods` by field, `strays` the marks in the cell of no period, `added` cells too many.

    `left_swallowed`: what is left of the marks is not there at all, so that they begin sooner.
    """

    periods: Mapping[str, MarkSaid]
    strays: tuple[Cell, ...] = ()
    added: tuple[Cell, ...] = ()
    left_swallowed: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the cells of marks may be. `gain`: by how much better it must fit than the plain reading."""

    start: int
    end: int
    ends: bool = False
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
    read = [
        _read(block, printed, stated, texts, resources)
        for block in dict.fromkeys((plain, *_others(stated, placement, layout)))
    ]
    best = min(read, key=lambda found: (found.cost, found.block is plain))
    return _said(best, layout, resources)


def _others(stated: StatedRow, placement: Placement, layout: Layout) -> list[_Block]:
    """Return where else the marks may be: a cell of the line was swallowed or added, as its length tells."""
    start, end = placement.start, placement.end
    left_missing = layout.left is not None and layout.left not in placement.said
    if placement.right_at is not None:
        moved = end - layout.end
        return [_Block(start + moved, end, sooner=moved < 0)] if left_missing and moved else []
    shift = placement.shifts.shift
    delta = stated.width - layout.width if layout.width else 0
    if delta == 0 and shift:
        return []
    delta -= shift
    if 0 < abs(delta) <= MARKS.most:
        last = min(layout.end + (start - layout.start) + delta, stated.width)
        found = [_Block(start, last)]
        return [*found, _Block(start + delta, last, sooner=delta < 0)] if left_missing else found
    ending = stated.at(stated.width - 1)
    if delta == 0 and ending is not None and not ending.text.strip() and end - start > 1:
        return [_Block(start, end - 1, gain=MARKS.padded)]
    return []


@dataclass(frozen=True, slots=True)
class _Reading:
    """The cells of one block, how they pair with the periods, what that costs, and the cells beside the block."""

    block: _Block
    values: tuple[MarkSaid, ...]
    pairs: Aligned
    cut: bool
    cost: int
    outside: tuple[Cell, ...]


def _read(
    block: _Block,
    printed: Marks,
    stated: StatedRow,
    texts: Sequence[Cell],
    resources: Resources,
) -> _Reading:
    values = tuple(_value(stated.at(column), resources) for column in range(block.start, block.end))
    marked = [value.marked for value in values]
    cut, pairs = _paired(printed, marked, ends=block.ends)
    inside = sum(map(_differ, printed, marked)) if cut else _cost(printed, marked, pairs)
    outside = tuple(
        cell
        for cell in stated.filled
        if not block.start <= cell.column < block.end
        and cell not in texts
        and resources.form.is_mark(cell.text)
    )
    return _Reading(block, values, pairs, cut, inside + len(outside) + block.gain, outside)


def _said(read: _Reading, layout: Layout, resources: Resources) -> MarksSaid:
    names = layout.periods
    alone = layout.end - layout.start >= len(names) and not read.cut
    gone = MarkSaid(None, swallowed=not read.cut, alone=alone)
    found = {names[n]: gone if m is None else read.values[m] for n, m in read.pairs if n is not None}
    left = [read.values[m].cell for n, m in read.pairs if n is None and m is not None]
    rest = [cell for cell in left if cell is not None]
    strays = (*(cell for cell in rest if resources.form.is_mark(cell.text)), *read.outside)
    complete = layout.end - layout.start <= len(names)
    added = tuple(cell for cell in rest if complete and not cell.text.strip())
    return MarksSaid(found, strays, added, read.block.sooner)


def _by_name(stated: StatedRow, layout: Layout, resources: Resources) -> MarksSaid:
    """Read a table of ours; an empty cell says nothing there, unless it is of the workbook of ticks."""
    cells = {name: stated.at(column) for name, column in layout.placed.items()}
    told = {
        name: cell is not None and (cell.text.strip() or layout.ticked) and cell.text.strip() != _UNKNOWN
        for name, cell in cells.items()
    }
    return MarksSaid(
        {
            name: _value(cell, resources) if told[name] else MarkSaid(None, cell)
            for name, cell in cells.items()
        }
    )


def _value(cell: Cell | None, resources: Resources) -> MarkSaid:
    """Return what one cell says: a mark, nothing (no mark), or something that is not a mark."""
    if cell is None or not cell.text.strip():
        return MarkSaid(False, cell)
    text = squeeze(cell.text)
    if resources.form.is_mark(text) or text.casefold() in _TRUE:
        return MarkSaid(True, cell, text)
    if resources.form.is_empty_mark(text) or text.casefold() in _FALSE:
        return MarkSaid(False, cell, text)
    return MarkSaid(None, cell, text)


def _paired(printed: Marks, stated: Marks, *, ends: bool) -> tuple[bool, Aligned]:
    """Pair periods with cells; a line that ends with its last cell may simply have been cut (the first value)."""
    best = aligned(printed, stated)
    if not ends or len(stated) >= len(printed):
        return False, best
    if sum(map(_differ, printed, stated)) > _cost(printed, stated, best):
        return False, best
    return True, [(n, n if n < len(stated) else None) for n in range(len(printed))]


def _differ(printed: bool | None, stated: bool | None) -> bool:
    return printed is not None and bool(printed) != bool(stated)


def _cost(printed: Marks, stated: Marks, pairs: Aligned) -> int:
    """Count what disagrees: a mark on either side without a partner does as well."""
    return sum(
        bool(printed[n or 0])
        if m is None
        else bool(stated[m])
        if n is None
        else _differ(printed[n], stated[m])
        for n, m in pairs
    )


def aligned(printed: Marks, stated: Marks) -> Aligned:
    """Pair periods with cells in their order, so that as few as possible disagree.

    A period without a cell costs as much as a disagreement where it is marked, else half of that, and so does a cell
    without a period; only the longer side has any. Of equal pairings that counts which leaves out the last.
    """
    more = len(printed) - len(stated)
    scores = [[-2.0 * _differ(one, other) for other in reversed(stated)] for one in reversed(printed)]
    pairs = in_order(
        np.array(scores).reshape(len(printed), len(stated)),
        [-1.0 - bool(one) if more > 0 else _NEVER for one in reversed(printed)],
        [-1.0 - bool(other) if more < 0 else _NEVER for other in reversed(stated)],
    )
    return [
        (n if n is None else len(printed) - 1 - n, m if m is None else len(stated) - 1 - m)
        for n, m in reversed(pairs)
    ]


def periods_in_words(said: Said, resources: Resources) -> Mapping[str, bool]:
    """Return the periods that a text plans, and those that it does not where it was understood in whole.

    No word is mended: what is misspelt is not understood.
    """
    reading = read_schedule_text(bare(said.text), resources.schedule_words, resources.words)
    states = {period_field(kind, number): False for kind, number in reading.unplanned}
    return states | {period_field(kind, number): True for kind, number in reading.planned}


def same_periods(row: PaperRow, said: Said, resources: Resources) -> bool:
    """Tell whether words that differ name just the periods that the paper plans."""
    named = periods_in_words(said, resources)
    planned = {name for name, mark in row.marks.items() if mark.marked}
    return bool(planned) and planned == {name for name, value in named.items() if value}


def marks_in_words(row: PaperRow, said: Said, resources: Resources) -> Mapping[str, MarkSaid]:
    """Return what a text in words says of the paper's periods; empty where it names none of their sort."""
    named = periods_in_words(said, resources)
    if not any(name in named for name in row.marks):
        return {}
    return {name: MarkSaid(named.get(name), said.cell) for name in row.marks}
