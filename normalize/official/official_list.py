"""The official list (LKE): areas, components and questions of both editions, and what a printed text names of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from normalize.official.items import OLD_PREFIX, LkeComponent, LkeQuestion, read_components
from normalize.official.settings import TITLES
from normalize.text import fold


@dataclass(frozen=True, slots=True)
class Match:
    """A component with the score (0 to 100) of the likeness that chose it."""

    component: LkeComponent
    score: float


@dataclass(frozen=True)
class OfficialList:
    """Both editions of the sheet: names by area, components, what of the older one the newer still asks (`current`)."""

    areas: Mapping[int, tuple[str, ...]]
    components: tuple[LkeComponent, ...]
    current: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any], crosswalk: Mapping[str, Any]) -> OfficialList:
        """Build the list from the parsed list file and the parsed crosswalk between its editions."""
        return cls(
            areas={a["no"]: (a["name"], *a.get("aliases", ())) for a in data["areas"]},
            components=tuple(read_components(data)),
            current={old: tuple(new) for old, new in crosswalk["same"].items()},
        )

    # --- codes ------------------------------------------------------------------------------------------------

    @cached_property
    def questions(self) -> tuple[LkeQuestion, ...]:
        """Every question of both editions, in the order of the list."""
        return tuple(question for component in self.components for question in component.questions)

    @cached_property
    def component_by_code(self) -> Mapping[str, LkeComponent]:
        """The components by their codes."""
        return {component.code: component for component in self.components}

    @cached_property
    def question_by_code(self) -> Mapping[str, LkeQuestion]:
        """The questions by their codes."""
        return {question.code: question for question in self.questions}

    def now(self, code: str) -> tuple[str, ...]:
        """Return the codes of edition 2021 that ask what a code asks: its own, or those of the crosswalk."""
        return self.current.get(code, ()) if code.startswith(OLD_PREFIX) else (code,)

    def home(self, question: LkeQuestion) -> str:
        """Return the code of the component of edition 2021 that a question of either edition belongs to."""
        return (*self.now(question.component), question.component)[0]

    @cached_property
    def old_of(self) -> Mapping[str, str]:
        """The component of the old edition for each of the newer one that it has."""
        olds = (component.code for component in self.components if component.edition == "2014")
        return {new: old for old in olds for new in self.current.get(old, ())}

    # --- names ------------------------------------------------------------------------------------------------

    @cached_property
    def plan_components(self) -> tuple[LkeComponent, ...]:
        """The components that plans follow: those of edition 2021 in the part `pemenuhan`."""
        return tuple(c for c in self.components if c.edition == "2021" and c.part == "pemenuhan")

    def component(self, area: int, ordinal: int) -> LkeComponent | None:
        """Return the component of plans at one place of an area."""
        return next((c for c in self.plan_components if (c.area, c.ordinal) == (area, ordinal)), None)

    @cached_property
    def _component_names(self) -> Sequence[str]:
        return [fold(name) for component in self.plan_components for name in component.names]

    @cached_property
    def _area_names(self) -> Mapping[tuple[int, int], str]:
        """The folded names of the areas by the area's number and the name's place among its names."""
        return {(area, n): fold(name) for area, names in self.areas.items() for n, name in enumerate(names)}

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset((*self._area_names.values(), *self._component_names))

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the name of an area or a component, letter by letter."""
        return fold(text) in self._names

    def is_nearly_name(self, text: str) -> bool:
        """Tell whether a text is one or two letters off the name of an area or a component."""
        wanted = fold(text)
        long = (name for name in self._names if len(name) >= TITLES.long_name)
        return not self.is_name(text) and any(
            Levenshtein.distance(wanted, name, score_cutoff=2) <= 2 for name in long
        )

    def spaced(self, text: str) -> str | None:
        """Return a text with the spaces of the only official name that has the same letters, else `None`."""
        rest, words = "".join(text.split()), []
        found = {name for name in self._names if name.replace(" ", "") == fold(rest)}
        if len(found) != 1:
            return None
        for word in found.pop().split():
            words.append(rest[: len(word)])
            rest = rest[len(word) :]
        return " ".join(words)

    def match_area(self, text: str) -> int | None:
        """Return the number of the area that the text is like the name of, or `None`."""
        floor = TITLES.like_name
        found = process.extractOne(fold(text), self._area_names, scorer=fuzz.ratio, score_cutoff=floor)
        return found[2][0] if found else None

    def names_component(self, text: str) -> bool:
        """Tell whether a text is like the name of a component."""
        floor = TITLES.like_name
        found = process.extractOne(fold(text), self._component_names, scorer=fuzz.ratio, score_cutoff=floor)
        return found is not None

    def match_questions(self, text: str, area: int | None) -> tuple[Match, ...]:
        """Return the components whose questions are like the text, best first.

        The score is the mean of the token-set likeness and the plain likeness, so that a long question
        that merely holds the text's words does not win over one that says the same.
        """
        wanted = fold(text)
        scored = [
            Match(c, max((_likeness(wanted, fold(q.text)) for q in c.questions), default=0.0))
            for c in self.plan_components
            if area is None or c.area == area
        ]
        return tuple(sorted(scored, key=lambda m: -m.score))


def _likeness(a: str, b: str) -> float:
    return (fuzz.token_set_ratio(a, b) + fuzz.ratio(a, b)) / 2


def best_margin(matches: Sequence[Match]) -> float:
    """Return by how much the best match leads the second."""
    scores = [*(match.score for match in matches), 0.0, 0.0]
    return scores[0] - scores[1]
