"""A Plan -> pandas frames, one per CSV, with nullable types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lampiran.publish.field_rows import field_values, place
from lampiran.publish.periods import listed, period_field, period_states, planned
from lampiran.resources import load_sheet
from normalize.official import coverage_of
from schema.decree import Field
from schema.findings import SEVERITIES
from schema.periods import PER_YEAR
from schema.plan import PeriodType, Placed, Plan
from schema.tables import Table, tables

Row: TypeAlias = dict[str, Any]
JOINT = " | "
_CONFIDENCE_DIGITS = 4


def to_frames(plan: Plan) -> dict[str, pd.DataFrame]:
    """Return the tables `decree`, `actions`, `schedule`, `evidence`, `actions_extra`, `fields`, `findings` and `lke_coverage`.

    Columns, their order and their types are those of `schema.tables`; an empty table keeps them. An
    empty text is a missing value, as a CSV cannot tell the two apart. Places are PDF points, origin
    top left of the page, rounded to a hundredth.
    """
    return {name: frame_of(table, _ROWS[name](plan)) for name, table in tables().items()}


def frame_of(table: Table, rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a frame with the columns of a table, in its order and its types."""
    kept = list(rows)
    columns = {
        column.name: _column([row[column.name] for row in kept], column.dtype) for column in table.columns
    }
    return pd.DataFrame(columns)


def _column(values: Sequence[Any], dtype: str) -> pd.Series[Any]:
    if dtype.startswith("datetime64"):
        days = [value.isoformat() if isinstance(value, date) else "NaT" for value in values]
        return pd.Series(np.array(days, dtype=dtype))
    present = [pd.NA if value is None or value == "" else value for value in values]
    return pd.Series(present, dtype=dtype)


def _decree_rows(plan: Plan) -> Iterator[Row]:
    head = plan.head
    severities = Counter(finding.severity for finding in plan.findings)
    placed = tuple(plan.placed())
    attested = head.attestation
    parts = (attested.statement, attested.name, attested.position, attested.office) if attested else ()
    yield {
        "decree_id": plan.decree_id,
        "number": head.number.text,
        "year": int(head.year.text) if _is_year(head.year.text) else None,
        "title": head.title.text,
        "office": head.institution.text,
        "place": head.place.text,
        "date": head.date,
        "signatory": head.signatory.name.text if head.signatory else None,
        "attestation": JOINT.join(part.text for part in parts if part.text),
        "signature_kind": head.signature_kind,
        "sha256": plan.source.sha256,
        "areas": len(plan.areas),
        "components": sum(len(area.components) for area in plan.areas),
        "actions": len(placed),
        "marks": sum(mark_count(item) for item in placed),
        **{f"{severity}s": severities[severity] for severity in SEVERITIES},
    }


def mark_count(placed: Placed) -> int:
    """Return how many periods of an action are planned for certain."""
    return sum(len(planned(placed.action.schedule, kind)) for kind in PER_YEAR)


def _is_year(text: str) -> bool:
    column = next(column for column in tables()["decree"].columns if column.name == "year")
    if column.minimum is None or column.maximum is None or not (text.isascii() and text.isdigit()):
        return False
    return len(text) <= len(str(column.maximum)) and column.minimum <= int(text) <= column.maximum


def _action_rows(plan: Plan) -> Iterator[Row]:
    for item in plan.placed():
        action = item.action
        yield {
            "decree_id": plan.decree_id,
            "area_no": item.area.number,
            "area": item.area.name.text,
            "component_no": component_number(item),
            "component": item.component.name.text,
            **{
                name: getattr(action, name).text
                for name in ("indicator", "action", "evidence", "responsible")
            },
            "months": listed(planned(action.schedule, "month")),
            "quarters": listed(planned(action.schedule, "quarter")),
            "schedule_text": action.schedule.text.text,
            "schedule_state": action.schedule.state,
            **_ticks(item, "month"),
            **_ticks(item, "quarter"),
            **_values(action, "action_id", "lke_code", "needs_review", "page_first", "page_last"),
        }


def component_number(item: Placed) -> str:
    """Return the component's number as printed, without the punctuation around it."""
    return item.component.number.text.strip(" \t.,:;()[]/")


def _ticks(item: Placed, kind: PeriodType) -> Row:
    meaning = {"planned": True, "not-planned": False}
    states: Mapping[int, str] = period_states(item.action.schedule, kind)
    periods = range(1, PER_YEAR[kind] + 1)
    return {period_field(kind, period): meaning.get(states.get(period, "unknown")) for period in periods}


def _schedule_rows(plan: Plan) -> Iterator[Row]:
    for item, key in _keyed(plan):
        for kind in PER_YEAR:
            for period, state in period_states(item.action.schedule, kind).items():
                if state != "not-planned":
                    yield {**key, "period_type": kind, "period": period, "state": state}


def _evidence_rows(plan: Plan) -> Iterator[Row]:
    for action in plan.actions:
        for n, document in enumerate(filter(None, action.documents), start=1):
            yield {"action_id": action.action_id, "n": n, "document": document}


def _extra_rows(plan: Plan) -> Iterator[Row]:
    for item, key in _keyed(plan):
        printed = (extra for extra in item.action.extra if extra.field.printed)
        for n, extra in enumerate(printed, start=1):
            yield {**key, "n": n, "column": extra.column, **_reading(extra.field)}


def _field_rows(plan: Plan) -> Iterator[Row]:
    for item, key in _keyed(plan):
        for name, field in field_values(item, plan.findings_of(item.action.action_id)).items():
            yield {**key, "field": name, **_reading(field)}


def _keyed(plan: Plan) -> Iterator[tuple[Placed, Row]]:
    """Yield each action with the columns that name it."""
    for item in plan.placed():
        yield item, {"decree_id": plan.decree_id, "action_id": item.action.action_id}


def _reading(field: Field) -> Row:
    """Return what was read of a field, what it became, how surely, and where it is."""
    confidence = None if field.confidence is None else round(field.confidence, _CONFIDENCE_DIGITS)
    return {**_values(field, "printed", "text", "status"), "confidence": confidence, **place(field.refs)}


def _finding_rows(plan: Plan) -> Iterator[Row]:
    names = ("code", "severity", "origin", "action_id", "field", "raw", "value", "certainty", "rule")
    for n, finding in enumerate(plan.findings, start=1):
        ref = finding.ref
        yield {
            "decree_id": plan.decree_id,
            "n": n,
            **_values(finding, *names),
            "alternatives": JOINT.join(finding.alternatives),
            **place((ref,) if ref else ()),
            "cell": ref.cell if ref else None,
            "reader": ref.reader if ref else None,
            "message_id": finding.message.id,
            "message_en": finding.message.en,
        }


def _coverage_rows(plan: Plan) -> Iterator[Row]:
    for item in coverage_of(plan, load_sheet()):
        yield {
            "decree_id": plan.decree_id,
            "area_no": item.area,
            "action_ids": ";".join(item.action_ids),
            **_values(item, "code", "level", "edition", "part", "component", "name", "weight", "touched"),
        }


def _values(item: object, *names: str) -> Row:
    return {name: getattr(item, name) for name in names}


_ROWS: Mapping[str, Callable[[Plan], Iterator[Row]]] = {
    "decree": _decree_rows,
    "actions": _action_rows,
    "schedule": _schedule_rows,
    "evidence": _evidence_rows,
    "actions_extra": _extra_rows,
    "fields": _field_rows,
    "findings": _finding_rows,
    "lke_coverage": _coverage_rows,
}
