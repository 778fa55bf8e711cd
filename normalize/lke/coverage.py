"""The codes of a plan turned into a table of the sheet: what the plan touches, what it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.lke.items import LkeComponent, LkeList
from schema.plan import LkeEdition, LkeLevel, LkeMatch, LkePart, Plan


@dataclass(frozen=True, slots=True)
class Coverage:
    """One item of the sheet and the actions that answer it.

    `weight` of a sub-component is printed in the sheet, that of a question is its equal share. `touched` is `None`
    where every match is doubtful.
    """

    code: str
    level: LkeLevel
    edition: LkeEdition
    area: int
    part: LkePart
    component: str
    name: str
    weight: float | None
    touched: bool | None
    action_ids: tuple[str, ...]


def coverage_of(plan: Plan, sheet: LkeList) -> tuple[Coverage, ...]:
    """Return the items of edition 2021 in the order of the sheet, then those of edition 2014 that the plan answers.

    A code of the old edition touches what the newer one still asks of it. A sub-component is touched by its own
    rows and by any row that answers one of its questions. Empty for a plan that follows no edition of the sheet.
    """
    if plan.lke_edition is None:
        return ()
    touched = _touched(plan, sheet)
    current = [item for component in sheet.components for item in _items(component, touched)]
    return tuple(item for item in current if item.edition == "2021" or item.action_ids)


def _items(component: LkeComponent, touched: dict[str, dict[str, bool]]) -> Iterator[Coverage]:
    def item(code: str, level: LkeLevel, name: str, weight: float | None) -> Coverage:
        actions = touched.get(code, {})
        return Coverage(
            code=code,
            level=level,
            edition=component.edition,
            area=component.area,
            part=component.part,
            component=component.code,
            name=name,
            weight=weight,
            touched=any(actions.values()) or (None if actions else False),
            action_ids=tuple(actions),
        )

    yield item(component.code, "component", component.name, component.weight)
    share = component.weight / len(component.questions) if component.weight and component.questions else None
    for question in component.questions:
        yield item(question.code, "question", question.text, None if share is None else round(share, 4))


def _touched(plan: Plan, sheet: LkeList) -> dict[str, dict[str, bool]]:
    """Return for each code the actions that answer it, and whether each does for certain."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for placed in plan.placed():
        own = placed.component.lke
        matches = [match for match in (own, placed.action.lke) if match is not None]
        for match in matches:
            for code in _answered(match, sheet):
                sure = match.certainty == "certain"
                found[code][placed.action.action_id] = sure or found[code].get(placed.action.action_id, False)
    return found


def _answered(match: LkeMatch, sheet: LkeList) -> dict[str, None]:
    """Return every code that a match answers: its questions, their components, and both in edition 2021."""
    codes: dict[str, None] = {}
    for code in (match.code, *match.also):
        for one in (code, *sheet.now(code)):
            codes[one] = None
            if one in sheet.question_by_code:
                codes[sheet.question_by_code[one].component] = None
    return {one: None for code in codes for one in (code, *sheet.now(code))}
