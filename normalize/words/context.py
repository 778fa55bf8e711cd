"""Turns a sentence that copies the official wording but for one word into the official word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA, LCSseq

from normalize.words.affixes import same_family
from normalize.words.resources import WordResources, context_keys
from normalize.words.settings import WORDING
from normalize.words.vocabulary import DocumentVocabulary


def official_word(
    words: Sequence[str], at: int, vocabulary: DocumentVocabulary, resources: WordResources
) -> str | None:
    """Return the word the official wording has in this place, where it is a likely slip of the eye or hand.

    `words` are the lower-case words of a text, `at` the place of the doubted one. Most of an
    official sentence must surround it, and the two words must differ by one letter, or two in a
    long word, without being forms of one stem.
    """
    words = tuple(words)
    word = words[at]
    if len(word) < WORDING.shortest or resources.habit(word) or not word.isalpha():
        return None
    found = set()
    for key in context_keys(words, at):
        for number, place in resources.official.places.get(key, ()):
            sentence = resources.official.sentences[number]
            other = sentence[place]
            if other != word and _is_slip(word, other, resources) and _shares_most(words, sentence):
                found.add(other)
    if len(found) != 1 or _is_at_home(words, at, vocabulary, resources):
        return None
    return found.pop()


def _shares_most(words: tuple[str, ...], sentence: tuple[str, ...]) -> bool:
    shared = LCSseq.similarity(words, sentence)
    return shared >= WORDING.shared_words and shared >= WORDING.shared_part * len(sentence)


def _is_slip(word: str, official: str, resources: WordResources) -> bool:
    allowed = min(WORDING.most_slips, max(len(word), len(official)) // WORDING.letters_per_slip)
    if len(official) < WORDING.shortest or OSA.distance(word, official, score_cutoff=allowed) > allowed:
        return False
    if official not in resources.official.words or resources.habit(official):
        return False
    return word != official and not same_family(word, official)


def _is_at_home(
    words: tuple[str, ...], at: int, vocabulary: DocumentVocabulary, resources: WordResources
) -> bool:
    """Tell whether the word itself has these neighbours elsewhere, officially or in the document."""
    around = pairwise(words[max(0, at - 1) : at + 2])
    return any(vocabulary.has_pair(pair, resources.official) for pair in around)
