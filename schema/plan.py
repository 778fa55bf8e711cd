"""The plan of a decree: areas, components, actions, schedule and evidence, each value with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from schema.authenticity import Authenticity
from schema.base import Frozen
from schema.decree import DecreeHead, Field
from schema.findings import Finding
from schema.provenance import Source, SourceRef

SCHEMA_VERSION = "1.1.0"

PeriodType = Literal["month", "quarter", "semester", "year"]
PeriodState = Literal["planned", "not-planned", "unknown", "covered"]
ScheduleState = Literal["marked", "none", "unknown", "partial"]


class Period(Frozen):
    """One month (1 to 12), quarter (1 to 4), semester (1, 2) or the year (1), and what its cell says."""

    period_type: PeriodType
    period: int
    state: PeriodState
    confidence: float | None = None
    ref: SourceRef | None = None


class Schedule(Frozen):
    """When an action is due.

    `periods` holds every period the form has a cell for, planned or not; `printed` the marks as they
    were read. `state` is `marked`, `none` (the cells were seen and are empty), `unknown`, or `partial`
    (some cells unknown or covered).
    """

    state: ScheduleState
    periods: tuple[Period, ...] = ()
    printed: str = ""
    text: Field = Field(status="missing")
    refs: tuple[SourceRef, ...] = ()

    def planned(self, period_type: PeriodType = "month") -> tuple[int, ...]:
        """Return the planned periods of one type, ascending."""
        chosen = (p for p in self.periods if p.period_type == period_type and p.state == "planned")
        return tuple(sorted(p.period for p in chosen))


class ExtraField(Frozen):
    """A printed column without a known role, kept as it is."""

    column: str
    field: Field


class Action(Frozen):
    """One row of the plan: a "langkah aksi" with its indicator, evidence, team and schedule."""

    action_id: str
    position: int
    indicator: Field
    action: Field
    evidence: Field
    documents: tuple[str, ...] = ()
    responsible: Field
    schedule: Schedule
    lke_code: str | None = None
    needs_review: bool = False
    page_first: int | None = None
    page_last: int | None = None
    line: int | None = None
    extra: tuple[ExtraField, ...] = ()


class Component(Frozen):
    """A numbered component ("komponen") of an area; `number` as printed without punctuation."""

    number: Field
    name: Field
    actions: tuple[Action, ...] = ()


class Area(Frozen):
    """One of the six areas of change; `number` is Arabic."""

    number: int
    label: Field
    name: Field
    components: tuple[Component, ...] = ()


class Placed(Frozen):
    """An action together with the area and component it stands in."""

    area: Area
    component: Component
    action: Action


class Plan(Frozen):
    """A decree's plan: the content of `decree.json`.

    `authenticity` is `None` in a plan that was made without its file, or by a version before 1.1.0.
    """

    schema_version: str = SCHEMA_VERSION
    decree_id: str
    source: Source
    head: DecreeHead
    areas: tuple[Area, ...] = ()
    findings: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    authenticity: Authenticity | None = None

    def placed(self) -> Iterator[Placed]:
        """Yield every action in the order of print, with its area and component."""
        for area in self.areas:
            for component in area.components:
                for action in component.actions:
                    yield Placed.model_construct(area=area, component=component, action=action)

    def findings_of(self, action_id: str) -> tuple[Finding, ...]:
        """Return the findings of one action in the order they were made."""
        return tuple(f for f in self.findings if f.action_id == action_id)
