"""What the workbook says: turns a Plan into the columns and rows of its three sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from lampiran.publish.frames import component_number, to_frames
from lampiran.publish.labels import field_label, finding_title, label
from lampiran.publish.periods import period_states, used_types
from schema.errors import Language
from schema.findings import Finding
from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Placed, Plan
from schema.provenance import SourceRef
from schema.tables import tables

SIGNS: dict[PeriodState, str] = {"planned": "√", "not-planned": "", "unknown": "?", "covered": "?"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet; `width` in characters as Excel counts them."""

    title: str
    width: float
    kind: Literal["text", "tick", "doubt"] = "text"

    @property
    def centred(self) -> bool:
        """Tell whether the column holds signs or short marks."""
        return self.kind != "text" or self.width < _NARROW


_NARROW = 10.0


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet; rows hold texts, numbers or `None`. `band` is the column whose change turns the shade."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Any]]
    band: int | None = None
    filtered: bool = True


class _Words:
    """Labels in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, group: str, key: str) -> str:
        return str(getattr(label(group, key), self.language))

    def field(self, name: str) -> str:
        return str(getattr(field_label(name), self.language))

    def title(self, code: str) -> str:
        return str(getattr(finding_title(code), self.language))


def sheets(plan: Plan, language: Language) -> tuple[SheetData, SheetData, SheetData]:
    """Return the sheets plan, findings and decree in one language."""
    words = _Words(language)
    return _plan_sheet(plan, words), _findings_sheet(plan, words), _decree_sheet(plan, words)


def _plan_sheet(plan: Plan, words: _Words) -> SheetData:
    kinds = used_types(plan) or ("month",)
    ticks = [(kind, period) for kind in kinds for period in range(1, PER_YEAR[kind] + 1)]
    further = tuple(dict.fromkeys(e.column for item in plan.placed() for e in item.action.extra))
    columns = (
        SheetColumn(words("report", "id"), 11),
        SheetColumn(words("workbook", "area_no"), 7),
        SheetColumn(words("report", "area"), 22),
        SheetColumn(words("workbook", "component_no"), 8),
        SheetColumn(words("workbook", "component"), 24),
        SheetColumn(words("report", "indicator"), 36),
        SheetColumn(words("report", "action"), 40),
        SheetColumn(words("report", "evidence"), 36),
        *(SheetColumn(words(kind, str(period)), 5.5, "tick") for kind, period in ticks),
        SheetColumn(words("report", "schedule_text"), 16),
        SheetColumn(words("report", "responsible"), 22),
        *(SheetColumn(name, 18) for name in further),
        SheetColumn(words("workbook", "needs_review"), 12, "doubt"),
        SheetColumn(words("workbook", "place"), 14),
    )
    rows = [_plan_row(item, ticks, further, words) for item in plan.placed()]
    return SheetData(words("workbook", "plan_sheet"), columns, rows, band=1)


def _plan_row(
    item: Placed, ticks: Sequence[tuple[PeriodType, int]], further: Sequence[str], words: _Words
) -> list[Any]:
    action = item.action
    states = {kind: period_states(action.schedule, kind) for kind in PER_YEAR}
    signs = [SIGNS[states[kind].get(period, "not-planned")] for kind, period in ticks]
    if action.schedule.state == "unknown" and not action.schedule.periods:
        signs = ["?" for _ in ticks]
    return [
        action.action_id,
        item.area.number,
        item.area.name.text,
        component_number(item),
        item.component.name.text,
        action.indicator.text,
        action.action.text,
        action.evidence.text,
        *signs,
        action.schedule.text.text,
        action.responsible.text,
        *("\n".join(e.field.text for e in action.extra if e.column == name) for name in further),
        words("workbook", "yes") if action.needs_review else "",
        _action_place(item, words),
    ]


def _action_place(item: Placed, words: _Words) -> str:
    first, last = item.action.page_first, item.action.page_last
    if first is not None:
        return f"{words('report', 'page')} {first}" + (f"-{last}" if last and last != first else "")
    return f"{words('report', 'line')} {item.action.line}" if item.action.line else ""


def _findings_sheet(plan: Plan, words: _Words) -> SheetData:
    columns = (
        SheetColumn("n", 6),
        SheetColumn(words("workbook", "severity"), 17),
        SheetColumn(words("workbook", "kind"), 28),
        SheetColumn(words("report", "id"), 11),
        SheetColumn(words("report", "field"), 18),
        SheetColumn(words("workbook", "message"), 60),
        SheetColumn(words("report", "raw"), 30),
        SheetColumn(words("report", "value"), 30),
        SheetColumn(words("report", "alternatives"), 30),
        SheetColumn(words("workbook", "certainty"), 15),
        SheetColumn(words("workbook", "place"), 18),
        SheetColumn(words("workbook", "code"), 24),
    )
    rows = [_finding_row(n, finding, words) for n, finding in enumerate(plan.findings, start=1)]
    return SheetData(words("workbook", "findings_sheet"), columns, rows)


def _finding_row(n: int, finding: Finding, words: _Words) -> list[Any]:
    return [
        n,
        words("severity", finding.severity),
        words.title(finding.code),
        finding.action_id or "",
        words.field(finding.field) if finding.field else "",
        str(getattr(finding.message, words.language)),
        finding.raw or "",
        finding.value or "",
        "\n".join(finding.alternatives),
        words("certainty", finding.certainty),
        ref_place(finding.ref, words) if finding.ref else "",
        finding.code,
    ]


def ref_place(ref: SourceRef, words: _Words) -> str:
    """Return a place in words, such as `page 3` or `line 81, cell 4`."""
    parts = (("page", ref.page), ("line", ref.line), ("cell", ref.cell))
    return ", ".join(f"{words('report', key)} {value}" for key, value in parts if value is not None)


def _decree_sheet(plan: Plan, words: _Words) -> SheetData:
    columns = (SheetColumn(words("workbook", "key"), 30), SheetColumn(words("workbook", "value"), 90))
    return SheetData(
        words("workbook", "decree_sheet"), columns, list(_decree_rows(plan, words)), filtered=False
    )


def _decree_rows(plan: Plan, words: _Words) -> Iterator[list[Any]]:
    values = to_frames(plan)["decree"].astype("object").iloc[0]
    for column in tables()["decree"].columns:
        value = values[column.name]
        shown = "" if pd.isna(value) else _shown(column.name, value, words)
        yield [str(getattr(column.title, words.language)), shown]
    for name, version in plan.versions:
        yield [name, version]
    yield [words("report", "schema_version"), plan.schema_version]


def _shown(name: str, value: object, words: _Words) -> str | int:
    if name == "signature_kind":
        return words("signature", str(value))
    if name == "date":
        return str(value)[:10]
    return int(value) if isinstance(value, int) else str(value)
