"""A printed row and the line that says it -> which cell says which field, and how far the cells are shifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from extract.types import Cell
from lampiran.alignment.wording import wording
from lampiran.audit.match.layout import NUMERALS, Layout
from lampiran.audit.match.texts import bare
from lampiran.audit.match.transcription_table import StatedRow
from normalize.labels import clean_numeral, is_numeral, split_numeral
from normalize.resources import Resources
from schema.provenance import SourceRef

LIKE = 0.55  # likeness from which a cell says a field wherever it stands
TITLE = 0.75  # the same for an area's or a component's name outside of its own column
EQUAL = 0.1  # what it adds that the two have the same wording
HOME = 0.12  # what the field's own column adds to the likeness
HELD = 95.0
SHORTEST_HELD = 8
LABELS = ("component", "area")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of a field: the text, its cell, and by how many columns it stands beside its own."""

    text: str
    cell: Cell | None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Fill:
    """What a blank cell takes from above; `outside`: it stands outside the cells of its column."""

    said: Said
    outside: bool = False
    ref: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """`said` by field, `absent` the fields whose column the line does not reach; `left` are cells of no field.

    `shift` is by how many columns a run of cells stands beside its own, `shifted` the fields of the run, `misplaced`
    those that stand in another field's cell without such a run. `start` and `end` bound the cells of marks,
    `ends_inside`: the line ends before the last of them. `swallowed`: the run reaches to the last text and stands to
    the left, so that a cell before it is gone. `right_at` is the column of the text right of the marks, if it is there.
    """

    said: Mapping[str, Said]
    absent: frozenset[str]
    left: tuple[Cell, ...]
    shift: int
    shifted: frozenset[str]
    misplaced: frozenset[str]
    start: int
    end: int
    ends_inside: bool = False
    swallowed: bool = False
    right_at: int | None = None


def place(texts: Mapping[str, str], stated: StatedRow, layout: Layout, resources: Resources) -> Placement:
    """Say which cell of a line says which text of the row.

    `texts` are the paper's by field, labels of area and component among them. A cell says the field that it is likest,
    its own column counting a little; what is like no field says that of its column.
    """
    cells = _text_cells(stated, layout, resources)
    numerals = [cell for cell in cells if is_numeral(cell.text) and not _is_home_text(cell, texts, layout)]
    others = [cell for cell in cells if cell not in numerals]
    names = [
        name
        for name, text in texts.items()
        if name not in NUMERALS and text.strip() and (name != "area" or name in layout.columns)
    ]
    found = _assigned(names, others, texts, layout)
    columns = layout.columns
    offsets = {n: c.column - columns[n] for n, c in found.items() if n in columns}
    shift, shifted, misplaced = (
        (0, frozenset[str](), frozenset[str]()) if layout.exact else _runs(offsets, columns)
    )
    if layout.exact:
        misplaced = frozenset(n for n, offset in offsets.items() if offset)
    found |= _at_home(texts, found, others, layout, shift, shifted)
    said = {name: Said(cell.text, cell, offsets.get(name, 0)) for name, cell in found.items()}
    said |= _numerals(texts, numerals, said, layout)
    said = _split_labels(said, texts)
    start, end, inside = _block(said, stated, layout, shift, shifted)
    used = [s.cell for s in said.values() if s.cell is not None]
    left = tuple(cell for cell in cells if not any(cell is one for one in used))
    absent = frozenset(
        name
        for name in columns
        if name not in said
        and columns[name] + _offset_at(columns[name], offsets, columns, shifted) >= stated.width
    )
    last = max((columns[name] for name in offsets), default=0)
    swallowed = shift < 0 and any(columns[name] == last for name in shifted)
    right = said.get(layout.right or "")
    at = right.cell.column if right is not None and right.cell is not None else None
    found_right = at if at is not None and at >= start else None
    return Placement(
        said, absent, left, shift, shifted, misplaced, start, end, inside, swallowed, found_right
    )


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
    """Tell whether a sign that may be a mark (`v`, `x`) is a numeral, for it stands in the column of one."""
    beside = not layout.exact and cell.column < min(layout.start, *layout.columns.values(), layout.start)
    return is_numeral(cell.text) and (beside or any(layout.columns.get(n) == cell.column for n in NUMERALS))


def _is_home_text(cell: Cell, texts: Mapping[str, str], layout: Layout) -> bool:
    """Tell whether a numeral stands in the column of a text that may be one (`2` as a remark)."""
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
    labels = np.array([[name in LABELS] for name in names])
    enough = np.where(labels & ~home, TITLE, LIKE)
    weight = np.where(alike >= enough, alike + HOME * home + EQUAL * (alike == 1), 0.0)
    rows, columns = linear_sum_assignment(weight, maximize=True)
    return {names[n]: cells[m] for n, m in zip(rows, columns, strict=True) if weight[n, m] > 0}


def _alike(printed: str, stated: str) -> float:
    """Return how alike a printed text and a cell are, 0 to 1; a text that the cell begins or holds counts as well."""
    one, other = wording(printed), wording(bare(stated))
    if not one or not other:
        return 0.0
    ratio = fuzz.ratio(one, other) / 100
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= SHORTEST_HELD and fuzz.partial_ratio(shorter, longer) >= HELD:
        ratio = max(ratio, 0.6 + 0.2 * len(shorter) / len(longer))
    return ratio


def _runs(
    offsets: Mapping[str, int], columns: Mapping[str, int]
) -> tuple[int, frozenset[str], frozenset[str]]:
    """Tell a run of shifted cells from single cells in the wrong place.

    Two that stand in each other's column are misplaced, and so are cells out of their order. Of the others, those beside their column are shifted where they are the
    first or the last ones of the row, at least two, all by as much; one alone only where it is the last.
    """
    order = sorted(offsets, key=lambda name: columns[name])
    exchanged = _exchanged(offsets, columns)
    kept = _in_order([name for name in order if name not in exchanged], offsets, columns)
    misplaced = {name for name in order if name not in kept}
    values = [offsets[name] for name in kept]
    if not any(values):
        return 0, frozenset(), frozenset(misplaced)
    for run in (_last_run(values), _first_run(values)):
        if run:
            names = frozenset(kept[n] for n in run)
            rest = {name for name in kept if offsets[name] and name not in names}
            return values[run[0]], names, frozenset(misplaced | rest)
    return 0, frozenset(), frozenset(misplaced | {name for name in kept if offsets[name]})


def _exchanged(offsets: Mapping[str, int], columns: Mapping[str, int]) -> set[str]:
    """Return the fields whose cell stands in the column of another one that stands in theirs."""
    stands = {name: columns[name] + offset for name, offset in offsets.items() if offset}
    return {
        name
        for name, at in stands.items()
        for other in stands
        if at == columns[other] and stands[other] == columns[name]
    }


def _in_order(order: Sequence[str], offsets: Mapping[str, int], columns: Mapping[str, int]) -> list[str]:
    """Return the longest run of fields whose cells stand in the fields' order; of equal ones that of fewer shifts."""
    places = [columns[name] + offsets[name] for name in order]
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for n, place_ in enumerate(places):
        options = [(best[m], m) for m in range(n) if places[m] < place_]
        score, previous = max(options, default=((0, 0), -1))
        best.append((score[0] + 1, score[1] + (offsets[order[n]] == 0)))
        before.append(previous)
    at = max(range(len(order)), key=best.__getitem__, default=-1)
    kept: list[str] = []
    while at >= 0:
        kept.append(order[at])
        at = before[at]
    return kept[::-1]


def _last_run(values: Sequence[int]) -> list[int]:
    if not values[-1]:
        return []
    first = len(values) - 1
    while first and values[first - 1] == values[-1]:
        first -= 1
    return list(range(first, len(values)))


def _first_run(values: Sequence[int]) -> list[int]:
    if not values[0]:
        return []
    last = 0
    while last + 1 < len(values) and values[last + 1] == values[0]:
        last += 1
    return list(range(last + 1)) if last else []


def _offset_at(
    column: int, offsets: Mapping[str, int], columns: Mapping[str, int], shifted: frozenset[str]
) -> int:
    """Return by how much a column's cell is shifted: as the nearest shifted or kept text left of it, else right."""
    known = [(columns[n], offsets[n]) for n in offsets if n in shifted or offsets[n] == 0]
    left = [pair for pair in known if pair[0] <= column]
    right = [pair for pair in known if pair[0] > column]
    if left:
        return max(left)[1]
    return min(right)[1] if right else 0


def _at_home(
    texts: Mapping[str, str],
    found: Mapping[str, Cell],
    cells: Sequence[Cell],
    layout: Layout,
    shift: int,
    shifted: frozenset[str],
) -> dict[str, Cell]:
    """Give the fields that no cell is like the cell of their column, moved as its neighbours are."""
    used = list(found.values())
    offsets = {n: c.column - layout.columns[n] for n, c in found.items() if n in layout.columns}
    home: dict[str, Cell] = {}
    for name, at in layout.columns.items():
        if name in found or name in NUMERALS or (name not in texts and name in ("area", "component")):
            continue
        places = (at + _offset_at(at, offsets, layout.columns, shifted), at) if shift else (at,)
        for column in places:
            cell = next((c for c in cells if c.column == column and not any(c is u for u in used)), None)
            if cell is not None:
                home[name] = cell
                used.append(cell)
                break
    return home


def _numerals(
    texts: Mapping[str, str], numerals: Sequence[Cell], said: Mapping[str, Said], layout: Layout
) -> dict[str, Said]:
    """Give numerals to the fields of their columns, else to the component whose name stands right of them."""
    found: dict[str, Said] = {}
    for cell in numerals:
        home = next((n for n in NUMERALS if layout.columns.get(n) == cell.column), None)
        name = said.get("component")
        if layout.exact and home is None:
            continue
        beside = name is not None and name.cell is not None and 0 < name.cell.column - cell.column <= 2
        lone = min((s.cell.column for s in said.values() if s.cell is not None), default=99) > cell.column
        equal = next((n for n in NUMERALS if clean_numeral(cell.text) == texts.get(n)), None)
        own = home if home is not None and equal == home else None
        field_ = home if layout.exact else own or ("component_no" if beside or lone else home)
        if field_ is not None and field_ not in found and field_ in texts:
            found[field_] = Said(cell.text, cell)
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


def _block(
    said: Mapping[str, Said], stated: StatedRow, layout: Layout, shift: int, shifted: frozenset[str]
) -> tuple[int, int, bool]:
    """Return the first cell of marks, the one after the last, and whether the line ends before the last."""
    start, end = layout.start, layout.end
    columns = layout.columns
    anchors = [n for n in said if n in columns and n not in NUMERALS and columns[n] < layout.start]
    good = [n for n in anchors if n in shifted or said[n].offset == 0]
    nearest = max(good, key=lambda n: columns[n], default=None)
    moved = said[nearest].offset if nearest is not None else (shift if not anchors else 0)
    start += moved
    right = said.get(layout.right or "")
    if right is not None and right.cell is not None and right.cell.column >= start:
        return start, right.cell.column, False
    end += moved
    return start, min(end, stated.width), end >= stated.width
