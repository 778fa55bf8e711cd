"""Rows of a transcription that a page break cut in two turned into whole ones, or a question on both parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.join_facts import LINES, doubt, joined
from normalize.breaks.page_breaks import PageBreak
from normalize.breaks.row_parts import longer_field, one_cell
from normalize.breaks.table import TEXTS
from normalize.draft import Row
from normalize.resources import Resources
from normalize.text import fold, squeeze
from schema.findings import RuleName
from schema.roles import FieldName

RULE: RuleName = "join-pages"
_SUPERSEDED = frozenset({"action-fragment", "row-shifted"})


def join_over_stretches(rows: Sequence[Row], resources: Resources) -> list[Row]:
    """Join the first row of a stretch to the last one above where it goes on in mid-sentence, cell below cell.

    A first row without an action that need not go on asks for a decision, and so does the row above. Rows of pages stay.
    """
    result: list[Row] = []
    for row in rows:
        at = next((n for n in range(len(result) - 1, -1, -1) if result[n].kind != "empty"), None)
        if at is None or not _meets(result[at], row):
            result.append(row)
            continue
        breaks = _breaks(result[at], row, resources)
        if _is_rest(breaks):
            result[at:] = [_joined(result[at], row, breaks)]
            continue
        if "action" not in row.fields or any(cut.is_mid_sentence for cut in breaks):
            result[at] = result[at].noting(doubt(RULE, breaks, result[at].ref, "stretch"))
            result.append(row.noting(doubt(RULE, breaks, row.ref, "stretch")))
        else:
            result.append(row)
    return result


def _is_rest(breaks: Sequence[PageBreak]) -> bool:
    """Tell whether all texts go on in mid-sentence, or one of two other than the evidence does."""
    mid = [cut for cut in breaks if cut.is_mid_sentence]
    told = len(breaks) < len(TEXTS) and any(cut.role != "evidence" for cut in mid)
    return bool(mid) and (told or len(mid) == len(breaks))


def _meets(above: Row, below: Row) -> bool:
    """Tell whether a row begins a stretch, has no number, and one of the two has all the marks."""
    if above.exact or below.exact or above.chunk == below.chunk or {above.kind, below.kind} != {"action"}:
        return False
    marked = [row.evidence is not None and bool(row.evidence.marks) for row in (above, below)]
    named = below.get("responsible").text
    same = not named or fold(named) == fold(above.get("responsible").text)
    return "component_no" not in below.fields and not all(marked) and same


def _breaks(above: Row, below: Row, resources: Resources) -> list[PageBreak]:
    """Return the texts below, each with the one in the same cell above; none if one has no such cell."""
    names = {value.refs[0].cell: name for name in TEXTS if (value := above.get(name)).refs}
    breaks: list[PageBreak] = []
    for cell in below.cells:
        text = cell.text.strip()
        if not text or resources.form.is_mark(text) or cell.ref in below.get("responsible").refs:
            continue
        name = names.get(cell.ref.cell)
        upper = _cell(above, name) if name is not None else None
        if name is None or upper is None:
            return []
        breaks.append(PageBreak(name, upper, cell, above.get(name).text))
    return breaks


def _cell(row: Row, name: FieldName) -> Cell | None:
    return next((cell for cell in row.cells if cell.ref in row.get(name).refs), None)


def _joined(above: Row, below: Row, breaks: Sequence[PageBreak]) -> Row:
    for cut in breaks:
        cells = tuple(one_cell(cut) if cell is cut.upper else cell for cell in above.cells)
        name = next(name for name in TEXTS if name == cut.role)
        above = replace(above, cells=cells).with_field(name, longer_field(above.get(name), [cut.lower]))
    marked = below.evidence is not None and bool(below.evidence.marks)
    value = squeeze(f"{breaks[0].whole} {breaks[0].lower.text}")
    lines = (above.ref.line, below.ref.line)
    found = joined(RULE, above.ref, lines, value, "mid-sentence", words=LINES)
    kept = [f for f in below.facts if f.code not in _SUPERSEDED]
    return replace(above, evidence=below.evidence if marked else above.evidence).noting(found, *kept)
