"""The rows of a table and its form turned into how much speaks for a plan: a table may only look like one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from extract.types import Cell, Extraction
from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.form import Form
from normalize.resources import Resources
from normalize.rows.settings import PLAN
from normalize.schedule_text import read_schedule_text
from normalize.text import fold, squeeze
from normalize.words.activity import speaks_of_action
from schema.findings import RuleName
from schema.plan import Area
from schema.roles import FieldName, Role

RULE: RuleName = "judge-plan"
_OFFICIAL = 2  # points for areas of the official list
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
_YEAR = re.compile(r"\b20\d\d\b")
_WORD = re.compile(r"[^\W\d_]{3}")
_FIGURE = re.compile(r"\d")
_ASIDE: tuple[FieldName, ...] = ("component", "indicator", "evidence")

Judgement = Literal["plan", "doubtful", "unlikely"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a plan a document is; `columns` are the printed names of its likest table's columns."""

    judgement: Judgement
    columns: str

    def fact(self) -> Fact | None:
        """Return what must be said about it; `None` for a plan."""
        if self.judgement == "plan":
            return None
        code = "plan-doubtful" if self.judgement == "doubtful" else "plan-unlikely"
        return fact(code, rule=RULE, raw=self.columns, certainty="ambiguous")


@dataclass(frozen=True)
class Table:
    """All rows with an action below headers of the same columns, and what they tell together."""

    form: Form
    rows: tuple[Row, ...]
    resources: Resources

    @property
    def points(self) -> int:
        """Return the sum of the features that the table has."""
        return sum(points for points, has in FEATURES.values() if has(self))

    @property
    def names(self) -> str:
        """Return the first names of the table's columns as a message gives them."""
        names = list(dict.fromkeys(squeeze(column.name) for column in self.form.columns if fold(column.name)))
        return ", ".join([*names[: PLAN.most_names], *(["..."] if len(names) > PLAN.most_names else [])])

    def is_named(self, role: Role) -> bool:
        """Tell whether a column has a role by an unmistakable name, or because a profile says so."""
        names = self.resources.form
        return any(
            column.why == "profile"
            or any(names.is_own_name(text, role) for text in column.head or (column.name,))
            for column in self.form.of(role)
        )

    @cached_property
    def acts(self) -> float:
        """Return the share of the actions that speak of something done."""
        words, is_stem = self.resources.form.action_words, self.resources.words.lexicon.is_stem
        texts = [text for row in self.rows if (text := row.get("action").text.strip())]
        return sum(speaks_of_action(text, words, is_stem) for text in texts) / max(1, len(texts))

    @cached_property
    def tells_when(self) -> bool:
        """Tell whether some rows are planned in months, quarters or half-years, by marks or in words."""
        planned = sum(_is_planned(row, self.resources) for row in self.rows)
        return planned >= max(1, PLAN.scheduled * len(self.rows))

    @cached_property
    def tells_who(self) -> bool:
        """Tell whether most rows name who is responsible."""
        return self.mostly(lambda row: row.get("responsible").text.strip())

    @cached_property
    def tells_other_times(self) -> bool:
        """Tell whether the times of the table are hours, days or weeks, and not periods of a year."""
        times = [text for row in self.rows if (text := _time_text(row))]
        names = self.resources.form.names_other_period
        other = sum(bool(_CLOCK.search(text)) or names(text) for text in times)
        return bool(times) and not self.tells_when and other >= len(times) * PLAN.half

    def mostly(self, test: Callable[[Row], object]) -> bool:
        """Tell whether at least half of the rows pass a test."""
        return sum(bool(test(row)) for row in self.rows) >= max(1, len(self.rows) * PLAN.half)


# What speaks for a plan and against it, each with its points; the reasons are in docs/decisions/0020-plans.md.
FEATURES: Mapping[str, tuple[int, Callable[[Table], bool]]] = {
    "actions": (1, lambda table: bool(table.form.of("action"))),
    "actions by their own name": (1, lambda table: table.is_named("action")),
    "texts of doing": (1, lambda table: table.acts >= PLAN.mostly),
    "no texts of doing": (-1, lambda table: table.acts < PLAN.hardly),
    "rows without actions": (-2, lambda table: not table.mostly(lambda row: row.get("action").text.strip())),
    "when": (2, lambda table: table.tells_when),
    "years": (1, lambda table: table.mostly(_tells_year) and not table.tells_when),
    "hours, days or weeks": (-3, lambda table: table.tells_other_times),
    "who": (1, lambda table: table.tells_who),
    "neither when nor who": (-2, lambda table: not table.tells_when and not table.tells_who),
    "components": (1, lambda table: table.is_named("component")),
    "indicators": (1, lambda table: table.is_named("indicator")),
    "evidence": (1, lambda table: table.is_named("evidence")),
    "further columns": (1, lambda table: table.mostly(_says_more)),
}


def likeness(draft: Draft, areas: Sequence[Area]) -> Likeness:
    """Weigh what speaks for a plan: the likest table of the document, official areas, a title that names a plan."""
    tables = tables_of(draft.rows, draft.stretches, draft.resources)
    best = max(tables, key=lambda table: table.points, default=None)
    points = best.points if best is not None else 0
    points += _OFFICIAL * _has_official_areas(areas, draft.resources)
    points += _is_titled(draft.extraction, draft.resources)
    judgement: Judgement = (
        "plan" if points >= PLAN.enough else "doubtful" if points >= PLAN.least else "unlikely"
    )
    return Likeness(judgement, best.names if best is not None else "")


def tables_of(rows: Sequence[Row], stretches: Sequence[Form], resources: Resources) -> tuple[Table, ...]:
    """Return the tables that rows are in: those below headers of the same roles are one."""
    members: dict[tuple[Role, ...], list[Row]] = defaultdict(list)
    for row in (row for row in rows if row.kind == "action"):
        members[stretches[row.chunk].roles].append(row)
    return tuple(Table(stretches[own[0].chunk], tuple(own), resources) for own in members.values())


def _is_planned(row: Row, resources: Resources) -> bool:
    if row.schedule is not None:
        periods = any(p.state == "planned" and p.period_type != "year" for p in row.schedule.periods)
        return periods or resources.form.names_period(row.schedule.text.text)
    if row.evidence is not None:
        return bool(row.evidence.marks)
    if any(time.period is not None and _is_marked(time.cell, resources) for time in row.times):
        return True
    text = _time_text(row)
    reading = read_schedule_text(text, resources.schedule_words, resources.words) if text else None
    return reading is not None and any(kind != "year" for kind, _ in reading.planned)


def _is_marked(cell: Cell, resources: Resources) -> bool:
    if cell.mark is not None:
        return cell.mark == "marked"
    return resources.form.is_mark(cell.text) or (cell.fill is not None and not cell.text.strip())


def _time_text(row: Row) -> str:
    """Return what the time columns of a row say in words, and the names of those that hold only a mark."""
    texts = (
        time.cell.text if _WORD.search(time.cell.text) or _FIGURE.search(time.cell.text) else time.label
        for time in row.times
        if time.period is None and (time.cell.text.strip() or time.cell.fill)
    )
    return squeeze(" ".join(texts))


def _tells_year(row: Row) -> bool:
    return _YEAR.search(_time_text(row)) is not None


def _says_more(row: Row) -> bool:
    """Tell whether further columns say why, how much or with what result."""
    texts = (*(row.get(name).text for name in _ASIDE), *(value.text for _, value in row.extra))
    return any(map(_WORD.search, texts))


def _has_official_areas(areas: Sequence[Area], resources: Resources) -> bool:
    return any(area.name.text and resources.official.match_area(area.name.text) is not None for area in areas)


def _is_titled(extraction: Extraction, resources: Resources) -> bool:
    """Tell whether a line of capitals outside the tables names a plan in its first words."""
    return any(
        line.text.upper() == line.text
        and resources.form.names_plan(" ".join(line.text.split()[: PLAN.first_words]))
        for line in extraction.lines
    )
