"""Turns words that lost the space between them, or gained one inside, into what they were."""

from __future__ import annotations

from normalize.words.resources import WordResources
from normalize.words.settings import SPACING
from normalize.words.vocabulary import DocumentVocabulary


def _weight(word: str, vocabulary: DocumentVocabulary, resources: WordResources) -> float:
    """Return how firmly a lower-case word is known: its frequency, lifted where it is attested."""
    weight = resources.lexicon.native.get(word, 0.0)
    if word in resources.official.words:
        weight = max(weight, SPACING.ordinary + 1.0)
    if vocabulary.repeats(word) and word not in vocabulary.unknown:
        weight = max(weight, SPACING.ordinary)
    return weight


def split_joined(
    word: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> tuple[tuple[str, str], ...]:
    """Return the ways to part a lower-case word into two known ones, best first.

    One part is a function word such as `dan` or `yang`, or both are neighbours in the official
    list or the document.
    """
    found: list[tuple[float, tuple[str, str]]] = []
    for at in range(SPACING.shortest_part, len(word) - SPACING.shortest_part + 1):
        pair = (word[:at], word[at:])
        weights = [_weight(part, vocabulary, resources) for part in pair]
        if min(weights) >= SPACING.ordinary and _belongs(pair, vocabulary, resources):
            found.append((-min(weights), pair))
    return tuple(pair for _, pair in sorted(found))


def _belongs(pair: tuple[str, str], vocabulary: DocumentVocabulary, resources: WordResources) -> bool:
    if vocabulary.has_pair(pair, resources.official):
        return True
    return has_function_word(pair, resources) and max(map(len, pair)) >= SPACING.shortest_content


def has_function_word(pair: tuple[str, str], resources: WordResources) -> bool:
    """Tell whether one of two lower-case words is among the commonest of the language."""
    return any(resources.lexicon.native.get(part, 0.0) >= SPACING.function_word for part in pair)


def rejoin_broken(
    left: str, right: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> str | None:
    """Return the word that two lower-case pieces make, where the pieces are not words and the whole is."""
    whole = left + right
    if _weight(whole, vocabulary, resources) < SPACING.ordinary or not whole.isalpha():
        return None
    weights = [_weight(part, vocabulary, resources) for part in (left, right)]
    known = [resources.lexicon.contains(part) or part in resources.official.words for part in (left, right)]
    if not any(known) or (not all(known) and max(weights) < SPACING.weak):
        return whole
    if all(known) and max(weights) < SPACING.weak and whole in resources.official.words:
        return whole
    return None
