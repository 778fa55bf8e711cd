"""Texts in the wrong cell -> where the paper has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lampiran.audit.cells import Finding
from lampiran.audit.model import AuditRow
from lampiran.audit.paper import Paper
from lampiran.audit.texts import bare
from lampiran.comparison.wording import wording

SHORTEST = 4
_ASKED = frozenset({"text-wrong", "cell-invented", "word-wrong", "name-wrong"})
_FIELDS = frozenset({"indicator", "action", "evidence"})
Place = tuple[int, str]


def told_elsewhere(
    rows: Sequence[tuple[AuditRow, list[Finding]]], paper: Paper
) -> list[tuple[AuditRow, list[Finding]]]:
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
    return [(row, [_told(cell, row.n, moved) for cell in cells]) for row, cells in rows]


def _where(cell: Finding, n: int, places: dict[str, list[Place]]) -> Place | None:
    if cell.level != "action" or cell.kind not in _ASKED or not cell.stated or not cell.told:
        return None
    options = [place for place in places.get(wording(bare(cell.stated)), ()) if place != (n, cell.field)]
    return min(options, key=lambda place: (abs(place[0] - n), place[1] != cell.field), default=None)


def _told(cell: Finding, n: int, moved: dict[Place, Place]) -> Finding:
    own = (n, cell.field)
    where = moved.get(own)
    if where is not None and cell.kind in _ASKED:
        swapped = moved.get(where) == own
        kind = "cells-swapped" if swapped else "cell-misplaced"
        return replace(cell, verdict="misplaced", kind=kind, elsewhere=where)
    if cell.verdict == "missing" and cell.kind == "cell-missing" and own in moved.values():
        return replace(cell, kind="cell-misplaced")
    return cell
