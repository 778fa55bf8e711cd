"""A Plan -> the columns and rows of the three sheets of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from lampiran.data import data_toml
from lampiran.publish.frames import component_number, to_frames
from lampiran.publish.labels import field_label, finding_title, label
from lampiran.publish.periods import period_states, used_types
from schema.choices import Language
from schema.findings import Finding
from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Placed, Plan
from schema.provenance import SourceRef
from schema.tables import tables

SIGNS: dict[PeriodState, str] = {"planned": "√", "not-planned": "", "unknown": "?", "covered": "?"}
_LAYOUT = "report/sheets.toml"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet; `width` in characters as Excel counts them."""

    title: str
    width: float
    kind: Literal["text", "tick", "doubt"] = "text"

    @property
    def centred(self) -> bool:
        """Tell whether the column holds signs or short marks."""
        return bool(self.kind != "text" or self.width < data_toml(_LAYOUT)["narrow"])


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet; rows hold texts, numbers or `None`. The shade of rows alternates with the values of column `band`."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Any]]
    band: int | None = None
    filtered: bool = True


class _Words:
    """Labels in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, group: str, key: object) -> str:
        return label(group, key).text(self.language)

    def columns(self, sheet: str, **several: Sequence[str]) -> list[SheetColumn]:
        """Return a sheet's columns by `sheets.toml`; `several` holds the titles of its groups of columns."""
        found = []
        for key, width, *kind in data_toml(_LAYOUT)[sheet]:
            group, _, name = key.partition(".")
            titles = several[key[1:]] if key.startswith("*") else [self(group, name)]
            found += [SheetColumn(title, width, *kind) for title in titles]
        return found


def sheets(plan: Plan, language: Language) -> tuple[SheetData, SheetData, SheetData]:
    """Return the sheets plan, findings and decree in one language."""
    words = _Words(language)
    findings = [_finding_row(n, finding, words) for n, finding in enumerate(plan.findings, start=1)]
    decree = list(_decree_rows(plan, words))
    return (
        _plan_sheet(plan, words),
        SheetData(words("workbook", "findings_sheet"), words.columns("findings"), findings),
        SheetData(words("workbook", "decree_sheet"), words.columns("decree"), decree, filtered=False),
    )


def _plan_sheet(plan: Plan, words: _Words) -> SheetData:
    kinds = used_types(plan) or ("month",)
    ticks = [(kind, period) for kind in kinds for period in range(1, PER_YEAR[kind] + 1)]
    further = tuple(dict.fromkeys(e.column for action in plan.actions for e in action.extra))
    columns = words.columns("plan", periods=[words(*tick) for tick in ticks], further=further)
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


def _finding_row(n: int, finding: Finding, words: _Words) -> list[Any]:
    return [
        n,
        words("severity", finding.severity),
        finding_title(finding.code).text(words.language),
        finding.action_id or "",
        field_label(finding.field).text(words.language) if finding.field else "",
        finding.message.text(words.language),
        finding.raw or "",
        finding.value or "",
        "\n".join(finding.alternatives),
        words("certainty", finding.certainty),
        _ref_place(finding.ref, words) if finding.ref else "",
        finding.code,
    ]


def _ref_place(ref: SourceRef, words: _Words) -> str:
    """Return a place in words, such as `page 3` or `line 81, cell 4`."""
    parts = (("page", ref.page), ("line", ref.line), ("cell", ref.cell))
    return ", ".join(f"{words('report', key)} {value}" for key, value in parts if value is not None)


def _decree_rows(plan: Plan, words: _Words) -> Iterator[Sequence[Any]]:
    values = to_frames(plan)["decree"].astype("object").iloc[0]
    for column in tables()["decree"].columns:
        value = values[column.name]
        yield column.title.text(words.language), "" if pd.isna(value) else _shown(column.name, value, words)
    yield from plan.versions
    yield words("report", "schema_version"), plan.schema_version


def _shown(name: str, value: object, words: _Words) -> str | int:
    if name == "signature_kind":
        return words("signature", value)
    if name == "date":
        return str(value)[:10]
    return int(value) if isinstance(value, int) else str(value)
