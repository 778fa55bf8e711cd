"""Turns the JSON of a truth file into frozen values: decree head, areas, components, actions, doubts."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Month = Annotated[int, Field(ge=1, le=12)]
Text = Annotated[str, Field(min_length=1)]

MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(_Frozen):
    """A labelled paragraph of the body: `a`, `1` or `KESATU`, and its running text."""

    label: Text
    text: Text


class Signatory(_Frozen):
    """The office holder who enacts the decree."""

    office: Text
    name: Text


class Attestation(_Frozen):
    """The block that attests a copy."""

    statement: Text
    office: Text
    position: Text
    name: Text


class Head(_Frozen):
    """The decree's body, each paragraph joined to running text."""

    number: Text
    year: int
    title: Text
    institution: Text
    enacted_by: Text
    considerations: tuple[Clause, ...]
    legal_basis: tuple[Clause, ...]
    decides: Text
    dictum: tuple[Clause, ...]
    place: Text
    date: date
    signatory: Signatory
    signature: Literal["ttd"]
    attestation: Attestation

    @property
    def printed_date(self) -> str:
        """The date in words, as it is printed: `3 Januari 2025`."""
        return f"{self.date.day} {MONTH_NAMES[self.date.month - 1]} {self.date.year}"


class Doubt(_Frozen):
    """What the transcription leaves open about one field; the first alternative is the one drawn."""

    field: Text
    alternatives: tuple[tuple[Month, ...] | str, ...]
    certainty: Literal["probable", "ambiguous", "unknown"]
    why: Text


class Action(_Frozen):
    """One row of the plan; `page` counts the annex pages from 1, `line` the transcription's lines.

    A form whose time is text prints `schedule_text`, one of other periods prints `quarters` or `semesters`;
    `extra` holds the texts of further columns by their names.
    """

    line: int | None = None
    page: Annotated[int, Field(ge=1)]
    indicator: Text
    action: Text
    evidence: Text
    responsible: str
    months: tuple[Month, ...]
    quarters: tuple[int, ...] = ()
    semesters: tuple[int, ...] = ()
    schedule_text: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Component(_Frozen):
    """A component and its actions; `printed_no` carries the punctuation of print."""

    no: Text
    printed_no: str
    name: Text
    doubts: tuple[Doubt, ...] = ()
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]


class Area(_Frozen):
    """An area; its title row is one merged cell, or a number in column NO and a merged rest."""

    no: int
    printed_no: str
    title_row: Literal["merged", "numbered"]
    name: Text
    components: Annotated[tuple[Component, ...], Field(min_length=1)]


class Truth(_Frozen):
    """A whole decree as its facsimile shows it."""

    decree_id: Text
    note: Text
    head: Head
    areas: tuple[Area, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """All actions in the order of print."""
        return tuple(a for area in self.areas for part in area.components for a in part.actions)


def load(path: Path) -> Truth:
    """Read a truth file.

    Raises:
        OSError: the file cannot be read.
        pydantic.ValidationError: its content is no truth of a decree.
    """
    return Truth.model_validate_json(path.read_bytes())
