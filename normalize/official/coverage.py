"""The codes of a plan turned into a table of the sheet: what the plan touches, what it leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from normalize.official.items import LkeComponent
from normalize.official.official_list import OfficialList
from schema.plan import LkeEdition, LkeLevel, LkeMatch, LkePart, Plan


@dataclass(frozen=True, slots=True)
class Coverage:
    """One item of the sheet and the actions that answer it.

    `weight` of a sub-component is printed in the sheet, that of a question is its equal share. `touched` is `None`
    (not known) where every match is doubtful, or the question of an action of the sub-component is not clear.
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


def coverage_of(plan: Plan, sheet: OfficialList) -> tuple[Coverage, ...]:
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


def _touched(plan: Plan, sheet: OfficialList) -> dict[str, dict[str, bool]]:
    """Return for each code the actions that answer it, and whether each does for certain."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)

    def note(codes: Iterable[str], action_id: str, *, sure: bool) -> None:
        for code in codes:
            found[code][action_id] = sure or found[code].get(action_id, False)

    unclear: list[tuple[LkeMatch, str]] = []
    for placed in plan.placed():
        action_id, match = placed.action.action_id, placed.action.lke
        for own in (placed.component.lke, match):
            if own is not None:
                note(_answered((own.code, *own.also), sheet), action_id, sure=own.certainty == "certain")
                note(_answered(own.alternatives, sheet), action_id, sure=False)
        if match is not None and match.level == "component":
            unclear.append((match, action_id))
    answered = {code for code, actions in found.items() if any(actions.values())}
    for match, action_id in unclear:
        components = [sheet.component_by_code[code] for code in (match.code, *sheet.now(match.code))]
        open_ones = {q.code for c in components for q in c.questions if q.code not in answered}
        note(sorted(open_ones), action_id, sure=False)
    return found


def _answered(matched: Iterable[str], sheet: OfficialList) -> dict[str, None]:
    """Return every code that codes answer: the questions, their components, and both in edition 2021."""
    codes: dict[str, None] = {}
    for code in matched:
        for one in (code, *sheet.now(code)):
            codes[one] = None
            if one in sheet.question_by_code:
                codes[sheet.question_by_code[one].component] = None
    return {one: None for code in codes for one in (code, *sheet.now(code))}
