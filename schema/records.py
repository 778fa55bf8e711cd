"""The actions of a plan as records that need no join: the content of `actions.json`."""

from __future__ import annotations

from pydantic import Field

from schema.base import Frozen
from schema.plan import ScheduleState

RECORDS_VERSION = "1.0.0"


class ActionRecord(Frozen):
    """One action with all that its row says; an empty text is `None`."""

    action_id: str
    area_no: int
    area: str | None = None
    component_no: str | None = None
    component: str | None = None
    indicator: str | None = None
    action: str | None = None
    evidence: str | None = None
    documents: tuple[str, ...] = ()
    responsible: str | None = None
    schedule_state: ScheduleState
    months: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    semesters: tuple[int, ...] = ()
    whole_year: bool = False
    schedule_text: str | None = None
    lke_code: str | None = None
    needs_review: bool = False
    page_first: int | None = None
    page_last: int | None = None
    extra: dict[str, str] = Field(default_factory=dict)


class ActionRecords(Frozen):
    """The actions of a decree in the order of print, and which decree it is."""

    schema_version: str = RECORDS_VERSION
    decree_id: str
    number: str | None = None
    year: str | None = None
    title: str | None = None
    office: str | None = None
    actions: tuple[ActionRecord, ...] = ()
