"""Areas of a plan turned into the same areas with codes of the official sheet, and the findings about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.facts import Fact, fact
from normalize.labels import plain
from normalize.official.matching import Found, LkeMatcher, MatchedComponent, PlanComponent, PlanRow
from normalize.text import squeeze
from schema.decree import Field
from schema.findings import RuleName
from schema.plan import Action, Area, Component, LkeEdition
from schema.provenance import SourceRef

RULE: RuleName = "match-lke"
FIELD = "lke_code"


@dataclass(frozen=True, slots=True)
class MatchedPlan:
    """The areas with their codes, the edition of the sheet that they follow, and the findings."""

    areas: tuple[Area, ...]
    edition: LkeEdition | None
    facts: tuple[Fact, ...]


def match_plan(areas: Sequence[Area], matcher: LkeMatcher) -> MatchedPlan:
    """Give components and actions the code of what they answer in the sheet; the printed values stay as they are.

    A component whose name was lost in reading gets the official one where its rows leave no doubt; that asks for a
    decision.
    """
    asked = [_asked(area, component) for area in areas for component in area.components]
    edition, matched = matcher.match(asked)
    following = iter(matched)
    coded: list[Area] = []
    made: list[Fact] = []
    for area in areas:
        components = []
        for component in area.components:
            match = next(following)
            components.append(_coded(component, match))
            if _lost_name(component, match):
                made.append(_name_inferred(component, match))
            made += _findings(component, match, edition)
        coded.append(area.replace(components=tuple(components)))
    return MatchedPlan(tuple(coded), edition, tuple(made))


def _asked(area: Area, component: Component) -> PlanComponent:
    rows = tuple(PlanRow(action.indicator.text, action.action.text) for action in component.actions)
    return PlanComponent(area.number, plain(area.name.text), plain(component.name.text), rows)


def _coded(component: Component, match: MatchedComponent) -> Component:
    actions = tuple(
        _action(action, found) for action, found in zip(component.actions, match.rows, strict=True)
    )
    found = match.component
    update: dict[str, object] = {"actions": actions}
    if found is not None:
        update |= {"lke": found.match, "lke_code": found.match.code}
    if found is not None and _lost_name(component, match):
        update["name"] = Field(text=found.match.name, status="inferred")
    return component.replace(**update)


def _lost_name(component: Component, match: MatchedComponent) -> bool:
    """Tell whether a name that a reader or transcriber lost is known; what a digital page lacks was not printed."""
    found = match.component
    if component.name.text or found is None or found.match.certainty != "certain":
        return False
    ref = _first(component.actions[0].indicator.refs)
    return ref is not None and ref.reader != "pdf-text"


def _name_inferred(component: Component, match: MatchedComponent) -> Fact:
    name = match.component.match.name if match.component else ""
    first = component.actions[0]
    return fact(
        "component-name-inferred",
        rule=RULE,
        ref=_first(first.indicator.refs),
        action_id=first.action_id,
        field="component",
        raw="",
        value=name,
        alternatives=(name,),
        certainty="probable",
    )


def _action(action: Action, found: Found | None) -> Action:
    if found is None:
        return action
    return action.replace(lke=found.match, lke_code=found.match.code)


def _findings(component: Component, match: MatchedComponent, edition: LkeEdition | None) -> Iterator[Fact]:
    for n, (action, found) in enumerate(zip(component.actions, match.rows, strict=True)):
        own = match.component
        if own is not None and own.match.alternatives and (n == 0 or found is own):
            yield _doubt(own, action.action_id, component.name.text, _first(component.name.refs))
        if found is not None and found is not own:
            yield from _row_findings(action, found, edition)


def _row_findings(action: Action, found: Found, edition: LkeEdition | None) -> Iterator[Fact]:
    shown = action.indicator if action.indicator.text else action.action
    text, ref = squeeze(shown.text), _first(shown.refs)
    if found.match.alternatives:
        yield _doubt(found, action.action_id, text, ref)
    codes = {"lke-elsewhere": found.elsewhere, "lke-old-question": found.match.edition != edition}
    for code in (code for code, holds in codes.items() if holds):
        yield fact(
            code,
            rule=RULE,
            ref=ref,
            action_id=action.action_id,
            field=FIELD,
            raw=text,
            value=found.match.code,
            certainty=found.match.certainty,
            name=found.match.name,
        )
    if found.match.also:
        yield fact(
            "lke-several",
            rule=RULE,
            ref=ref,
            action_id=action.action_id,
            field=FIELD,
            raw=text,
            value=found.match.code,
            alternatives=(found.match.code, *found.match.also),
            certainty="probable",
        )


def _doubt(found: Found, action_id: str, text: str, ref: SourceRef | None) -> Fact:
    return fact(
        "lke-doubtful",
        rule=RULE,
        ref=ref,
        action_id=action_id,
        field=FIELD,
        raw=squeeze(text),
        value=found.match.code,
        alternatives=found.match.alternatives,
        certainty="probable",
        name=found.match.name,
    )


def _first(refs: Sequence[SourceRef]) -> SourceRef | None:
    return refs[0] if refs else None
