"""Cells that a line leaves blank -> what a reader takes for them from above, and teams that stand outside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.types import TextLine
from lampiran.alignment.wording import wording
from lampiran.audit.judge.cells import CellVerdict
from lampiran.audit.judge.rows import RowSaid
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.cell_assignment import Fill, Said
from lampiran.audit.match.plan_rows import Paper
from lampiran.audit.match.texts import bare
from lampiran.audit.match.transcription_table import Stated
from schema.audit import AuditRow
from schema.provenance import SourceRef

TEAM = "responsible"
_SAME = 85.0
_MOST_LINES = 4


Fills = dict[int, dict[str, Fill]]


def filled_from_above(
    paper: Paper, found: Mapping[int, RowSaid], stated: Stated, alignment: Alignment
) -> Fills:
    """Return, by the place of a paper row, what its blank cells take from the row above.

    Rows are taken in the paper's order, so that shuffled lines say the same. A text goes on inside the merged cell of the
    paper, a team as far as its area goes.
    """
    fills: Fills = {}
    last: dict[str, tuple[int, Said]] = {}
    for p, row in enumerate(paper.rows):
        said = found.get(p)
        for name, value in row.texts.items():
            own = said.said(name) if said is not None else None
            if own is not None:
                last[name] = (p, own)
                continue
            above = last.get(name)
            if said is None or above is None or name in said.placement.misplaced:
                continue
            source = paper.rows[above[0]]
            same_cell = value.filled and value.ref is not None and value.ref == source.texts[name].ref
            if same_cell or (name == TEAM and source.area == row.area):
                fills.setdefault(p, {})[name] = Fill(
                    above[1], ref=above[1].cell.ref if above[1].cell is not None else None
                )
    outside = list(_outside(stated, alignment))
    for p, row in enumerate(paper.rows):
        if p in found and TEAM in row.texts and found[p].said(TEAM) is None and TEAM not in fills.get(p, {}):
            fill = _stray_team(row.texts[TEAM].text, outside)
            if fill is not None:
                fills.setdefault(p, {})[TEAM] = fill
    return fills


def marks_from_above(found: Mapping[int, RowSaid]) -> dict[int, RowSaid]:
    """Let marks go on downwards inside the paper's merged cells: a blank cell there says what the one above says."""
    result: dict[int, RowSaid] = {}
    for p, said in sorted(found.items()):
        above = result.get(p - 1)
        result[p] = said if above is None else _with_marks_of(above, said)
    return result


def _with_marks_of(above: RowSaid, said: RowSaid) -> RowSaid:
    taken = {
        name: above.marks.periods[name]
        for name, own in said.marks.periods.items()
        if own.marked is False and not own.text and _is_merged(name, above, said)
    }
    if not taken:
        return said
    marks = replace(said.marks, periods={**said.marks.periods, **taken})
    return replace(said, marks=marks)


def _is_merged(name: str, above: RowSaid, said: RowSaid) -> bool:
    one, other = above.row.marks.get(name), said.row.marks.get(name)
    same = one is not None and other is not None and one.ref is not None and one.ref == other.ref
    told = above.marks.periods.get(name)
    return same and told is not None and told.marked is True


def _outside(stated: Stated, alignment: Alignment) -> Iterator[tuple[str, SourceRef | None]]:
    """Yield the texts that stand alone in a row, or outside of all tables."""
    for title in alignment.titles:
        if title.kind == "team":
            yield " ".join(cell.text for cell in title.cells), title.cells[0].ref
    yield from _loose(stated.loose)


def _loose(lines: Sequence[TextLine]) -> Iterator[tuple[str, SourceRef | None]]:
    filled = [line for line in lines if line.text.strip()]
    for first in range(len(filled)):
        for count in range(1, _MOST_LINES + 1):
            yield " ".join(line.text for line in filled[first : first + count]), None


def _stray_team(team: str, outside: Sequence[tuple[str, SourceRef | None]]) -> Fill | None:
    wanted = wording(team)
    best = max(outside, key=lambda pair: fuzz.ratio(wanted, wording(bare(pair[0]))), default=None)
    if best is None or not wanted or fuzz.ratio(wanted, wording(bare(best[0]))) < _SAME:
        return None
    return Fill(Said(best[0], None), outside=True, ref=best[1])


def told_once(rows: Sequence[tuple[AuditRow, list[CellVerdict]]]) -> list[tuple[AuditRow, list[CellVerdict]]]:
    """Tell of what several rows of one merged cell lack in the first of them only."""
    result: list[tuple[AuditRow, list[CellVerdict]]] = []
    above: dict[str, CellVerdict] = {}
    for row, cells in rows:
        own: list[CellVerdict] = []
        for cell in cells:
            before = above.get(cell.field)
            own.append(_as_above(cell, before) if before is not None and cell.level == "action" else cell)
        pushed = row.shift > 0
        above = {
            cell.field: replace(cell, kind="row-shifted") if pushed and cell.verdict == "not-stated" else cell
            for cell in own
        }
        result.append((row, own))
    return result


def _as_above(cell: CellVerdict, above: CellVerdict) -> CellVerdict:
    same = cell.paper == above.paper and (cell.paper_ref == above.paper_ref or cell.field == TEAM)
    if not same or not cell.is_fault or cell.verdict not in ("missing", "misplaced"):
        return cell
    if above.kind == "row-shifted" and above.verdict in ("not-stated", "missing"):
        return cell.as_part_of("row-shifted")
    if above.kind == "row-missing" and cell.paper_ref == above.paper_ref and cell.verdict == "missing":
        return cell.as_part_of("row-missing")
    if cell.verdict == above.verdict and cell.kind == above.kind and cell.kind != "row-missing":
        return replace(cell, told=False)
    return cell
