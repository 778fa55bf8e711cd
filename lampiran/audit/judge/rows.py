"""One printed row and the line, or lines, that say it -> its cells with verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lampiran.alignment.wording import bare_wording, part_likeness, wording
from lampiran.audit.judge.cells import CellVerdict, Judging, invented_cell, mark_cell, text_cell, verdict_on
from lampiran.audit.match.cell_assignment import Fill, Placement, Said, place
from lampiran.audit.match.layout import Layout
from lampiran.audit.match.marks import MarkSaid, MarksSaid, marks_in_words, marks_said, same_periods
from lampiran.audit.match.plan_rows import PaperRow, PaperText
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.settings import VERDICTS
from normalize.resources import Resources
from schema.audit import Level, Verdict

RIGHT: tuple[Verdict, ...] = ("same", "normalised")
TIME = "schedule_text"


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


def read_line(row: PaperRow, line: StatedRow, layout: Layout, resources: Resources) -> RowSaid:
    """Find what a line says of a printed row."""
    texts = {**row.labels, **{name: value.text for name, value in row.texts.items()}}
    placement = place(texts, line, layout, resources)
    marks = marks_said(row, line, placement, layout, resources)
    words = placement.said.get(TIME)
    same_time = False
    if words is not None and row.worded:
        same_time = same_periods(row, words, resources)
    elif words is not None and not layout.periods:
        marks = MarksSaid(marks_in_words(row, words, resources))
    return RowSaid(row, line, placement, marks, layout, same_time)


def text_findings(found: RowSaid, filled: Mapping[str, Fill], judging: Judging) -> list[CellVerdict]:
    """Judge the texts of a row; `filled` are those that a blank cell takes from above."""
    further = [n for n in found.placement.said if n not in found.row.texts and _is_judged(n, found)]
    cells = [_text(found, name, filled.get(name), judging) for name in (*found.row.texts, *further)]
    return _as_row_faults(_fused_cells(_swapped(cells, found)), found)


def _is_judged(name: str, found: RowSaid) -> bool:
    """Tell whether a text is judged that the paper's row does not have: columns of the transcriber's own are not."""
    if name == TIME:
        return not found.marks.periods
    return name not in found.row.labels and not name.startswith("extra.")


def _fused_cells(cells: list[CellVerdict]) -> list[CellVerdict]:
    """Tell once of two texts of the row that are in one cell."""
    result = list(cells)
    for n, lost in enumerate(cells):
        wanted = wording(lost.paper or "")
        if lost.kind != "cell-missing" or len(wanted) < VERDICTS.shortest_held:
            continue
        for m, holder in enumerate(cells):
            said = bare_wording(holder.stated or "")
            least = len(wanted) + len(wording(holder.paper or "")) - VERDICTS.shortest_held
            held = len(said) >= least and part_likeness(wanted, said) >= VERDICTS.held
            if holder.verdict == "differs" and held:
                result[m] = replace(holder, kind="cells-fused")
                result[n] = lost.as_part_of("cells-fused", verdict="misplaced")
    return result


def _text(found: RowSaid, name: str, fill: Fill | None, judging: Judging) -> CellVerdict:
    paper = found.row.texts.get(name, PaperText(""))
    said = found.said(name)
    if said is not None:
        cell = text_cell("action", name, paper, said.text, said.ref, judging)
        other_words = name == TIME and found.same_time and cell.verdict == "differs"
        return replace(cell, verdict="normalised", kind=None) if other_words else cell
    if fill is not None:
        cell = text_cell("action", name, paper, fill.text, fill.ref, judging)
        if not fill.outside:
            return replace(cell, told=False)
        return cell.misplaced("cell-misplaced") if cell.verdict in RIGHT else cell
    column = found.layout.columns.get(name)
    if column is None or name in found.placement.absent:
        return text_cell("action", name, paper, None, None, judging)
    shifts = found.placement.shifts
    blank = found.line.at(column + (shifts.shift if name in shifts.shifted else 0))
    return text_cell("action", name, paper, "", blank.ref if blank else None, judging)


def _swapped(cells: list[CellVerdict], found: RowSaid) -> list[CellVerdict]:
    """Tell of texts that are in another field's cell of the same row."""
    columns = {at: name for name, at in found.layout.columns.items()}
    result: list[CellVerdict] = []
    for cell in cells:
        said = found.said(cell.field)
        wrong = cell.field in found.placement.shifts.misplaced and cell.verdict in RIGHT
        if wrong and said is not None and said.cell is not None:
            other = found.said(columns.get(said.cell.column, ""))
            own = found.layout.columns.get(cell.field)
            swapped = other is not None and other.cell is not None and other.cell.column == own
            result.append(cell.misplaced("cells-swapped" if swapped else "cell-misplaced"))
        else:
            result.append(cell)
    return result


def _as_row_faults(cells: list[CellVerdict], found: RowSaid) -> list[CellVerdict]:
    """Tell once of a run of cells that are beside their columns: by the cell that was swallowed, else the first."""
    shifts = found.placement.shifts
    kind = "column-swallowed" if shifts.swallowed else "row-shifted"
    gone = _swallowed_field(cells, found) if shifts.swallowed or found.marks.left_swallowed else None
    told = gone is not None or any(said.swallowed and said.alone for said in found.marks.periods.values())
    result: list[CellVerdict] = []
    for cell in cells:
        if cell.field == gone:
            result.append(cell.as_part_of("column-swallowed", told=True))
        elif cell.field in shifts.shifted and cell.verdict in RIGHT:
            result.append(cell.as_part_of(kind, told=not told, verdict="misplaced"))
            told = True
        else:
            result.append(cell)
    return result


def _swallowed_field(cells: Sequence[CellVerdict], found: RowSaid) -> str | None:
    """Return the field without a text that is next to the cells that follow a swallowed one."""
    columns = found.layout.columns
    shifted = (columns[n] for n in found.placement.shifts.shifted if n in columns)
    first = min(shifted, default=found.layout.start)
    missing = (cell.field for cell in cells if cell.verdict == "missing" and cell.told)
    lost = [name for name in missing if columns.get(name, first) < first]
    return max(lost, key=lambda name: columns[name], default=None)


def mark_findings(found: RowSaid) -> list[CellVerdict]:
    """Judge the periods of a row; a mark lost beside one that is not printed has moved."""
    if found.layout.worded and not found.layout.periods and found.row.worded:
        return []
    printed, periods = found.row.marks, found.marks.periods
    cells = [
        mark_cell(name, printed.get(name), periods.get(name, MarkSaid(None)))
        for name in dict.fromkeys((*printed, *periods))
        if name in printed or periods[name].marked
    ]
    cells += [invented_cell("mark", cell, "mark-invented", "true") for cell in found.marks.strays]
    if not found.placement.shifts.shifted:
        cells += [invented_cell("mark", cell, "row-shifted", "") for cell in found.marks.added]
    return moved_marks(cells)


def moved_marks(cells: Sequence[CellVerdict]) -> list[CellVerdict]:
    """Pair marks that were lost with the nearest that are not printed: both have moved."""
    result = list(cells)
    lost = [n for n, cell in enumerate(cells) if cell.verdict == "missing"]
    gained = [n for n, cell in enumerate(cells) if cell.verdict == "invented"]
    options = sorted((_distance(cells[a].field, cells[b].field), a, b) for a in lost for b in gained)
    used: set[int] = set()
    for distance, *pair in options:
        if distance <= VERDICTS.furthest and not used.intersection(pair):
            used.update(pair)
            for n in pair:
                result[n] = replace(result[n], kind="mark-moved")
    return result


def _distance(one: str, other: str) -> int:
    """Return by how many periods two are apart; of different sorts, or in the cell of no period, as far as can be."""
    if other.startswith("extra.") or one[0] != other[0]:
        return VERDICTS.furthest
    return abs(int(one[1:]) - int(other[1:]))


def missing_row(row: PaperRow) -> list[CellVerdict]:
    """Return the cells of a printed row that the transcription does not have; that of the action tells of it."""
    cells: list[CellVerdict] = []
    for name, value in row.texts.items():
        if value.unread:
            cells.append(verdict_on("action", name, "unreadable", paper=value, told=name == "action"))
        elif value.text.strip():
            told = name == "action"
            cells.append(verdict_on("action", name, "missing", "row-missing", paper=value, told=told))
    for name, mark in row.marks.items():
        if mark.marked is None:
            cells.append(verdict_on("mark", name, "unreadable", paper=mark))
        elif mark.marked:
            cells.append(verdict_on("mark", name, "missing", "row-missing", paper=mark, told=False))
        else:
            cells.append(verdict_on("mark", name, "not-stated", paper=mark))
    return cells


def invented_row(line: StatedRow, layout: Layout, resources: Resources, kind: str) -> list[CellVerdict]:
    """Return the cells of a line that is not printed; one of them tells of it."""
    columns = {at: name for name, at in layout.columns.items()} | {at: n for n, at in layout.placed.items()}
    block = dict(zip(range(layout.start, layout.end), layout.periods, strict=False))
    cells: list[CellVerdict] = []
    for cell in line.filled:
        marked = resources.form.is_mark(cell.text)
        name = block.get(cell.column) if marked and not layout.exact else None
        name = name or columns.get(cell.column, f"extra.cell {cell.column + 1}")
        level: Level = "mark" if marked else "action"
        said = "true" if marked else cell.text
        cells.append(verdict_on(level, name, "invented", kind, stated=said, at=cell.ref))
    tells = next((n for n, cell in enumerate(cells) if cell.field == "action"), 0)
    return [replace(cell, told=n == tells) for n, cell in enumerate(cells)]
