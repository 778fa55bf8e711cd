"""Findings of the reading that name a place turned into findings of the row that lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.draft import Draft, Row
from schema.findings import Finding

CODES = frozenset({"ink-unexplained", "rows-not-ruled", "columns-not-ruled"})


def place_findings(draft: Draft) -> Draft:
    """Give unexplained ink and cells that may hold several rows to the action in whose cells they lie: the row asks then.

    What lies outside all rows stays a finding of the decree as a whole.
    """
    rows = list(draft.rows)
    rest: list[Finding] = []
    for finding in draft.extraction.findings:
        at = _row_at(rows, finding) if finding.code in CODES else None
        if at is None:
            rest.append(finding)
        elif not _is_of_mark(finding, rows[at]):
            rows[at] = rows[at].noting(finding)
    if len(rest) == len(draft.extraction.findings):
        return draft
    extraction = draft.extraction.model_copy(update={"findings": tuple(rest)})
    return replace(draft, rows=tuple(rows), extraction=extraction)


def _is_of_mark(finding: Finding, row: Row) -> bool:
    """Tell whether ink is that of a time cell's mark, which asks by itself where nobody can say what it is."""
    return any(time.cell.mark == "unknown" and time.cell.ref == finding.ref for time in row.times)


def _row_at(rows: Sequence[Row], finding: Finding) -> int | None:
    if finding.ref is None or finding.ref.bbox is None:
        return None
    box, page = finding.ref.bbox, finding.ref.page
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    for n, row in enumerate(rows):
        if (
            row.kind != "action"
            or page is None
            or not (row.page or 0) <= page <= (row.last_page or row.page or 0)
        ):
            continue
        cells = [cell for cell in (*row.cells, *row.rest) if cell.ref.page == page]
        boxes = [cell.ref.bbox for cell in cells if cell.ref.bbox is not None]
        if any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes):
            return n
    return None
