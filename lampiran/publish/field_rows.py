"""A placed action -> its fields by name, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from lampiran.publish.periods import listed, planned
from schema.decree import Field, Status
from schema.findings import Finding
from schema.geometry import BBox
from schema.periods import PER_YEAR
from schema.plan import Placed, Schedule
from schema.provenance import SourceRef
from schema.roles import PublishedField

_SCHEDULE_FIELDS = frozenset({"schedule", "months", "quarters", "schedule_text", "periods"})


def field_values(item: Placed, findings: Sequence[Finding]) -> dict[PublishedField, Field]:
    """Return the eight fields of an action in the order of the form.

    `findings` are the action's own: they tell whether its schedule was read as printed or repaired.
    """
    return {
        "area": item.area.name,
        "component_no": item.component.number,
        "component": item.component.name,
        "indicator": item.action.indicator,
        "action": item.action.action,
        "evidence": item.action.evidence,
        "responsible": item.action.responsible,
        "schedule": schedule_field(item.action.schedule, findings),
    }


def schedule_field(schedule: Schedule, findings: Sequence[Finding]) -> Field:
    """Return a schedule as one field: what was printed, and the planned periods as text."""
    confidences = [period.confidence for period in schedule.periods if period.confidence is not None]
    return Field(
        printed=schedule.printed or schedule.text.printed,
        text=_planned_text(schedule),
        status=_schedule_status(schedule, findings),
        confidence=min(confidences, default=schedule.text.confidence),
        refs=schedule.refs or schedule.text.refs,
    )


def _planned_text(schedule: Schedule) -> str:
    """Return the planned periods, such as `3;6`; those of several kinds each with its letter, such as `m6;q2`."""
    kinds = {kind: periods for kind in PER_YEAR if (periods := planned(schedule, kind))}
    if len(kinds) == 1:
        return listed(*kinds.values())
    return ";".join(f"{kind[0]}{period}" for kind, periods in kinds.items() for period in periods)


def _schedule_status(schedule: Schedule, findings: Sequence[Finding]) -> Status:
    own = {f.severity for f in findings if f.field in _SCHEDULE_FIELDS and f.origin == "reading"}
    asked = any(f.severity == "review" for f in findings if f.field in _SCHEDULE_FIELDS)
    in_words = schedule.text.status != "missing"
    if any(f.code == "decided" and f.field == "schedule" for f in findings):
        return "decided"
    if any(period.state == "covered" for period in schedule.periods):
        return "covered"
    if asked or (schedule.state in {"unknown", "partial"} and not in_words):
        return "uncertain"
    if "warning" in own:
        return "corrected"
    if in_words:
        return schedule.text.status
    return "read" if schedule.periods else "missing"


def place(refs: Sequence[SourceRef]) -> dict[str, int | float | None]:
    """Return page, box and line of the first place; boxes of the same page are joined.

    Points from the top left of the page, rounded to a hundredth.
    """
    first = refs[0] if refs else None
    page = first.page if first else None
    boxes = [ref.bbox for ref in refs if ref.bbox and ref.page == page]
    box = reduce(BBox.union, boxes) if boxes else None
    return {
        "page": page,
        **{edge: round(getattr(box, edge), 2) if box else None for edge in BBox.model_fields},
        "line": first.line if first else None,
    }
