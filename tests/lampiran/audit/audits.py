"""Small audits made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lampiran.audit.figures.grids import GridCell, TableGrid
from schema.audit import Audit, AuditCell, AuditRow, AuditSide, Verdict
from schema.geometry import BBox
from schema.provenance import SourceRef

MONTHS = tuple(f"m{month:02}" for month in range(1, 13))


def cell(row: int | None, field: str, paper: str | None, stated: str | None, **other: Any) -> AuditCell:
    """Return a cell with the verdict that its texts have, unless another is given."""
    verdict: Verdict = "same" if paper == stated else "differs"
    if paper and not stated:
        verdict = "missing"
    if stated and not paper:
        verdict = "invented"
    if field in MONTHS and paper != stated:
        verdict = "missing" if paper == "true" else "invented"
    level = "mark" if field in MONTHS else field if field in {"area", "component"} else "action"
    level = "head" if row is None else level
    values = {"n": 0, "level": level, "verdict": verdict} | other
    return AuditCell(row=row, field=field, paper=paper, stated=stated, **values)


def marks(row: int, paper: Sequence[int], stated: Sequence[int]) -> list[AuditCell]:
    """Return the twelve cells of a row's months."""
    sides = ({n: str(n in months).lower() for n in range(1, 13)} for months in (paper, stated))
    on_paper, said = sides
    return [cell(row, f"m{n:02}", on_paper[n], said[n]) for n in range(1, 13)]


def numbered(cells: Sequence[AuditCell]) -> tuple[AuditCell, ...]:
    """Return the cells numbered from 1."""
    return tuple(one.model_copy(update={"n": n}) for n, one in enumerate(cells, start=1))


def matched(n: int, **other: Any) -> AuditRow:
    """Return a row that both sides have."""
    values: Mapping[str, Any] = {"state": "matched", "action_ids": (f"L1.i.{n}",), "stated": (n,)} | other
    return AuditRow(n=n, **values)


def side(name: str, sign: str) -> AuditSide:
    """Return one of the two inputs."""
    return AuditSide(
        file=name, sha256=sign * 64, office="KPU KABUPATEN CONTOH", number="1", year="2025", rows=2
    )


def ref(page: int, top: float) -> SourceRef:
    """Return a place on a page."""
    box = BBox(x0=100, top=top, x1=300, bottom=top + 30)
    return SourceRef(sha256="a" * 64, page=page, bbox=box, reader="pdf-text")


def audit() -> Audit:
    """Return an audit of two rows, of which one lost a mark and has a wrong letter, and a row of no paper."""
    cells = [
        cell(1, "action", "Menyusun rencana", "Menyusun rencana"),
        cell(
            1,
            "evidence",
            "=Notula rapat",
            "=Notuka rapat",
            consequence="low",
            kind="letter-wrong",
            paper_ref=ref(1, 200),
        ),
        *marks(1, (1, 6), (1, 6)),
        cell(2, "action", "Menetapkan tim", "Menetapkan tim.", verdict="normalised"),
        cell(2, "evidence", "Surat keputusan", None, verdict="not-stated"),
        *marks(2, (3,), ()),
        cell(3, "action", None, "Menata gudang", consequence="critical", kind="row-invented"),
    ]
    cells = [
        one.model_copy(update={"consequence": "critical", "kind": "mark-lost"})
        if one.level == "mark" and one.is_fault
        else one
        for one in cells
    ]
    invented = AuditRow(n=3, state="invented", stated=(3,), line=9)
    rows = (matched(1, area="AREA SATU", component="Bagian"), matched(2), invented)
    return Audit(
        decree=side("keputusan.pdf", "a"),
        transcription=side("salinan.csv", "b"),
        rows=rows,
        cells=numbered(cells),
        settings=(("text_readers", "rapidocr"),),
        versions=(("lampiran", "0.1.0"),),
    )


def grid_of(texts: Sequence[Sequence[str]]) -> TableGrid:
    """Return the grid of plain rows of texts of one width."""
    cells = (GridCell(n, m, text) for n, line in enumerate(texts) for m, text in enumerate(line))
    return TableGrid(len(texts), max(map(len, texts), default=0), tuple(cells))
