"""The plan of a decree: areas, components, actions, schedule and evidence, each value with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

from pydantic import model_validator

from schema.authenticity import Authenticity
from schema.base import Count, Frozen, Ordinal, shortened
from schema.decree import DecreeHead, Field
from schema.findings import Finding, Grade
from schema.provenance import PageEntry, Source, SourceRef, with_source
from schema.schedule_table import ScheduleRow, schedule_html

SCHEMA_VERSION = "2.0.0"

PeriodType = Literal["month", "quarter", "semester", "year"]
PeriodState = Literal["planned", "not-planned", "unknown", "covered"]
ScheduleState = Literal["marked", "none", "unknown", "partial"]
LkeEdition = Literal["2021", "2014"]
LkeLevel = Literal["component", "question"]
LkePart = Literal["pemenuhan", "reform"]


class Period(Frozen):
    """One month (1 to 12), quarter (1 to 4), semester (1, 2) or the year (1), and what its cell says."""

    period_type: PeriodType
    period: Ordinal
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
    """What a printed column without a role of the plan holds; several columns may have one name."""

    column: str
    field: Field


class LkeMatch(Frozen):
    """What of the official evaluation sheet (LKE) a component or an action answers: our annotation, not print.

    `code` and `name` are of the sheet's `edition`, `score` is the chance (0 to 1) that the match is right, `also`
    lists further questions that the same text answers, `alternatives` what it may be instead where it is not certain
    (itself first). `wording` is the code whose words the text is nearest to
    where that is another one (an item of the older edition, say).
    """

    code: str
    level: LkeLevel
    edition: LkeEdition
    name: str
    score: float
    certainty: Grade
    also: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    wording: str | None = None


class Action(Frozen):
    """One row of the plan: a "langkah aksi" with its indicator, evidence, team and schedule."""

    action_id: str
    position: Ordinal
    indicator: Field
    action: Field
    evidence: Field
    documents: tuple[str, ...] = ()
    responsible: Field
    schedule: Schedule
    lke_code: str | None = None
    lke: LkeMatch | None = None
    needs_review: bool = False
    page_first: Ordinal | None = None
    page_last: Ordinal | None = None
    line: Ordinal | None = None
    extra: tuple[ExtraField, ...] = ()

    def brief(self) -> Iterator[str]:
        """Yield the id, the text, the planned periods and whether a person must decide."""
        yield repr(self.action_id)
        yield shortened(self.action.text)
        for kind in get_args(PeriodType):
            if planned := self.schedule.planned(kind):
                yield f"{kind} {';'.join(map(str, planned))}"
        if self.needs_review:
            yield "needs review"


class Component(Frozen):
    """A numbered component ("komponen") of an area; `number` as printed without punctuation."""

    number: Field
    name: Field
    actions: tuple[Action, ...] = ()
    lke_code: str | None = None
    lke: LkeMatch | None = None


class Area(Frozen):
    """One of the six areas of change; `number` is Arabic."""

    number: Count
    label: Field
    name: Field
    components: tuple[Component, ...] = ()


class Placed(Frozen):
    """An action together with the area and component it stands in."""

    area: Area
    component: Component
    action: Action


class FormColumn(Frozen):
    """A column of a table and how its role was settled.

    `index` counts physical columns from 0, in a transcription the cells of the head. `head` holds the texts of the
    head's cells over the column from the top down, `why` what settled the role: its `name`, its `position`, its
    `content` or a given `profile`; `rivals` are the roles that it could have as well.
    """

    index: Count
    role: str
    name: str
    head: tuple[str, ...] = ()
    period_type: PeriodType | None = None
    period: int | None = None
    certainty: Grade = "certain"
    why: Literal["name", "position", "content", "profile"] = "name"
    rivals: tuple[str, ...] = ()


class TableForm(Frozen):
    """How a table was understood: its columns, the rows of its head, how it tells the time, where areas stand.

    `areas`: titles in `rows` over the table, cells of a `column`, `headings` above tables of their own, or `none`.
    """

    levels: int
    schedule: Literal["month", "quarter", "semester", "year", "text", "none"]
    areas: Literal["rows", "column", "headings", "none"]
    columns: tuple[FormColumn, ...]


class ReadingSettings(Frozen):
    """What a plan was made with, so that it can be made again from the extraction beside it.

    A recognised field less certain than `review_threshold` (0 to 1) asks; `profile` is the form's, as JSON, if one was
    given.
    """

    review_threshold: float
    profile: str | None = None


class Plan(Frozen):
    """A decree's plan: the content of `decree.json`.

    `forms` are the different forms of its tables. `lke_edition` is the edition of the official evaluation sheet whose
    wording the plan follows, `None` where it follows none.
    In a file the places of all values are without the source's sha256, which stands once under `source`; a plan that
    is loaded has it in each, also one that a version before 2.0.0 wrote.
    `pages` is the ledger of the file's pages, empty for a transcription and in a plan made by a version before 1.2.0.
    `authenticity` is `None` in a plan that was made without its file, or by a version before 1.1.0,
    and `settings` in one by a version before 1.3.0.
    """

    schema_version: str = SCHEMA_VERSION
    decree_id: str
    source: Source
    head: DecreeHead
    forms: tuple[TableForm, ...] = ()
    areas: tuple[Area, ...] = ()
    findings: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    lke_edition: LkeEdition | None = None
    pages: tuple[PageEntry, ...] = ()
    authenticity: Authenticity | None = None
    settings: ReadingSettings | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_source(cls, data: Any) -> Any:  # noqa: ANN401 - whatever was written
        """Give each place the sha256 of the source, which a file states once."""
        return with_source(data)

    def brief(self) -> Iterator[str]:
        """Yield the decree, and how much the plan holds."""
        yield repr(self.decree_id)
        yield f"{len(self.areas)} areas"
        yield f"{len(self.actions)} actions"
        yield f"{sum(action.needs_review for action in self.actions)} to review"
        yield f"{len(self.findings)} findings"

    def _repr_html_(self) -> str:
        """Return the schedule as a table, as notebooks show it."""
        return schedule_html(f"{self.decree_id}: {self.head.title.text}", list(map(_row, self.actions)))

    def placed(self) -> Iterator[Placed]:
        """Yield every action in the order of print, with its area and component."""
        for area in self.areas:
            for component in area.components:
                for action in component.actions:
                    yield Placed.unchecked(area=area, component=component, action=action)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action in the order of print."""
        return tuple(action for area in self.areas for part in area.components for action in part.actions)

    def findings_of(self, action_id: str) -> tuple[Finding, ...]:
        """Return the findings of one action in the order they were made."""
        return tuple(f for f in self.findings if f.action_id == action_id)


def _row(action: Action) -> ScheduleRow:
    """Return what a table of the schedule shows of an action; of one that is unknown as a whole no period is certain."""
    doubted = action.schedule.state == "unknown"
    states: dict[tuple[str, int], str] = {
        (period.period_type, period.period): "unknown"
        if doubted and period.state != "covered"
        else period.state
        for period in action.schedule.periods
    }
    return ScheduleRow(action.action_id, action.action.text, action.needs_review, states)
