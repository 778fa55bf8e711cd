"""A Plan -> its coverage of the official sheet: tallies by area, and the items that it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lampiran.resources import load_sheet
from normalize.official import Coverage, coverage_of
from schema.plan import LkePart, Plan

PARTS: tuple[LkePart, ...] = ("pemenuhan", "reform")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sub-components and questions are touched, doubtfully touched, and there are; weight likewise.

    `weight` is the sum of the shares of the touched questions, `whole` that of all sub-components.
    """

    components: int
    all_components: int
    questions: int
    doubtful: int
    all_questions: int
    weight: float
    whole: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sub-component and those of its questions that no action answers; `whole` if none of them is answered."""

    component: Coverage
    questions: tuple[Coverage, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One area of the sheet: a tally for each part, and what is left out."""

    number: int
    name: str
    tallies: dict[LkePart, Tally]
    left_out: dict[LkePart, tuple[LeftOut, ...]]


@dataclass(frozen=True, slots=True)
class SheetCoverage:
    """The areas, their sum, and the items of the older edition that the plan also answers."""

    areas: tuple[AreaCoverage, ...]
    totals: dict[LkePart, Tally]
    older: tuple[Coverage, ...]


def sheet_coverage(plan: Plan) -> SheetCoverage | None:
    """Return the coverage of a plan; `None` for one that follows no edition of the sheet."""
    sheet = load_sheet()
    items = coverage_of(plan, sheet)
    if not items:
        return None
    current = [item for item in items if item.edition == "2021"]
    older = (item for item in items if item.edition == "2014" and item.level == "question")
    areas = []
    for number, names in sheet.areas.items():
        parts = _by_part(item for item in current if item.area == number)
        tallies = {part: _tally(own) for part, own in parts.items()}
        areas.append(
            AreaCoverage(number, names[0], tallies, {part: _left_out(own) for part, own in parts.items()})
        )
    totals = {part: _tally(own) for part, own in _by_part(current).items()}
    return SheetCoverage(tuple(areas), totals, tuple(item for item in older if not sheet.now(item.code)))


def _by_part(items: Iterable[Coverage]) -> dict[LkePart, list[Coverage]]:
    known = tuple(items)
    return {part: [item for item in known if item.part == part] for part in PARTS}


def _tally(items: Sequence[Coverage]) -> Tally:
    components = [item for item in items if item.level == "component"]
    questions = [item for item in items if item.level == "question"]
    return Tally(
        components=sum(item.touched is True for item in components),
        all_components=len(components),
        questions=sum(item.touched is True for item in questions),
        doubtful=sum(item.touched is None for item in questions),
        all_questions=len(questions),
        weight=round(sum(item.weight or 0 for item in questions if item.touched), 2),
        whole=round(sum(item.weight or 0 for item in components), 2),
    )


def _left_out(items: Sequence[Coverage]) -> tuple[LeftOut, ...]:
    found = []
    for component in (item for item in items if item.level == "component"):
        own = [i for i in items if i.level == "question" and i.component == component.code]
        missing = tuple(item for item in own if item.touched is False)
        if missing:
            found.append(LeftOut(component, missing, whole=len(missing) == len(own)))
    return tuple(found)
