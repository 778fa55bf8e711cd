"""The official list of areas, components and questions, and the likeness of printed text to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from normalize.text import fold

_LONG_NAME = 10  # letters of a name that is not met by accident


@dataclass(frozen=True, slots=True)
class OfficialComponent:
    """A component of the list: its code, area, ordinal in the area (from 1), names and questions."""

    code: str
    area: int
    ordinal: int
    name: str
    names: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """An area of the list with its names; the first is the canonical one."""

    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A component with the score (0 to 100) of the likeness that chose it."""

    component: OfficialComponent
    score: float


@dataclass(frozen=True)
class OfficialList:
    """The evaluation sheet a plan follows."""

    areas: tuple[OfficialArea, ...]
    components: tuple[OfficialComponent, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> OfficialList:
        """Build the list from the parsed content of the list file."""
        areas = tuple(OfficialArea(a["no"], (a["name"], *a.get("aliases", ()))) for a in data["areas"])
        components = tuple(
            OfficialComponent(
                code=c["code"],
                area=a["no"],
                ordinal=n,
                name=c["name"],
                names=(c["name"], *c.get("aliases", ())),
                questions=tuple(q["text"] for q in c["questions"]),
            )
            for a in data["areas"]
            for n, c in enumerate(a["pemenuhan"], 1)
        )
        return cls(areas, components)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every official sentence: names of areas and components, and the questions."""
        names = [name for area in self.areas for name in area.names[:1]]
        return (*names, *(s for c in self.components for s in (c.name, *c.questions)))

    @cached_property
    def _names(self) -> frozenset[str]:
        areas = (name for area in self.areas for name in area.names)
        return frozenset(fold(name) for name in (*areas, *(n for c in self.components for n in c.names)))

    @cached_property
    def _area_names(self) -> dict[tuple[int, int], str]:
        """The folded names of the areas by the area's number and the name's place among its names."""
        return {(a.number, n): fold(name) for a in self.areas for n, name in enumerate(a.names)}

    def is_name(self, text: str) -> bool:
        """Tell whether a text is the name of an area or a component, letter by letter."""
        return fold(text) in self._names

    def is_nearly_name(self, text: str) -> bool:
        """Tell whether a text is one or two letters off the name of an area or a component."""
        wanted = fold(text)
        return not self.is_name(text) and any(
            len(name) >= _LONG_NAME and Levenshtein.distance(wanted, name, score_cutoff=2) <= 2
            for name in self._names
        )

    def spaced(self, text: str) -> str | None:
        """Return a text with the spaces of the official name that has the same letters, `None` if none or several have."""
        letters = "".join(text.split())
        found = {name for name in self._names if name.replace(" ", "") == fold(letters)}
        if len(found) != 1:
            return None
        rest, words = letters, []
        for word in found.pop().split():
            words.append(rest[: len(word)])
            rest = rest[len(word) :]
        return " ".join(words)

    def match_area(self, text: str, *, floor: float = 88.0) -> int | None:
        """Return the number of the area that the text names, or `None` below the floor."""
        found = process.extractOne(fold(text), self._area_names, scorer=fuzz.ratio, score_cutoff=floor)
        return found[2][0] if found else None

    def names_component(self, text: str, *, floor: float = 88.0) -> bool:
        """Tell whether a text is like the name of a component."""
        names = [fold(name) for component in self.components for name in component.names]
        return process.extractOne(fold(text), names, scorer=fuzz.ratio, score_cutoff=floor) is not None

    def match_questions(self, text: str, area: int | None) -> tuple[Match, ...]:
        """Return the components whose questions are like the text, best first.

        The score is the mean of the token-set likeness and the plain likeness, so that a long question
        that merely holds the text's words does not win over one that says the same.
        """
        wanted = fold(text)
        scored = [
            Match(c, max((_likeness(wanted, fold(q)) for q in c.questions), default=0.0))
            for c in self.components
            if area is None or c.area == area
        ]
        return tuple(sorted(scored, key=lambda m: -m.score))

    def component(self, area: int, ordinal: int) -> OfficialComponent | None:
        """Return the component at one place of an area."""
        return next((c for c in self.components if (c.area, c.ordinal) == (area, ordinal)), None)


def _likeness(a: str, b: str) -> float:
    return (fuzz.token_set_ratio(a, b) + fuzz.ratio(a, b)) / 2


def best_margin(matches: Sequence[Match]) -> float:
    """Return by how much the best match leads the second."""
    if len(matches) < 2:
        return matches[0].score if matches else 0.0
    return matches[0].score - matches[1].score
