"""The values of a dashboard: decrees side by side, their rows, what changed between years, and what could not be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lampiran.alignment.wording import wording
from schema.findings import Severity
from schema.plan import LkeEdition, LkePart, ScheduleState

Touch = bool | None  # `None`: not clear


@dataclass(frozen=True, slots=True)
class Row:
    """One action.

    `due` and `perhaps` are the months in which it is due for certain, or perhaps, as `lampiran due` says. `team_unsure`:
    who is responsible was not read, or not for sure. `finding` is the number of the first finding about the row that
    waits for a person. `periods` are words such as `m03`, `q1` and, where the cell is not known, `m04?`.
    """

    action_id: str
    area: int
    area_name: str
    component_no: str
    component: str
    indicator: str
    action: str
    documents: tuple[str, ...]
    team: str
    team_unsure: bool
    due: frozenset[int]
    perhaps: frozenset[int]
    state: ScheduleState
    schedule_text: str
    periods: tuple[str, ...]
    needs_review: bool
    finding: int | None
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the official sheet."""

    code: str
    area: int
    part: LkePart
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a decree touches a question, and the numbers (from 0) of the rows that do or may."""

    touched: Touch
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DecreeView:
    """One decree that is counted. `folder` is its result's; `answers` are by the sheet's order, empty where it touches none of them.

    `waiting` counts the findings that wait for a person, by their code; `severities` all findings. `reason` says in
    Indonesian and English what else it waits for, such as which of two versions holds; empty if for nothing.
    """

    decree_id: str
    folder: Path
    office: str
    office_name: str
    number: str
    year: int | None
    title: str
    date: str
    file: str
    sha256: str
    program: str
    partly_read: bool
    pages_not_read: tuple[int, ...]
    severities: Mapping[Severity, int]
    waiting: Mapping[str, int]
    edition: LkeEdition | None
    answers: tuple[Answer, ...]
    rows: tuple[Row, ...]
    reason: tuple[str, str] = ("", "")

    @property
    def open(self) -> int:
        """Return how many matters wait for a person."""
        return sum(self.waiting.values()) + any(self.reason)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an action from one year to the next; numbers of rows from 0, `None` on the side without it."""

    kinds: frozenset[str]
    a: int | None
    b: int | None


@dataclass(frozen=True, slots=True)
class YearPair:
    """Two decrees of one office compared as `lampiran diff` does; numbers of decrees from 0, `a` is the older."""

    a: int
    b: int
    changes: tuple[Change, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An input that is not among the decrees, and why.

    `state` is `same` (the decree is there already), `undecided` (another version is there, and a person must say which one holds),
    `superseded` (a later version took its place), `amended` (by another
    decree), `failed` (it could not be read) or `waiting` (it has no result yet); `reason` is a sentence in Indonesian and English, if there is one.
    """

    name: str
    state: str
    reason: tuple[str, str] = ("", "")
    beside: str = ""  # the decree that is counted in its place


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the pages show. Decrees are in the order of office, year and number."""

    version: str
    decrees: tuple[DecreeView, ...]
    questions: tuple[Question, ...] = ()
    pairs: tuple[YearPair, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()

    @property
    def offices(self) -> int:
        """Return how many offices the decrees name; one that was not read is none."""
        return len({wording(decree.office) or decree.office for decree in self.decrees if decree.office})
