"""Rows of a transcription that a page's end cut in two turned into whole ones, or a finding on both parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.page_breaks import Seam, doubt, reasons_of
from normalize.breaks.row_parts import longer_field, one_cell
from normalize.draft import Row
from normalize.facts import fact
from normalize.resources import Resources
from normalize.text import fold
from schema.findings import RuleName
from schema.roles import FieldName, TextRole

RULE: RuleName = "join-pages"
_TEXTS: tuple[TextRole, ...] = ("indicator", "action", "evidence")
_SUPERSEDED = frozenset({"action-fragment", "row-shifted"})


def join_over_stretches(rows: Sequence[Row], resources: Resources) -> list[Row]:
    """Join the first row of a stretch to the last one above where it goes on in mid-sentence, cell below cell.

    A first row without an action that may go on, but need not, asks for a decision, and so does the row above.
    Rows of pages, whose places are known, are left as they are.
    """
    result: list[Row] = []
    for row in rows:
        above = next((n for n in range(len(result) - 1, -1, -1) if result[n].kind != "empty"), None)
        if above is None or not _meets(result[above], row):
            result.append(row)
            continue
        seams = _seams(result[above], row, resources)
        if _is_rest(seams):
            result[above:] = [_joined(result[above], row, seams)]
        elif "action" not in row.fields or any(seam.is_mid_sentence for seam in seams):
            result[above] = result[above].noting(doubt(RULE, seams, result[above].ref, ["stretch"]))
            result.append(row.noting(doubt(RULE, seams, row.ref, ["stretch"])))
        else:
            result.append(row)
    return result


def _is_rest(seams: Sequence[Seam]) -> bool:
    """Tell whether all texts go on in mid-sentence, or one of two does that is no evidence."""
    mid = [seam for seam in seams if seam.is_mid_sentence]
    return bool(mid) and (
        len(mid) == len(seams) or (len(seams) < len(_TEXTS) and any(s.role != "evidence" for s in mid))
    )


def _meets(above: Row, below: Row) -> bool:
    """Tell whether a row begins a stretch, has no number of its own, and one of the two has all the marks."""
    if above.exact or below.exact or above.chunk == below.chunk or {above.kind, below.kind} != {"action"}:
        return False
    marked = [row.evidence is not None and bool(row.evidence.marks) for row in (above, below)]
    named = below.get("responsible").text
    same = not named or fold(named) == fold(above.get("responsible").text)
    return "component_no" not in below.fields and not all(marked) and same


def _seams(above: Row, below: Row, resources: Resources) -> list[Seam]:
    """Return the texts of the row below, each with the text in the same cell above; none if one has no such cell."""
    fields = {value.refs[0].cell: name for name in _TEXTS if (value := above.get(name)).refs}
    seams: list[Seam] = []
    for cell in below.cells:
        text = cell.text.strip()
        if not text or resources.form.is_mark(text) or cell.ref in below.get("responsible").refs:
            continue
        name = fields.get(cell.ref.cell)
        upper = _cell(above, name) if name is not None else None
        if name is None or upper is None:
            return []
        seams.append(Seam(name, upper, cell, above.get(name).text))
    return seams


def _cell(row: Row, name: FieldName) -> Cell | None:
    return next((cell for cell in row.cells if cell.ref in row.get(name).refs), None)


def _joined(above: Row, below: Row, seams: Sequence[Seam]) -> Row:
    """Return the row above with the texts, and the marks, of the row below; a finding names both lines."""
    for seam in seams:
        cells = tuple(one_cell(seam) if cell is seam.upper else cell for cell in above.cells)
        name = next(name for name in _TEXTS if name == seam.role)
        above = replace(above, cells=cells).with_field(name, longer_field(above.get(name), [seam.lower]))
    marked = below.evidence is not None and bool(below.evidence.marks)
    lines = f"{above.ref.line}, {below.ref.line}"
    finding = fact(
        "row-joined",
        rule=RULE,
        ref=above.ref,
        raw=lines,
        value=" ".join(f"{seams[0].whole} {seams[0].lower.text}".split()),
        certainty="probable",
        where_id=f"baris {lines}",
        where_en=f"lines {lines}",
        **reasons_of(["mid-sentence"]),
    )
    kept = [f for f in below.facts if f.code not in _SUPERSEDED]
    return replace(above, evidence=below.evidence if marked else above.evidence).noting(finding, *kept)
