"""An audit -> the rows of `audit.csv`, one a cell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lampiran.publish.frames import frame_of
from schema.audit import Audit, AuditCell, AuditRow
from schema.tables import audit_tables

JOINT = ";"
_PLAIN = ("n", "row", "level", "field", "verdict", "consequence", "kind", "paper", "stated", "confidence")


def to_frame(audit: Audit) -> pd.DataFrame:
    """Return the audit's cells as one frame with nullable types."""
    rows = {row.n: row for row in audit.rows}
    return frame_of(audit_tables()["audit"], (_row(cell, rows.get(cell.row or 0)) for cell in audit.cells))


def _row(cell: AuditCell, row: AuditRow | None) -> dict[str, Any]:
    where = cell.elsewhere or (None, None)
    box = cell.paper_ref.bbox if cell.paper_ref else None
    return {
        **{name: getattr(cell, name) for name in _PLAIN},
        "row_state": row.state if row else None,
        "shift": row.shift if row else None,
        "action_ids": JOINT.join(row.action_ids) if row else None,
        "elsewhere_row": where[0],
        "elsewhere_field": where[1],
        "doubts": JOINT.join(cell.doubts),
        "page": cell.page,
        **{side: getattr(box, side, None) for side in ("x0", "top", "x1", "bottom")},
        "line": cell.line,
        "cell": cell.stated_ref.cell if cell.stated_ref else None,
    }
