"""Rows together -> what blank cells take from above, texts found in another cell, and faults told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lampiran.alignment.fields import TEXTS
from lampiran.alignment.wording import bare_wording, likeness, wording
from lampiran.audit.judge.cells import CellVerdict
from lampiran.audit.judge.rows import RowSaid
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.cell_assignment import Fill, Said
from lampiran.audit.match.plan_rows import Paper
from lampiran.audit.match.transcription_table import Stated
from lampiran.audit.settings import VERDICTS
from schema.audit import AuditRow
from schema.provenance import SourceRef

TEAM = "responsible"
_ASKED = frozenset({"text-wrong", "cell-invented", "word-wrong", "name-wrong"})
_LOST = frozenset({"cell-missing", "team-missing"})
_BESIDE = frozenset(TEXTS)
_FIELDS = _BESIDE - {TEAM}

Fills = dict[int, dict[str, Fill]]
Told = tuple[AuditRow, list[CellVerdict]]
Place = tuple[int, str]
Places = Mapping[Place, Place]
Found = Mapping[int, RowSaid]


def filled_from_above(paper: Paper, found: Found, stated: Stated, alignment: Alignment) -> Fills:
    """Return, by the number of a paper row, what its blank cells take from the row above.

    Rows are taken in the paper's order, so that shuffled lines say the same. A text goes on inside the merged cell of the
    paper, a team as far as its area goes.
    """
    fills: Fills = defaultdict(dict)
    last: dict[str, tuple[int, Said]] = {}
    for p, row in enumerate(paper.rows):
        said = found.get(p)
        for name, value in row.texts.items():
            own = said.said(name) if said is not None else None
            if own is not None:
                last[name] = (p, own)
                continue
            if said is None or name not in last or name in said.placement.shifts.misplaced:
                continue
            at, above = last[name]
            same_cell = value.filled and value.ref is not None and value.ref == paper.rows[at].texts[name].ref
            if same_cell or (name == TEAM and paper.rows[at].area == row.area):
                fills[p][name] = Fill(above.text, above.ref)
    outside = list(_outside(stated, alignment))
    for p, row in enumerate(paper.rows):
        if p in found and TEAM in row.texts and found[p].said(TEAM) is None and TEAM not in fills[p]:
            fill = _stray_team(row.texts[TEAM].text, outside)
            if fill is not None:
                fills[p][TEAM] = fill
    return fills


def marks_from_above(found: Found) -> dict[int, RowSaid]:
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
    marks = replace(said.marks, periods={**said.marks.periods, **taken})
    return replace(said, marks=marks) if taken else said


def _is_merged(name: str, above: RowSaid, said: RowSaid) -> bool:
    one, other = above.row.marks.get(name), said.row.marks.get(name)
    same = one is not None and other is not None and one.ref is not None and one.ref == other.ref
    told = above.marks.periods.get(name)
    return same and told is not None and told.marked is True


def _outside(stated: Stated, alignment: Alignment) -> Iterator[tuple[str, SourceRef | None]]:
    """Yield the texts alone in a row, or outside of all tables."""
    for title in alignment.titles:
        if title.kind == "team":
            yield " ".join(cell.text for cell in title.cells), title.cells[0].ref
    lines = [line.text for line in stated.loose if line.text.strip()]
    for first in range(len(lines)):
        for count in range(1, VERDICTS.team_lines + 1):
            yield " ".join(lines[first : first + count]), None


def _stray_team(team: str, outside: Sequence[tuple[str, SourceRef | None]]) -> Fill | None:
    wanted = wording(team)
    alike = [(likeness(wanted, bare_wording(text)), text, ref) for text, ref in outside] if wanted else []
    score, text, ref = max(alike, key=lambda option: option[0], default=(0.0, "", None))
    return Fill(text, ref, outside=True) if score >= VERDICTS.same_team else None


def told_once(rows: Sequence[Told]) -> list[Told]:
    """Tell of what several rows of one merged cell lack in the first of them only."""
    result: list[Told] = []
    above: dict[str, CellVerdict] = {}
    for row, cells in rows:
        own = [
            _as_above(cell, above[cell.field]) if cell.level == "action" and cell.field in above else cell
            for cell in cells
        ]
        pushed = row.shift > 0
        above = {
            cell.field: replace(cell, kind="row-shifted") if pushed and cell.verdict == "not-stated" else cell
            for cell in own
        }
        result.append((row, own))
    return result


def _as_above(cell: CellVerdict, above: CellVerdict) -> CellVerdict:
    same = cell.paper == above.paper and (cell.paper_ref == above.paper_ref or cell.field == TEAM)
    if not same or cell.verdict not in ("missing", "misplaced"):
        return cell
    if above.kind == "row-shifted" and above.verdict in ("not-stated", "missing"):
        return cell.as_part_of("row-shifted")
    if above.kind == "row-missing" and cell.paper_ref == above.paper_ref and cell.verdict == "missing":
        return cell.as_part_of("row-missing")
    if cell.verdict == above.verdict and cell.kind == above.kind and cell.kind != "row-missing":
        return replace(cell, told=False)
    return cell


def told_elsewhere(rows: Sequence[Told], paper: Paper) -> list[Told]:
    """Find the wrong texts that are right in another cell; two that changed places are swapped."""
    places: dict[str, list[Place]] = defaultdict(list)
    for p, printed in enumerate(paper.rows, start=1):
        for name, text in printed.wordings.items():
            if name in _FIELDS and len(text) >= VERDICTS.shortest_moved:
                places[text].append((p, name))
    moved = {
        (row.n, cell.field): where
        for row, cells in rows
        for cell in cells
        if (where := _where(cell, row.n, places)) is not None
    }
    told = [(row, [_told(cell, row.n, moved) for cell in cells]) for row, cells in rows]
    return _told_beside(told)


def _where(cell: CellVerdict, n: int, places: Mapping[str, Sequence[Place]]) -> Place | None:
    if cell.level != "action" or cell.kind not in _ASKED or not cell.stated or not cell.told:
        return None
    options = [place for place in places.get(bare_wording(cell.stated), ()) if place != (n, cell.field)]
    return min(options, key=lambda place: (abs(place[0] - n), place[1] != cell.field), default=None)


def _told(cell: CellVerdict, n: int, moved: Places) -> CellVerdict:
    own = (n, cell.field)
    where = moved.get(own)
    if where is not None and cell.kind in _ASKED:
        kind = "cells-swapped" if moved.get(where) == own else "cell-misplaced"
        return replace(cell.misplaced(kind), elsewhere=where)
    if cell.verdict == "missing" and cell.kind == "cell-missing" and own in moved.values():
        return replace(cell, kind="cell-misplaced")
    return cell


def _told_beside(rows: Sequence[Told]) -> list[Told]:
    """Find the texts that are missing in their cell because they are beside another cell's own text.

    In the next row's or the row before's cell of that column they are misplaced, in another cell of their row fused.
    """
    cells = {(row.n, cell.field): cell for row, found in rows for cell in found if cell.level == "action"}
    held: dict[Place, Place] = {}
    for (n, field), cell in cells.items():
        if cell.verdict != "missing" or cell.kind not in _LOST or not cell.told or field not in _BESIDE:
            continue
        beside = [(n + 1, field), (n - 1, field), *((n, other) for other in sorted(_BESIDE - {field}))]
        holder = next((at for at in beside if at in cells and _holds_both(cells[at], cell)), None)
        if holder is not None:
            held[holder] = (n, field)
    lost = {place: holder for holder, place in held.items()}
    return [(row, [_beside(cell, row.n, held, lost) for cell in found]) for row, found in rows]


def _holds_both(holder: CellVerdict, lost: CellVerdict) -> bool:
    """Tell whether a cell says its own text and a lost one, in one order or the other."""
    if holder.verdict != "differs" or not holder.stated or not holder.paper or not lost.paper:
        return False
    own, other = wording(holder.paper), wording(lost.paper)
    return bool(other) and bare_wording(holder.stated) in {own + other, other + own}


def _beside(cell: CellVerdict, n: int, held: Places, lost: Places) -> CellVerdict:
    own = (n, cell.field)
    other = held.get(own) or lost.get(own)
    if cell.level != "action" or other is None:
        return cell
    kind = "cells-fused" if other[0] == n else "cell-misplaced"
    return replace(cell, kind=kind, elsewhere=other if own in held else cell.elsewhere)
