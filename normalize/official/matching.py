"""Components of a plan and their rows turned into matches to the sheet: what it is, how surely, what else it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from normalize.official.calibration import LkeCalibration
from normalize.official.indexed import IndexedSheet
from normalize.official.items import LkeComponent, LkeQuestion
from normalize.official.likeness import Matrix
from normalize.official.official_list import OfficialList
from normalize.official.ranking import Ranked, rank
from normalize.official.settings import MATCHING
from normalize.official.words import LkeWords
from schema.findings import Grade
from schema.plan import LkeEdition, LkeLevel, LkeMatch

CHANCE_DIGITS = 3  # decimals of a published chance
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
class _Texts:
    """Likeness of rows to questions: on the whole, by the indicator, by the action; what of them indicators hold."""

    likeness: Matrix
    by_indicator: Matrix
    by_action: Matrix
    recall: Matrix
    found: Matrix


@dataclass(frozen=True)
class LkeMatcher:
    """The sheet ready to be matched."""

    sheet: OfficialList
    words: LkeWords
    calibration: LkeCalibration

    @cached_property
    def _index(self) -> IndexedSheet:
        return IndexedSheet(self.sheet, self.words)

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
        for n, (component, ranked) in enumerate(zip(components, ranks, strict=True)):
            stop = start + len(component.rows)
            plain = bool(component.name.strip()) or self._in_order(ranks, n)
            found = self._component(ranked, edition, plain=plain)
            home = self._index.codes[ranked.places[0]] if found else None
            near = self._nearness(home, areas[component.area_name, component.area])
            own = [self._row(texts, row, near, home, edition) or found for row in range(start, stop)]
            matched.append(MatchedComponent(found, tuple(own)))
            start = stop
        any_found = any(m.component or any(m.rows) for m in matched)
        return (edition if any_found else None), matched

    # --- components -------------------------------------------------------------------------------------------

    def _rank_components(
        self, components: Sequence[PlanComponent], areas: Mapping[_AreaKey, int | None], likeness: Matrix
    ) -> list[Ranked]:
        names = self._index.names.shares([self.words.tokens(c.name) for c in components]).likeness
        by_name = np.maximum.reduceat(names, self._index.name_starts, axis=1)
        by_row = np.maximum.reduceat(
            likeness[:, self._index.question_order], self._index.question_starts, axis=1
        )
        ranks: list[Ranked] = []
        start, above = 0, None
        for component, named in zip(components, by_name, strict=True):
            stop = start + len(component.rows)
            by_rows = by_row[start:stop].mean(axis=0) if stop > start else np.zeros_like(named)
            has_name = bool(component.name.strip())
            scores = (
                named * (1 - MATCHING.rows_share) + by_rows * MATCHING.rows_share
                if has_name
                else MATCHING.rows_alone * by_rows
            )
            area = areas[component.area_name, component.area]
            if area is not None:
                scores = scores * np.where(self._index.component_areas == area, 1.0, MATCHING.other_area)
            if above is not None and above + 1 < len(scores):
                scores[above + 1] += MATCHING.next_in_order * (scores[above + 1] > MATCHING.next_in_order)
            ranks.append(rank(scores, self._index.component_keys))
            above = ranks[-1].places[0] if ranks[-1].places else None
            start = stop
        return ranks

    def _in_order(self, ranks: Sequence[Ranked], n: int) -> bool:
        """Tell whether a component comes after the one above it and before the one below it in the sheet, too."""
        around = [ranked.places[0] for ranked in ranks[max(0, n - 1) : n + 2] if ranked.places]
        return all(a < b for a, b in pairwise(around))

    def _component(self, ranked: Ranked, edition: LkeEdition, *, plain: bool) -> Found | None:
        """Return the match of a component; it is not certain where neither a name nor the order makes it plain."""
        chance = ranked.chance(self.calibration.component)
        chance = chance if plain else min(chance, self.calibration.sure - MATCHING.not_sure)
        grade = self.calibration.grade(chance)
        if grade is None:
            return None
        official = self._in_edition(self._index.components[ranked.places[0]], edition)
        others = [self._in_edition(self._index.components[place], edition).code for place in ranked.rivals]
        match = _match("component", official, official.name, chance, grade, others)
        return Found(match, ranked.likeness, ranked.lead)

    def _in_edition(self, official: LkeComponent, edition: LkeEdition) -> LkeComponent:
        old = self.sheet.old_of.get(official.code) if edition == "2014" else None
        return self.sheet.component_by_code[old] if old else official

    def _areas(self, components: Sequence[PlanComponent]) -> Mapping[_AreaKey, int | None]:
        """Return the area of the sheet for each area of the plan, by its name and number."""
        keys = dict.fromkeys((component.area_name, component.area) for component in components)
        return {key: self._index.area_of(*key) for key in keys}

    # --- rows -------------------------------------------------------------------------------------------------

    def _read(self, rows: Sequence[PlanRow]) -> _Texts:
        indicators = [self.words.tokens(row.indicator) for row in rows]
        actions = [self.words.tokens(row.action) for row in rows]
        both = [tuple(dict.fromkeys((*i, *a))) for i, a in zip(indicators, actions, strict=True)]
        shares = self._index.questions.shares([*indicators, *actions, *both])
        first, second, third = np.split(shares.likeness, 3)
        raised = np.maximum(first + MATCHING.action_share * (1 - first) * second, MATCHING.both * third)
        has_indicator = np.array([bool(text) for text in indicators])[:, None]
        likeness = np.where(has_indicator, raised, MATCHING.action_alone * second).astype(np.float32)
        return _Texts(likeness, first, second, shares.recall[: len(rows)], shares.found[: len(rows)])

    def _row(
        self, texts: _Texts, row: int, near: Matrix, home: str | None, edition: LkeEdition
    ) -> Found | None:
        scores = texts.likeness[row] * near
        ranked = rank(
            scores,
            self._index.question_keys,
            prefer=MATCHING.own_edition * (self._index.is_old == (edition == "2014")),
        )
        chance = ranked.chance(self.calibration.question)
        grade = self.calibration.grade(chance)
        if grade is None:
            return None
        best = self.sheet.questions[ranked.places[0]]
        codes = self._codes_in(best, edition)
        elsewhere = home is not None and self.sheet.home(best) != home
        also = (*codes[1:], *self._also(texts, row, ranked.places[0], codes, edition))
        others = [self._codes_in(self.sheet.questions[place], edition)[0] for place in ranked.rivals]
        question = self.sheet.question_by_code[codes[0]]
        match = _match("question", question, question.text, chance, grade, others)
        wording = best.code if best.code != question.code else None
        match = match.replace(also=also, wording=wording)
        return Found(match, ranked.likeness, ranked.lead, elsewhere)

    def _codes_in(self, question: LkeQuestion, edition: LkeEdition) -> tuple[str, ...]:
        """Return the codes by which an edition asks a question: those of the newer list, if it still asks it."""
        if edition == "2014":
            return (question.code,)
        return self.sheet.now(question.code) or (question.code,)

    def _also(
        self, texts: _Texts, row: int, place: int, taken: Sequence[str], edition: LkeEdition
    ) -> tuple[str, ...]:
        """Return further questions of the same component that the indicator, or else the action, answers as well."""
        homes, keys = self._index.question_homes, self._index.question_keys
        more: list[str] = []
        for other in np.flatnonzero(homes == homes[place]).tolist():
            if not keys[other] & {*keys[place], *taken, *more} and self._answers(texts, row, place, other):
                more += self._codes_in(self.sheet.questions[other], edition)
        return tuple(more)

    def _answers(self, texts: _Texts, row: int, place: int, other: int) -> bool:
        """Tell whether a row answers another question beside its best one, each by words of its own."""
        by_action = texts.by_action[row]
        if by_action[other] >= MATCHING.same and by_action[place] < by_action[other] - MATCHING.beyond:
            return True
        if texts.recall[row, other] < MATCHING.beyond:
            return False
        index, found = self._index.questions, texts.found[row]
        shares = index.recall_beyond(found, other, place), index.recall_beyond(found, place, other)
        return all(holds >= MATCHING.holds and beyond >= MATCHING.beyond for holds, beyond in shares)

    def _nearness(self, home: str | None, area: int | None) -> Matrix:
        """Return what each question's likeness is worth in an area and under a component, 0 to 1."""
        near = np.ones(len(self.sheet.questions), np.float32)
        if area is not None:
            near[self._index.question_areas != area] *= MATCHING.other_area
        near[self._index.question_homes != (home or "")] *= MATCHING.other_component
        return near

    def _edition(self, likeness: Matrix) -> LkeEdition:
        """Return the edition that more rows are plainly nearer to in their wording; the newer one in doubt."""
        old = self._index.is_old
        lead = likeness[:, old].max(axis=1) - likeness[:, ~old].max(axis=1)
        votes = int((lead > MATCHING.edition_lead).sum()) - int((lead < -MATCHING.edition_lead).sum())
        return "2014" if votes >= MATCHING.fewest_votes else "2021"


def _match(
    level: LkeLevel,
    item: LkeComponent | LkeQuestion,
    name: str,
    chance: float,
    grade: Grade,
    others: Sequence[str],
) -> LkeMatch:
    return LkeMatch(
        code=item.code,
        level=level,
        edition=item.edition,
        name=name,
        score=round(chance, CHANCE_DIGITS),
        certainty=grade,
        alternatives=() if grade == "certain" else (item.code, *others),
    )
