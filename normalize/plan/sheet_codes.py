"""Areas of a plan turned into the same areas with codes of the official sheet, and the findings about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

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
    made: list[Fact] = []

    def coded(component: Component) -> Component:
        match = next(following)
        made.extend((*_name_facts(component, match), *_findings(component, match, edition)))
        return _coded(component, match)

    changed = tuple(area.replace(components=tuple(map(coded, area.components))) for area in areas)
    return MatchedPlan(changed, edition, tuple(made))


def _asked(area: Area, component: Component) -> PlanComponent:
    rows = tuple(PlanRow(action.indicator.text, action.action.text) for action in component.actions)
    return PlanComponent(area.number, plain(area.name.text), plain(component.name.text), rows)


def _coded(component: Component, match: MatchedComponent) -> Component:
    pairs = zip(component.actions, match.rows, strict=True)
    coded = component.replace(
        actions=tuple(
            action.replace(lke=found.match, lke_code=found.match.code) if found else action
            for action, found in pairs
        )
    )
    own = match.component
    if own is None:
        return coded
    if _lost_name(component, match):
        coded = coded.replace(name=Field(text=own.match.name, status="inferred"))
    return coded.replace(lke=own.match, lke_code=own.match.code)


def _lost_name(component: Component, match: MatchedComponent) -> bool:
    """Tell whether a name that a reader or transcriber lost is known; what a digital page lacks was not printed."""
    found = match.component
    if component.name.text or found is None or found.match.certainty != "certain":
        return False
    ref = _first(component.actions[0].indicator.refs)
    return ref is not None and ref.reader != "pdf-text"


def _name_facts(component: Component, match: MatchedComponent) -> Iterator[Fact]:
    first, own = component.actions[0], match.component
    if own is not None and _lost_name(component, match):
        yield fact(
            "component-name-inferred",
            RULE,
            _first(first.indicator.refs),
            "component",
            action_id=first.action_id,
            raw="",
            value=own.match.name,
            alternatives=(own.match.name,),
            certainty="probable",
        )


def _findings(component: Component, match: MatchedComponent, edition: LkeEdition | None) -> Iterator[Fact]:
    own = match.component
    for n, (action, found) in enumerate(zip(component.actions, match.rows, strict=True)):
        if own is not None and own.match.alternatives and (n == 0 or found is own):
            yield _doubtful(_about(own, action, component.name), own)
        if found is not None and found is not own:
            yield from _row_findings(action, found, edition)


def _row_findings(action: Action, found: Found, edition: LkeEdition | None) -> Iterator[Fact]:
    about = _about(found, action, action.indicator if action.indicator.text else action.action)
    match = found.match
    if match.alternatives:
        yield _doubtful(about, found)
    if found.elsewhere:
        yield about("lke-elsewhere", certainty=match.certainty, name=match.name)
    if match.edition != edition:
        yield about("lke-old-question", certainty=match.certainty, name=match.name)
    if match.also:
        yield about("lke-several", alternatives=(match.code, *match.also), certainty="probable")


def _about(found: Found, action: Action, shown: Field) -> Callable[..., Fact]:
    """Return what makes a fact about the code of an action, of which a field is shown."""
    return partial(
        fact,
        rule=RULE,
        ref=_first(shown.refs),
        field=FIELD,
        action_id=action.action_id,
        raw=squeeze(shown.text),
        value=found.match.code,
    )


def _doubtful(about: Callable[..., Fact], found: Found) -> Fact:
    match = found.match
    return about("lke-doubtful", alternatives=match.alternatives, certainty="probable", name=match.name)


def _first(refs: Sequence[SourceRef]) -> SourceRef | None:
    return next(iter(refs), None)
