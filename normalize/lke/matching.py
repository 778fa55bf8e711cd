"""Components of a plan and their rows turned into matches to the sheet: what it is, how surely, what else it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from normalize.lke.calibration import Curve, LkeCalibration
from normalize.lke.items import LkeComponent, LkeList, LkeQuestion
from normalize.lke.likeness import Matrix, WordIndex, Wording, common_words
from normalize.lke.words import LkeWords
from normalize.text import fold
from schema.plan import LkeEdition, LkeMatch

_COMMON_WEIGHT = 0.4  # what a word of the component's own name still tells about which of its questions is meant
_UNKNOWN_WEIGHT = 0.5  # weight of a word that the sheet does not know, in usual words of the sheet
_ACTION_SHARE = 0.3  # how much of the doubt that the indicator leaves the action can take away
_ACTION_ALONE = 0.9
_OTHER_AREA = 0.7
_OTHER_COMPONENT = 0.8
_BOTH = 0.9
_ROWS_SHARE = 0.25
_ROWS_ALONE = 0.8
_NEXT = 0.03
_AREA_FLOOR = 80.0
_PART = 0.95
_EDITION_LEAD = 0.08
_NEARER = 0.03
_FEWEST_VOTES = 2
_HOLDS = 0.7
_BEYOND = 0.3
_SAME = 0.85
_MOST_ALTERNATIVES = 3
_RIVAL = 0.5
_NOTHING = "-"
_AreaKey: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The texts of an action by which it is matched."""

    indicator: str
    action: str


@dataclass(frozen=True, slots=True)
class PlanComponent:
    """A component of a plan: the number and name of its area, its own name (may be empty), and its rows."""

    area: int
    area_name: str
    name: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A match, what its score rests on, and whether it belongs elsewhere.

    `likeness` is that of the best item, `lead` its lead over the best other one (both 0 to 1); a question is
    `elsewhere` if the sheet lists it under another component.
    """

    match: LkeMatch
    likeness: float
    lead: float
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class MatchedComponent:
    """The match of a component and, in their order, those of its rows; `None` where the sheet has nothing."""

    component: Found | None
    rows: tuple[Found | None, ...]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Places of items, the best first, with their likeness; items that ask the same are one."""

    places: tuple[int, ...]
    scores: tuple[float, ...]

    @property
    def likeness(self) -> float:
        return self.scores[0] if self.scores else 0.0

    @property
    def lead(self) -> float:
        return self.likeness - (self.scores[1] if len(self.scores) > 1 else 0.0)

    @property
    def rivals(self) -> tuple[int, ...]:
        """The places of the next best items, as far as they are near."""
        near = sum(score >= _RIVAL * self.likeness for score in self.scores[1:])
        return self.places[1 : 1 + min(near, _MOST_ALTERNATIVES)]

    def chance(self, curve: Curve) -> float:
        return curve.chance(self.likeness, self.lead) if self.places else 0.0


@dataclass(frozen=True, slots=True)
class _Texts:
    """Likeness of rows to questions: on the whole, by the indicator, by the action; the words indicators hold."""

    likeness: Matrix
    by_indicator: Matrix
    by_action: Matrix
    found: Matrix


@dataclass(frozen=True)
class LkeMatcher:
    """The sheet ready to be matched."""

    sheet: LkeList
    words: LkeWords
    calibration: LkeCalibration

    def match(self, components: Sequence[PlanComponent]) -> tuple[LkeEdition | None, list[MatchedComponent]]:
        """Match components in the order of print; also tell the edition whose wording they follow, if any."""
        if not components:
            return None, []
        rows = [row for component in components for row in component.rows]
        texts = self._read(rows)
        edition = self._edition(texts.by_indicator)
        areas = self._areas(components)
        ranks = self._rank_components(components, areas, texts.likeness)
        matched: list[MatchedComponent] = []
        start = 0
        for component, ranked in zip(components, ranks, strict=True):
            stop = start + len(component.rows)
            found = self._component(ranked, edition)
            home = self._homes_of[ranked.places[0]] if found else None
            near = self._nearness(home, areas[component.area_name, component.area])
            own = [self._row(texts, n, near, home, edition) or found for n in range(start, stop)]
            matched.append(MatchedComponent(found, tuple(own)))
            start = stop
        any_found = any(m.component or any(m.rows) for m in matched)
        return (edition if any_found else None), matched

    # --- components -------------------------------------------------------------------------------------------

    def _rank_components(
        self, components: Sequence[PlanComponent], areas: Mapping[_AreaKey, int | None], likeness: Matrix
    ) -> list[_Ranked]:
        names = self._name_index.shares([self.words.tokens(c.name) for c in components]).likeness
        by_name = np.maximum.reduceat(names, self._name_starts, axis=1)
        by_row = np.maximum.reduceat(likeness[:, self._question_order], self._question_starts, axis=1)
        ranks: list[_Ranked] = []
        start, above = 0, None
        for component, named in zip(components, by_name, strict=True):
            stop = start + len(component.rows)
            by_rows = by_row[start:stop].mean(axis=0) if stop > start else np.zeros_like(named)
            has_name = bool(component.name.strip())
            scores = named * (1 - _ROWS_SHARE) + by_rows * _ROWS_SHARE if has_name else _ROWS_ALONE * by_rows
            area = areas[component.area_name, component.area]
            if area is not None:
                scores = scores * np.where(self._component_areas == area, 1.0, _OTHER_AREA)
            if above is not None and above + 1 < len(scores):
                scores[above + 1] += _NEXT * (scores[above + 1] > _NEXT)
            ranks.append(_rank(scores, self._component_codes))
            above = ranks[-1].places[0] if ranks[-1].places else None
            start = stop
        return ranks

    def _component(self, ranked: _Ranked, edition: LkeEdition) -> Found | None:
        chance = ranked.chance(self.calibration.component)
        certainty = self.calibration.certainty(chance)
        if certainty is None:
            return None
        official = self._in_edition(self._currents[ranked.places[0]], edition)
        others = [self._in_edition(self._currents[place], edition).code for place in ranked.rivals]
        return Found(
            LkeMatch(
                code=official.code,
                level="component",
                edition=official.edition,
                name=official.name,
                score=round(chance, 3),
                certainty=certainty,
                alternatives=() if certainty == "certain" else (official.code, *others),
            ),
            likeness=ranked.likeness,
            lead=ranked.lead,
        )

    def _in_edition(self, official: LkeComponent, edition: LkeEdition) -> LkeComponent:
        old = self.sheet.old_of.get(official.code) if edition == "2014" else None
        return self.sheet.component_by_code[old] if old else official

    def _areas(self, components: Sequence[PlanComponent]) -> Mapping[_AreaKey, int | None]:
        """Return the area of the sheet for each area of the plan, by its name and number."""
        keys = dict.fromkeys((component.area_name, component.area) for component in components)
        return {key: self._area_of(*key) for key in keys}

    def _area_of(self, name: str, number: int) -> int | None:
        """Return the area of the sheet that a name says; the number counts where there is no name."""
        wanted = fold(name)
        if not wanted:
            return number if number in self.sheet.areas else None
        scores = {
            area: max(max(fuzz.ratio(wanted, n), _PART * fuzz.token_set_ratio(wanted, n)) for n in names)
            for area, names in self._area_names.items()
        }
        best = max(scores, key=lambda area: (scores[area], area == number))
        return best if scores[best] >= _AREA_FLOOR else None

    # --- rows -------------------------------------------------------------------------------------------------

    def _read(self, rows: Sequence[PlanRow]) -> _Texts:
        indicators = [self.words.tokens(row.indicator) for row in rows]
        actions = [self.words.tokens(row.action) for row in rows]
        both = [tuple(dict.fromkeys((*i, *a))) for i, a in zip(indicators, actions, strict=True)]
        shares = self._question_index.shares([*indicators, *actions, *both])
        first, second, third = np.split(shares.likeness, 3)
        raised = np.maximum(first + _ACTION_SHARE * (1 - first) * second, _BOTH * third)
        has_indicator = np.array([bool(text) for text in indicators])[:, None]
        likeness = np.where(has_indicator, raised, _ACTION_ALONE * second).astype(np.float32)
        return _Texts(likeness, first, second, shares.found[: len(rows)])

    def _row(
        self, texts: _Texts, row: int, near: Matrix, home: str | None, edition: LkeEdition
    ) -> Found | None:
        scores = texts.likeness[row] * near
        ranked = _rank(scores, self._question_codes, prefer=_NEARER * (self._is_old == (edition == "2014")))
        chance = ranked.chance(self.calibration.question)
        certainty = self.calibration.certainty(chance)
        if certainty is None:
            return None
        best = self.sheet.questions[ranked.places[0]]
        codes = self._codes_in(best, edition)
        elsewhere = home is not None and self.sheet.home(best) != home
        also = (*codes[1:], *self._also(texts, row, ranked.places[0], codes))
        others = [self._codes_in(self.sheet.questions[place], edition)[0] for place in ranked.rivals]
        question = self.sheet.question_by_code[codes[0]]
        return Found(
            LkeMatch(
                code=question.code,
                level="question",
                edition=question.edition,
                name=question.text,
                score=round(chance, 3),
                certainty=certainty,
                also=also,
                alternatives=() if certainty == "certain" else (question.code, *others),
                wording=best.code if best.code != question.code else None,
            ),
            likeness=ranked.likeness,
            lead=ranked.lead,
            elsewhere=elsewhere,
        )

    def _codes_in(self, question: LkeQuestion, edition: LkeEdition) -> tuple[str, ...]:
        """Return the codes by which an edition asks a question: those of the newer list, if it still asks it."""
        if edition == "2014":
            return (question.code,)
        return self.sheet.now(question.code) or (question.code,)

    def _also(self, texts: _Texts, row: int, place: int, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return further questions of the same component that the indicator, or else the action, answers as well."""
        best = self.sheet.questions[place]
        index, found, by_action = self._question_index, texts.found[row], texts.by_action[row]
        more: list[str] = []
        for other, question in enumerate(self.sheet.questions):
            if question.component != best.component or question.code in (best.code, *codes):
                continue
            holds, beyond = index.recall_beyond(found, other, place)
            holds_own, own_beyond = index.recall_beyond(found, place, other)
            both = min(holds, holds_own) >= _HOLDS and min(beyond, own_beyond) >= _BEYOND
            if both or (by_action[other] >= _SAME and by_action[place] < by_action[other] - _BEYOND):
                more += [code for code in self._codes_in(question, best.edition) if code not in more]
        return tuple(more)

    def _nearness(self, home: str | None, area: int | None) -> Matrix:
        """Return what each question's likeness is worth in an area and under a component, 0 to 1."""
        near = np.ones(len(self.sheet.questions), np.float32)
        if area is not None:
            near[self._question_areas != area] *= _OTHER_AREA
        near[self._question_homes != (home or "")] *= _OTHER_COMPONENT
        return near

    def _edition(self, likeness: Matrix) -> LkeEdition:
        """Return the edition that more rows are plainly nearer to in their wording; the newer one in doubt."""
        old = self._is_old
        lead = likeness[:, old].max(axis=1) - likeness[:, ~old].max(axis=1)
        votes = int((lead > _EDITION_LEAD).sum()) - int((lead < -_EDITION_LEAD).sum())
        return "2014" if votes >= _FEWEST_VOTES else "2021"

    # --- what is the same for every plan ------------------------------------------------------------------------

    @cached_property
    def _currents(self) -> tuple[LkeComponent, ...]:
        return tuple(c for c in self.sheet.components if c.edition == "2021")

    @cached_property
    def _homes_of(self) -> tuple[str, ...]:
        return tuple(component.code for component in self._currents)

    @cached_property
    def _component_codes(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset({component.code}) for component in self._currents)

    @cached_property
    def _names(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The words of every name, of both editions, with the place of the component it names."""
        names = {
            component.code: [
                *component.names,
                *(self.sheet.component_by_code[old].name for old in self._olds(component.code)),
            ]
            for component in self._currents
        }
        return tuple(
            (place, self.words.tokens(name) or (_NOTHING,))
            for place, component in enumerate(self._currents)
            for name in names[component.code]
        )

    def _olds(self, code: str) -> tuple[str, ...]:
        return (self.sheet.old_of[code],) if code in self.sheet.old_of else ()

    @cached_property
    def _name_index(self) -> WordIndex:
        return WordIndex(tuple(Wording(words) for _, words in self._names), 1.0, _UNKNOWN_WEIGHT)

    @cached_property
    def _name_starts(self) -> NDArray[np.int64]:
        """Where the names of each component begin."""
        return np.array([next(n for n, (p, _) in enumerate(self._names) if p == place) for place in range(len(self._currents))])

    @cached_property
    def _question_index(self) -> WordIndex:
        common: Mapping[str, frozenset[str]] = {
            c.code: common_words(self.words.tokens(name) for name in c.names) for c in self.sheet.components
        }
        wordings = tuple(
            Wording(self.words.tokens(q.text) or (_NOTHING,), common[q.component]) for q in self.sheet.questions
        )
        return WordIndex(wordings, _COMMON_WEIGHT, _UNKNOWN_WEIGHT)

    @cached_property
    def _question_order(self) -> NDArray[np.int64]:
        """The places of the questions, sorted by the component of edition 2021 that they belong to."""
        ordinals = [self._homes_of.index(home) for home in self._question_homes]
        return np.argsort(ordinals, kind="stable")

    @cached_property
    def _question_starts(self) -> NDArray[np.int64]:
        """Where the questions of each component begin in that order."""
        homes = self._question_homes[self._question_order].tolist()
        return np.array([homes.index(code) for code in self._homes_of])

    @cached_property
    def _is_old(self) -> NDArray[np.bool_]:
        return np.array([question.edition == "2014" for question in self.sheet.questions])

    @cached_property
    def _component_areas(self) -> Matrix:
        return np.array([component.area for component in self._currents], np.float32)

    @cached_property
    def _area_names(self) -> Mapping[int, tuple[str, ...]]:
        return {area: tuple(fold(name) for name in names) for area, names in self.sheet.areas.items()}

    @cached_property
    def _question_codes(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(self.sheet.now(q.code) or (q.code,)) for q in self.sheet.questions)

    @cached_property
    def _question_areas(self) -> Matrix:
        return np.array([question.area for question in self.sheet.questions], np.float32)

    @cached_property
    def _question_homes(self) -> NDArray[np.str_]:
        return np.array([self.sheet.home(question) for question in self.sheet.questions])


def _rank(scores: Matrix, codes: Sequence[frozenset[str]], prefer: Matrix | None = None) -> _Ranked:
    """Rank items by their scores; one that asks what a better one asks is left out."""
    order = np.argsort(-(scores if prefer is None else scores + prefer), kind="stable")
    places: list[int] = []
    taken: set[str] = set()
    for place in order[: 4 * _MOST_ALTERNATIVES].tolist():
        if scores[place] > 0 and not codes[place] & taken:
            places.append(place)
            taken |= codes[place]
    return _Ranked(tuple(places), tuple(float(scores[place]) for place in places))
