"""Both editions of the sheet turned into what texts are compared with: indexes of names and questions, and their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from normalize.official.items import LkeComponent, LkeList
from normalize.official.likeness import Matrix, WordIndex, Wording, common_words
from normalize.official.words import LkeWords
from normalize.text import fold

_COMMON_WEIGHT = (
    0.4  # what a word of a component's own name still tells about which of its questions is meant
)
_UNKNOWN_WEIGHT = 0.5  # weight of a word that the sheet does not know, in usual words of the sheet
_NOTHING = "-"


@dataclass(frozen=True)
class IndexedSheet:
    """The sheet, ready to be compared; each part is made once, when it is first asked for."""

    sheet: LkeList
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
        names = {
            component.code: [
                *component.names,
                *(self.sheet.component_by_code[old].name for old in self._olds(component.code)),
            ]
            for component in self.components
        }
        return tuple(
            (place, self.words.tokens(name) or (_NOTHING,))
            for place, component in enumerate(self.components)
            for name in names[component.code]
        )

    def _olds(self, code: str) -> tuple[str, ...]:
        return (self.sheet.old_of[code],) if code in self.sheet.old_of else ()

    @cached_property
    def names(self) -> WordIndex:
        """The names of all components, those of one behind the other."""
        return WordIndex(tuple(Wording(words) for _, words in self._names), 1.0, _UNKNOWN_WEIGHT)

    @cached_property
    def name_starts(self) -> NDArray[np.int64]:
        """Where the names of each component begin."""
        return np.array(
            [
                next(n for n, (p, _) in enumerate(self._names) if p == place)
                for place in range(len(self.components))
            ]
        )

    @cached_property
    def questions(self) -> WordIndex:
        """The questions of both editions; a question is known by its place among them."""
        common: Mapping[str, frozenset[str]] = {
            c.code: common_words(self.words.tokens(name) for name in c.names) for c in self.sheet.components
        }
        wordings = tuple(
            Wording(self.words.tokens(q.text) or (_NOTHING,), common[q.component])
            for q in self.sheet.questions
        )
        return WordIndex(wordings, _COMMON_WEIGHT, _UNKNOWN_WEIGHT)

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
