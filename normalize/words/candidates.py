"""Turns an unknown word into ranked readings, each with its cost and its evidence."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from normalize.words.confusions import Origin
from normalize.words.model import WordRule
from normalize.words.resources import WordResources
from normalize.words.settings import EVIDENCE, WEIGHTS
from normalize.words.vocabulary import DocumentVocabulary

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The lower-case words before and behind a word, `None` at a sentence's or text's edge."""

    before: str | None = None
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known word that a damaged one may have been.

    `support` sums the evidence for the word (see `support`); `score` is cost less support: lower is
    better. `attested` when the official list or the document itself has the word; `in_context` when
    one of them has it beside the same neighbour.
    """

    word: str
    cost: float
    support: float
    rule: WordRule
    attested: bool
    in_context: bool

    @property
    def score(self) -> float:
        """Return cost less support: lower is better."""
        return self.cost - self.support


class Ranker:
    """Ranks the readings of damaged words of one document; remembers words it has seen."""

    def __init__(self, vocabulary: DocumentVocabulary, resources: WordResources) -> None:
        """Work for one document's vocabulary and the given resources."""
        self.vocabulary = vocabulary
        self.resources = resources
        self._origins: dict[str, tuple[Origin, ...]] = {}

    def rank(self, word: str, near: Neighbours) -> list[Candidate]:
        """Return the known words that a lower-case word may have been, best first."""
        if word not in self._origins:
            self._origins[word] = self._cheapest(word)
        weighed = (self._weigh(origin, near) for origin in self._origins[word])
        return sorted(weighed, key=lambda candidate: (candidate.score, candidate.word))

    def is_near_listed(self, word: str, max_cost: float) -> bool:
        """Tell whether a lower-case word may have been a listed one, by confusions of no more than a cost."""
        origins, lists = self.resources.confusions.origins(word, max_cost), self.resources.lexicon.lists
        return any(origin.cost <= max_cost and lists(origin.word) for origin in origins)

    def _cheapest(self, word: str) -> tuple[Origin, ...]:
        """Return the cheapest way to each known word that a word may have been."""
        best: dict[str, Origin] = {}
        for origin in self.resources.confusions.origins(word):
            known = best.get(origin.word)
            if known is None or origin.cost < known.cost:
                best[origin.word] = origin
        found = {value: best[value] for value in self._known_of(best.keys())}
        for value in self._known_of(one_edit_from(word)):
            if value not in found or found[value].cost > EVIDENCE.near_cost:
                found[value] = Origin(value, EVIDENCE.near_cost, "near-word")
        found.pop(word, None)
        return tuple(found.values())

    def _known_of(self, words: AbstractSet[str]) -> set[str]:
        """Return those of some lower-case words that are listed, official or repeated."""
        lexicon = self.resources.lexicon
        known = {*(words & lexicon.native.keys()), *(words & lexicon.foreign.keys())}
        known |= words & self.resources.official.words
        known.update(filter(self.vocabulary.repeats, words & self.vocabulary.counts.keys()))
        return {word for word in known if len(word) >= EVIDENCE.shortest_reading}

    def _weigh(self, origin: Origin, near: Neighbours) -> Candidate:
        word = origin.word
        official = self._is_official(word)
        repeated = self.vocabulary.repeats(word) and word not in self.vocabulary.unknown
        in_context = self.stands_beside(word, near)
        frequency = self.resources.lexicon.frequency(word)
        weight = WEIGHTS.frequency * max(0.0, frequency - WEIGHTS.common_from)
        weight += WEIGHTS.listed * (official or self.resources.lexicon.lists(word))
        weight += WEIGHTS.official * official + WEIGHTS.repeated * self.vocabulary.repeats(word)
        weight += WEIGHTS.in_context * in_context
        return Candidate(word, origin.cost, weight, origin.rule, official or repeated, in_context)

    def _is_official(self, word: str) -> bool:
        """Tell whether the official list vouches for a word, or has it once and the document confirms it."""
        official = self.resources.official
        return word in official.words or (word in official.printed and word in self.vocabulary.counts)

    def stands_beside(self, word: str, near: Neighbours) -> bool:
        """Tell whether a word has one of these neighbours in the official list or twice in the document."""
        pairs = [(near.before, word)] if near.before else []
        pairs += [(word, near.behind)] if near.behind else []
        return any(self.vocabulary.has_pair(pair, self.resources.official) for pair in pairs)


def one_edit_from(word: str) -> set[str]:
    """Return every spelling one letter away: one dropped, swapped with the next, replaced or added."""
    found: set[str] = set()
    if len(word) > EVIDENCE.longest:  # no word is so long
        return found
    for at in range(len(word) + 1):
        left, right, rest = word[:at], word[at:], word[at + 1 :]
        found.update([left + letter + right for letter in _ALPHABET])
        if right:
            found.update([left + letter + rest for letter in _ALPHABET])
            found.add(left + rest)
        if rest:
            found.add(left + rest[0] + right[0] + rest[1:])
    return found
