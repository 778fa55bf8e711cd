"""The values of `lampiran due`: plans and months -> the actions that are due, and those that perhaps are."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from schema.base import Frozen
from schema.plan import PeriodState, PeriodType

DUE_VERSION = "1.0.0"

WaitsFor = Literal["schedule", "responsible"]


class DuePeriod(Frozen):
    """A period of the plan that holds the month asked about."""

    period_type: PeriodType = Field(description="Month, quarter, semester or year, as the plan is printed.")
    period: int = Field(description="Its number in the year, from 1.")
    state: PeriodState = Field(description="What its cell says: planned, unknown or covered.")
    first: datetime.date | None = Field(description="Its first day; null where the plan's year is not known.")
    last: datetime.date | None = Field(description="Its last day; null where the plan's year is not known.")


class DueAction(Frozen):
    """An action in a month that was asked about."""

    decree_id: str = Field(description="The decree, see `decrees`.")
    action_id: str = Field(description="The action's id in its decree, as in actions.csv.")
    month: int = Field(description="The month asked about, 1 to 12.")
    area_no: int = Field(description="Arabic number of the area.")
    area: str = Field(description="Name of the area.")
    component_no: str = Field(description="Number of the component as printed, without punctuation.")
    component: str = Field(description="Name of the component.")
    indicator: str = Field(description="The indicator to be met.")
    action: str = Field(description="What is to be done.")
    responsible: str = Field(description="The team or office holder; empty where none was read.")
    documents: tuple[str, ...] = Field(
        description="The documents of evidence, one by one, as in evidence.csv."
    )
    periods: tuple[DuePeriod, ...] = Field(
        description="The periods by which it is due or may be; empty where the plan names none."
    )
    waits_for: tuple[WaitsFor, ...] = Field(
        description="What must be decided before it is known whether it is due (and for this team); empty in `due`."
    )
    needs_review: bool = Field(description="A person must still decide something about this row.")
    page: int | None = Field(description="Page of the decree where it begins, from 1.")
    line: int | None = Field(description="Line of the transcription, from 1.")


class DueDecree(Frozen):
    """A decree that was asked."""

    decree_id: str = Field(description="Office, number and year as a slug.")
    number: str = Field(description="The decree's number as printed.")
    title: str = Field(description="The decree's title.")
    office: str = Field(description="The institution that enacts the decree.")
    date: datetime.date | None = Field(description="The day of the decree; null where it was not read.")
    year: int | None = Field(description="The year that is planned; null where it was not read.")
    file: str = Field(description="Name of the file that was read.")
    counted: bool = Field(description="False where it is of another year than the one asked about.")
    partly_read: bool = Field(description="A part of the file could not be read: rows may be missing.")
    pages_not_read: tuple[int, ...] = Field(description="Numbers of the pages not read as a whole.")


class DueList(Frozen):
    """What is due in some months: the answer of `lampiran due`."""

    due_version: str = Field(default=DUE_VERSION, description="Version of this shape.")
    months: tuple[int, ...] = Field(description="The months asked about, 1 to 12.")
    year: int | None = Field(description="The year asked about; null where each plan's own year counts.")
    team: str | None = Field(description="The team asked about, as it was given.")
    area: int | None = Field(description="The area asked about.")
    decrees: tuple[DueDecree, ...] = Field(description="The decrees asked, in the order of the call.")
    due: tuple[DueAction, ...] = Field(
        description="Planned in a month asked about, by month and in the order of print."
    )
    perhaps: tuple[DueAction, ...] = Field(
        description="Neither known to be due nor known not to be: each waits for a person's decision."
    )
