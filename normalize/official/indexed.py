"""Both editions of the sheet turned into what texts are compared with: indexes of names and questions, and their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from normalize.official.items import LkeComponent
from normalize.official.likeness import Matrix, WordIndex, Wording
from normalize.official.official_list import OfficialList
from normalize.official.settings import TITLES
from normalize.official.words import LkeWords
from normalize.text import fold

_NOTHING = "-"


@dataclass(frozen=True)
class IndexedSheet:
    """The sheet, ready to be compared; each part is made once, when it is first asked for."""

    sheet: OfficialList
    words: LkeWords

    @cached_property
    def components(self) -> tuple[LkeComponent, ...]:
        """The components of edition 2021; a component is known by its place among them."""
        return tuple(c for c in self.sheet.components if c.edition == "2021")

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Their codes."""
        return tuple(component.code for component in self.components)

    @cached_property
    def component_keys(self) -> tuple[frozenset[str], ...]:
        """For each component what it is known by (its code)."""
        return tuple(frozenset({component.code}) for component in self.components)

    @cached_property
    def _names(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The words of every name, of both editions, with the place of the component it names."""
        found: list[tuple[int, tuple[str, ...]]] = []
        for place, component in enumerate(self.components):
            old = self.sheet.component_by_code.get(self.sheet.old_of.get(component.code, ""))
            names = (*component.names, *((old.name,) if old else ()))
            found += [(place, self.words.tokens(name) or (_NOTHING,)) for name in names]
        return tuple(found)

    @cached_property
    def names(self) -> WordIndex:
        """The names of all components, those of one behind the other."""
        return WordIndex(tuple(Wording(words) for _, words in self._names))

    @cached_property
    def name_starts(self) -> NDArray[np.int64]:
        """Where the names of each component begin."""
        return np.unique([place for place, _ in self._names], return_index=True)[1]

    @cached_property
    def questions(self) -> WordIndex:
        """The questions of both editions; a question is known by its place among them."""
        common = {
            c.code: frozenset(word for name in c.names for word in self.words.tokens(name))
            for c in self.sheet.components
        }
        wordings = tuple(
            Wording(self.words.tokens(q.text) or (_NOTHING,), common[q.component])
            for q in self.sheet.questions
        )
        return WordIndex(wordings)

    @cached_property
    def question_order(self) -> NDArray[np.int64]:
        """The places of the questions, sorted by the component of edition 2021 that they belong to."""
        ordinals = [self.codes.index(home) for home in self.question_homes]
        return np.argsort(ordinals, kind="stable")

    @cached_property
    def question_starts(self) -> NDArray[np.int64]:
        """Where the questions of each component begin in that order."""
        homes = self.question_homes[self.question_order].tolist()
        return np.array([homes.index(code) for code in self.codes])

    @cached_property
    def is_old(self) -> NDArray[np.bool_]:
        """Which questions are of edition 2014."""
        return np.array([question.edition == "2014" for question in self.sheet.questions])

    @cached_property
    def component_areas(self) -> Matrix:
        """The area of each component."""
        return np.array([component.area for component in self.components], np.float32)

    @cached_property
    def area_names(self) -> Mapping[int, tuple[str, ...]]:
        """The folded names of each area."""
        return {area: tuple(fold(name) for name in names) for area, names in self.sheet.areas.items()}

    def area_of(self, name: str, number: int) -> int | None:
        """Return the area that a name says; the number counts where there is no name."""
        wanted = fold(name)
        if not wanted:
            return number if number in self.area_names else None

        def score(area: int) -> float:
            parts = [(fuzz.ratio(wanted, n), fuzz.token_set_ratio(wanted, n)) for n in self.area_names[area]]
            return max(max(whole, TITLES.contained * words) for whole, words in parts)

        best = max(self.area_names, key=lambda area: (score(area), area == number))
        return best if score(best) >= TITLES.like_area else None

    @cached_property
    def question_keys(self) -> tuple[frozenset[str], ...]:
        """For each question the codes of edition 2021 that ask it; its own where none does."""
        return tuple(frozenset(self.sheet.now(q.code) or (q.code,)) for q in self.sheet.questions)

    @cached_property
    def question_areas(self) -> Matrix:
        """The area of each question."""
        return np.array([question.area for question in self.sheet.questions], np.float32)

    @cached_property
    def question_homes(self) -> NDArray[np.str_]:
        """The code of the component of edition 2021 that each question belongs to."""
        return np.array([self.sheet.home(question) for question in self.sheet.questions])
