"""The values of a comparison: two plans side by side -> what is the same, reworded, moved, new or gone."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.decree import Status
from schema.plan import PeriodState, PeriodType

COMPARISON_VERSION = "1.0.0"

Kind = Literal["same", "reworded", "moved", "new", "gone"]
KINDS: tuple[Kind, ...] = ("same", "reworded", "moved", "new", "gone")
State = Literal["same", "spelling", "changed", "reading", "unknown"]
Level = Literal["head", "area", "component", "action"]
CopyKind = Literal["year", "office"]


class TextDelta(Frozen):
    """One field on both sides.

    `state` is `same`; `spelling`: the same words, but case, spaces or punctuation differ; `changed`; `reading`:
    different, but a reading's doubt stands on the field, so that it is not counted as a change; `unknown`: one
    side does not hold the field. `doubts` are the codes of the findings, or the statuses, that make it doubtful.
    """

    field: str
    state: State
    a: str = ""
    b: str = ""
    a_status: Status = "missing"
    b_status: Status = "missing"
    doubts: tuple[str, ...] = ()


class PeriodDelta(Frozen):
    """One period on both sides; `None`: the form has no cell for it."""

    period_type: PeriodType
    period: int
    a: PeriodState | None = None
    b: PeriodState | None = None
    changed: bool = False


class ScheduleDelta(Frozen):
    """The schedules of both sides, period by period, and as text.

    `state` as in `TextDelta`. `compared` is the period type the two were compared by: where one decree plans by
    month and the other by quarter, the coarser of the two.
    """

    state: State
    compared: PeriodType | None = None
    periods: tuple[PeriodDelta, ...] = ()
    a_text: str = ""
    b_text: str = ""
    doubts: tuple[str, ...] = ()


class Place(Frozen):
    """Where an action stands in its plan; page and line are those of the file."""

    action_id: str
    area_no: int
    area: str
    component_no: str
    component: str
    position: int
    page: int | None = None
    line: int | None = None
    lke_code: str | None = None
    months: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    schedule_text: str = ""


class CopyNote(Frozen):
    """Words that B still carries as A does: an older year, or the name of A's office.

    `field` names the value (`considerations.a` in the head); `n` is the action's number in the comparison,
    `None` in the head.
    """

    kind: CopyKind
    mention: str
    field: str
    n: int | None = None


class ActionDelta(Frozen):
    """What became of one action.

    `kinds` holds `same` alone, `new` alone, `gone` alone, or `reworded` and `moved` together or singly; what may
    be a matter of reading is not in it. `changed`, `reading`, `spelling` and `unknown` name the fields in that
    state; `area`, `component` and `position` there are the place, `schedule` the time. `likeness` (0 to 1) is
    that of the two rows' texts. `in_doubt`: that the row is new or gone may be a matter of reading.
    """

    n: int
    kinds: tuple[Kind, ...]
    changed: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    spelling: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    in_doubt: bool = False
    verbatim: bool = False
    adapted: bool = False
    likeness: float | None = None
    a: Place | None = None
    b: Place | None = None
    texts: tuple[TextDelta, ...] = ()
    schedule: ScheduleDelta | None = None


class PartDelta(Frozen):
    """What became of an area or a component; `reworded` is another name. Numbers are as printed.

    `in_doubt`: that it is new, gone or moved may be a matter of reading.
    """

    level: Literal["area", "component"]
    kinds: tuple[Kind, ...]
    a_no: str = ""
    b_no: str = ""
    a_area_no: int | None = None
    b_area_no: int | None = None
    in_doubt: bool = False
    name: TextDelta


class SideInfo(Frozen):
    """What identifies one of the two results."""

    decree_id: str
    office: str
    number: str
    year: str
    title: str
    file: str
    sha256: str
    actions: int
    unread: int


class Counts(Frozen):
    """How many actions are of each kind; one that is reworded and moved counts in both.

    `changed` are the actions that are not `same`, without those in doubt; `reading` the actions with a difference
    that may be a matter of reading. `verbatim` are actions of B that stand in A word for word, `adapted` those
    in which only the year or the office was put in another's place.
    """

    same: int = 0
    reworded: int = 0
    moved: int = 0
    new: int = 0
    gone: int = 0
    moved_place: int = 0
    moved_time: int = 0
    changed: int = 0
    reading: int = 0
    spelling: int = 0
    unknown: int = 0
    verbatim: int = 0
    adapted: int = 0
    parts_changed: int = 0
    head_changed: int = 0


class Comparison(Frozen):
    """Two plans compared: the content of `diff.json`. `a` is the older or the other office's, `b` the one asked about."""

    schema_version: str = COMPARISON_VERSION
    a: SideInfo
    b: SideInfo
    counts: Counts
    head: tuple[TextDelta, ...]
    parts: tuple[PartDelta, ...]
    actions: tuple[ActionDelta, ...]
    copies: tuple[CopyNote, ...]

    @property
    def has_changes(self) -> bool:
        """Tell whether anything of the plan itself changed: an action, a component or an area."""
        return bool(self.counts.changed or self.counts.parts_changed)
