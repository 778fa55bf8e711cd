"""An audit -> the rows of `audit.csv`, one a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lampiran.publish.frames import frame_of
from schema.audit import Audit, AuditCell, AuditRow
from schema.provenance import SourceRef
from schema.tables import audit_tables

JOINT = ";"


def to_frame(audit: Audit) -> pd.DataFrame:
    """Return the audit's cells as one frame with nullable types."""
    rows = {row.n: row for row in audit.rows}
    return frame_of(audit_tables()["audit"], (_row(cell, rows.get(cell.row or 0)) for cell in audit.cells))


def _row(cell: AuditCell, row: AuditRow | None) -> dict[str, Any]:
    return {
        "n": cell.n,
        "row": cell.row,
        "row_state": row.state if row is not None else None,
        "shift": row.shift if row is not None else None,
        "action_ids": JOINT.join(row.action_ids) if row is not None else None,
        **{name: getattr(cell, name) for name in ("level", "field", "verdict", "consequence", "kind")},
        "paper": cell.paper,
        "stated": cell.stated,
        "elsewhere_row": cell.elsewhere[0] if cell.elsewhere else None,
        "elsewhere_field": cell.elsewhere[1] if cell.elsewhere else None,
        "confidence": cell.confidence,
        "doubts": JOINT.join(cell.doubts),
        **dict(_place(cell.paper_ref)),
        "line": cell.stated_ref.line if cell.stated_ref else None,
        "cell": cell.stated_ref.cell if cell.stated_ref else None,
    }


def _place(ref: SourceRef | None) -> Iterator[tuple[str, Any]]:
    yield "page", ref.page if ref is not None else None
    for side in ("x0", "top", "x1", "bottom"):
        yield side, getattr(ref.bbox, side) if ref is not None and ref.bbox is not None else None
