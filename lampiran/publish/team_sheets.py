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


def schedule_sheet(plan: Plan, words: Words) -> SheetData:
    """Return a sheet with a row an action and a column a period."""
    ticks = Ticks.of(plan)
    items = list(plan.placed())
    text, columns = _columns("schedule", items, ticks, words)
    rows = [
        [
            n,
            item.action.action_id,
            item.area.name.text,
            item.action.action.text,
            *ticks.signs(item.action.schedule),
            *([item.action.schedule.text.text] if text else []),
            item.action.responsible.text,
        ]
        for n, item in enumerate(items, start=1)
    ]
    return SheetData(words("workbook", "schedule_sheet"), columns, rows, band=2, frozen=_FROZEN)


def evidence_sheet(plan: Plan, words: Words) -> SheetData:
    """Return a sheet with a row a document of evidence, and columns for a person to fill in."""
    lines = ((item, document) for item in plan.placed() for document in _documents(item))
    rows = [
        [
            n,
            item.action.action_id,
            item.action.responsible.text,
            item.action.action.text,
            document or words("workbook", "not_printed"),
            _when(item.action.schedule, words),
            *[None] * 4,
        ]
        for n, (item, document) in enumerate(lines, start=1)
    ]
    choices = tuple(str(getattr(said, words.language)) for said in labels("evidence_status").values())
    columns = words.columns("evidence", choices=choices)
    return SheetData(words("workbook", "evidence_sheet"), columns, rows, band=1, frozen=_FROZEN)


def team_sheets(teams: Iterable[Team], plan: Plan, words: Words, taken: Iterable[str]) -> Iterator[SheetData]:
    """Yield a sheet a team, named and headed by it; `taken` are the names of the other sheets."""
    own = list(teams)
    names = [team.name or words("workbook", "no_team") for team in own]
    ticks = Ticks.of(plan)
    for team, name, title in zip(own, names, sheet_titles(names, taken), strict=True):
        text, columns = _columns("team", team.items, ticks, words)
        rows = [_team_row(n, item, ticks, text=text) for n, item in enumerate(team.items, start=1)]
        yield SheetData(title, columns, rows, band=2, frozen=_FROZEN, heading=name)


def _team_row(n: int, item: Placed, ticks: Ticks, *, text: bool) -> list[Any]:
    action = item.action
    return [
        n,
        action.action_id,
        item.component.name.text,
        action.action.text,
        action.evidence.text,
        *ticks.signs(action.schedule),
        *([action.schedule.text.text] if text else []),
    ]


def _columns(sheet: str, items: Iterable[Placed], ticks: Ticks, words: Words) -> tuple[bool, list[Any]]:
    """Return a sheet's columns, and whether the one for time in words is among them: where an action has any."""
    text = any(item.action.schedule.text.text for item in items)
    left_out = () if text else ("report.schedule_text",)
    return text, words.columns(sheet, without=left_out, periods=ticks.titles(words))


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
