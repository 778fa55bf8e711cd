"""Texts in the wrong cell -> where the paper has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lampiran.alignment.wording import wording
from lampiran.audit.judge.cells import CellVerdict
from lampiran.audit.match.plan_rows import Paper
from lampiran.audit.match.texts import bare
from schema.audit import AuditRow

SHORTEST = 4
_ASKED = frozenset({"text-wrong", "cell-invented", "word-wrong", "name-wrong"})
_LOST = frozenset({"cell-missing", "team-missing"})
_FIELDS = frozenset({"indicator", "action", "evidence"})
_BESIDE = _FIELDS | {"responsible"}
Place = tuple[int, str]


def told_elsewhere(
    rows: Sequence[tuple[AuditRow, list[CellVerdict]]], paper: Paper
) -> list[tuple[AuditRow, list[CellVerdict]]]:
    """Find the wrong texts that are right in another cell; two that changed places are swapped."""
    places: dict[str, list[Place]] = defaultdict(list)
    for p, printed in enumerate(paper.rows, start=1):
        for name, value in printed.texts.items():
            if name in _FIELDS and len(wording(value.text)) >= SHORTEST:
                places[wording(value.text)].append((p, name))
    moved: dict[Place, Place] = {}
    for row, cells in rows:
        for cell in cells:
            where = _where(cell, row.n, places)
            if where is not None:
                moved[row.n, cell.field] = where
    told = [(row, [_told(cell, row.n, moved) for cell in cells]) for row, cells in rows]
    return _told_beside(told)


def _told_beside(
    rows: Sequence[tuple[AuditRow, list[CellVerdict]]],
) -> list[tuple[AuditRow, list[CellVerdict]]]:
    """Find the texts that are missing in their cell because they stand beside another cell's own text.

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
    return bool(other) and wording(bare(holder.stated)) in {own + other, other + own}


def _beside(cell: CellVerdict, n: int, held: dict[Place, Place], lost: dict[Place, Place]) -> CellVerdict:
    own = (n, cell.field)
    if cell.level != "action" or (own not in held and own not in lost):
        return cell
    other = held[own] if own in held else lost[own]
    kind = "cells-fused" if other[0] == n else "cell-misplaced"
    return replace(cell, kind=kind, elsewhere=other if own in held else cell.elsewhere)


def _where(cell: CellVerdict, n: int, places: dict[str, list[Place]]) -> Place | None:
    if cell.level != "action" or cell.kind not in _ASKED or not cell.stated or not cell.told:
        return None
    options = [place for place in places.get(wording(bare(cell.stated)), ()) if place != (n, cell.field)]
    return min(options, key=lambda place: (abs(place[0] - n), place[1] != cell.field), default=None)


def _told(cell: CellVerdict, n: int, moved: dict[Place, Place]) -> CellVerdict:
    own = (n, cell.field)
    where = moved.get(own)
    if where is not None and cell.kind in _ASKED:
        swapped = moved.get(where) == own
        kind = "cells-swapped" if swapped else "cell-misplaced"
        return replace(cell, verdict="misplaced", kind=kind, elsewhere=where)
    if cell.verdict == "missing" and cell.kind == "cell-missing" and own in moved.values():
        return replace(cell, kind="cell-misplaced")
    return cell
