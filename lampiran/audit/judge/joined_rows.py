"""Printed rows that one line says together, and a printed row that several lines say -> cells with verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from extract.types import Cell
from lampiran.alignment.wording import wording
from lampiran.audit.judge.cells import CellVerdict, Judging
from lampiran.audit.judge.rows import RIGHT, RowSaid, mark_findings, read_line, text_findings
from lampiran.audit.match.cell_assignment import Fill
from lampiran.audit.match.plan_rows import PaperMark, PaperRow, PaperText
from lampiran.audit.match.transcription_table import StatedRow
from normalize.resources import Resources

Lines = Sequence[StatedRow]


def fused_findings(
    said: RowSaid,
    others: Sequence[PaperRow],
    fills: Mapping[str, Fill],
    judging: Judging,
    resources: Resources,
) -> list[CellVerdict]:
    """Judge a line against several printed rows together, in either order; one cell tells that they were fused."""
    alone = replace(judging, teams=())
    options = [
        row_findings(read_line(reduce(_together, rows), said.line, said.layout, resources), fills, alone)
        for rows in ((said.row, *others), (*others, said.row))
    ]
    return _telling(min(options, key=_faults), "rows-fused")


def row_findings(said: RowSaid, fills: Mapping[str, Fill], judging: Judging) -> list[CellVerdict]:
    """Judge the texts and the periods of a row."""
    return text_findings(said, fills, judging) + mark_findings(said)


def _together(one: PaperRow, other: PaperRow) -> PaperRow:
    names = dict.fromkeys([*one.texts, *other.texts])
    texts = {name: _joined(one.texts.get(name), other.texts.get(name)) for name in names}
    marks = {name: _stronger(one.marks.get(name), mark) for name, mark in other.marks.items()}
    return replace(one, texts=texts, marks={**one.marks, **marks})


def _stronger(mine: PaperMark | None, other: PaperMark) -> PaperMark:
    """Return the mark of one period in a row made of two: what is marked counts first, then what is not known."""
    if mine is None or (not mine.marked and other.marked) or (mine.marked is False and other.marked is None):
        return other
    return mine


def _joined(one: PaperText | None, other: PaperText | None) -> PaperText:
    if one is None or other is None:
        return one or other or PaperText("")
    if wording(one.text) == wording(other.text) or not other.text.strip():
        return one
    return replace(one, text=f"{one.text} {other.text}".strip(), in_doubt=one.in_doubt or other.in_doubt)


def read_pieces(said: RowSaid, pieces: Lines, judging: Judging, resources: Resources) -> RowSaid:
    """Read several lines as the one that they were split from: laid over each other, or behind each other."""
    lines = sorted((said.line, *pieces), key=lambda line: line.n)
    options = [
        read_line(said.row, line, said.layout, resources) for line in (_laid_over(lines), _laid_behind(lines))
    ]
    return min(options, key=lambda found: _faults(row_findings(found, {}, judging)))


def split_findings(said: RowSaid, fills: Mapping[str, Fill], judging: Judging) -> list[CellVerdict]:
    """Judge lines that were read together; one cell tells that the row was split."""
    return _telling(row_findings(said, fills, judging), "row-split")


def _faults(cells: Sequence[CellVerdict]) -> int:
    return sum(cell.is_fault for cell in cells)


def _laid_over(lines: Lines) -> StatedRow:
    """Return one line whose cells hold what the lines have in the same columns."""
    cells: dict[int, Cell] = {}
    for cell in (cell for line in lines for cell in line.cells):
        above = cells.get(cell.column)
        if above is None or not above.text.strip():
            cells[cell.column] = cell
        elif cell.text.strip():
            cells[cell.column] = above.replace(text=f"{above.text} {cell.text}")
    ordered = tuple(cells[column] for column in sorted(cells))
    return replace(lines[0], cells=ordered, width=max(line.width for line in lines))


def _laid_behind(lines: Lines) -> StatedRow:
    """Return one line that goes on where each line breaks off: in the middle of a cell."""
    cells = list(lines[0].cells)
    for line in lines[1:]:
        last = cells[-1]
        first, *rest = line.cells
        cells[-1] = last.replace(text=f"{last.text} {first.text}".strip())
        cells += [c.replace(column=c.column - first.column + last.column) for c in rest]
    return replace(lines[0], cells=tuple(cells), width=cells[-1].column + cells[-1].column_span)


def _telling(cells: list[CellVerdict], kind: str) -> list[CellVerdict]:
    """Let the first text that is otherwise right tell of the kind, the action's if it can."""
    right = [n for n, cell in enumerate(cells) if cell.level == "action" and cell.verdict in RIGHT]
    actions = [n for n, cell in enumerate(cells) if cell.field == "action"]
    wanted = next(iter((*(n for n in right if n in actions), *right, *actions)), None)
    return [
        cell.as_part_of(kind, told=True, verdict="misplaced") if n == wanted else cell
        for n, cell in enumerate(cells)
    ]
