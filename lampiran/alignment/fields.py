"""The fields of a row that comparisons and audits share, and the findings that put one in doubt."""

from __future__ import annotations

TEXTS = ("indicator", "action", "evidence", "responsible")
SCHEDULE = (
    "schedule",
    "months",
    "quarters",
    "schedule_text",
    "periods",
)  # names that findings give to a row's time
ASKING = frozenset({"review", "warning"})  # severities of findings that put a field in doubt
