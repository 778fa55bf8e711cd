"""A printed row and the line that says it -> which cell says which field, and how far the cells are shifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from extract.types import Cell
from lampiran.alignment.pairing import best_pairs, longest_rise
from lampiran.alignment.wording import bare_wording, likeness, part_likeness, wording
from lampiran.audit.match.layout import NUMERALS, Layout
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.settings import CELLS
from normalize.labels import clean_numeral, is_numeral, split_numeral
from normalize.resources import Resources
from schema.provenance import SourceRef

_LABELS = ("component", "area")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a field: the text, its cell, and by how many columns it is beside its own."""

    text: str
    cell: Cell | None
    offset: int = 0

    @property
    def ref(self) -> SourceRef | None:
        """The place of its cell."""
        return self.cell.ref if self.cell is not None else None


SaidBy = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Fill:
    """What a blank cell takes from above; `outside`: it is outside the cells of its column."""

    text: str
    ref: SourceRef | None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Shifts:
    """By how many columns the fields' cells are beside their columns (`offsets`), and what that means.

    `shift` is by how many columns a run of cells is beside its own, `shifted` the fields of the run, `misplaced` those
    that are in another field's cell without such a run.
    """

    columns: Mapping[str, int]
    offsets: Mapping[str, int]
    shift: int = 0
    shifted: frozenset[str] = frozenset()
    misplaced: frozenset[str] = frozenset()

    def at(self, column: int) -> int:
        """Return by how much a column's cell is shifted: as the nearest shifted or kept text left of it, else right."""
        known = [
            (self.columns[name], offset)
            for name, offset in self.offsets.items()
            if name in self.shifted or offset == 0
        ]
        left = max((pair for pair in known if pair[0] <= column), default=None)
        return (left or min(known, default=(0, 0)))[1]

    @property
    def swallowed(self) -> bool:
        """Tell whether the run reaches to the last text, to the left: a cell before it is gone."""
        last = max((self.columns[name] for name in self.offsets), default=0)
        return self.shift < 0 and any(self.columns[name] == last for name in self.shifted)


@dataclass(frozen=True, slots=True)
class Placement:
    """`said` by field, `absent` the fields whose column the line does not reach; `left` are cells of no field.

    `start` and `end` bound the cells of marks, `ends_inside`: the line ends before the last of them. `right_at` is the
    column of the text right of the marks, if it is there.
    """

    said: SaidBy
    absent: frozenset[str]
    left: tuple[Cell, ...]
    shifts: Shifts
    start: int
    end: int
    ends_inside: bool = False
    right_at: int | None = None


def place(texts: Mapping[str, str], stated: StatedRow, layout: Layout, resources: Resources) -> Placement:
    """Say which cell of a line says which text of the row.

    `texts` are the paper's by field, labels of area and component among them. A cell says the field that it is likest,
    its own column counting a little; what is like no field says that of its column.
    """
    cells = _text_cells(stated, layout, resources)
    numerals = [cell for cell in cells if is_numeral(cell.text) and not _is_home_text(cell, texts, layout)]
    others = [cell for cell in cells if cell not in numerals]
    silent = {*NUMERALS, *({"area"} - layout.columns.keys())}
    names = [name for name, text in texts.items() if name not in silent and text.strip()]
    found = _assigned(names, others, texts, layout)
    shifts = _shifts(found, layout)
    found |= _at_home(texts, found, others, layout, shifts)
    said = {name: Said(cell.text, cell, shifts.offsets.get(name, 0)) for name, cell in found.items()}
    said |= _numerals(texts, numerals, said, layout)
    said = _split_labels(said, texts)
    start, end, inside = _block(said, stated, layout, shifts)
    used = [s.cell for s in said.values()]
    left = tuple(cell for cell in cells if not any(cell is one for one in used))
    absent = frozenset(
        name for name, at in layout.columns.items() if name not in said and at + shifts.at(at) >= stated.width
    )
    right = said.get(layout.right or "")
    at = right.cell.column if right is not None and right.cell is not None else -1
    return Placement(said, absent, left, shifts, start, end, inside, at if at >= max(start, 0) else None)


def _text_cells(stated: StatedRow, layout: Layout, resources: Resources) -> list[Cell]:
    form = resources.form
    marks = set(layout.placed.values())
    return [
        cell
        for cell in stated.filled
        if cell.column not in marks
        and not form.is_empty_mark(cell.text)
        and (not form.is_mark(cell.text) or _is_numeral(cell, layout))
    ]


def _is_numeral(cell: Cell, layout: Layout) -> bool:
    """Tell whether a sign that may be a mark (`v`, `x`) is a numeral: it is in the column of one."""
    beside = not layout.exact and cell.column < min(layout.start, *layout.columns.values(), layout.start)
    return is_numeral(cell.text) and (beside or any(layout.columns.get(n) == cell.column for n in NUMERALS))


def _is_home_text(cell: Cell, texts: Mapping[str, str], layout: Layout) -> bool:
    """Tell whether a numeral is in the column of a text that may be one (`2` as a remark)."""
    home = next((name for name, at in layout.columns.items() if at == cell.column), None)
    return home is not None and home not in NUMERALS and is_numeral(texts.get(home, ""))


def _assigned(
    names: Sequence[str], cells: Sequence[Cell], texts: Mapping[str, str], layout: Layout
) -> dict[str, Cell]:
    """Pair fields with cells so that the sum of their likenesses is greatest."""
    if not names or not cells:
        return {}
    alike = np.array([[_alike(texts[name], cell.text) for cell in cells] for name in names])
    home = np.array([[layout.columns.get(name) == cell.column for cell in cells] for name in names])
    labels = np.array([[name in _LABELS] for name in names])
    enough = np.where(labels & ~home, CELLS.title, CELLS.like)
    weight = np.where(alike >= enough, alike + CELLS.home * home + CELLS.equal * (alike == 1), 0.0)
    return {names[n]: cells[m] for n, m in best_pairs(weight).items()}


def _alike(printed: str, stated: str) -> float:
    """Return how alike a printed text and a cell are, 0 to 1; a text that the cell begins or holds counts as well."""
    one, other = wording(printed), bare_wording(stated)
    if not one or not other:
        return 0.0
    ratio = likeness(one, other)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= CELLS.shortest_held and part_likeness(shorter, longer) >= CELLS.held:
        ratio = max(ratio, CELLS.held_floor + CELLS.held_share * len(shorter) / len(longer))
    return ratio


def _shifts(found: Mapping[str, Cell], layout: Layout) -> Shifts:
    """Tell a run of shifted cells from single cells in the wrong place.

    Two in each other's column are misplaced, and so are cells out of their order. Of the others, those beside their
    column are shifted where they are the first or the last ones of the row, at least two, all by as much; one alone
    only where it is the last. In a table of ours, whose columns are what they are called, nothing is shifted.
    """
    columns = layout.columns
    offsets = {name: cell.column - columns[name] for name, cell in found.items() if name in columns}
    if layout.exact:
        return Shifts(columns, offsets, misplaced=frozenset(n for n, offset in offsets.items() if offset))
    exchanged = _exchanged(offsets, columns)
    order = [name for name in sorted(offsets, key=columns.__getitem__) if name not in exchanged]
    places = [columns[name] + offsets[name] for name in order]
    kept = [order[n] for n in longest_rise(places, [not offsets[name] for name in order], latest=True)]
    runs = [list(run) for _, run in groupby(kept, key=offsets.__getitem__)]
    shifted: frozenset[str] = frozenset()
    if runs and offsets[runs[-1][0]]:
        shifted = frozenset(runs[-1])
    elif runs and offsets[runs[0][0]] and len(runs[0]) > 1:
        shifted = frozenset(runs[0])
    shift = offsets[next(iter(shifted))] if shifted else 0
    wrong = {name for name in offsets if name not in kept or (offsets[name] and name not in shifted)}
    return Shifts(columns, offsets, shift, shifted, frozenset(wrong))


def _exchanged(offsets: Mapping[str, int], columns: Mapping[str, int]) -> set[str]:
    """Return the fields whose cell is in the column of another field whose cell is in theirs."""
    places = {name: columns[name] + offset for name, offset in offsets.items() if offset}
    return {
        name
        for name, at in places.items()
        for other in places
        if at == columns[other] and places[other] == columns[name]
    }


def _at_home(
    texts: Mapping[str, str], found: Mapping[str, Cell], cells: Sequence[Cell], layout: Layout, shifts: Shifts
) -> dict[str, Cell]:
    """Give the fields that no cell is like the cell of their column, moved as its neighbours are."""
    used = [id(cell) for cell in found.values()]
    home: dict[str, Cell] = {}
    for name, at in layout.columns.items():
        if name in found or name in NUMERALS or (name not in texts and name in _LABELS):
            continue
        places = (at + shifts.at(at), at) if shifts.shift else (at,)
        free = (cell for place in places for cell in cells if cell.column == place and id(cell) not in used)
        cell = next(free, None)
        if cell is not None:
            home[name] = cell
            used.append(id(cell))
    return home


def _numerals(
    texts: Mapping[str, str], numerals: Sequence[Cell], said: Mapping[str, Said], layout: Layout
) -> dict[str, Said]:
    """Give numerals to the fields of their columns, else to the component whose name is right of them."""
    found: dict[str, Said] = {}
    name = said.get("component")
    first = min((s.cell.column for s in said.values() if s.cell is not None), default=None)
    for cell in numerals:
        home = next((n for n in NUMERALS if layout.columns.get(n) == cell.column), None)
        field = home
        equal = next((n for n in NUMERALS if clean_numeral(cell.text) == texts.get(n)), None)
        if not layout.exact and (home is None or equal != home):
            gap = name.cell.column - cell.column if name is not None and name.cell is not None else 0
            beside = 0 < gap <= CELLS.numeral_beside
            lone = first is None or first > cell.column
            field = "component_no" if beside or lone else home
        if field is not None and field not in found and field in texts:
            found[field] = Said(cell.text, cell)
    return found


def _split_labels(said: dict[str, Said], texts: Mapping[str, str]) -> dict[str, Said]:
    """Part a numeral and a name that are written in one cell."""
    for name, numeral in (("component", "component_no"), ("area", "area_no")):
        whole = said.get(name)
        if whole is None or numeral in said or whole.cell is None:
            continue
        parts = split_numeral(whole.text)
        if parts is not None and split_numeral(texts.get(name, "")) is None:
            said[numeral] = Said(parts[0], whole.cell)
            said[name] = Said(parts[1], whole.cell, whole.offset)
    return said


def _block(said: SaidBy, stated: StatedRow, layout: Layout, shifts: Shifts) -> tuple[int, int, bool]:
    """Return the first cell of marks, the one after the last, and whether the line ends before the last."""
    columns = layout.columns
    anchors = [n for n in said if n in columns and n not in NUMERALS and columns[n] < layout.start]
    good = [n for n in anchors if n in shifts.shifted or said[n].offset == 0]
    nearest = max(good, key=columns.__getitem__, default=None)
    moved = said[nearest].offset if nearest is not None else (shifts.shift if not anchors else 0)
    start, end = layout.start + moved, layout.end + moved
    right = said.get(layout.right or "")
    if right is not None and right.cell is not None and right.cell.column >= start:
        return start, right.cell.column, False
    return start, min(end, stated.width), end >= stated.width
