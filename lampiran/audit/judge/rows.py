"""One printed row and the line, or lines, that say it -> its cells with verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from lampiran.alignment.wording import wording
from lampiran.audit.judge.cells import CellVerdict, added_cell, mark_cell, stray_cell, text_cell
from lampiran.audit.judge.marks import MarksSaid, marks_said
from lampiran.audit.judge.times import marks_in_words, same_periods
from lampiran.audit.match.cell_assignment import Fill, Placement, Said, place
from lampiran.audit.match.layout import Layout
from lampiran.audit.match.plan_rows import PaperRow, PaperText
from lampiran.audit.match.texts import Confusions, bare
from lampiran.audit.match.transcription_table import StatedRow
from normalize.resources import Resources
from schema.audit import Verdict

RIGHT: tuple[Verdict, ...] = ("same", "normalised")
TIME = "schedule_text"
_SHORTEST = 8  # letters of a text that is not held by accident
_HELD = 95.0  # likeness, per cent, of a text with the stretch of a cell that holds it
_FURTHEST = 3  # periods that a mark is taken to have moved by
_LABELS = frozenset({"area_no", "area", "component_no", "component"})


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a line says of a printed row; `same_time`: its words name just the periods that the paper plans."""

    row: PaperRow
    line: StatedRow
    placement: Placement
    marks: MarksSaid
    layout: Layout
    same_time: bool = False

    def said(self, name: str) -> Said | None:
        """Return what the line says of a field."""
        return self.placement.said.get(name)


def read_line(
    row: PaperRow, labels: Mapping[str, str], line: StatedRow, layout: Layout, resources: Resources
) -> RowSaid:
    """Find what a line says of a printed row."""
    texts = {**labels, **{name: value.text for name, value in row.texts.items()}}
    placement = place(texts, line, layout, resources)
    marks = marks_said(row, line, placement, layout, resources)
    words = placement.said.get(TIME)
    same_time = False
    if words is not None and row.worded:
        same_time = same_periods(row, words, resources)
    elif words is not None and not layout.periods:
        marks = MarksSaid(marks_in_words(row, words, resources))
    return RowSaid(row, line, placement, marks, layout, same_time)


def text_findings(
    found: RowSaid, filled: Mapping[str, Fill], confusions: Confusions, teams: Iterable[str]
) -> list[CellVerdict]:
    """Judge the texts of a row; `filled` are those that a blank cell takes from above."""
    further = [n for n in found.placement.said if n not in found.row.texts and _is_judged(n, found)]
    names = [*found.row.texts, *further]
    cells = [_text(found, name, filled, confusions, teams) for name in names]
    return _as_row_faults(_fused_cells(_swapped(cells, found)), found)


def _is_judged(name: str, found: RowSaid) -> bool:
    """Tell whether a text is judged that the paper's row does not have: columns of the transcriber's own are not."""
    if name == TIME:
        return not found.marks.periods
    return name not in _LABELS and not name.startswith("extra.")


def _fused_cells(cells: list[CellVerdict]) -> list[CellVerdict]:
    """Tell once of two texts of the row that stand in one cell."""
    result = list(cells)
    for n, lost in enumerate(cells):
        wanted = wording(lost.paper or "")
        if lost.kind != "cell-missing" or len(wanted) < _SHORTEST:
            continue
        for m, holder in enumerate(cells):
            said = wording(bare(holder.stated or ""))
            longer = len(said) >= len(wanted) + len(wording(holder.paper or "")) - _SHORTEST
            if holder.verdict == "differs" and longer and fuzz.partial_ratio(wanted, said) >= _HELD:
                result[m] = replace(holder, kind="cells-fused")
                result[n] = lost.as_part_of("cells-fused", verdict="misplaced")
    return result


def _text(
    found: RowSaid, name: str, filled: Mapping[str, Fill], confusions: Confusions, teams: Iterable[str]
) -> CellVerdict:
    paper = found.row.texts.get(name, PaperText(""))
    said, fill = found.said(name), filled.get(name)
    if said is not None:
        ref = said.cell.ref if said.cell is not None else None
        cell = text_cell("action", name, paper, said.text, ref, confusions, teams)
        other_words = name == TIME and found.same_time and cell.verdict == "differs"
        return replace(cell, verdict="normalised", kind=None) if other_words else cell
    if fill is not None:
        cell = text_cell("action", name, paper, fill.said.text, fill.ref, confusions, teams)
        if fill.outside and cell.verdict in RIGHT:
            return replace(cell, verdict="misplaced", kind="cell-misplaced")
        return cell if fill.outside else replace(cell, told=False)
    column = found.layout.columns.get(name)
    if column is None or name in found.placement.absent:
        return text_cell("action", name, paper, None, None, confusions)
    blank = found.line.at(column + (found.placement.shift if name in found.placement.shifted else 0))
    return text_cell("action", name, paper, "", blank.ref if blank else None, confusions, teams)


def _swapped(cells: list[CellVerdict], found: RowSaid) -> list[CellVerdict]:
    """Tell of texts that stand in another field's cell of the same row."""
    columns = {at: name for name, at in found.layout.columns.items()}
    wrong = found.placement.misplaced
    result: list[CellVerdict] = []
    for cell in cells:
        said = found.said(cell.field)
        if cell.field not in wrong or said is None or said.cell is None or cell.verdict not in RIGHT:
            result.append(cell)
            continue
        home = columns.get(said.cell.column)
        other = found.said(home) if home is not None else None
        own = found.layout.columns.get(cell.field)
        swapped = other is not None and other.cell is not None and other.cell.column == own
        kind = "cells-swapped" if swapped else "cell-misplaced"
        result.append(replace(cell, verdict="misplaced", kind=kind))
    return result


def _as_row_faults(cells: list[CellVerdict], found: RowSaid) -> list[CellVerdict]:
    """Tell once of a run of cells that stand beside their columns: by the cell that was swallowed, else the first."""
    placement = found.placement
    kind = "column-swallowed" if placement.swallowed else "row-shifted"
    gone = _swallowed_field(cells, found) if placement.swallowed or found.marks.left_swallowed else None
    period = any(said.swallowed and said.alone for said in found.marks.periods.values())
    told = gone is not None or period
    result: list[CellVerdict] = []
    for cell in cells:
        if cell.field == gone:
            result.append(cell.as_part_of("column-swallowed", told=True))
        elif cell.field in placement.shifted and cell.verdict in RIGHT:
            result.append(cell.as_part_of(kind, told=not told, verdict="misplaced"))
            told = True
        else:
            result.append(cell)
    return result


def _swallowed_field(cells: Sequence[CellVerdict], found: RowSaid) -> str | None:
    """Return the field without a text that stands next to the cells that follow a swallowed one."""
    columns = found.layout.columns
    first = min((columns[n] for n in found.placement.shifted if n in columns), default=found.layout.start)
    lost = [
        c.field for c in cells if c.verdict == "missing" and c.told and columns.get(c.field, first) < first
    ]
    return max(lost, key=lambda name: columns[name], default=None)


def mark_findings(found: RowSaid) -> list[CellVerdict]:
    """Judge the periods of a row; a mark lost beside one that is not printed has moved."""
    names = [*found.row.marks, *(n for n in found.marks.periods if n not in found.row.marks)]
    if found.layout.worded and not found.layout.periods and found.row.worded:
        return []
    cells: list[CellVerdict] = []
    for name in names:
        said = found.marks.periods.get(name)
        paper = found.row.marks.get(name)
        if said is None:
            cells.append(mark_cell(name, paper, None, None))
        elif paper is not None or said.marked:
            cells.append(
                mark_cell(
                    name, paper, said.marked, said.cell, said.text, swallowed=said.swallowed, alone=said.alone
                )
            )
    cells += [stray_cell(cell) for cell in found.marks.strays]
    if not found.placement.shifted:
        cells += [added_cell(cell) for cell in found.marks.added]
    return moved_marks(cells)


def moved_marks(cells: Sequence[CellVerdict]) -> list[CellVerdict]:
    """Pair marks that were lost with the nearest that are not printed: both have moved."""
    result = list(cells)
    lost = [n for n, cell in enumerate(cells) if cell.verdict == "missing"]
    gained = [n for n, cell in enumerate(cells) if cell.verdict == "invented"]
    options = sorted((_distance(cells, a, b), a, b) for a in lost for b in gained)
    used: set[int] = set()
    for distance, a, b in options:
        if distance <= _FURTHEST and not {a, b} & used:
            used |= {a, b}
            result[a] = replace(result[a], kind="mark-moved")
            result[b] = replace(result[b], kind="mark-moved")
    return result


def _distance(cells: Sequence[CellVerdict], a: int, b: int) -> int:
    one, other = cells[a].field, cells[b].field
    if other.startswith("extra.") or one[0] != other[0]:
        return _FURTHEST
    return abs(int(one[1:]) - int(other[1:]))


def missing_row(row: PaperRow) -> list[CellVerdict]:
    """Return the cells of a printed row that the transcription does not have; that of the action tells of it."""
    cells = [
        CellVerdict(
            "action",
            name,
            "unreadable" if value.unread else "missing",
            kind=None if value.unread else "row-missing",
            paper=value.text,
            paper_ref=value.ref,
            confidence=value.confidence,
            doubts=value.doubts,
            told=name == "action",
        )
        for name, value in row.texts.items()
        if value.text.strip() or value.unread
    ]
    for name, mark in row.marks.items():
        cell = mark_cell(name, mark, False, None)
        cells.append(
            replace(cell, stated=None, verdict="missing", kind="row-missing", told=False)
            if cell.is_fault
            else replace(cell, stated=None, verdict="not-stated" if cell.verdict == "same" else cell.verdict)
        )
    return cells


def invented_row(line: StatedRow, layout: Layout, resources: Resources, kind: str) -> list[CellVerdict]:
    """Return the cells of a line that is not printed; one of them tells of it."""
    columns = {at: name for name, at in layout.columns.items()} | {at: n for n, at in layout.placed.items()}
    cells: list[CellVerdict] = []
    for cell in line.filled:
        marked = resources.form.is_mark(cell.text)
        at = cell.column - layout.start
        inside = marked and not layout.exact and 0 <= at < min(len(layout.periods), layout.end - layout.start)
        name = layout.periods[at] if inside else columns.get(cell.column, f"extra.cell {cell.column + 1}")
        cells.append(
            CellVerdict(
                "mark" if marked else "action",
                name,
                "invented",
                kind=kind,
                stated="true" if marked else cell.text,
                stated_ref=cell.ref,
                told=False,
            )
        )
    tells = next((n for n, cell in enumerate(cells) if cell.field == "action"), 0)
    return [replace(cell, told=n == tells) for n, cell in enumerate(cells)]
