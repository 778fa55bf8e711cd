"""A finished plan turned into how much speaks for it being one: its table may only look like a plan's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.types import Extraction
from normalize.draft import Draft
from normalize.form import Column, split_heads
from normalize.resources import Resources
from normalize.text import fold, squeeze
from normalize.vocabulary import Role
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.plan import Area, Schedule

RULE = "judge-plan"
SCHEDULED = 0.2  # share of the actions with a planned period from which on there is a schedule
MOST_NAMES = 6  # columns that a message names
ENOUGH = 3  # points from which on nothing is said

Judgement = Literal["plan", "doubtful", "unlikely"]
# What a plan's table has beside actions, and no other list of activities; each is a point.
_OWN: tuple[Role, ...] = ("component", "indicator", "evidence")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a plan a document is; `columns` are the printed names of its table's columns."""

    judgement: Judgement
    columns: tuple[str, ...]

    def finding(self) -> Finding | None:
        """Return what must be said about it; `None` for a plan."""
        if self.judgement == "plan":
            return None
        code = "plan-doubtful" if self.judgement == "doubtful" else "plan-unlikely"
        raw = ", ".join(name for name in self.columns if name)
        return make_finding(code, rule=RULE, raw=raw, certainty="ambiguous")


def likeness(draft: Draft, areas: Sequence[Area]) -> Likeness:
    """Weigh what speaks for a plan; rows were found already.

    Two points: its areas are official ones, or the text names a plan (`RENCANA AKSI`). One point each: columns of
    components, indicators and evidence, and a schedule with planned periods; a time column in which no period at all
    can be read (hours, minutes) takes one away. No point: it is unlikely; fewer than three: doubtful.
    """
    schedules = [x.schedule for area in areas for c in area.components for x in c.actions]
    points = 2 * _has_official_areas(areas, draft.resources)
    points += 2 * _names_a_plan(draft.extraction, draft.resources)
    points += sum(role in draft.roles for role in _OWN)
    points += _schedule_points(schedules, draft.resources)
    judgement: Judgement = "plan" if points >= ENOUGH else "doubtful" if points > 0 else "unlikely"
    return Likeness(judgement, _column_names(draft) if judgement != "plan" else ())


def _has_official_areas(areas: Sequence[Area], resources: Resources) -> bool:
    return any(area.name.text and resources.official.match_area(area.name.text) is not None for area in areas)


def _names_a_plan(extraction: Extraction, resources: Resources) -> bool:
    loose = (line.text for line in extraction.lines)
    printed = (cell.text for grid in extraction.grids for cell in grid.cells)
    return any(resources.form.names_plan(text) for texts in (loose, printed) for text in texts)


def _schedule_points(schedules: Sequence[Schedule], resources: Resources) -> int:
    """Return 1 for a schedule with periods of a year or their names, -1 where times are printed and none is a period."""
    planned = sum(
        any(p.state == "planned" and p.period_type != "year" for p in schedule.periods)
        or resources.form.names_period(schedule.text.text)
        for schedule in schedules
    )
    if planned >= max(1, SCHEDULED * len(schedules)):
        return 1
    return -1 if not planned and any(schedule.text.text for schedule in schedules) else 0


def _column_names(draft: Draft) -> tuple[str, ...]:
    """Return the names of the columns of the first table that has a plan's form."""
    for grid in draft.extraction.grids:
        for split in split_heads(grid, draft.resources.form):
            if split.form is not None and split.form.is_plan:
                return _distinct(split.form.columns)
    return ()


def _distinct(columns: Sequence[Column]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(squeeze(column.name) for column in columns if fold(column.name)))
    return (*names[:MOST_NAMES], "...") if len(names) > MOST_NAMES else names
