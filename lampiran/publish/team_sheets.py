"""A Plan -> the sheets to work with: the schedule, the evidence to collect, and what each team has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lampiran.publish.labels import labels
from lampiran.publish.periods import period_states
from lampiran.publish.settings import SHEETS
from lampiran.publish.sheet_columns import SIGNS, SheetData, Ticks, Words
from lampiran.publish.sheet_titles import sheet_titles
from schema.periods import PER_YEAR
from schema.plan import Placed, Plan, Schedule

_FROZEN = 2  # columns that stay in sight: number and id
_ENTRIES = 4  # columns for a person to fill in: status, date, place of the file, note


@dataclass(frozen=True, slots=True)
class Team:
    """A team as the decree prints it first, with its actions; without a name, the actions that name none."""

    name: str
    items: tuple[Placed, ...]


def teams_of(plan: Plan) -> tuple[Team, ...]:
    """Return the teams in the order of print, case and spaces apart, last the actions without one; none where no action names one."""
    found: dict[str, list[Placed]] = {}
    for item in plan.placed():
        found.setdefault(_folded(item), []).append(item)
    if not any(found):
        return ()
    ordered = sorted(found, key=lambda name: not name)
    return tuple(
        Team(" ".join(found[name][0].action.responsible.text.split()), tuple(found[name])) for name in ordered
    )


def _folded(item: Placed) -> str:
    return " ".join(item.action.responsible.text.split()).casefold()


def with_sheet(teams: Sequence[Team]) -> tuple[tuple[Team, ...], tuple[Team, ...]]:
    """Return the teams that get a sheet, those with most actions if there are too many, and the others."""
    most = sorted(teams, key=lambda team: -len(team.items))[: SHEETS.most_teams]
    return tuple(t for t in teams if t in most), tuple(t for t in teams if t not in most)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the rows of a sheet have besides what all have: words for the time, and a mark of what waits for a decision."""

    text: bool
    review: bool
    words: Words

    @classmethod
    def of(cls, items: Iterable[Placed], words: Words) -> _Shown:
        actions = [item.action for item in items]
        text = any(action.schedule.text.text for action in actions)
        return cls(text, any(action.needs_review for action in actions), words)

    def without(self) -> tuple[str, ...]:
        """Return the keys of the columns that the sheet leaves out."""
        keys = {"report.schedule_text": self.text, "workbook.needs_review": self.review}
        return tuple(key for key, shown in keys.items() if not shown)

    def time(self, item: Placed) -> list[str]:
        """Return the words for an action's time, in a list that is empty where the sheet has no such column."""
        return [item.action.schedule.text.text] if self.text else []

    def mark(self, item: Placed) -> list[str]:
        """Return the mark of an action that waits for a decision, likewise."""
        return [self.words("workbook", "yes") if item.action.needs_review else ""] if self.review else []


def schedule_sheet(plan: Plan, words: Words) -> SheetData:
    """Return a sheet with a row an action and a column a period."""
    ticks = Ticks.of(plan)
    items = list(plan.placed())
    shown = _Shown.of(items, words)
    rows = [
        [
            n,
            item.action.action_id,
            item.area.name.text,
            item.action.action.text,
            *ticks.signs(item.action.schedule),
            *shown.time(item),
            item.action.responsible.text,
            *shown.mark(item),
        ]
        for n, item in enumerate(items, start=1)
    ]
    columns = words.columns("schedule", without=shown.without(), periods=ticks.titles(words))
    return SheetData(words("workbook", "schedule_sheet"), columns, rows, band=2, frozen=_FROZEN)


def evidence_sheet(plan: Plan, words: Words) -> SheetData:
    """Return a sheet with a row a document of evidence, and columns for a person to fill in."""
    items = list(plan.placed())
    shown = _Shown.of(items, words)
    lines = ((item, document) for item in items for document in _documents(item))
    rows = [
        [
            n,
            item.action.action_id,
            item.action.responsible.text,
            item.action.action.text,
            document or words("workbook", "not_printed"),
            _when(item.action.schedule, words),
            *[None] * _ENTRIES,
            *shown.mark(item),
        ]
        for n, (item, document) in enumerate(lines, start=1)
    ]
    choices = tuple(said.text(words.language) for said in labels("evidence_status").values())
    columns = words.columns("evidence", without=shown.without(), choices=choices)
    return SheetData(words("workbook", "evidence_sheet"), columns, rows, band=1, frozen=_FROZEN)


def team_sheets(teams: Iterable[Team], plan: Plan, words: Words, taken: Iterable[str]) -> Iterator[SheetData]:
    """Yield a sheet a team, named and headed by it; `taken` are the names of the other sheets."""
    own = list(teams)
    names = [team.name or words("workbook", "no_team") for team in own]
    ticks = Ticks.of(plan)
    for team, name, title in zip(own, names, sheet_titles(names, taken), strict=True):
        shown = _Shown.of(team.items, words)
        columns = words.columns("team", without=shown.without(), periods=ticks.titles(words))
        rows = [_team_row(n, item, ticks, shown) for n, item in enumerate(team.items, start=1)]
        yield SheetData(title, columns, rows, band=2, frozen=_FROZEN, heading=name)


def _team_row(n: int, item: Placed, ticks: Ticks, shown: _Shown) -> list[Any]:
    action = item.action
    return [
        n,
        action.action_id,
        item.component.name.text,
        action.action.text,
        action.evidence.text,
        *ticks.signs(action.schedule),
        *shown.time(item),
        *shown.mark(item),
    ]


def _documents(item: Placed) -> tuple[str, ...]:
    return item.action.documents or (item.action.evidence.text,)


def _when(schedule: Schedule, words: Words) -> str:
    """Return the planned periods in words, or what is printed in their place, and a question mark where not all is known."""
    states = [
        (kind, period, state) for kind in PER_YEAR for period, state in period_states(schedule, kind).items()
    ]
    found = [words(kind, period) for kind, period, state in states if state == "planned"]
    if found:
        in_doubt = schedule.state == "partial" or any(SIGNS[state] == "?" for *_, state in states)
        return ", ".join([*found, *(["?"] if in_doubt else [])])
    return schedule.text.text or ("" if schedule.state == "none" else "?")
