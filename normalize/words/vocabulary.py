"""Turns the texts of one document into its vocabulary: how often each word and pair of neighbours occurs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from normalize.words.resources import OfficialWording, WordResources
from normalize.words.tokens import tokenize

_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_REPEATED = 2


@dataclass(frozen=True, slots=True)
class DocumentVocabulary:
    """What a document says about its own words (lower case).

    `unknown` are its words that no resource knows; `names` the capitalised words of its head, which
    are never touched; `hyphenated` its compounds printed with a hyphen.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    bigrams: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    hyphenated: frozenset[str] = frozenset()

    def repeats(self, word: str) -> bool:
        """Tell whether a lower-case word occurs at least twice in the document."""
        return self.counts.get(word, 0) >= _REPEATED

    def has_pair(self, pair: tuple[str, str], official: OfficialWording) -> bool:
        """Tell whether two lower-case words are neighbours in the official wording, or twice in the document."""
        return pair in official.bigrams or self.bigrams.get(pair, 0) >= _REPEATED


def read_vocabulary(
    texts: Sequence[str], resources: WordResources, *, head: Sequence[str] = ()
) -> DocumentVocabulary:
    """Count the words of a document's texts.

    `texts` are its cells or paragraphs, each once (a repeated table head would count as evidence);
    `head` are the decree's title lines, preamble and signatures, whose capitalised words are names.
    """
    counts: Counter[str] = Counter()
    bigrams: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = [token.folded for token in tokenize(text)]
        counts.update(words)
        bigrams.update(pairwise(words))
    names = {token.folded for text in head for token in tokenize(text) if token.raw[0].isupper()}
    return DocumentVocabulary(
        counts=dict(counts),
        bigrams=dict(bigrams),
        unknown=frozenset(w for w in counts if w.isalpha() and not resources.knows(w)),
        names=frozenset(name for name in names if not resources.knows(name)),
        hyphenated=frozenset(m.lower() for text in texts if "-" in text for m in _HYPHENATED.findall(text)),
    )
